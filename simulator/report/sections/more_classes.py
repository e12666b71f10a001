"""Section 9: the best places for one more class, each confirmed by playing all rounds again."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.model import Stage
from simulator.report.view import View

TONES = {1: "good", 0: "", -1: "bad"}
"""Of what is better, the same and worse with the class."""


def context(view: View) -> dict[str, Any]:
    """The best of the schools tried, and the first of them in a sentence; ``tried`` is 0 if none was."""
    made = view.run.more_classes
    settings = view.run.scenario.policy.one_more_class
    listed = np.flatnonzero(made.listed).tolist()
    return {
        "asked": settings.replays,
        "tried": len(made),
        "possible": made.possible,
        "per_county": settings.per_county,
        "rows": [row(view, place, number) for number, place in enumerate(listed, start=1)],
        "best": sentence(view, listed[0]) if listed and helps(view, listed[0]) else "",
        "others": len(made) - len(listed),
    }


def row(view: View, place: int, number: int) -> dict[str, Any]:
    """One school tried, printed: what was promised, what came of it."""
    made, words = view.run.more_classes, view.words
    school = int(made.school[place])
    unknown = "" if view.has_metres else words.not_available
    return {
        "number": str(number),
        "name": str(view.school_names[school]),
        "county": str(view.county_names[view.run.scenario.schools.county[school]]),
        "stage": stage_name(view, place),
        "seats": words.signed(int(made.seats[place])),
        "promised_children": words.number(int(made.promised_children[place])),
        "promised_journeys": words.number(int(made.promised_journeys[place])),
        "promised_metres": unknown or words.kilometres(int(made.promised_metres[place])),
        "zone_short": words.number(int(made.zone_short[place])),
        "placed": words.signed(int(made.placed[place])),
        "own_zone": words.signed(int(made.own_zone[place])),
        "beyond_limit": unknown or words.signed(-int(made.beyond_limit[place])),
        "metres": unknown or words.signed_kilometres(-int(made.metres[place])),
        "gain": words.number(int(made.gain[place])),
        "lose": words.number(int(made.lose[place])),
        "tones": {name: TONES[int(np.sign(getattr(made, name)[place]))] for name in ("placed", "metres")},
    }


def helps(view: View, place: int) -> bool:
    """Whether the class places children or, placing none, spares metres or keeps children in their zone."""
    made = view.run.more_classes
    changes = (int(getattr(made, name)[place]) for name in ("placed", "metres", "own_zone"))
    return next((change for change in changes if change), 0) > 0


def stage_name(view: View, place: int) -> str:
    """The stage of a row in words."""
    return view.words.text(f"stage_{Stage(int(view.run.more_classes.stage[place])).name.lower()}")


def sentence(view: View, place: int) -> str:
    """What one more class did, in one sentence."""
    made, words = view.run.more_classes, view.words
    return words.text(
        "more_class_best",
        school=view.school_names[made.school[place]],
        stage=stage_name(view, place),
        placed=words.signed(int(made.placed[place])),
        own_zone=words.signed(int(made.own_zone[place])),
        gain=int(made.gain[place]),
        lose=int(made.lose[place]),
    )
