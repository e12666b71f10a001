"""The page keeps what was measured last; solvers that take too long or fail are told apart."""

from __future__ import annotations

import pytest

from benchmarks import transport_peers
from benchmarks.page import page_of, parts_of, short
from benchmarks.transport_peers import Cell, written

NAMES = ("first", "second", "third")


def test_a_part_measured_again_leaves_the_others_as_they_were():
    parts = {"second": ("a machine", "## Second\n\n| x |\n"), "first": ("a machine", "## First\n\ntext\n")}
    page = page_of(parts, NAMES)
    assert page.index("## First") < page.index("## Second")
    assert page.count("a machine.") == 1
    assert parts_of(page) == parts
    again = parts_of(page) | {"first": ("another", "## First\n\nnew\n"), "third": ("another", "## Third\n")}
    later = page_of(again, NAMES)
    assert parts_of(later) == again
    assert "- `second`: measured on a machine." in later
    assert "- `first`, `third`: measured on another." in later


def test_a_solver_over_its_time_is_ended_and_says_so():
    cell = transport_peers.run("networkx", 3_000, 20, (1, 2), limit=0.1)
    assert not cell.seconds and cell.too_slow and cell.ended == ">0.1 s"


def test_a_solver_that_fails_otherwise_is_an_error():
    with pytest.raises(RuntimeError, match="no_such_solver"):
        transport_peers.run("no_such_solver", 300, 5, (1,))


def test_a_wrong_objective_is_an_error():
    ours, theirs = Cell({1: 0.5, 2: 0.5}, {1: 10, 2: 20}), Cell({1: 1.0}, {1: 11})
    with pytest.raises(RuntimeError, match="finds 11, we find 10"):
        transport_peers.require_equal("300 x 5", {"priced_seats": ours, "other": theirs}, "other")


def test_cells_say_seconds_ratio_and_seeds():
    ours, theirs = Cell({1: 0.5, 2: 0.5}), Cell({1: 1.0})
    assert written(ours, ours, 2) == "**0.500**"
    assert written(theirs, ours, 2) == "1.000 (2.0x); 1"
    assert written(Cell(ended=">60 s"), ours, 2) == ">60 s"
    assert written(None, ours, 2) == "-"
    assert [short(0.01234), short(1.23456), short(1234.5)] == ["0.0123", "1.235", "1,234.5"]
