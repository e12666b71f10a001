"""Explain: why a child is where it is, what would have changed it, and the cut-offs of a school.

Read in this order: ``year`` (the rounds played again and witnessed), ``facts`` (what an explanation is made
of), ``entering`` (let in or not), ``ranks`` (beside the last one admitted), ``last_year`` (and last year's),
``rounds`` (one round), ``prices`` (why least cost seats a child there, for staff), ``student``; ``changes``,
``bounds`` and ``replays`` (what would have changed it, every word of it played), ``school``. The words are in
``messages``, the lines in ``report.explained``.
"""

from simulator.explain.facts import SchoolExplained, StudentExplained
from simulator.explain.plain import plain
from simulator.explain.school import explain_school
from simulator.explain.student import REPLAYS, explain_student
from simulator.explain.year import Year, find_school, find_student, play_year, require_same_outcome

__all__ = [
    "REPLAYS",
    "SchoolExplained",
    "StudentExplained",
    "Year",
    "explain_school",
    "explain_student",
    "find_school",
    "find_student",
    "plain",
    "play_year",
    "require_same_outcome",
]
