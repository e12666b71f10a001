"""docs/python.md, in both languages, lists the public interface as it is, whole, and its programs run."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import simulator as sim
from simulator.model import Draws, Ensemble, NewSchools, Rezoning, Run, Scenario
from simulator.notebook import RunPlots, SweepPlots, ZonesPlots

HOUSE = Path(__file__).resolve().parent.parent
PAGES = [HOUSE / "docs" / name for name in ("python.md", "python.zh-CN.md")]
CLASSES = {"scenario": (Scenario, None), "run": (Run, RunPlots), "many": (Ensemble, SweepPlots),
           "zones": (Rezoning, ZonesPlots), "made": (NewSchools, None)}  # fmt: skip
ROOMS_LISTED = {"load", "simulate", "rezone", "new_schools", "report", "notebook", "mechanisms", "travel"}


def rows(page):
    """Every first cell of a table: (dotted name, parameters, or None where it is no call)."""
    lines = page.read_text(encoding="utf-8").splitlines()
    found = [re.match(r"\| `([\w.]+)(?:\(([^)]*)\))?` \|", line) for line in lines]
    return {
        match[1]: None if match[2] is None else [name for name in match[2].split(", ") if name]
        for match in found
        if match
    }


def thing(dotted):
    """What a name on the page is."""
    first, *rest = dotted.split(".")
    if first == "sim":
        found = sim
    else:
        found, plots = CLASSES[first]
        if rest[0] == "plot":
            found, rest = plots, rest[1:]
    for name in rest:
        found = getattr(found, name)
    return found


def parameters(function):
    kinds = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    taken = inspect.signature(function).parameters.values()
    return [one.name for one in taken if one.name != "self" and one.kind not in kinds]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_is_there_with_these_parameters(page):
    assert len(rows(page)) > 30
    for dotted, named in rows(page).items():
        found = thing(dotted)
        if named is None:
            assert not callable(found), dotted
        else:
            assert parameters(found) == named, dotted
            assert inspect.getdoc(found), dotted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_public_is_left_out(page):
    listed = set(rows(page))
    for name in sim.FUNCTIONS:
        assert f"sim.{name}" in listed
    for name, (noun, plots) in CLASSES.items():
        own = {
            attribute
            for kind in noun.__mro__
            if kind.__module__.startswith("simulator")
            for attribute, value in vars(kind).items()
            if not attribute.startswith("_") and (callable(value) or isinstance(value, property))
        }
        assert {f"{name}.{attribute}" for attribute in own - {"plot"}} <= listed, name
        pictures = dict(inspect.getmembers(plots, inspect.isfunction)) if plots else {}
        assert {f"{name}.plot.{picture}" for picture in pictures if not picture.startswith("_")} <= listed
    mechanisms = {name for name in sim.mechanisms.__all__ if name.islower() and name != "mechanism_of"}
    assert {f"sim.mechanisms.{name}" for name in mechanisms} <= listed
    assert {name.split(".")[1] for name in listed if name.count(".") == 2 and name.startswith("sim.")} == (
        ROOMS_LISTED
    )


def test_draws_show_what_an_ensemble_shows():
    for name in ("plot", "to_pandas", "to_geopandas", "_repr_html_"):
        assert hasattr(Draws, name) and hasattr(Ensemble, name)


def test_both_pages_list_the_same():
    assert rows(PAGES[0]) == rows(PAGES[1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_programs_on_the_page_run(page, monkeypatch):
    monkeypatch.chdir(HOUSE)
    names: dict = {}
    for program in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        exec(program, names)
    given = sim.mechanisms.choices_given(names["market"].applications, names["answer"])
    assert given.tolist() == [1, 2, 0]
    assert len(names["run"].students) == 12
