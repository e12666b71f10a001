import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fake_run import fake_run

from simulator import report


@pytest.fixture(scope="session")
def run():
    return fake_run(students=600)


@pytest.fixture(scope="session")
def hostile():
    """Markup and formulas in every name and id."""
    return fake_run(students=600, hostile=True)


@pytest.fixture(scope="session")
def folders(run, hostile, tmp_path_factory):
    """Run folders by (which run, language), written once."""
    root = tmp_path_factory.mktemp("runs")
    return {
        (name, language): report.write(of, root / f"{name}_{language}", language=language, student_sheet=True)
        for name, of in (("run", run), ("hostile", hostile))
        for language in ("zh", "en")
    }


@pytest.fixture(scope="session")
def pages(folders):
    """``report.html`` by (which run, language)."""
    return {key: (folder / "report.html").read_text(encoding="utf-8") for key, folder in folders.items()}
