"""Luck is an input: draws keyed by a public seed and a stable id, verifiable without our code.

``draw`` numbers and orders a roster; ``procedures`` has the draw procedures used in practice and ``odds``
their exact odds; ``bundle`` makes and parses the files of a publicly verifiable draw, after ``rfc3797``.
``verify.py`` stands apart: it runs on a bare Python and trusts none of the others.
"""

from simulator.lottery.draw import BY_HASHED_NUMBER, VERSION, draw, draw_keys, given
from simulator.lottery.procedures import VALUES as METHODS

__all__ = ["BY_HASHED_NUMBER", "METHODS", "VERSION", "draw", "draw_keys", "given"]
