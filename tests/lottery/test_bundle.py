"""The bytes of a bundle: fixed for ever, read back as written, and refused where they are ambiguous."""

from __future__ import annotations

import ast
import hashlib
import re
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from bundles import METHODS, group, official, receipts
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.lottery import bundle, draw
from simulator.lottery.bundle import BundleFault
from simulator.messages import catalogue
from simulator.model.arrays import texts

SIMULATOR = Path(bundle.__file__).resolve().parents[1]


def test_the_bytes_of_a_roster_and_a_result_never_change():
    """The format is public: whoever kept a bundle must be able to verify it for ever."""
    roster = bundle.freeze(
        "民办", texts(["C", "A", "B"]), group(3, [(0, 2)]), kind="official", source=" 双色球  2026078 期 "
    )
    frozen = bundle.roster_bytes(roster)
    assert (
        frozen
        == (
            "xuewei-roster-1\ndraw\t民办\nkind\tofficial\nmethod\tkeyed\nplan\t0\nafter\t-\nfirst\t1\n"
            "source\t双色球 2026078 期\nreceipts\t3\nA\tA\nB\tB\nC\tB\n"
        ).encode()
    )
    entropy = bundle.canonical_entropy(["9319"])
    seed = int(hashlib.sha256(b"xuewei-entropy-1\n9319./").hexdigest(), 16)
    assert bundle.seed_of(entropy) == seed

    def number(key):
        return int(hashlib.sha256(f"xuewei-draw-1\n{seed}\n民办\n{key}".encode()).hexdigest()[:16], 16) // 2

    a, b = ["1", "A", str(number("A"))], [str(number("B"))]
    rows = (
        [a, ["2", "B", *b], ["2", "C", *b]] if number("A") < number("B") else [["1", "B", *b], ["1", "C", *b]]
    )
    rows = rows if len(rows) == 3 else [*rows, ["3", "A", str(number("A"))]]
    result = bundle.result_bytes(roster, entropy, bundle.draw_of(roster, seed)).decode().split("\n")
    assert result[0] == "xuewei-result-1" and result[1:9] == frozen.decode().split("\n")[1:9]
    assert result[9:13] == [
        f"roster\t{hashlib.sha256(frozen).hexdigest()}",
        "entropy\t9319./",
        f"seed\t{seed}",
        "drawn\t-",
    ]
    assert [line.split("\t") for line in result[13:]] == [*rows, [""]]


CELLS = st.text(st.characters(exclude_characters="\t\n\r", exclude_categories=["Cs"]), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    ids=st.lists(CELLS, min_size=1, max_size=8, unique=True), method=st.sampled_from(METHODS), source=CELLS
)
def test_a_roster_is_read_back_as_it_was_written(ids, method, source):
    roster = official("zone", method, ids=ids, twins=[(0, 1)] if len(ids) > 1 else [], source=source)
    data = bundle.roster_bytes(roster)
    read = bundle.parse_roster(data, "zone.roster.txt")
    assert bundle.roster_bytes(read) == data
    assert read.receipts.tolist() == sorted(ids) and read.method == method
    assert bundle.commitment(data) == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("method", METHODS)
def test_a_bundle_draws_what_the_draw_itself_draws(method):
    ids = receipts(11)
    twins = group(11, [(1, 4), (2, 7, 8)])
    drawn = bundle.draw_of(official("zone", method, ids=ids, twins=[(1, 4), (2, 7, 8)]), 99)
    alone = draw("zone", 99, texts(ids), twins, method=method, plan=4)
    rows = np.argsort(np.array(ids))
    assert drawn.order.tolist() == alone.order[rows].tolist()
    assert drawn.number.tolist() == alone.number[rows].tolist()


def test_an_application_entered_again_keeps_its_number_and_moves_nobody():
    """Keyed by receipt: withdrawn and entered again, or with others gone, the number stays as it was."""
    seed = bundle.seed_of("9319./")
    whole = bundle.draw_of(official(ids=receipts(9), twins=()), seed)
    fewer = bundle.draw_of(official(ids=receipts(9)[3:], twins=()), seed)
    number = dict(zip(sorted(receipts(9)), whole.number.tolist(), strict=True))
    assert fewer.number.tolist() == [number[receipt] for receipt in sorted(receipts(9)[3:])]


