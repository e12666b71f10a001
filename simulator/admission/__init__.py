"""Admission: plays the rounds of the scenario over its seats.

Read in this order: ``seats`` (what is offered), ``statuses`` (who takes part), ``reach`` (which schools),
``ranking`` (in what order), ``applying`` (the applications of a round), ``play`` (the rounds themselves),
``journeys`` (how children get there), ``records`` and ``closing`` (what is told afterwards), ``witness``
(what each round saw, for ``explain``).
"""

from simulator.admission.closing import AccountingError
from simulator.admission.memory import Memory, Numbers
from simulator.admission.play import play
from simulator.admission.seats import open_seats, plan_seats
from simulator.admission.witness import Seen

__all__ = ["AccountingError", "Memory", "Numbers", "Seen", "open_seats", "plan_seats", "play"]
