"""Figures: a Chinese font or English labels, and nothing global touched."""

import warnings
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from simulator import report
from simulator.model import Stage
from simulator.report import fonts, plots

CHINESE = fonts.chinese_font()
needs_font = pytest.mark.skipif(CHINESE is None, reason="no font with Chinese glyphs on this machine")


def axes():
    return Figure().add_subplot()


@needs_font
def test_chinese_labels_are_drawn_with_their_glyphs(run):
    before = dict(mpl.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of every missing glyph
        for draw in (plots.distances, plots.loads, plots.warnings_map):
            ax = draw(run, ax=axes(), language="zh")
            ax.figure.canvas.draw()
            assert any("\u4e00" <= letter <= "\u9fff" for letter in ax.get_title())
    assert dict(mpl.rcParams) == before


def test_without_a_font_labels_are_english_with_one_warning(run, monkeypatch):
    monkeypatch.setattr(fonts, "_installed", lambda: None)
    monkeypatch.setattr(fonts, "_packaged", lambda: None)
    with pytest.warns(fonts.NoChineseFont) as caught:
        ax = plots.distances(run, ax=axes(), language="zh")
    assert len(caught) == 1
    assert ax.get_title() == "Distance to school"


def test_the_optional_package_is_found():
    pytest.importorskip("noto_cjk_sans_otc", reason="the optional extra 'fonts' is not installed")
    path = fonts._packaged()
    assert path is not None and fonts.has_glyphs(path)


def test_a_font_that_will_not_do_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        fonts.chinese_font(str(tmp_path / "none.ttf"))
    (tmp_path / "a.ttf").write_bytes(b"no font")
    with pytest.raises(ValueError, match="lacks"):
        fonts.chinese_font(str(tmp_path / "a.ttf"))
    latin = Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"
    with pytest.raises(ValueError, match="lacks"):
        fonts.chinese_font(str(latin))


@needs_font
def test_the_font_asked_for_comes_first_and_makes_figures(run, tmp_path):
    folder = report.write(run, tmp_path / "a", language="zh", font=str(CHINESE))
    names = {path.name for path in (folder / "figures").iterdir()}
    assert names == {"distances.png", "loads.png", "warnings_primary.png", "warnings_junior.png"}
    assert all(path.stat().st_size > 5000 for path in (folder / "figures").iterdir())


def test_a_wrong_font_leaves_no_folder(run, tmp_path):
    with pytest.raises(FileNotFoundError):
        report.write(run, tmp_path / "a", language="zh", font=str(tmp_path / "none.ttf"))
    assert not list(tmp_path.iterdir())


def test_the_map_has_a_patch_for_every_zone(run):
    ax = plots.warnings_map(run, Stage.JUNIOR, ax=axes(), language="en")
    drawn = sum(len(collection.get_paths()) for collection in ax.collections)
    assert drawn >= (run.warnings.stage == Stage.JUNIOR).sum()
