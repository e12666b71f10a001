"""Counts per block to Students, preferences to Wishes: seeded, and keyed by student."""

from simulator.population.students import make_students
from simulator.population.wishes import make_wishes

__all__ = ["make_students", "make_wishes"]
