"""Share rules over a county: so many children of some groups in seats that count, at the least cost."""

from __future__ import annotations

from simulator.transport.shares.answer import ShareAnswer, ShareOutcome, ShareProof
from simulator.transport.shares.rule import ShareRule
from simulator.transport.shares.solving import solve_with_shares

__all__ = ["ShareAnswer", "ShareOutcome", "ShareProof", "ShareRule", "solve_with_shares"]
