"""Many draws of one county under rival variants: what each gave, as counts that add up in any order."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from simulator.model.arrays import Booleans, Floats, Integers, Texts, freeze_columns, require_lengths, texts
from simulator.model.errors import Fault
from simulator.model.showing import ShownSweep

if TYPE_CHECKING:
    import pandas as pd

Varying = Literal["lottery", "children"]
"""What a draw draws anew: the lotteries alone, or the roster made from counts, the modelled wishes and
them."""

MEASURES = (
    "children", "placed", "own_zone", "nearest", "beyond_limit", "metres", "measured", "gain", "lose", "net",
)  # fmt: skip
"""What is counted of a group or a block in one draw. ``metres``: of all ``measured`` children together, whose
distance is known. ``gain``, ``lose``: children better and worse off than by the first variant in the same
draw (placed or not, else nearer or farther); ``net``: the former less the latter."""


@dataclass(frozen=True)
class Layout:
    """What the rows and columns of ``Draws`` stand for; the same for all draws of one county.

    Attributes:
        county: its name in the study, that of its scenario where it is alone. title, title_en: of the
            scenario. year: of entry. seed: of the scenario.
        vary: what a draw draws anew. variants: names; the first is what the others are held against.
        comparable: bool (variants,), whether the variant has the children of the first, so that ``gain`` and
            ``lose`` were counted.
        code, rule, unit: object (str) (indicators,); place: object (str), the county, "" for the whole;
            stage: int8, ``UNPLACED`` for both; target: float64 (variants, indicators), NaN for none.
        group: object (str) (groups,): "all", a yes/no column, or "tier:ROUND:NUMBER", its number from 1.
        block, block_name: object (str) (blocks,). longitude, latitude: float64 (blocks,), NaN if not known.
        rounds, round_titles, round_titles_en: object (str) (rounds,), of all variants; school, school_name:
            object (str) (schools,).
        fingerprint: of all inputs, as hexadecimal text. versions: library name to version.
        language: the setting of the scenario, "" for none.
    """

    county: str
    title: str
    title_en: str
    year: int
    seed: int
    vary: Varying
    variants: tuple[str, ...]
    comparable: Booleans
    code: Texts
    rule: Texts
    unit: Texts
    place: Texts
    stage: Integers
    target: Floats
    group: Texts
    block: Texts
    block_name: Texts
    longitude: Floats
    latitude: Floats
    rounds: Texts
    round_titles: Texts
    round_titles_en: Texts
    school: Texts
    school_name: Texts
    fingerprint: str
    versions: tuple[tuple[str, str], ...] = ()
    language: str = ""

    def __post_init__(self) -> None:
        rows = {name: getattr(self, name) for name in ("rule", "unit", "place", "stage", "target")}
        require_lengths("Layout", len(self.code), **rows)
        freeze_columns(self)


@dataclass(frozen=True, repr=False)
class Draws(ShownSweep):
    """Draws of one county: every number is a whole one, so parts join to the same sums in any order.

    Attributes:
        layout: what rows stand for.
        draw: int64 (draws,), from 1, rising. lottery_seed, children_seed: int64 (draws,), the seeds of that
            draw; the latter is the scenario's own unless ``vary`` is "children".
        numerator, denominator: int64 (variants, draws, indicators), as in ``Indicators``.
        groups: int64 (variants, draws, 2, groups, measures), by ``Stage``.
        total, square: int64 (variants, 3, blocks, measures), sums over the draws, and sums of squares, of
            both stages together and of each; of blocks, as in ``odds``, only children who could stand in a
            list for publication.
        change, change_square: the same of what the first variant gives in the same draw taken away.
        odds: int64 (rows, 6), rising: variant, stage, block, round, school, and how often a child of that
            block was placed there by that round, over all draws; round ``UNPLACED``: settled beforehand.
    """

    layout: Layout
    draw: Integers
    lottery_seed: Integers
    children_seed: Integers
    numerator: Integers
    denominator: Integers
    groups: Integers
    total: Integers
    square: Integers
    change: Integers
    change_square: Integers
    odds: Integers

    SUMS: ClassVar[tuple[str, ...]] = ("total", "square", "change", "change_square")

    def __post_init__(self) -> None:
        require_lengths(
            "Draws", len(self.draw), lottery_seed=self.lottery_seed, children_seed=self.children_seed
        )
        freeze_columns(self)

    def __len__(self) -> int:
        return len(self.draw)

    @classmethod
    def join(cls, parts: Sequence[Draws]) -> Draws:
        """Parts of one county as one, in the order of their draws, whatever the order of the parts.

        Raises:
            ValueError: no part, parts of different inputs, or one draw in two parts.
        """
        if not parts:
            raise ValueError("Draws.join: nothing to join")
        if len({part.layout.fingerprint for part in parts}) > 1:
            raise ValueError("Draws.join: parts of different inputs")
        draw = np.concatenate([part.draw for part in parts])
        order = np.argsort(draw, kind="stable")
        if np.any(np.diff(draw[order]) == 0):
            raise ValueError("Draws.join: one draw in two parts")
        rows = {
            name: np.concatenate([getattr(part, name) for part in parts])[order]
            for name in ("lottery_seed", "children_seed")
        }
        tables = {
            name: np.concatenate([getattr(part, name) for part in parts], axis=1)[:, order]
            for name in ("numerator", "denominator", "groups")
        }
        first = min(parts, key=lambda part: int(part.draw[0]))
        sums = {name: np.sum([getattr(part, name) for part in parts], axis=0) for name in cls.SUMS}
        odds = add_odds(np.concatenate([part.odds for part in parts]))
        return cls(layout=first.layout, draw=draw[order], odds=odds, **rows, **tables, **sums)

    @classmethod
    def beside(cls, parts: Sequence[Draws], names: Sequence[Sequence[str]]) -> Draws:
        """Sweeps of one county as one: their variants beside each other, the first of the first leading.

        Where a variant comes from another sweep than the first it was not held against the leading one child
        by child: ``gain`` and the like stay uncounted (``comparable`` is False) and ``change_square`` is -1.

        Args:
            names: of the variants of each part, all different.

        Raises:
            ValueError: different draws, seeds, blocks, indicators or groups.
        """
        first = parts[0]
        for part in parts[1:]:
            same = np.array_equal(part.draw, first.draw)
            same &= np.array_equal(part.lottery_seed, first.lottery_seed)
            same &= all(
                np.array_equal(getattr(part.layout, name), getattr(first.layout, name))
                for name in ("code", "place", "stage", "block", "group")
            )
            if not same:
                raise ValueError("Draws.beside: different draws, blocks, indicators or groups")
        tables = {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("numerator", "denominator", "groups", "total", "square")
        }
        change = tables["total"] - tables["total"][:1]
        change_square = np.full_like(change, -1)
        change_square[: len(first.change_square)] = first.change_square
        comparable = np.zeros(len(change), dtype=np.bool_)
        comparable[: len(first.layout.comparable)] = first.layout.comparable
        layout = replace(
            first.layout,
            variants=tuple(name for part in names for name in part),
            comparable=comparable,
            target=np.concatenate([part.layout.target for part in parts]),
        )
        return replace(first, layout=layout, change=change, change_square=change_square, **tables)

    def to_arrays(self) -> dict[str, Any]:
        """All of it as plain arrays and one text, for a file; ``from_arrays`` is the way back."""
        layout = {name: _plain(value) for name, value in vars(self.layout).items()}
        columns = {name: value for name, value in vars(self).items() if isinstance(value, np.ndarray)}
        return {**columns, "layout": np.array(json.dumps(layout, ensure_ascii=False))}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> Draws:
        """What ``to_arrays`` gave.

        Raises:
            KeyError, ValueError, TypeError: something is missing or is not what it should be.
        """
        told = json.loads(str(arrays["layout"]))
        layout = {name: LAYOUT_READERS.get(name, _same)(value) for name, value in told.items()}
        columns = {entry.name: arrays[entry.name] for entry in fields(cls) if entry.name != "layout"}
        return cls(layout=Layout(**layout), **columns)

    def to_pandas(self) -> pd.DataFrame:
        """One row per variant, draw and indicator: variant, draw, indicator, county, stage, unit, and counts.

        ``numerator`` and ``denominator`` are whole numbers; ``report`` tells their values in a language.
        """
        import pandas

        variants, draws, rows = self.numerator.shape
        layout, each = self.layout, variants * draws
        return pandas.DataFrame(
            {
                "variant": np.repeat(np.array(layout.variants, dtype=object), draws * rows),
                "draw": np.tile(np.repeat(self.draw, rows), variants),
                "indicator": np.tile(layout.code, each),
                "county": np.tile(layout.place, each),
                "stage": np.tile(layout.stage, each),
                "unit": np.tile(layout.unit, each),
                "numerator": self.numerator.ravel(),
                "denominator": self.denominator.ravel(),
            }
        )


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray) else value


def _same(value: Any) -> Any:
    return value


def _reader(dtype: type[np.generic]) -> Callable[[Any], Any]:
    return lambda values: np.array(values, dtype=dtype)


TEXT_COLUMNS = (
    "code", "rule", "unit", "place", "group", "block", "block_name", "rounds", "round_titles",
    "round_titles_en", "school", "school_name",
)  # fmt: skip
LAYOUT_READERS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(TEXT_COLUMNS, texts),
    **dict.fromkeys(("target", "longitude", "latitude"), _reader(np.float64)),
    "comparable": _reader(np.bool_),
    "stage": _reader(np.int8),
    "variants": tuple,
    "versions": lambda pairs: tuple((name, version) for name, version in pairs),
}
"""Columns of ``Layout`` that a text does not give back as they were, and how they are."""


def add_odds(rows: Integers) -> Integers:
    """Rows of ``Draws.odds`` with equal keys added up, in rising order."""
    if not len(rows):
        return rows
    order = np.lexsort(rows[:, 4::-1].T)
    rows = rows[order]
    starts = np.flatnonzero(np.concatenate(([True], np.any(np.diff(rows[:, :5], axis=0) != 0, axis=1))))
    return np.concatenate([rows[starts, :5], np.add.reduceat(rows[:, 5], starts)[:, None]], axis=1)


@dataclass(frozen=True)
class Failure:
    """A county that could not be played: what is wrong with it, and the others go on.

    Attributes:
        county: its name in the study. faults: of its input. error: what happened, where it was not its input.
    """

    county: str
    faults: tuple[Fault, ...] = ()
    error: str = ""


@dataclass(frozen=True, repr=False)
class Ensemble(ShownSweep):
    """Variants x draws x counties.

    Attributes:
        counties: the draws of every county that could be played, in the order of the study.
        failures: the others.
    """

    counties: tuple[Draws, ...]
    failures: tuple[Failure, ...] = field(default=())

    def __len__(self) -> int:
        return sum(len(county) for county in self.counties)

    def to_pandas(self) -> pd.DataFrame:
        """The tables of all counties, one below the other; ``scenario`` names the county."""
        import pandas

        frames = []
        for county in self.counties:
            frame = county.to_pandas()
            frame.insert(0, "scenario", county.layout.county)
            frames.append(frame)
        return pandas.concat(frames, ignore_index=True) if frames else pandas.DataFrame()
