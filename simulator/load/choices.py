"""Tables about children beside the roster: wishes, settled places, and counts per block."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from simulator.load import cells
from simulator.load.ledger import LISTED
from simulator.load.references import References, refer
from simulator.load.schools import STAGES
from simulator.load.suggest import nearest_word
from simulator.load.table import Table
from simulator.load.zoning import fault_repeats, repeats
from simulator.model import UNPLACED, Demand, Drawn, Policy, Schools, Settled, Stage, Students, Wishes
from simulator.model.arrays import Booleans, Integers, texts


def read_wishes(
    table: Table,
    policy: Policy,
    students: References,
    roster: Students | None,
    schools: References,
    of: Schools,
    round_words: Collection[str] | None,
) -> Wishes:
    """Listed choices, sorted by student, round and position.

    Faults: blank_cell, unknown_reference, unknown_round_cell, duplicate_position, duplicate_wish,
    wish_wrong_stage. Warnings: wishes_beyond_limit, wishes_for_no_round, twins_wishes_differ.

    Args:
        round_words: rounds known but not played here, see ``Settings``; ``None`` where the settings have
            faults and nothing is known to be unknown.
    """
    student, _ = refer(table, "student", students, required=True)
    school, _ = refer(table, "school", schools, required=True)
    round_, round_known = round_rows(table, policy, round_words, "wishes_for_no_round")
    position, given = table.integers("position")
    table.require("position", given)
    good = (student != UNPLACED) & (school != UNPLACED) & round_known & given
    if roster is not None and len(roster):
        wrong = good & ~_serves(of, roster.stage[student], school)
        table.fault("wish_wrong_stage", "school", np.flatnonzero(wrong))
        good &= ~wrong
    again = repeats(good, student, round_, position)
    fault_repeats(table, "duplicate_position", "position", again)
    twice = repeats(good, student, round_, school)
    twice[again != UNPLACED] = UNPLACED
    fault_repeats(table, "duplicate_wish", "school", twice)
    good &= (again == UNPLACED) & (twice == UNPLACED)
    limit = np.array([entry.choices for entry in policy.rounds], dtype=np.int64)
    beyond = good & (limit[round_] > 0) & (position > limit[round_])
    table.fault("wishes_beyond_limit", "position", np.flatnonzero(beyond), warning=True)
    rows = np.flatnonzero(good)
    rows = rows[np.lexsort((position[rows], round_[rows], student[rows]))]
    if roster is not None and policy.twins.together:
        _warn_of_unlike_twins(table, policy, roster, rows, student[rows], round_[rows], school[rows])
    return Wishes(
        student[rows],
        round_[rows].astype(np.int16),
        position[rows].astype(np.int16),
        school[rows],
    )


def _warn_of_unlike_twins(
    table: Table,
    policy: Policy,
    roster: Students,
    rows: Integers,
    student: Integers,
    round_: Integers,
    school: Integers,
) -> None:
    """Warn of twins whose lists for one round differ: they are placed by what both lists together say.

    Args:
        rows: of the table, sorted by student, round and position. student, round_, school: of these rows.
    """
    lists: dict[tuple[int, int], dict[int, list[int]]] = {}
    first_row: dict[tuple[int, int], int] = {}
    of_twins = np.flatnonzero(roster.twin_group[student] != UNPLACED) if len(roster) else rows[:0]
    for at in of_twins.tolist():
        child, played = int(student[at]), int(round_[at])
        family = lists.setdefault((int(roster.twin_group[child]), played), {})
        family.setdefault(child, []).append(int(school[at]))
        first_row.setdefault((child, played), int(rows[at]))
    unlike: list[tuple[int, int, int]] = []
    for (_, played), family in lists.items():
        first, *others = sorted(family, key=lambda child: str(roster.id[child]))
        unlike += [
            (first_row[other, played], played, first) for other in others if family[other] != family[first]
        ]
    unlike.sort()
    for row, played, first in unlike[:LISTED]:
        told = {"other": str(roster.id[first]), "round": policy.rounds[played].name}
        table.fault("twins_wishes_differ", "student", np.array([row]), warning=True, **told)
    if len(unlike) > LISTED:
        more, heading = len(unlike) - LISTED, table.heading("student")
        table.ledger.add_unlisted("twins_wishes_differ", table.file, heading, more, warning=True)


def round_rows(
    table: Table, policy: Policy, round_words: Collection[str] | None, left_out: str
) -> tuple[Integers, Booleans]:
    """Place in ``policy.rounds`` by name or title, and whether known.

    Args:
        left_out: code of the warning about rows for a round of ``round_words`` that is not played here.
    """
    places: dict[str, int] = {}
    for place, entry in enumerate(policy.rounds):
        for word in (entry.name, entry.title, entry.title_en):
            if word:
                places.setdefault(word, place)
    found = table.distinct("round")
    words = found.texts.to_pylist()
    target = np.array([places.get(word, UNPLACED) for word in words], dtype=np.int64)
    strangers: list[int] = []
    for place in np.flatnonzero(target == UNPLACED).tolist():
        if cells.is_blank(words[place]):
            table.fault("blank_cell", "round", found.rows_of([place]))
        elif round_words is not None and words[place] in round_words:
            table.warn_first(left_out, "round", found.rows_of([place]))
        elif round_words is not None:
            strangers.append(place)
    known = ", ".join(entry.name for entry in policy.rounds)
    table.fault_strangers(
        "unknown_round_cell", "round", strangers, lambda word: nearest_word(word, places), known=known
    )
    return target[found.codes], target[found.codes] != UNPLACED


def _serves(schools: Schools, stage: Integers, school: Integers) -> Booleans:
    serves = np.array([schools.serves(s) for s in STAGES])
    return serves[stage, school]


def no_settled() -> Settled:
    """Nothing fixed beforehand."""
    none = np.zeros(0, dtype=np.int32)
    return Settled(none, none, texts([]))


def read_settled(
    table: Table, students: References, roster: Students | None, schools: References, of: Schools
) -> Settled:
    """Places fixed before round one, sorted by student.

    Faults: blank_cell, unknown_reference, settled_twice, duplicate_row, settled_wrong_stage,
    settled_elsewhere.
    """
    student, _ = refer(table, "student", students, required=True)
    school, _ = refer(table, "school", schools, required=True)
    reason = table.free_text("reason")
    good = (student != UNPLACED) & (school != UNPLACED)
    again = repeats(good, student)
    same = (again != UNPLACED) & (school[again] == school)
    fault_repeats(table, "duplicate_row", "student", np.where(same, again, UNPLACED))
    for row in np.flatnonzero((again != UNPLACED) & ~same)[:LISTED]:
        other = str(schools.ids[int(school[again[row]])].as_py())
        table.fault("settled_twice", "school", np.array([row]), first_row=table.row(again[row]), other=other)
    good &= again == UNPLACED
    if roster is not None and len(roster):
        wrong = good & ~_serves(of, roster.stage[student], school)
        table.fault("settled_wrong_stage", "school", np.flatnonzero(wrong))
        gone = good & roster.flags["enrolled_elsewhere"][student]
        table.fault("settled_elsewhere", "student", np.flatnonzero(gone))
        good &= ~wrong & ~gone
    rows = np.flatnonzero(good)
    rows = rows[np.argsort(student[rows], kind="stable")]
    return Settled(student[rows], school[rows], reason[rows])


def read_drawn(table: Table, policy: Policy, students: References, sound: bool) -> Drawn:
    """Results of official draws, sorted by draw and student.

    Faults: blank_cell, unknown_reference, unknown_draw, duplicate_row.
    """
    student, _ = refer(table, "student", students, required=True)
    place, given = table.integers("place")
    table.require("place", given)
    draw = table.distinct("draw")
    words = draw.texts.to_pylist()
    known = list(dict.fromkeys(entry.draw or entry.name for entry in policy.rounds))
    blank = [at for at, word in enumerate(words) if cells.is_blank(word)]
    table.fault("blank_cell", "draw", draw.rows_of(blank))
    if sound:
        strangers = [at for at, word in enumerate(words) if word not in known and at not in blank]
        nearest = lambda word: nearest_word(word, known)  # noqa: E731
        table.fault_strangers("unknown_draw", "draw", strangers, nearest, known=", ".join(known))
    again = repeats((student != UNPLACED) & given, student, draw.codes)
    fault_repeats(table, "duplicate_row", "student", again)
    good = (student != UNPLACED) & given & (again == UNPLACED)
    names = texts(words)[draw.codes]
    rows = np.flatnonzero(good)
    rows = rows[np.lexsort((student[rows], draw.codes[rows]))]
    return Drawn(names[rows], student[rows], place[rows])


def read_demand(table: Table, policy: Policy, blocks: References, sound: bool) -> Demand:
    """Counts per block, stage and category.

    Faults: blank_cell, unknown_reference, unknown_category, duplicate_row.
    """
    block, _ = refer(table, "block", blocks, required=True)
    stage, stage_given = table.choices("stage", Stage.PRIMARY)
    table.require("stage", stage_given)
    count, given = table.integers("count")
    table.require("count", given)
    category = table.distinct("category")
    words = category.texts.to_pylist()
    known = list(policy.population.categories)
    blank = [place for place, word in enumerate(words) if cells.is_blank(word)]
    table.fault("blank_cell", "category", category.rows_of(blank))
    if sound:
        strangers = [place for place, word in enumerate(words) if word not in known and place not in blank]
        named = ", ".join(known)
        nearest = lambda word: nearest_word(word, known)  # noqa: E731
        table.fault_strangers("unknown_category", "category", strangers, nearest, known=named)
    good = (block != UNPLACED) & stage_given & given
    again = repeats(good, block, stage, category.codes)
    fault_repeats(table, "duplicate_row", "block", again)
    good &= again == UNPLACED
    kept = category.texts.to_numpy(zero_copy_only=False).astype(object)[category.codes]
    return Demand(block[good], stage[good], kept[good], count[good].astype(np.int32))
