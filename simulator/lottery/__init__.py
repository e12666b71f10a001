"""Luck is an input: draws keyed by a public seed and a student's stable id."""

from simulator.lottery.draw import VERSION, draw

__all__ = ["VERSION", "draw"]
