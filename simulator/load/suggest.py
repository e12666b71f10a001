"""Did you mean: the known word nearest to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

CANDIDATES = 3000
"""Words compared at most: a suggestion is a courtesy and may not cost minutes on a city of blocks."""


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The word of ``known`` most like ``word``, "" if none is like it."""
    length = len(word)
    alike = (k for k in known if abs(len(k) - length) <= 3 and set(k) & set(word))
    found = get_close_matches(word, islice(alike, CANDIDATES), n=1, cutoff=0.6)
    return found[0] if found else ""
