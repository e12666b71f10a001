"""Share rules over a county (R25): what a coordination round must still reach, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulator.admission.ledger import Ledger
from simulator.model import (
    UNPLACED,
    Applications,
    Assignment,
    CountyShare,
    Notice,
    Round,
    SeatKind,
    ShareDemand,
    ShareResult,
    Stage,
    Status,
)
from simulator.model.arrays import Booleans, Integers

NOT_OURS = (Status.NOT_OF_AGE, Status.DEFERRED, Status.ENROLLED_ELSEWHERE)
"""Children who are in neither number of a share, as in the indicator that reports it."""


SHARE_NOTICES = ("notice_share_unreachable", "notice_share_short", "notice_share_twins")


@dataclass(frozen=True)
class Due:
    """A share rule in one county as a round begins.

    Attributes:
        share: the rule. county: row of the county. children: the denominator. before: children of it who have
            a seat that counts from earlier. demand: what the round must add.
    """

    share: CountyShare
    county: int
    children: int
    before: int
    demand: ShareDemand


def shares_due(ledger: Ledger, entry: Round, applications: Applications) -> tuple[Due, ...]:
    """What a round must still reach, by rule and county; nothing where the share is reached already.

    For coordination at least total cost. Of the children of a county, of the stages of the round:

    1. Denominator: those the rule is about, with a claim (``children = "eligible"``) or all. Children without
       a seat stay in it, whether they enter this round or not.
    2. Who has a seat that counts from an earlier round or was settled there counts, and stays where it is.
    3. The round must add percent x denominator, rounded up, less those.
    """
    if not _keeps_shares(entry):
        return ()
    county = _county(ledger)
    here = np.isin(ledger.students.stage, [Stage[name.upper()] for name in entry.stages])
    applying = np.zeros(len(ledger.students), dtype=np.bool_)
    applying[applications.student] = True
    found = []
    for share in ledger.scenario.policy.shares:
        ruled, leaves = _ruled(ledger, share) & here, counting_leaves(ledger, share)
        seated = _counted(ledger, leaves) & ~applying
        for row, name in enumerate(ledger.scenario.counties):
            whole = ruled & (county == row)
            children, before = int(whole.sum()), int(np.sum(whole & seated))
            missing = -(-share.at_least_percent * children // 100) - before
            if missing > 0:
                of_round = whole[applications.student]
                demand = ShareDemand(f"{share.name} {name}", of_round, leaves, missing)
                found.append(Due(share, row, children, before, demand))
    return tuple(found)


def asking(applications: Applications, due: tuple[Due, ...]) -> Applications:
    """The applications with the demands of the rules."""
    return replace(applications, shares=tuple(entry.demand for entry in due)) if due else applications


def tell_shares(ledger: Ledger, entry: Round, due: tuple[Due, ...], assignment: Assignment) -> None:
    """Note the rules that were not reached, each with the largest share that can be and what stops it.

    ``notice_share_unreachable``: proved that by this round it cannot be reached with as many children placed
    and no other rule further from what it asks.
    ``notice_share_short``: of several rules not all were reached, and another answer might be nearer.
    ``notice_share_twins``: it was, until twins were brought together.

    What an earlier round for the same stages said is taken back: this one has judged the rules anew.
    """
    if not _keeps_shares(entry):
        return
    stages = {known.name: set(known.stages) for known in ledger.scenario.policy.rounds}
    ledger.notices[:] = [
        notice
        for notice in ledger.notices
        if notice.code not in SHARE_NOTICES or not stages[str(notice.details["round"])] <= set(entry.stages)
    ]
    for share, result in zip(due, assignment.shares, strict=True):
        if result.reached < result.needed:
            details = _details(ledger, entry, share, result)
            code = "notice_share_twins"
            if result.reachable < result.needed:
                code = "notice_share_unreachable"
                if result.short_at_least < result.short:
                    code = "notice_share_short"
                    details |= {"short": result.short, "short_at_least": result.short_at_least}
            ledger.notices.append(Notice(code, details=details))


def _keeps_shares(entry: Round) -> bool:
    return entry.coordination and entry.mechanism == "least_total"


def _details(ledger: Ledger, entry: Round, due: Due, result: ShareResult) -> dict[str, int | str]:
    """Numbers of the whole county, not of the round alone; schools as a list of their rows.

    ``elsewhere``: children of the denominator who neither count nor apply in this round.
    """
    full = np.unique(ledger.seats.school[result.stopped_by])
    return {
        "share": due.share.name,
        "round": entry.name,
        "county": due.county,
        "at_least_percent": due.share.at_least_percent,
        "children": due.children,
        "needed": due.before + result.needed,
        "reachable": due.before + result.reachable,
        "reached": due.before + result.reached,
        "full_schools": " ".join(map(str, full.tolist())),
        "without_school": result.without_counting,
        "elsewhere": due.children - due.before - int(due.demand.ruled.sum()),
    }


def counting_leaves(ledger: Ledger, share: CountyShare) -> Booleans:
    """bool (nodes,): the leaves whose seats fulfil a rule: of public schools, or purchased ones too."""
    seats = ledger.seats
    leaf = seats.kind >= SeatKind.GENERAL
    counts = ledger.scenario.schools.public[seats.school]
    if share.seats == "public_and_purchased":
        counts = counts | (seats.kind == SeatKind.PURCHASED)
    return np.asarray(leaf & counts)


def _ruled(ledger: Ledger, share: CountyShare) -> Booleans:
    """bool (students,): the denominator of a rule, all counties."""
    students = ledger.students
    ruled = np.logical_or.reduce([students.yes(name) for name in share.who])
    if share.children == "eligible":
        ruled = ruled & (students.yes("local") | students.yes("residence_permit"))
    return np.asarray(ruled & np.isin(ledger.status, NOT_OURS, invert=True))


def _counted(ledger: Ledger, leaves: Booleans) -> Booleans:
    """bool (students,): in a leaf that counts; taught at home, on the register of a public school."""
    counted = np.zeros(len(ledger.students), dtype=np.bool_)
    seated = ledger.node != UNPLACED
    counted[seated] = leaves[ledger.node[seated]]
    home = ledger.status == Status.TAUGHT_AT_HOME
    counted[home] = ledger.scenario.schools.public[ledger.school[home]]
    return counted


def _county(ledger: Ledger) -> Integers:
    """int32 (students,): county of the block, else of the household's block, else ``UNPLACED``."""
    students = ledger.students
    block = np.where(students.block != UNPLACED, students.block, students.household_block)
    county = np.full(len(block), UNPLACED, dtype=np.int32)
    county[block != UNPLACED] = ledger.scenario.blocks.county[block[block != UNPLACED]]
    return county
