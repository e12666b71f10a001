"""What the page of a sweep tells, gathered county by county so that a whole country needs no more memory.

Whole numbers are added up over counties draw by draw; so a difference between two variants is taken in every
draw for the whole study, and its interval is that of the pairs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulator.indicators.comparing import Pairs, mean_of_sums, pairs_of
from simulator.indicators.measure import values
from simulator.messages import Bilingual
from simulator.model import MEASURES, UNPLACED, Draws, Failure, Layout
from simulator.model.arrays import Floats, Integers

NOT_ADDITIVE = frozenset(("metres_median", "metres_p95", "metres_max", "lottery_odds_percent"))
"""Indicators of which those of two counties do not make that of both."""

MOST_BLOCKS = 6_000
"""Blocks on the map; a study with more is drawn with one mark per county."""

PLACES = ("placed_percent", "in_own_zone_percent", "metres_mean", "children_unplaced")
"""Indicators told of every county."""

M = {name: row for row, name in enumerate(MEASURES)}


@dataclass
class Sum:
    """One indicator of the whole study: unit, target by variant; int64 (variants, draws) each."""

    unit: str
    rule: str
    target: Floats
    numerator: Integers
    denominator: Integers

    def value(self, variant: int) -> Floats:
        """float64 (draws,), NaN where there is no value."""
        return np.asarray(values(self.numerator[variant], self.denominator[variant], self.unit))


@dataclass(frozen=True)
class Spot:
    """A block, or a county of a large study, on the map.

    Attributes:
        name, longitude, latitude: of it. children: on average over the draws.
        net: children better off less those worse off, mean and half width of its interval, per variant;
            where the variant was not held against the first child by child (``Layout.comparable``), how many
            more are placed in their own zone.
        odds: children placed in their own zone and children placed, on average, per variant.
    """

    name: str
    longitude: float
    latitude: float
    children: float
    net: tuple[tuple[float, float], ...]
    own_zone: tuple[float, ...]
    placed: tuple[float, ...]


@dataclass
class Summary:
    """Sums over the counties added so far.

    Attributes:
        first: the layout of the first county. draws: numbers of the draws of all counties.
        sums: code and stage to the indicator of the whole. places: name of a county, or of a county within
            the scenario, to the pairs of ``PLACES`` for every variant but the first.
        groups: name to int64 (variants, draws, 2, measures). spots: the map. counties, children, blocks:
            how many. failures: counties that could not be played. round_titles: of the rounds of all
            counties, by name; where two have one name, those of the first that has any.
    """

    first: Layout | None = None
    draws: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    sums: dict[tuple[str, int], Sum] = field(default_factory=dict)
    places: dict[str, dict[str, list[Pairs]]] = field(default_factory=dict)
    groups: dict[str, Integers] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)
    counties: int = 0
    children: int = 0
    blocks: int = 0
    failures: list[Failure] = field(default_factory=list)
    round_titles: dict[str, Bilingual] = field(default_factory=dict)
    _county_spots: list[Spot] = field(default_factory=list)

    @property
    def variants(self) -> tuple[str, ...]:
        """Names of the variants; the first is what the others are held against."""
        return () if self.first is None else self.first.variants

    @property
    def own_luck(self) -> bool:
        """Whether these are runs as they were, each with a seed of its own, and no draws that all share."""
        return self.draws.tolist() == [0]

    @property
    def layout(self) -> Layout:
        """The layout of the first county.

        Raises:
            ValueError: no county was added.
        """
        if self.first is None:
            raise ValueError("Summary: no county")
        return self.first

    def add(self, draws: Draws, *, alone: bool) -> None:
        """Add a county. alone: it is the only one of the study, so all its indicators are those of the whole.

        Raises:
            ValueError: its draws or variants are not those of the counties before.
        """
        layout = draws.layout
        if self.first is None:
            self.first, self.draws = layout, draws.draw
        if layout.variants != self.variants or not np.array_equal(self.draws, draws.draw):
            raise ValueError("Summary: counties of different draws or variants")
        self.counties += 1
        self.children += int(draws.groups[0, 0, :, 0, M["children"]].sum())
        self.blocks += len(layout.block)
        columns = (layout.rounds, layout.round_titles, layout.round_titles_en)
        for name, zh, en in zip(*(column.tolist() for column in columns), strict=True):
            if not any(self.round_titles.get(name, ())):
                self.round_titles[name] = Bilingual(zh, en)
        self._add_indicators(draws, alone)
        self._add_places(draws, alone)
        for row, name in enumerate(layout.group.tolist()):
            counted = draws.groups[:, :, :, row]
            self.groups[name] = self.groups[name] + counted if name in self.groups else counted.copy()
        spots = spots_of(draws)
        self._county_spots += [county_spot(layout, spots)] if spots else []
        self.spots = [*self.spots, *spots] if self.blocks <= MOST_BLOCKS else list(self._county_spots)

    def _add_indicators(self, draws: Draws, alone: bool) -> None:
        layout = draws.layout
        for row in np.flatnonzero(layout.place == "").tolist():
            code, stage = str(layout.code[row]), int(layout.stage[row])
            if not alone and code in NOT_ADDITIVE:
                continue
            above, below = draws.numerator[..., row], draws.denominator[..., row]
            known = self.sums.get((code, stage))
            if known is None:
                unit, rule = str(layout.unit[row]), str(layout.rule[row])
                self.sums[code, stage] = Sum(unit, rule, layout.target[:, row], above.copy(), below.copy())
            else:
                known.numerator = known.numerator + above
                known.denominator = known.denominator + below

    def _add_places(self, draws: Draws, alone: bool) -> None:
        """The county's own figures; of a single scenario those of the counties in it."""
        layout = draws.layout
        wanted = np.isin(layout.code, PLACES) & (layout.stage == UNPLACED)
        wanted &= (layout.place != "") if alone else (layout.place == "")
        for row in np.flatnonzero(wanted).tolist():
            name = str(layout.place[row]) if alone else layout.county
            found = values(draws.numerator[..., row], draws.denominator[..., row], str(layout.unit[row]))
            others = range(1, len(layout.variants)) if len(layout.variants) > 1 else range(1)
            self.places.setdefault(name, {})[str(layout.code[row])] = [
                pairs_of(found[0], found[variant]) for variant in others
            ]

    def pairs(self, code: str, stage: int, variant: int) -> Pairs | None:
        """An indicator of the whole study, a variant beside the first; None where there is no such row."""
        found = self.sums.get((code, stage))
        return None if found is None else pairs_of(found.value(0), found.value(variant))

    def group_pairs(self, name: str, measure: str, variant: int, per: str = "children") -> Pairs:
        """A measure of a group per 100 (or per one) of another, both stages together, draw by draw."""
        counted = self.groups[name].sum(axis=2)

        def share(row: int) -> Floats:
            below = counted[row, :, M[per]].astype(np.float64)
            below[below == 0] = np.nan
            scale = 1.0 if measure == "metres" else 100.0
            return np.asarray(scale * counted[row, :, M[measure]] / below)

        return pairs_of(share(0), share(variant))


