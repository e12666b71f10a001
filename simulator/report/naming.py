"""Names that tell two places apart: with the town where two share a name, with the id if need be."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.model.arrays import Integers, Texts, texts
from simulator.report.words import Words


def unique_names(words: Words, names: Texts, ids: Texts, town: Integers, towns: Sequence[str]) -> Texts:
    """``names``; those that several rows share with town or else id; the id where there is no name.

    Args:
        names, ids: object (rows,). town: int32 (rows,), row of ``towns``, ``UNPLACED`` for none.

    Returns:
        object (rows,).
    """
    shared = repeated(names)
    named_towns = (*towns, "")
    in_town = [
        words.text("name_in_town", name=name, town=named_towns[at])
        if name in shared and named_towns[at]
        else name
        for name, at in zip(names.tolist(), town.tolist(), strict=True)
    ]
    shared = repeated(texts(in_town))
    pairs = zip(in_town, ids.tolist(), strict=True)
    said = [words.text("name_and_id", name=name, id=row) if name in shared else name for name, row in pairs]
    return texts([name if given else row for name, given, row in zip(said, names, ids, strict=True)])


def repeated(names: Texts) -> set[str]:
    """The names that stand in more than one row."""
    counts: dict[str, int] = {}
    for name in names.tolist():
        counts[name] = counts.get(name, 0) + 1
    return {name for name, count in counts.items() if count > 1}
