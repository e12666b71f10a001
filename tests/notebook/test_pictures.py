"""Pictures: on the axes given, in the language asked for, with what the result says, and nothing global."""

from __future__ import annotations

import inspect
import subprocess
import sys
import warnings
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest
from shown import PLOTS, SCENARIOS, TOY, axes, ink, results, texts

import simulator as sim
from simulator import notebook
from simulator.model import UNPLACED, Stage
from simulator.notebook import RunPlots, SweepPlots, ZonesPlots
from simulator.report.fonts import chinese_font

EVERY = [(kind, name) for kind, names in PLOTS.items() for name in names]
needs_font = pytest.mark.skipif(chinese_font() is None, reason="no font with Chinese glyphs on this machine")


def test_no_picture_is_left_out_here():
    for kind, found in (("run", RunPlots), ("sweep", SweepPlots), ("zones", ZonesPlots)):
        methods = inspect.getmembers(found, inspect.isfunction)
        public = {name for name, method in methods if not name.startswith("_")}
        assert public == set(PLOTS[kind])


@needs_font
@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_it_draws_on_the_axes_given_in_both_languages(kind, name):
    draw = getattr(results()[kind].plot, name)
    before, ours = dict(mpl.rcParams), {}
    for language in ("zh", "en"):
        ax = axes()
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # matplotlib warns of every missing glyph
            assert draw(ax, language=language) is ax
            ours[language] = texts(ax), ax.get_title()
        assert ink(ax) > 2000
    assert dict(mpl.rcParams) == before
    assert any("\u4e00" <= letter <= "\u9fff" for letter in ours["zh"][1])
    assert ours["zh"][1] != ours["en"][1] and not any("\u4e00" <= c <= "\u9fff" for c in ours["en"][1])


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_a_new_picture_shows_itself_in_jupyter(kind, name):
    pictures = [getattr(results()[kind].plot, name)(language="en")._repr_png_() for _ in range(2)]
    assert pictures[0].startswith(b"\x89PNG") and len(pictures[0]) > 4000
    assert pictures[0] == pictures[1]


def test_pyplot_is_never_imported():
    code = """
import sys, simulator as sim
run = sim.run({path!r})
for name in {names!r}:
    getattr(run.plot, name)(language="en")._repr_png_()
print(run, run._repr_html_()[:1])
assert "matplotlib.pyplot" not in sys.modules
"""
    code = code.format(path=str(TOY), names=PLOTS["run"])
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_the_bars_of_choices_are_the_table():
    run = results()["run"]
    table = run.to_pandas("choices").query("round == 'choice'").set_index("choice").percent
    heights = [bar.get_height() for bar in run.plot.choices(axes(), round="choice").patches]
    np.testing.assert_allclose(heights, [*table[1:], table[0]])
    assert table.sum() == pytest.approx(100)


def test_choices_are_counted_as_by_hand():
    """Child by child: the position of its school in its own list, if this round gave it."""
    run = results()["run"]
    wishes = notebook.choices.wishes_of(run)
    lists = {}
    for student, school in zip(wishes.student.tolist(), wishes.school.tolist(), strict=True):
        lists.setdefault(student, []).append(school)
    counts = [0] * 6
    for student, listed in lists.items():
        school = int(run.admission.school[student])
        by_choice = run.admission.round[student] == 0
        counts[listed.index(school) + 1 if by_choice else 0] += 1
    table = run.to_pandas("choices")
    assert table.children.tolist() == counts and sum(counts) == len(run.students)


def test_a_round_without_choices_is_refused_by_name():
    with pytest.raises(KeyError, match=r"coordination.*choice"):
        results()["run"].plot.choices(axes(), round="coordination")
    assert results()["sweep"].plot.spread(axes(), indicator="metres_mean")
    with pytest.raises(KeyError, match="placed_percent"):
        results()["sweep"].plot.spread(axes(), indicator="happiness")
    with pytest.raises(KeyError, match="immediate"):
        results()["sweep"].plot.differences(axes(), variant="parallel")
    with pytest.raises(KeyError, match="was not drawn"):
        results()["zones"].plot.map(axes(), stage=Stage.JUNIOR)
    with pytest.raises(ValueError, match="no drawing 'newest'; there are: old, new"):
        results()["zones"].plot.map(axes(), drawing="newest")


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k in ("run", "zones") for n in ("map", "prices")])
def test_a_stage_is_a_word_or_the_enum(kind, name):
    draw = getattr(results()[kind].plot, name)
    titles = [draw(axes(), stage=stage, language="en").get_title() for stage in ("primary", Stage.PRIMARY)]
    assert titles[0] == titles[1] and "primary" in titles[0]
    with pytest.raises(ValueError, match="no stage 'middle'; there are: primary, junior"):
        draw(axes(), stage="middle")


def test_differences_show_the_interval_of_the_pairs():
    sweep = results()["sweep"]
    plots = sweep.plot
    ax = plots.differences(axes(), codes=("in_own_zone_percent",))
    pairs = plots.summary.pairs("in_own_zone_percent", UNPLACED, 1)
    low, high = sorted(ax.lines[0].get_xdata())
    assert (low, high) == (pairs.difference.low, pairs.difference.high)
    assert ax.lines[1].get_xdata()[0] == pairs.difference.mean


def test_the_odds_map_has_a_colour_for_every_block_by_its_odds():
    sweep = results()["sweep"]
    ax = sweep.plot.odds_map(axes())
    spots = sweep.plot.summary.spots
    (blocks,) = ax.collections
    assert len(blocks.get_facecolors()) >= len(spots)
    best = max(range(len(spots)), key=lambda row: spots[row].own_zone[0] / spots[row].children)
    worst = min(range(len(spots)), key=lambda row: spots[row].own_zone[0] / spots[row].children)
    brightness = blocks.get_facecolors()[:, :3].sum(axis=1)
    assert brightness[best] < brightness[worst]  # the scale darkens with the odds


def test_where_there_is_nothing_to_draw_the_picture_says_so():
    one = sim.sweep(TOY, draws=2)
    assert "nothing to compare" in texts(one.plot.differences(axes(), language="en"))
    assert "nothing to compare" in texts(one.plot.gains_map(axes(), language="en"))
    for name, why in (("points", "no coordinates"), ("private_adjustment", "no round is least cost")):
        run = sim.run(SCENARIOS / "procedures" / name)
        assert why in texts(run.plot.prices(axes(), language="en"))


@pytest.mark.parametrize("apart", [False, True])
def test_a_map_of_gains_says_what_it_can_tell(apart):
    """Of a variant that was not held against the first child by child, only the change in the own zone."""
    sweep = results()["sweep"]
    (county,) = sweep.counties
    told = county.layout.comparable & (not apart)
    layout = replace(county.layout, comparable=told)
    shown = replace(sweep, counties=(replace(county, layout=layout),)).plot.gains_map(axes(), language="en")
    assert ("in their own zone" in texts(shown)) is apart
    assert ("Better less worse off" in texts(shown)) is not apart


def test_panels_are_those_of_matplotlib():
    sheet, panels = notebook.panels(1, 2)
    notebook.label(panels[0], "人数", "米", "children")
    panels[0].plot([0, 1], label="甲")
    notebook.legend(panels[0])
    assert len(panels) == 2 and sheet._repr_png_().startswith(b"\x89PNG")
