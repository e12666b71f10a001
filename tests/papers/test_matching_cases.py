"""The cases with known answers: every outcome named there, of every mechanism we have."""

import json
import os
from pathlib import Path

import pytest
from small_markets import Small

SHARED = Path(os.environ.get("XUEWEI_SHARED") or Path(__file__).resolve().parents[3] / "shared")
CASES = SHARED / "cases" / "matching_cases.json"
OUTCOMES = {"da_student_optimal": "deferred_acceptance", "ttc": "top_trading_cycles"}
OTHERS = {"da_school_optimal"}
"""Schools proposing: no mechanism here."""


def cases():
    if not CASES.exists():
        reason = "no cases/matching_cases.json under XUEWEI_SHARED or ../shared"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason))]
    found = json.loads(CASES.read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"]) for case in found]


@pytest.mark.parametrize("case", cases())
def test_the_published_answer(case):
    schools, children = list(case["capacities"]), case["students"]
    place = {s: {c: i for i, c in enumerate(case["priorities"][s])} for s in schools}
    lists = [[s for s in case["preferences"][c] if c in place[s]] for c in children]
    m = Small(
        lists=[[schools.index(s) for s in row] for row in lists],
        seats=list(case["capacities"].values()),
        order=list(range(len(children))),
        priority=[[place[s].get(c, len(children)) for s in schools] for c in children],
    )
    assert set(case["expected"]) <= set(OUTCOMES) | OTHERS
    for outcome in set(case["expected"]) & set(OUTCOMES):
        got = m.play(OUTCOMES[outcome])
        named = {c: None if s is None else schools[s] for c, s in zip(children, got, strict=True)}
        assert named == case["expected"][outcome], outcome