def test_a_late_roster_stands_behind_the_first():
    first = official()
    late = official(ids=receipts(3, "L"), twins=(), after=first)
    assert (late.first, late.after) == (10, bundle.commitment(bundle.roster_bytes(first)))
    later = official(ids=receipts(2, "M"), twins=(), after=late)
    assert later.first == 13
    with pytest.raises(BundleFault, match="lottery_on_both"):
        official(ids=[*receipts(2, "N"), receipts(9)[0]], twins=(), after=first)
    with pytest.raises(BundleFault, match="lottery_on_both"):
        official(ids=[*receipts(2, "N"), receipts(9)[0]], twins=(), after=later)
    read = bundle.parse_roster(bundle.roster_bytes(later), "later.roster.txt")
    with pytest.raises(BundleFault, match="lottery_chain_broken"):
        official(ids=receipts(2, "N"), twins=(), after=read)


@pytest.mark.parametrize(
    ("sources", "canonical"),
    [
        (["9319"], "9319./"),
        (["9319", "2,5,12,8,10", "9 18 26 34 41 45"], "9319./2.5.8.10.12./9.18.26.34.41.45./"),
        (["02 05、12，08\u300010"], "2.5.8.10.12./"),
        (["０２ ０５"], "2.5./"),
        (["4A2cF0", "7 7"], "4a2cf0/7.7./"),
    ],
)
def test_randomness_has_one_way_to_be_written(sources, canonical):
    assert bundle.canonical_entropy(sources) == canonical


@pytest.mark.parametrize(
    "sources", [[], [""], ["2 5 x"], ["2-5"], ["2.5"], ["红 5"], ["a b"], ["5", "2026年"]]
)
def test_randomness_that_could_be_written_in_several_ways_is_refused(sources):
    with pytest.raises(BundleFault, match="lottery_entropy"):
        bundle.canonical_entropy(sources)


def test_receipts_are_random_readable_and_never_given_twice():
    seeds = iter([b"\0" * 8, b"\0" * 8, b"\0" * 7 + b"\1", b"\xff" * 8])
    assert bundle.new_receipts(2, ["0000-0000-0000"], lambda count: next(seeds)) == [
        "1000-0000-0000",
        "ZZZZ-ZZZZ-ZZZZ",
    ]
    drawn = bundle.new_receipts(500, [], np.random.default_rng(5).bytes)
    assert len(set(drawn)) == 500 and all(
        re.fullmatch("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-Z]{4}){2}", one) for one in drawn
    )


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("lottery_nobody", lambda: official(ids=[], twins=())),
        ("lottery_plan", lambda: official(method="stride", plan=0)),
        ("lottery_receipt_twice", lambda: official(ids=["A", "A"], twins=())),
        ("lottery_cell", lambda: bundle.roster_bytes(official(ids=["A", "B\tC"], twins=()))),
        ("lottery_cell", lambda: bundle.roster_bytes(official(ids=["A", "B\nC"], twins=()))),
        ("lottery_name", lambda: bundle.require_name("../a")),
        ("lottery_name", lambda: bundle.require_name("a b")),
        ("lottery_name", lambda: bundle.require_name("")),
        ("lottery_not_a_roster", lambda: bundle.parse_roster(b"\xff", "a")),
        ("lottery_not_a_roster", lambda: bundle.parse_roster(b"xuewei-roster-1\n", "a")),
        (
            "lottery_not_a_roster",
            lambda: bundle.parse_roster(bundle.roster_bytes(official()).replace(b"\tkeyed", b"\tdice"), "a"),
        ),
        (
            "lottery_not_a_roster",
            lambda: bundle.parse_roster(bundle.roster_bytes(official()).replace(b"\n", b"\r\n"), "a"),
        ),
    ],
)
def test_what_is_refused(code, make):
    with pytest.raises(BundleFault) as fault:
        make()
    assert fault.value.code == code


def test_every_refusal_has_its_words_with_the_values_it_is_given():
    messages, found = catalogue(), 0
    for path in (*SIMULATOR.glob("lottery/*.py"), *SIMULATOR.glob("cli/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("BundleFault") and node.args:
                codes = re.findall(r"'(lottery_\w+)'", ast.unparse(node.args[0])) or ["lottery_which"]
                given = {keyword.arg for keyword in node.keywords}
                for code in codes:
                    named = {field for _, field, _, _ in Formatter().parse(messages[code][0]) if field}
                    assert named <= given, (path.name, code)
                    found += 1
    assert found > 12
