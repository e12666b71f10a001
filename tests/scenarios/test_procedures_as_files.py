"""The procedures as files: every outcome worked by hand, and another one once the rule is switched off."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from simulator import load, report
from simulator.load.files import Sources
from simulator.load.ledger import Ledger
from simulator.load.settings import read_settings
from simulator.model import UNPLACED, Run, Status
from simulator.simulate import run

FOLDER = Path(__file__).parents[2] / "scenarios" / "procedures"

BY_HAND = {
    "zone_then_coordination": {
        "": "C01 C02 C03 S1 zone; C07 C08 S2 zone; C09 S3 zone; C04 S2 overflow; C05 C06 S3 overflow",
        "nearest_first": "C04 C05 S3 overflow; C06 S2 overflow",
    },
    "multi_school_zones": {
        "": "A07 S1 single; A09 S4 single; A01 S2 multi; A02 S1 multi; A03 S3 multi; "
        "A04 A05 A06 A08 S4 coordination",
        "no_lock": "A06 S1 single; A08 S4 single; A02 S4 coordination",
    },
    "points": {
        "": "K01 K02 K03 S1 points; K05 K06 K08 S2 points; K04 S3 coordination; K07 UNPLACED -",
        "points_alone": "K02 K04 K05 S1 points; K01 K06 K08 S2 points; K03 S3 coordination",
    },
    "zone_then_nearby": {
        "": "D01 D02 S1 zone; D06 S2 zone; D05 S2 nearby; D03 S4 nearby; D04 S3 coordination",
        "two_kilometres": "D03 S3 coordination; D04 S4 coordination",
    },
    "private_two_choices": {
        "": "E01 E02 M1 private; E04 M2 private; E03 F01 S1 zone; E05 F03 F04 S2 zone; "
        "F02 F05 S3 coordination",
        "losers_behind_their_class": "F02 S1 zone; E03 S3 coordination",
        "losers_behind_all": "F02 S1 zone; F05 S2 zone; E03 E05 S3 coordination",
    },
    "private_adjustment": {
        "": "G03 M1 private; G04 M2 private; G02 M3 private; G01 G05 S1 zone",
        "any_school": "G01 M3 adjustment; G02 S1 zone",
    },
    "promotion": {
        "": "H07 N1 direct; H01 H02 J1 feeder; H03 H04 J2 feeder; H05 H06 J3 feeder; H08 N1 coordination",
        "by_address": "H08 J1 feeder; H02 N1 coordination; H05 H06 J3 coordination",
    },
    "no_shows": {
        "": "L02 L03 L05 M1 private; L06 N01 S1 zone; L01 L04 S2 coordination",
        "back_to_the_zone": "L01 S1 zone; L04 S2 zone; L06 S2 coordination",
    },
    "language_track": {
        "": "T01 T02 S1 track; N01 N02 S1 zone; N04 S2 zone; N03 S2 coordination",
        "released": "N03 S1 coordination",
    },
}
"""Preset to variant to children, school and round; a variant tells whom it moves."""

CASES = [(name, variant) for name, variants in BY_HAND.items() for variant in variants]

Outcome = dict[str, tuple[str, str]]


def outcome(of: Run) -> Outcome:
    """Child to school (or status) and round ("-" for none)."""
    answer, schools = of.admission, of.scenario.schools.id
    names = [entry.name for entry in of.scenario.policy.rounds]
    return {
        str(child): (
            Status(answer.status[row]).name
            if answer.school[row] == UNPLACED
            else str(schools[answer.school[row]]),
            "-" if answer.round[row] == UNPLACED else names[answer.round[row]],
        )
        for row, child in enumerate(of.students.id)
    }


def in_words(text: str) -> Outcome:
    found: Outcome = {}
    for part in text.split("; "):
        *children, school, name = part.split()
        found |= dict.fromkeys(children, (school, name))
    return found


def expected(name: str, variant: str) -> Outcome:
    return in_words(BY_HAND[name][""]) | in_words(BY_HAND[name][variant])


def played(name: str, variant: str = "", *overrides: str) -> Outcome:
    return outcome(run(FOLDER / name, variant=variant, overrides=overrides))


def test_every_preset_and_variant_is_worked_by_hand():
    folders = {path.parent.name for path in FOLDER.glob("*/scenario.toml")}
    assert folders == set(BY_HAND)
    for name, variants in BY_HAND.items():
        settings = read_settings(FOLDER / name, "", (), Sources(), Ledger())
        assert settings is not None and set(settings.variants) == set(variants) - {""}, name


@pytest.mark.parametrize("name", BY_HAND)
def test_a_preset_is_files_only_and_sound(name):
    assert {path.suffix for path in (FOLDER / name).iterdir()} == {".toml", ".csv", ".md"}
    assert load.check(FOLDER / name) == ([], []), "a preset is whole: nothing is off for want of data"


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_every_outcome_is_the_one_worked_by_hand(name, variant):
    assert played(name, variant) == expected(name, variant)
    if variant:
        assert expected(name, variant) != expected(name, ""), "a variant that changes nothing shows nothing"


@pytest.mark.parametrize("name", BY_HAND)
def test_the_readme_tells_these_outcomes(name):
    """The tables under the headings of outcome and variants hold what is played, child by child."""
    told: dict[str, Outcome] = {}
    variant = None
    for line in (FOLDER / name / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found = re.search(r"Variant `(\w+)`", line)
            variant = found.group(1) if found else "" if "Outcome" in line else None
        row = re.fullmatch(r"\| ([A-Z]\d\d(?: [A-Z]\d\d)*) \| (\w+) \| (?:`(\w+)`)? ?\|", line)
        if row and variant is not None:
            children = row.group(1).split()
            told.setdefault(variant, {}).update(dict.fromkeys(children, (row.group(2), row.group(3) or "-")))
    assert told == {variant: in_words(text) for variant, text in BY_HAND[name].items()}


@pytest.mark.parametrize("name", BY_HAND)
def test_the_readme_and_the_index_speak_both_languages(name):
    text = (FOLDER / name / "README.md").read_text(encoding="utf-8")
    assert "依据 · Rule" in text or "法律上的限度 · Legal limits" in text
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"({name}/README.md)" in index
    assert all(f"`{variant}`" in index for variant in BY_HAND[name] if variant)


@pytest.mark.parametrize("name", BY_HAND)
def test_the_readme_says_whether_its_rule_was_confirmed_at_the_source(name):
    text = (FOLDER / name / "README.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"\*\*核实 · Checked\.\*\*(.*?)\n\n", text, flags=re.DOTALL)
    plain = " ".join(told.split())
    assert "未在原处核实" in plain and re.search(r"[Nn]ot confirmed at the source", plain)


NUMBERED = re.compile(r"\S{1,4}〔\d{4}〕\d+号|国务院令第 ?\d+ ?号|Order \d+")
KNOWN_NUMBERS = {"教基一〔2014〕1号", "国务院令第 663 号", "Order 663"}
"""Numbers that were looked up; another one must be before it is added."""


def test_documents_are_in_both_languages_and_name_no_number_that_was_not_looked_up():
    rounds = [
        entry
        for folder in (*(FOLDER / name for name in BY_HAND), FOLDER.parent / "meizhou")
        for entry in load.scenario(folder).policy.rounds
        if entry.document or entry.document_en
    ]
    assert len(rounds) >= 20
    for entry in rounds:
        assert re.search(r"[\u4e00-\u9fff]", entry.document) and not re.search(r"[a-z]", entry.document)
        numbers = set(NUMBERED.findall(entry.document)) | set(NUMBERED.findall(entry.document_en))
        english = NUMBERED.sub("", entry.document_en)
        assert english and not re.search(r"[\u4e00-\u9fff]", english)
        assert {number.lstrip("（(") for number in numbers} <= KNOWN_NUMBERS, numbers


SWITCHED_OFF = [
    # A before B and class one before two: without classes the earliest settled have S1.
    ("zone_then_coordination", 'rounds.zone.rank=["settled_on"]', "C03 C05 C06 S1 zone"),
    # Nobody reaches beyond the zone.
    ("zone_then_coordination", 'rounds.overflow.reach=["zone"]', "C04 C05 C06 UNPLACED -"),
    # The lock: shorter than the four years since, S1 is A06's; six years for a nine-year school free A08.
    ("multi_school_zones", "seat_lock.primary_years=4", "A06 A07 S1 single; A08 S4 coordination"),
    ("multi_school_zones", "seat_lock.nine_year_years=6", "A08 S4 single; A06 S4 coordination"),
    (
        "multi_school_zones",
        "seat_lock.siblings_exempt=false",
        "A07 S4 coordination; A02 A03 S1 multi; A04 S3 multi",
    ),
    ("multi_school_zones", "tables.used_homes=", "A06 A07 S1 single; A08 S4 single"),
    # Wishes: without them the zone table's order; the draw leaves nobody but its first three.
    ("multi_school_zones", "tables.applications=", "A01 S1 multi; A02 S2 multi; A03 S3 multi"),
    # Months of insurance: the other way round K04 stands before K05; without the permit date K06 is last.
    (
        "points",
        'rounds.points.rank=["tier", "points", "permit_on", "insurance_months"]',
        "K04 S2 points; K05 S3 coordination",
    ),
    (
        "points",
        'rounds.points.rank=["tier", "points", "insurance_months_descending"]',
        "K04 K05 S2 points; K06 S3 coordination",
    ),
    ("points", 'rounds.points.rank=["tier", "permit_on"]', "K01 K02 K03 S1 points"),
    # Three kilometres: with four D04 too is near.
    ("zone_then_nearby", "rounds.nearby.within_metres=4000", "D04 S3 nearby"),
    # First choices first: with deferred acceptance the number of E03 counts at M2.
    (
        "private_two_choices",
        "rounds.private.mechanism=deferred_acceptance",
        "E03 M2 private; E04 S3 coordination; F02 S1 zone",
    ),
    ("private_two_choices", "rounds.private.losers=coordination", "E03 E05 S3 coordination; F02 S1 zone"),
    # Without the adjustment choice M3 stays empty.
    ("private_adjustment", "rounds.private.choices=1", "G02 S1 zone"),
    # Without wishes the nearer J3 is the first choice of all four.
    ("promotion", "tables.applications=", "H03 H04 J3 feeder; H05 H06 J2 feeder"),
    # With J3 alone fed by nobody and no straight promotion the pupil of N1 competes in B1.
    ("promotion", 'rounds.direct.reach=["zone"]', "H07 J1 direct"),
    # Where a child that will not confirm takes no part, nothing is known of it: it is an equal in its zone.
    ("no_shows", "rounds.private.no_shows=[]", "L01 S1 zone; L04 S2 zone; L06 S2 coordination"),
    # Without seats of its own the track takes the zone's, before the zone itself.
    ("language_track", 'rounds.track.pools=["general"]', "T01 S1 track; T02 S2 track; N01 S1 zone"),
    # Whoever does not choose the track may not have its seats.
    ("language_track", "rounds.track.needs=[]", "N01 N02 N03 S1 track; T01 S1 zone; T02 N04 S2 zone"),
]


@pytest.mark.parametrize(("name", "override", "instead"), SWITCHED_OFF)
def test_without_its_rule_the_outcome_is_another(name, override, instead):
    found = played(name, "", override)
    assert found.items() >= in_words(instead).items()
    assert found != expected(name, "")


def test_last_years_cut_off_stands_beside_this_years():
    of = run(FOLDER / "zone_then_coordination")
    table = report.frames(of, "en")["cutoffs"].set_index(["round", "school id"])
    row = table.loc[("Zone", "S1")]
    assert (row["last tier admitted"], str(row["last date admitted"])[:10]) == (2, "2019-06-01")
    assert (row["last tier admitted last year"], str(row["last date admitted last year"])[:10]) == (
        2,
        "2018-12-31",
    )
    none = run(FOLDER / "zone_then_coordination", overrides=["tables.last_cutoffs="])
    bare = report.frames(none, "en")["cutoffs"]
    assert bare["last tier admitted last year"].isna().all()
    assert outcome(none) == outcome(of), "nothing is decided by it"


def test_the_points_line_of_both_years():
    table = report.frames(run(FOLDER / "points"), "en")["cutoffs"].set_index(["round", "school id"])
    lines = {
        school: tuple(table.loc[("Admission by points", school)][name] for name in POINTS_LINE)
        for school in ("S1", "S2")
    }
    assert lines == {"S1": (3, 95, 3, 88), "S2": (6, 80, 6, 76.5)}


POINTS_LINE = (
    "last tier admitted",
    "last points admitted",
    "last tier admitted last year",
    "last points admitted last year",
)


def test_the_page_tells_both_years_and_the_seats_given_on(tmp_path):
    report.write(run(FOLDER / "zone_then_coordination"), tmp_path / "zone", language="en")
    page = (tmp_path / "zone" / "report.html").read_text(encoding="utf-8")
    assert "2018-12-31" in page and "2019-06-01" in page
    report.write(run(FOLDER / "points"), tmp_path / "points", language="en")
    page = (tmp_path / "points" / "report.html").read_text(encoding="utf-8")
    assert '<td class="figure ">95</td>' in page and '<td class="figure ">76.5</td>' in page
    report.write(run(FOLDER / "no_shows"), tmp_path / "no_shows", language="en")
    page = (tmp_path / "no_shows" / "report.html").read_text(encoding="utf-8")
    assert "2 children were admitted and do not come; 1 of their seats" in page
    assert "without a second draw" in page


def test_the_substitute_is_the_next_of_the_same_draw():
    of = run(FOLDER / "no_shows")
    draw = of.admission.draws["private"]
    ids = [str(child) for child in of.students.id]
    order = sorted((int(draw.order[row]), ids[row]) for row in range(len(ids)) if draw.order[row] != UNPLACED)
    assert [child for _, child in order] == ["L01", "L02", "L03", "L04", "L05", "L06"]
    (notice,) = [n for n in of.admission.notices if n.code == "notice_no_shows"]
    assert notice.details == {"round": "private", "count": 2, "refilled": 1}
    record = of.admission.rounds[0]
    assert record.applied == 6 and record.admitted == 3
    assert ids[record.cutoff_student[0]] == "L05", "the cut-off is that of the last substitute"


def test_homes_are_in_no_result(tmp_path):
    of = run(FOLDER / "multi_school_zones")
    report.write(of, tmp_path / "homes", language="zh", student_sheet=True)
    seen = ""
    for path in sorted((tmp_path / "homes").rglob("*")):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                seen += "".join(book.read(name).decode("utf-8") for name in book.namelist() if ".xml" in name)
        elif path.suffix == ".parquet":
            seen += pq.read_table(path).to_pandas().to_csv()
        elif path.is_file():
            seen += path.read_text(encoding="utf-8")
    assert "A06" in seen and "used_homes.csv" in seen  # the children are there, and the hash of the table
    assert not re.search(r"\bH0[1-9]\b|\bH55\b", seen)


def test_points_are_marked_as_a_local_option():
    of = load.scenario(FOLDER / "points")
    entry = of.policy.rounds[0]
    assert "地方选项" in entry.document and "local option" in entry.document_en
    text = (FOLDER / "points" / "README.md").read_text(encoding="utf-8")
    assert "不得" in text and "A local option, not a national rule" in text
