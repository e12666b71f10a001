"""Luck of a draw: seeds derived from what the draw is, never from who plays it.

The seed of a draw depends on the scenario's name, seed and year, on the draw's number and on what it is for.
It does not depend on the variant, the worker, the batch or the order: rival variants share their luck, and a
draw that is lost and played again is the same draw.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Literal

from simulator.model import Scenario
from simulator.model.ensemble import Varying

VERSION = "xuewei-ensemble-1"
"""Tag of the construction; it changes when the bytes that are hashed change."""

AS_IT_IS = 0
"""Number of the draw that leaves every scenario the luck it has."""

Purpose = Literal["lottery", "children"]


@dataclass(frozen=True)
class Identity:
    """Whose draws they are: of the scenario without any variant. name, seed, year: of its settings."""

    name: str
    seed: int
    year: int


def seed_of(identity: Identity, draw: int, purpose: Purpose) -> int:
    """The seed of one draw for one purpose, 0 <= seed < 2**53.

    The construction, in full: the message is ``"xuewei-ensemble-1\\n" + name + "\\n" + seed + "\\n" + year +
    "\\n" + draw + "\\n" + purpose``, numbers in decimal, encoded as UTF-8; the seed is the first 8 bytes of
    its SHA-256, read as a big-endian integer, without its last 11 bits (so that any program can hold it).

    Args:
        draw: from 1.
    """
    parts = (VERSION, identity.name, str(identity.seed), str(identity.year), str(draw), purpose)
    return int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:8], "big") >> 11


def scenario_of_draw(scenario: Scenario, identity: Identity, draw: int, vary: Varying) -> Scenario:
    """The scenario of one variant with the luck of one draw; ``simulate`` plays it as any other.

    ``lottery``: the children and their wishes stay, every lottery is drawn anew. ``children``: the roster
    made from counts and the modelled wishes are drawn anew as well. Draw ``AS_IT_IS``: nothing is.
    """
    if draw == AS_IT_IS:
        return scenario
    policy = replace(scenario.policy, lottery_seed=seed_of(identity, draw, "lottery"))
    if vary == "children":
        policy = replace(policy, seed=seed_of(identity, draw, "children"))
    resolved = {**scenario.resolved, "seed": policy.seed, "lottery_seed": policy.lottery_seed}
    return replace(scenario, policy=policy, resolved=resolved)
