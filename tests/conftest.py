"""What holds for the whole suite: one profile of hypothesis, and a folder of its own for temporary files."""

import os
import tempfile

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)  # how long an example takes is no property
settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def temporary_files(tmp_path_factory):
    """Where a program under test puts temporary files, such as the traceback of a crash (``xuewei-*.txt``).

    pytest takes the folder away a few runs later; the system's own would keep every file. Processes that are
    started by tests inherit it.
    """
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("t")  # short: paths of sockets may not be long
        for name in ("TMPDIR", "TEMP", "TMP"):
            patch.setitem(os.environ, name, str(folder))
        patch.setattr(tempfile, "tempdir", None)
        yield folder
