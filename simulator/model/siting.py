"""The nouns of siting: where new schools may open, and a proposal which of the sites to open."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulator.model.arrays import Booleans, Integers, freeze_columns, require_lengths

LARGEST_COST = 2**60
"""The greatest sum a proposal can cost stays below this, so that no int64 ever wraps."""


@dataclass(frozen=True)
class SitingProblem:
    """Blocks, sites that may open, schools that are open and stay: what opening saves; checked here.

    Block ``b`` may go to the sites ``site[offsets[b]:offsets[b + 1]]``. A site is a candidate or, where
    ``kept``, a school that is open already: it stays open, costs nothing and counts in no limit.

    Attributes:
        load: int64 (blocks,), expected entrants, >= 0.
        seats: int64 (sites,), entrants a site can take when it is open, >= 0.
        fixed_metres: int64 (sites,), what opening a candidate weighs, in metres walked by one child, >= 0;
            of a kept school it counts nothing.
        kept: bool (sites,), schools that are open and stay.
        offsets: int64 (blocks + 1,). site: int32 (arcs,), sites a block may go to, each once.
        metres: int64 (arcs,), way from block to site, >= 0.
        most_opened: greatest number of candidates that may open; -1 means no limit.
        whole_blocks: whether a block must go to one site as a whole; else its children may be split.
        limit_metres: walking limit (R8) of the aim ``coverage``; 0 means none.
        weight: int64 (blocks,), how often the metres of a block count; its load unless given (only where
            blocks are whole may it differ: then a block needs ``load`` seats and walks ``weight`` times).
        unplaced_metres: metres that one child without a seat weighs; unless given, more than twice the
            greatest arc and the dearest site together, so that neither distance nor one opening is saved by
            leaving a child without a seat.

    Raises:
        ValueError: columns that do not fit together, a negative number, a row that is not there.
        OverflowError: the greatest possible cost reaches 2**60.
    """

    load: Integers
    seats: Integers
    fixed_metres: Integers
    kept: Booleans
    offsets: Integers
    site: Integers
    metres: Integers
    most_opened: int = -1
    whole_blocks: bool = False
    limit_metres: int = 0
    weight: Integers | None = None
    unplaced_metres: int = -1

    def __post_init__(self) -> None:
        if self.weight is None:
            object.__setattr__(self, "weight", np.array(self.load))
        for name in ("load", "seats", "fixed_metres", "offsets", "metres", "weight"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=np.int64))
        object.__setattr__(self, "site", np.asarray(self.site, dtype=np.int32))
        object.__setattr__(self, "kept", np.asarray(self.kept, dtype=np.bool_))
        self._check_shapes()
        self._check_numbers()
        if self.unplaced_metres == -1:
            dearest = int(self.fixed_metres.max(initial=0))
            object.__setattr__(self, "unplaced_metres", 2 * (int(self.metres.max(initial=0)) + dearest) + 1)
        farthest = max(self.unplaced_metres, int(self.metres.max(initial=0)))
        children = sum(np.maximum(self.load, self.weights).tolist())
        greatest = farthest * (children + 1) + sum(self.fixed_metres.tolist())
        if greatest >= LARGEST_COST:
            raise OverflowError(f"SitingProblem: the cost of a proposal could reach {greatest}, past 2**60")
        freeze_columns(self)

    @property
    def blocks(self) -> int:
        """Number of blocks."""
        return len(self.load)

    @property
    def sites(self) -> int:
        """Number of sites, kept schools included."""
        return len(self.seats)

    @property
    def weights(self) -> Integers:
        """int64 (blocks,): ``weight``, which is always there after construction."""
        return self.load if self.weight is None else self.weight

    @property
    def block(self) -> Integers:
        """int64 (arcs,): the block of each arc."""
        return np.repeat(np.arange(self.blocks), np.diff(self.offsets))

    @property
    def room_to_open(self) -> int:
        """How many candidates may open."""
        candidates = int(np.count_nonzero(~self.kept))
        return candidates if self.most_opened < 0 else min(self.most_opened, candidates)

    def _check_shapes(self) -> None:
        require_lengths("SitingProblem", self.blocks, weight=self.weights)
        require_lengths("SitingProblem", self.sites, fixed_metres=self.fixed_metres, kept=self.kept)
        require_lengths("SitingProblem", len(self.site), metres=self.metres)
        fits = len(self.offsets) == self.blocks + 1 and self.offsets[0] == 0
        if not fits or np.any(np.diff(self.offsets) < 0) or self.offsets[-1] != len(self.site):
            raise ValueError("SitingProblem: offsets do not fit the arcs")

    def _check_numbers(self) -> None:
        for name in ("load", "seats", "fixed_metres", "metres", "weights"):
            if np.any(getattr(self, name) < 0):
                raise ValueError(f"SitingProblem: negative {name}")
        if self.most_opened < -1 or self.limit_metres < 0 or self.unplaced_metres < -1:
            raise ValueError("SitingProblem: a negative limit or weight")
        if not self.whole_blocks and not np.array_equal(self.weights, self.load):
            raise ValueError("SitingProblem: a weight that is not the load needs whole blocks")
        if np.any(self.site < 0) or np.any(self.site >= self.sites):
            raise ValueError("SitingProblem: an arc to a site that is not there")
        key = np.sort(self.block * max(self.sites, 1) + self.site)
        if np.any(key[1:] == key[:-1]):
            raise ValueError("SitingProblem: a block names a site twice")


@dataclass(frozen=True)
class SitingProposal:
    """Which candidates to open, and where every block goes then. A proposal, never a decision.

    Attributes:
        aim: name of the aim.
        opened: bool (sites,), candidates to open (kept schools are not among them).
        assigned: int32 (blocks,), site of the block, of its largest part where it is split; ``UNPLACED``
            where none of its children has a seat.
        children: int64 (arcs,), children over each arc. unplaced: int64 (blocks,), children without a seat.
        prices: int64 (sites,), metres that one more seat at an open site would save at least while blocks
            may be split (the core's minimal prices); 0 where the aim knows no seats.
        metres: sum of metres walked (``weight`` x metres where blocks are whole).
        fixed_metres: sum over ``opened``.
        covered: children whose open site lies within the walking limit; all placed ones without a limit.
        cost: what the aim counts, to be least: metres + fixed + children without a seat (``least_total``,
            ``p_median``), or children beyond the limit (``coverage``).
        cost_before: the same if nothing opens.
        bound: proven lower bound on the cost; equal to ``cost`` where it is proved best.
        steps: counted work, name to number.
    """

    aim: str
    opened: Booleans
    assigned: Integers
    children: Integers
    unplaced: Integers
    prices: Integers
    metres: int
    fixed_metres: int
    covered: int
    cost: int
    cost_before: int
    bound: int
    steps: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_lengths("SitingProposal", len(self.opened), prices=self.prices)
        require_lengths("SitingProposal", len(self.assigned), unplaced=self.unplaced)
        if self.bound > self.cost:
            raise ValueError(f"SitingProposal: a bound of {self.bound} above the cost of {self.cost}")
        freeze_columns(self)

    @property
    def gap(self) -> float:
        """How far above the bound the cost is, as a share of the cost; 0 where it is proved best."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0
