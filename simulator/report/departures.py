"""What sets a run apart from the plain run of its scenario: the variant, the settings changed, the seed."""

from __future__ import annotations

from simulator.model import Scenario
from simulator.report.words import Words

SEED = "seed"


def departures(scenario: Scenario, words: Words) -> str:
    """``Variant: NAME · changed: KEY=VALUE, … · seed N``, what applies of it; "" for a plain run.

    The seed stands last and once, however it was given; of several the last one counted.
    """
    changed = [change.strip() for change in scenario.changes]
    seeds = [change for change in changed if _key(change) == SEED]
    others = [change for change in changed if _key(change) != SEED]
    parts = []
    if scenario.variant:
        parts.append(words.text("departure_variant", variant=scenario.variant))
    if others:
        parts.append(words.text("departure_changed", changes=words.text("departure_comma").join(others)))
    if seeds:
        parts.append(words.text("departure_seed", seed=seeds[-1].partition("=")[2].strip()))
    said = " · ".join(parts)
    return said[:1].upper() + said[1:]


def _key(change: str) -> str:
    return change.partition("=")[0].strip()
