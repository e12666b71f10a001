"""Peers of the mechanisms: answers are compared, and who takes too long is stopped and said so."""

from __future__ import annotations

from time import sleep

import pytest

from benchmarks import mechanism_peers
from benchmarks.mechanism_market import market
from benchmarks.mechanism_peers import PEERS, heap, table, within_limit
from benchmarks.mechanism_speed import DEFERRED, PACKED_HEAP, WANTED, against_packed, ratios, slope
from simulator.mechanisms import MECHANISMS


@pytest.mark.parametrize("name", PEERS)
def test_peers_give_our_answer(name):
    round_ = market(200, 20, seed=5)
    arc = MECHANISMS["deferred_acceptance"](*round_).arc
    expected = [int(round_[0].pool[at]) if at >= 0 else -1 for at in arc]
    assert -1 in expected
    assert PEERS[name](round_)() == expected


def test_a_peer_over_its_time_is_stopped_and_says_so():
    answer, _, ended = within_limit(lambda: sleep(5) or [], 0.05)
    assert answer is None and ended == ">0.05 s"


def test_a_peer_that_gives_up_is_not_asked_again(monkeypatch):
    asked = []

    def deep(round_):
        def solve():
            raise RecursionError

        asked.append(len(round_[0]))
        return solve

    monkeypatch.setattr(mechanism_peers, "PEERS", {"good": heap, "deep": deep})
    lines = table(((60, 20), (90, 20)), seed=1).splitlines()
    assert asked == [60]
    assert "| RecursionError |" in lines[2] and lines[3].endswith("| - |")
    assert lines[4].endswith("| 90 x 20 | 90 x 20 | - |")


def test_another_answer_than_ours_is_an_error(monkeypatch):
    monkeypatch.setattr(mechanism_peers, "PEERS", {"wrong": lambda round_: lambda: [-1] * len(round_[0])})
    with pytest.raises(RuntimeError, match="wrong and ours disagree"):
        table(((60, 20),), seed=1)


def test_growth_is_a_slope():
    assert slope([10, 100, 1_000], [2.0, 20.0, 200.0]) == pytest.approx(1)
    assert slope([10, 100], [1.0, 100.0]) == pytest.approx(2)


def test_what_is_slower_than_deferred_acceptance_is_said():
    """Times by seed: the median of the ratios is told, and whether the packed heap is beaten twofold."""
    times = [
        {PACKED_HEAP: 1.0, DEFERRED: own, "immediate_acceptance": 0.9, "parallel": 0.3} for own in (0.4, 0.6)
    ]
    assert ratios(times, "immediate_acceptance", PACKED_HEAP) == pytest.approx(0.9)
    told = against_packed("three classes", times)
    assert told.startswith(
        "- three classes: deferred_acceptance 0.50, immediate_acceptance 0.90, parallel 0.30 ("
    )
    assert told.endswith("half of it or less; slower than deferred acceptance: immediate_acceptance)")
    slow = [found | {DEFERRED: 0.52} for found in times]
    assert "more than half of it" in against_packed("three classes", slow)
    assert [name for name, wanted in WANTED.items() if wanted.by_deferred == 1] == [
        "immediate_acceptance",
        "parallel",
    ]
