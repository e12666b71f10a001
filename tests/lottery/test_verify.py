"""The verifier: passes what is untouched, and names what was changed, whatever was changed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from bundles import BALLS, KINDS, LATE, METHODS, official, one, receipts, whole, write
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.cli import main
from simulator.lottery import bundle, verify

VERIFIER = Path(verify.__file__)


def changed(folder, published=()):
    return verify.check(folder, published, tell=lambda line: None)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return whole(tmp_path_factory.mktemp("bundle"))


def flips(value):
    """Other texts for a cell: its last letter changed, or dropped."""
    last = "A" if value[-1:] != "A" else "B"
    if value[-1:].isdigit():
        last = str((int(value[-1]) + 1) % 10)
    return {value[:-1] + last, value[:-1]} - {value}


def names_of(file, line, cells):
    """What the fields of a line are called."""
    if file.endswith(".commitment.txt"):
        return ["commitment"]
    top = 9 if file.endswith(".roster.txt") else 13
    if line == 1:
        return ["form"]
    if line <= top:
        return [cells[0]] * 2
    return ["receipt", "key"] if top == 9 else ["place", "receipt", "number"]


def tampered(folder):
    """(file, line, field, bytes of the file with that field changed), for every field of every line."""
    for path in sorted(folder.iterdir()):
        lines = path.read_bytes().decode().split("\n")
        for at, line in enumerate(lines[:-1]):
            cells = line.split("\t")
            for place, name in enumerate(names_of(path.name, at + 1, cells)):
                for other in sorted(flips(cells[place])):
                    new = "\t".join([*cells[:place], other, *cells[place + 1 :]])
                    yield path, at + 1, name, "\n".join([*lines[:at], new, *lines[at + 1 :]]).encode()


def test_an_untouched_bundle_passes(sound):
    assert changed(sound) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_line_is_watched_and_named(kind, tmp_path):
    """Over 90 bundles of each of eight kinds, one field changed in each: file, line and field are named."""
    folder = one(tmp_path, kind)
    count = 0
    for path, line, name, data in tampered(folder):
        before = path.read_bytes()
        path.write_bytes(data)
        found = changed(folder)
        path.write_bytes(before)
        count += 1
        named = {
            field
            for file, at, fields in found
            if (file, at) == (path.name, line)
            for field in fields.split(", ")
        }
        assert name in named, (path.name, line, name, data, found)
    assert count > 90
    assert changed(folder) == []


def test_the_command_runs_on_a_bare_python_and_speaks_both_languages(sound, tmp_path):
    alone = tmp_path / "verify.py"
    alone.write_bytes(VERIFIER.read_bytes())
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(alone), str(sound)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "未发现改动" in ran.stdout and "nothing was changed" in ran.stdout
    assert "模拟，不是正式摇号" in ran.stdout and "正式摇号 official draw" in ran.stdout
    usage = subprocess.run(
        [sys.executable, "-I", "-S", str(alone), str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert usage.returncode == 2 and "verify.py FOLDER" in usage.stdout


def test_the_command_says_what_was_changed(sound, tmp_path):
    for path in sound.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    result = tmp_path / "first.result.txt"
    result.write_bytes(result.read_bytes().replace(b"entropy\t2.", b"entropy\t3."))
    ran = subprocess.run(
        [sys.executable, str(VERIFIER), str(tmp_path)], capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 1
    assert "first.result.txt 第 11 行：entropy 被改动 | line 11: entropy was changed" in ran.stdout
    assert "共 1 处被改动 | changed: 1" in ran.stdout


def test_it_is_short_and_of_the_standard_library():
    source = VERIFIER.read_text(encoding="utf-8")
    assert len(source.splitlines()) < 150
    used = {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert used <= set(sys.stdlib_module_names)
    assert "simulator" not in source


@pytest.mark.parametrize("end", [".roster.txt", ".commitment.txt"])
def test_a_missing_file_is_named(sound, tmp_path, end):
    for path in sound.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / f"keyed{end}").unlink()
    assert {file for file, _, _ in changed(tmp_path)} == {f"keyed{end}"}


@pytest.mark.parametrize("end", [".roster.txt", ".result.txt"])
@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[:15] + lines[16:],
        lambda lines: [*lines[:15], lines[16], lines[15], *lines[17:]],
        lambda lines: [*lines[:16], lines[15], *lines[16:]],
        lambda lines: lines[:-1],
        lambda lines: [*lines, ""],
        lambda lines: [line + "\r" for line in lines],
        lambda lines: ["\ufeff" + lines[0], *lines[1:]],
        lambda lines: [*lines[:3], "", *lines[3:]],
    ],
    ids=["drop", "swap", "twice", "no end", "blank line", "carriage returns", "signature", "blank header"],
)
def test_lines_dropped_swapped_added_or_ended_otherwise_are_found(sound, tmp_path, end, change):
    for path in sound.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    path = tmp_path / f"keyed{end}"
    path.write_bytes("\n".join(change(path.read_bytes().decode().split("\n"))).encode())
    found = changed(tmp_path)
    assert found and {file for file, _, _ in found} == {path.name}


def test_the_commitment_published_beforehand_is_compared(sound, tmp_path):
    """Who rewrites the whole bundle consistently is found by what was published before the draw."""
    published = bundle.commitment((sound / "first.roster.txt").read_bytes())
    assert changed(sound, [published]) == []
    write(tmp_path, "first", official("private_2026", ids=receipts(9, "forged")))
    assert changed(tmp_path) == []
    assert changed(tmp_path, [published]) == [(f"{published} 无此名册 no roster", 0, "commitment")]


def test_a_roster_drawn_twice_is_found(tmp_path):
    """Two results of one roster: whoever may choose between them is not bound by luck."""
    write(tmp_path, "first", official())
    write(tmp_path, "second", official(), LATE)
    assert [name for name, _, _ in changed(tmp_path)] == ["second.roster.txt"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"kind\tofficial", b"kind\tother"),
        (b"method\tkeyed", b"method\tdice"),
        (b"plan\t0", b"plan"),
        (b"first\t1", b"first\tone"),
        (b"first\t1", b"first\t0"),
        (b"first\t1", b"first\t" + b"9" * 5000),
        (b"plan\t0", b"plan\t3"),
        (b"after\t-", b"after\tX"),
        (b"xuewei-roster-1", b"xuewei-roster-2"),
        (b"receipts\t9", b"receipts\t8"),
    ],
)
def test_a_malformed_roster_is_never_passed_even_where_it_was_committed_to(tmp_path, before, after):
    write(tmp_path, "first", official())
    roster = tmp_path / "first.roster.txt"
    data = roster.read_bytes().replace(before, after)
    assert data != roster.read_bytes()
    roster.write_bytes(data)
    (tmp_path / "first.commitment.txt").write_bytes(bundle.commitment_bytes("first", data))
    ran = subprocess.run(
        [sys.executable, str(VERIFIER), str(tmp_path)], capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 1 and not ran.stderr
    field = before.decode().partition("\t")[0]
    line = 1 if field.startswith("xuewei") else 2 + bundle.HEADER.index(field)
    assert f"first.roster.txt 第 {line} 行：{'form' if line == 1 else field} 被改动" in ran.stdout
    assert main(["lottery", "verify", str(tmp_path)]) == 1


def test_what_was_found_before_and_behind_a_malformed_roster_is_told_as_well(tmp_path):
    for stem in ("a", "m", "z"):
        write(tmp_path, stem, official(stem))
    for stem in ("a", "z"):
        result = tmp_path / f"{stem}.result.txt"
        result.write_bytes(result.read_bytes().replace(b"entropy\t2.", b"entropy\t3."))
    data = b"xuewei-roster-1\ngarbage\nmethod\tdice\n\xff\n"
    (tmp_path / "m.roster.txt").write_bytes(data)
    (tmp_path / "m.commitment.txt").write_bytes(bundle.commitment_bytes("m", data))
    said = []
    found = verify.check(tmp_path, tell=said.append)
    assert {file for file, _, _ in found} == {"a.result.txt", "m.roster.txt", "z.result.txt"}
    lines = [line for line in said if line.startswith("✗")]
    assert len(lines) == len(found)
    assert said[-1] == f"共 {len(found)} 处被改动 | changed: {len(found)}"


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_whatever_was_committed_to_the_verifier_comes_to_an_end(tmp_path_factory, data):
    """Any cells of a roster replaced, and the roster committed to again: told as changed, never a crash."""
    roster = official(method=data.draw(st.sampled_from(METHODS)))
    lines = lines_of(roster)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        cell = st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r"), max_size=6)
        lines[at] = data.draw(st.lists(cell | st.sampled_from(["0", "-1", "keyed", "9" * 5000]), max_size=3))
    blob = "".join("\t".join(line) + "\n" for line in lines).encode()
    folder = tmp_path_factory.mktemp("any")
    write(folder, "first", roster)
    (folder / "first.roster.txt").write_bytes(blob)
    (folder / "first.commitment.txt").write_bytes(bundle.commitment_bytes("first", blob))
    if blob != bundle.roster_bytes(roster):
        assert changed(folder)


@pytest.mark.parametrize("stage", ["frozen", "drawn"])
def test_an_official_draw_behind_a_simulation_is_named_and_the_other_way_round(tmp_path, stage):
    """Late applicants of an official draw cannot be a simulation: whoever ran it chose the seed."""
    first = official()
    late = official("late", ids=receipts(4, "L"), twins=(), after=first)
    for before, behind in (("official", "simulation"), ("simulation", "official")):
        kinds = {"first": bundle.Roster(**{**vars(first), "kind": before, "source": "seed 7"})}
        after = bundle.commitment(bundle.roster_bytes(kinds["first"]))
        mixed = {**vars(late), "kind": behind, "source": "seed 8", "after": after}
        kinds["late"] = bundle.Roster(**mixed)
        for stem, roster in kinds.items():
            write(tmp_path, stem, roster, None if stage == "frozen" else BALLS if stem == "first" else LATE)
        assert ("late.roster.txt", 3, "kind") in changed(tmp_path), (before, behind)
        with pytest.raises(bundle.BundleFault, match="lottery_kinds"):
            bundle.require_chain(bundle.Roster(**{**mixed, "earlier": kinds["first"]}))


def test_a_frozen_roster_without_a_result_passes_and_its_change_is_found(tmp_path):
    write(tmp_path, "first", official(), entropy=None)
    said = []
    assert verify.check(tmp_path, tell=said.append) == [] and "未摇号 not drawn" in said[0]
    path = tmp_path / "first.roster.txt"
    path.write_bytes(path.read_bytes().replace(b"official", b"simulation"))
    assert [file for file, _, _ in changed(tmp_path)] == ["first.roster.txt"]


def test_a_late_draw_may_not_repeat_receipts_or_known_randomness_or_lose_its_first(tmp_path):
    first = official()
    late = official(ids=receipts(4, "L"), twins=(), after=first)
    write(tmp_path, "first", first)
    write(tmp_path, "late", late, BALLS)
    assert changed(tmp_path) == [("late.roster.txt", 0, "entropy known beforehand")]
    write(tmp_path, "late", late, LATE)
    assert changed(tmp_path) == []
    for name in ("roster", "commitment", "result"):
        (tmp_path / f"first.{name}.txt").unlink()
    assert changed(tmp_path) == [("late.roster.txt", 6, "after, first")]
    for end in ("roster", "commitment", "result"):
        (tmp_path / f"late.{end}.txt").unlink()
    again = bundle.Roster(**{**vars(late), "receipts": first.receipts, "keys": first.keys})
    write(tmp_path, "first", first)
    write(tmp_path, "late", again, LATE)
    assert changed(tmp_path) == [("late.roster.txt", 0, "drawn twice: " + " ".join(sorted(first.receipts)))]


def rewritten(folder, stem, lines, entropy):
    """Commit to a roster whatever it holds, and give it the result the verifier itself replays from it."""
    roster = "".join("\t".join(line) + "\n" for line in lines).encode()
    digest = bundle.commitment(roster)
    (folder / f"{stem}.roster.txt").write_bytes(roster)
    (folder / f"{stem}.commitment.txt").write_bytes(bundle.commitment_bytes(stem, roster))
    seed = bundle.seed_of(entropy)
    drawn, rows = verify.replay(dict(lines[1:9]), lines[9:], str(seed))
    facts = [["roster", digest], ["entropy", entropy], ["seed", str(seed)], ["drawn", drawn]]
    due = [["xuewei-result-1"], *lines[1:9], *facts, *rows]
    (folder / f"{stem}.result.txt").write_bytes("".join("\t".join(line) + "\n" for line in due).encode())


def lines_of(roster):
    return [line.split("\t") for line in bundle.roster_bytes(roster).decode().split("\n")[:-1]]


def test_a_roster_rewritten_as_it_was_passes(tmp_path):
    """The tests below change one thing in what this one passes."""
    rewritten(tmp_path, "first", lines_of(official()), BALLS)
    assert changed(tmp_path) == []


@pytest.mark.parametrize(
    "entropy",
    [
        "2.8.5.12.10./9319./",
        "12.10.8.5.2./9319./",
        "02.5.8.10.12./9319./",
        "2.5.8.10.12./09319./",
        "2.5.8.10.12./9319./ ",
        " 2.5.8.10.12./9319./",
        "2.5.8.10.12./9319.",
        "2.5.8.10.12/9319./",
        "2.5.8.10.12.//9319./",
        "2.5.8.10.12./9319",
        "AB12/",
        "ab12/AB12/",
        "ab-12/",
        "１２./",
        "ab12",
        "/",
        "-",
        "",
    ],
)
def test_randomness_written_in_another_way_is_named(tmp_path, entropy):
    """Who may choose how the balls are written draws as often as there are ways: that would be grinding."""
    rewritten(tmp_path, "first", lines_of(official()), entropy)
    assert changed(tmp_path) == [("first.result.txt", 11, "entropy")]


@settings(max_examples=300, deadline=None)
@given(st.text("0123ab./ A", max_size=12) | st.lists(st.text("012 ab,", max_size=6)).map("/".join))
def test_verifier_and_command_hold_randomness_to_one_rule(entropy):
    try:
        sources = [one.replace(".", " ") for one in entropy.removesuffix("/").split("/")]
        only = bundle.canonical_entropy(sources)
    except bundle.BundleFault:
        only = None
    assert (verify.canonical(entropy) == entropy) == (only == entropy)


def test_what_the_command_writes_is_canonical_to_the_verifier():
    for sources in (["33 2 5", "AB12"], ["0", "7 7"], ["00ff"], ["02、05，2"]):
        written = bundle.canonical_entropy(sources)
        assert verify.canonical(written) == written


ROSTER_CHANGES = {
    "one receipt three times with three keys": (
        lambda rows: [rows[0], [rows[0][0], rows[1][0]], [rows[0][0], rows[2][0]], *rows[1:]],
        {"receipts", "key"},
    ),
    "one line twice": (lambda rows: [rows[0], *rows], {"receipts"}),
    "a key that is nobody's receipt": (lambda rows: [[rows[0][0], "GROUND"], *rows[1:]], {"key"}),
    "a key of one that is not the smallest of the twins": (
        lambda rows: [[rows[0][0], rows[1][0]], *rows[1:]],
        {"key"},
    ),
    "receipts not rising": (lambda rows: [rows[1], rows[0], *rows[2:]], {"receipt, key"}),
}


@pytest.mark.parametrize("change", ROSTER_CHANGES)
def test_a_roster_of_the_wrong_form_is_named_and_not_read_though_committed_to(tmp_path, change):
    make, fields = ROSTER_CHANGES[change]
    lines = lines_of(official(twins=()))
    rows = make(lines[9:])
    lines = [*lines[:8], ["receipts", str(len(rows))], *rows]
    rewritten(tmp_path, "first", lines, BALLS)
    found = changed(tmp_path)
    named = {field for file, line, field in found if file == "first.roster.txt" and line}
    assert fields <= named, found
    with pytest.raises(bundle.BundleFault, match="lottery_not_a_roster"):
        bundle.parse_roster((tmp_path / "first.roster.txt").read_bytes(), "first.roster.txt")


@pytest.mark.parametrize("end", ["roster", "commitment", "result"])
def test_a_file_cut_off_anywhere_is_named(tmp_path, end):
    """From nothing left to all but the last line feed."""
    write(tmp_path, "first", official(count=4, twins=[(0, 2)]))
    path = tmp_path / f"first.{end}.txt"
    whole_file = path.read_bytes()
    for size in range(len(whole_file)):
        path.write_bytes(whole_file[:size])
        assert path.name in {file for file, _, _ in changed(tmp_path)}, size


@pytest.mark.parametrize("data", [b"", b"garbage", b"garbage\n", b"\n", b"\xff"])
def test_a_result_that_is_none_is_not_taken_for_a_draw_to_come(tmp_path, data):
    write(tmp_path, "first", official())
    (tmp_path / "first.result.txt").write_bytes(data)
    assert "first.result.txt" in {file for file, _, _ in changed(tmp_path)}


def test_a_draw_without_a_result_is_said_to_be_frozen_and_not_drawn(tmp_path):
    write(tmp_path, "first", official())
    write(tmp_path, "other", official("other"), entropy=None)
    said = []
    assert verify.check(tmp_path, tell=said.append) == []
    assert said[-1] == "✓ 已冻结，未摇号 | frozen, not drawn: other.roster.txt"
    write(tmp_path, "other", official("other"))
    verify.check(tmp_path, tell=said.append)
    assert said[-1] == "✓ 未发现改动 | nothing was changed"


THIRD = "3.4./9321./"


def chain(tmp_path, **third):
    """A first draw, a late one behind it, and one behind that."""
    first = official()
    late = official("late", ids=receipts(4, "L"), twins=(), after=first)
    write(tmp_path, "first", first)
    write(tmp_path, "late", late, LATE)
    last = official("third", ids=receipts(3, "M"), twins=(), after=late)
    last = bundle.Roster(**{**vars(last), **third})
    return first, late, last


def test_a_chain_of_late_draws_passes(tmp_path):
    *_, last = chain(tmp_path)
    write(tmp_path, "third", last, THIRD)
    assert changed(tmp_path) == []


def test_who_stood_on_the_first_roster_of_a_chain_is_not_drawn_on_the_third(tmp_path):
    again = sorted([receipts(9)[3], *receipts(2, "M")])
    *_, last = chain(tmp_path, receipts=bundle.texts(again), keys=bundle.texts(again))
    write(tmp_path, "third", last, THIRD)
    assert changed(tmp_path) == [("third.roster.txt", 0, f"drawn twice: {receipts(9)[3]}")]


@pytest.mark.parametrize("entropy", [BALLS, LATE, "9319./", "9320./2.5.8.10.12./"])
def test_randomness_known_since_any_draw_of_the_chain_is_found(tmp_path, entropy):
    """Also a part of it, or parts of several: all of that was known."""
    *_, last = chain(tmp_path)
    write(tmp_path, "third", last, entropy)
    assert changed(tmp_path) == [("third.roster.txt", 0, "entropy known beforehand")]


def test_two_rosters_behind_one_are_found(tmp_path):
    """Both would begin at the same place."""
    first, *_ = chain(tmp_path)
    write(tmp_path, "other", official("other", ids=receipts(3, "O"), twins=(), after=first), THIRD)
    assert changed(tmp_path) == [(f"{name}.roster.txt", 6, "after, first") for name in ("late", "other")]


def test_a_chain_that_lost_its_first_draw_is_found(tmp_path):
    *_, last = chain(tmp_path)
    write(tmp_path, "third", last, THIRD)
    for path in tmp_path.glob("first.*"):
        path.unlink()
    assert {file for file, _, _ in changed(tmp_path)} == {"late.roster.txt", "third.roster.txt"}
