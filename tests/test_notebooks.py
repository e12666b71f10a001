"""Every notebook runs from top to bottom as Jupyter would, with its pictures; none is kept with output."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from notebook_cells import cells

from simulator.report.fonts import chinese_font

HERE = Path(__file__).parent
FOLDER = HERE.parent / "notebooks"
NOTEBOOKS = {
    # name: pictures at least, and what it must print
    "quick_start": (2, ("P05", "城东小学")),
    "compare_mechanisms": (5, ("enumeration and formulas agree",)),
    "draw_zones": (4, ("the bound falls by",)),
    "is_this_lottery_fair": (3, ("nothing was changed", "changed: 2")),
    "own_mechanism": (2, ("deferred acceptance: 0 /",)),
}


def test_every_notebook_is_named_here_and_on_the_front_pages():
    assert {path.stem for path in FOLDER.glob("*.py")} == set(NOTEBOOKS)
    for page in ("README.md", "README.zh-CN.md"):
        text = (HERE.parent / page).read_text(encoding="utf-8")
        assert not [name for name in NOTEBOOKS if f"notebooks/{name}.py" not in text], page


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_runs(name, tmp_path):
    pictures, wanted = NOTEBOOKS[name]
    strict = ["-W", "error::UserWarning"] if chinese_font() else []  # matplotlib warns of a missing glyph
    command = [sys.executable, "-X", "utf8", *strict, str(HERE / "notebook_cells.py")]
    done = subprocess.run(
        [*command, str(FOLDER / f"{name}.py"), str(tmp_path / "shown")],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "shown").glob("*.png"))) >= pictures
    assert not [text for text in wanted if text not in done.stdout]
    assert {path.name for path in tmp_path.iterdir()} == {"shown"}  # a notebook leaves nothing behind


def test_no_notebook_is_kept_with_its_output():
    assert not list(FOLDER.rglob("*.ipynb"))
    for path in FOLDER.glob("*.py"):
        assert path.read_text(encoding="utf-8").startswith("# ---\n# jupyter:\n#   jupytext:\n"), path.name


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_its_prose_is_in_both_languages(name):
    for kind, source in cells((FOLDER / f"{name}.py").read_text(encoding="utf-8")):
        if kind == "markdown":
            assert re.search("[\u4e00-\u9fff]{4}", source) and re.search("[a-z]{3,} [a-z]{2,}", source), (
                source
            )


def test_a_cell_that_fails_fails_the_notebook(tmp_path):
    """The runner notices: an assertion in a cell, and what ends a cell."""
    notebook = tmp_path / "a.py"
    notebook.write_text("# %% [markdown]\n# a\n\n# %%\nx = 1\n\n# %%\nassert x == 2\n", encoding="utf-8")
    command = [sys.executable, str(HERE / "notebook_cells.py"), str(notebook), str(tmp_path / "shown")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode != 0 and "line 8" in done.stderr and "AssertionError" in done.stderr