def spots_of(draws: Draws) -> list[Spot]:
    """Every block that has children and a place; both stages together."""
    layout, n = draws.layout, len(draws)
    total = draws.total[:, 0]
    net, half = net_of_blocks(draws)
    known = np.isfinite(layout.longitude) & np.isfinite(layout.latitude)
    rows = np.flatnonzero(known & (total[0, :, M["children"]] > 0)).tolist()
    variants = range(len(layout.variants))
    return [
        Spot(
            name=str(layout.block_name[row]) or str(layout.block[row]),
            longitude=float(layout.longitude[row]),
            latitude=float(layout.latitude[row]),
            children=int(total[0, row, M["children"]]) / n,
            net=tuple((float(net[v, row]), float(half[v, row])) for v in variants),
            own_zone=tuple(int(total[v, row, M["own_zone"]]) / n for v in variants),
            placed=tuple(int(total[v, row, M["placed"]]) / n for v in variants),
        )
        for row in rows
    ]


def net_of_blocks(draws: Draws) -> tuple[Floats, Floats]:
    """Mean and half width of ``Spot.net``, float64 (variants, blocks) each.

    Of a variant from another sweep than the first there are sums only, so its interval is that of a
    difference of two independent means: the luck that both shared does not make it narrower.
    """
    total, square = draws.total[:, 0], draws.square[:, 0]
    net, half = mean_of_sums(total[..., M["net"]], square[..., M["net"]], len(draws))
    mean, width = mean_of_sums(total[..., M["own_zone"]], square[..., M["own_zone"]], len(draws))
    apart = ~draws.layout.comparable
    net[apart] = mean[apart] - mean[0]
    half[apart] = np.hypot(width[apart], width[0])
    return net, half


def county_spot(layout: Layout, spots: list[Spot]) -> Spot:
    """A county as one spot, in the middle of its children."""
    children = sum(spot.children for spot in spots)

    def middle(name: str) -> float:
        return float(sum(getattr(spot, name) * spot.children for spot in spots) / children)

    variants = range(len(layout.variants))
    return Spot(
        name=layout.county,
        longitude=middle("longitude"),
        latitude=middle("latitude"),
        children=children,
        net=tuple(
            (sum(s.net[v][0] for s in spots), float(np.sqrt(sum(s.net[v][1] ** 2 for s in spots))))
            for v in variants
        ),
        own_zone=tuple(sum(s.own_zone[v] for s in spots) for v in variants),
        placed=tuple(sum(s.placed[v] for s in spots) for v in variants),
    )
