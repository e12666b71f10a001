"""What a round saw and did, kept for whoever must explain it afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.admission.ledger import Played
from simulator.admission.reach import Pairs
from simulator.model.arrays import Booleans, Integers, freeze_columns


@dataclass(frozen=True)
class Seen:
    """One round of a play.

    Attributes:
        row: place in ``Policy.rounds``.
        entrants: bool (students,), whom the round let in.
        standing: int8 (students,), a ``Standing``; school: int32, round: int16 (students,): of every child as
            the round began; ``UNPLACED`` for no school, and for no round.
        pairs: children and schools in reach, each child's preferred first.
        played: applications, draw, free seats and answer of the mechanism; None where the round only put
            children on a register.
    """

    row: int
    entrants: Booleans
    standing: Integers
    school: Integers
    round: Integers
    pairs: Pairs
    played: Played | None

    def __post_init__(self) -> None:
        freeze_columns(self)
