"""How words reach a reader: in which language, and faults of the input as sentences.

The catalogues beside this folder hold the words; the command line and Python tell them by the same rules.
"""

from __future__ import annotations

from simulator.messages.telling.language import (
    KNOWN_LANGUAGES,
    VARIABLE,
    choose_language,
    parse_language,
    spoken_language,
    system_language,
    unknown_language,
    unknown_told,
)
from simulator.messages.telling.sentences import one_line, place_of, sentence

__all__ = [
    "KNOWN_LANGUAGES",
    "VARIABLE",
    "choose_language",
    "one_line",
    "parse_language",
    "place_of",
    "sentence",
    "spoken_language",
    "system_language",
    "unknown_language",
    "unknown_told",
]
