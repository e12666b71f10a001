"""A font with Chinese glyphs for matplotlib; a bare machine has none and would draw boxes.

Order: the file the caller names; an installed font that has the glyphs; the optional package
``noto-cjk-sans-otc`` (extra ``fonts``); else none, and figures are labelled in English with one warning.
"""

from __future__ import annotations

import warnings
from functools import cache
from importlib import import_module
from pathlib import Path

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from simulator.messages import Language
from simulator.model.paths import PathName

NEEDED = "学位预警距离所区县摇号镇班额，。（）"
"""Characters a font must have to be used."""

PREFERRED = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Heiti SC",
    "Noto Sans CJK JP",
    "SimSun",
)
"""Installed families tried first, in this order; then all others by path."""


class NoChineseFont(UserWarning):
    """No font with Chinese glyphs was found; labels are in English."""


def chinese_font(path: PathName = "") -> Path | None:
    """Path of a font with Chinese glyphs, ``None`` if there is none.

    Raises:
        FileNotFoundError: ``path`` was given and is no file.
        ValueError: ``path`` was given and lacks the glyphs, or is no font.
    """
    if path:
        if not Path(path).is_file():
            raise FileNotFoundError(str(path))
        if not has_glyphs(Path(path)):
            raise ValueError(f"{path}: no font, or it lacks {NEEDED}")
        return Path(path)
    return _installed() or _packaged()


def figure_font(path: PathName, language: Language) -> tuple[font_manager.FontProperties, Language]:
    """Font and language of a figure: Chinese where a font allows it, else English and one warning.

    English figures use such a font too where there is one: the names of schools and counties are Chinese.
    """
    found = chinese_font(path)
    if found is None and language == "en":
        return font_manager.FontProperties(), "en"
    if found is None:
        warnings.warn(NoChineseFont("no font with Chinese glyphs: labels are in English"), stacklevel=3)
        return font_manager.FontProperties(), "en"
    return font_manager.FontProperties(fname=str(found)), language


@cache
def has_glyphs(path: Path) -> bool:
    """Whether the font file has every character of ``NEEDED``."""
    try:
        characters = FT2Font(str(path)).get_charmap()
    except (OSError, RuntimeError):
        return False
    return all(ord(character) in characters for character in NEEDED)


@cache
def _installed() -> Path | None:
    """An installed font, preferred families first."""
    rank = {family: place for place, family in enumerate(PREFERRED)}
    fonts = font_manager.fontManager.ttflist
    known = sorted({(rank[f.name], f.weight != 400, f.fname) for f in fonts if f.name in rank}, key=str)
    others = sorted({f.fname for f in fonts if f.name not in rank and _may_be_chinese(f.name)})
    for path in [Path(name) for _, _, name in known] + [Path(name) for name in others]:
        if has_glyphs(path):
            return path
    return None


def _may_be_chinese(family: str) -> bool:
    """Families worth opening: opening every font of a machine takes seconds."""
    return any(
        part in family for part in ("CJK", "Han", "Hei", "Song", "Kai", "Ming", "Fang", "Unicode", "Hans")
    )


def _packaged() -> Path | None:
    """The font of the optional package."""
    try:
        module = import_module("noto_cjk_sans_otc")
    except ImportError:
        return None
    path = Path(str(module.FONT_PATH))
    return path if path.is_file() else None
