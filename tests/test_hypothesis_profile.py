"""No test of the suite may fail because the machine is busy."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st


@settings(max_examples=1, database=None)
@given(st.just(0.3))
def test_an_example_slower_than_the_default_deadline_passes(seconds: float) -> None:
    time.sleep(seconds)
    assert settings().deadline is None
