"""The worked example of RFC 3797, section 6: every digest and every pick."""

import json
import os
from pathlib import Path

import pytest

from simulator.lottery.rfc3797 import key_string, select

SHARED = Path(os.environ.get("XUEWEI_SHARED", Path(__file__).resolve().parents[2] / ".." / "shared"))
CASES = SHARED / "cases" / "rfc3797.json"


@pytest.fixture(scope="module")
def example():
    if not CASES.is_file():
        pytest.skip(f"no {CASES.name} in the shared folder (XUEWEI_SHARED)")
    return json.loads(CASES.read_text(encoding="utf-8"))[0]


def test_the_sources_become_the_key_string_of_the_example(example):
    assert key_string(example["sources"]) == example["key_string"]


def test_every_digest_and_pick_of_the_worked_example(example):
    picked = select(example["key_string"], len(example["pool"]), example["count"])
    assert len(picked) == 16
    for got, expected in zip(picked, example["expected"], strict=True):
        assert got.digest == expected["md5"]
        assert got.place == expected["selected_index"]
        assert example["pool"][got.place - 1] == expected["name"]


def test_the_first_two_digests_without_the_shared_folder():
    key = key_string([[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]])
    assert key == "9319./2.5.8.10.12./9.18.26.34.41.45./"
    assert select(key, 25, 2) == [
        ("990DD0A5692A029A98B5E01AA28F3459", 17),
        ("3691E55CB63FCC37914430B2F70B5EC6", 7),
    ]


def test_everybody_is_picked_once_and_too_many_are_refused():
    assert sorted(pick.place for pick in select("1./", 30, 30)) == list(range(1, 31))
    with pytest.raises(ValueError, match="31 of 30"):
        select("1./", 30, 31)
