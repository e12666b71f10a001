"""Rules that are off for want of data: each a warning that names the rule and the missing column or table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from simulator.load.ledger import Ledger
from simulator.load.table import Table
from simulator.messages import Bilingual
from simulator.model import Blocks, Ownership, Policy, Round, Schools
from simulator.model.arrays import Booleans
from simulator.model.ranked_by import DESCENDING, LAST
from simulator.model.tables import FLAGS

DERIVED_FROM = {
    "household": ("household_block",),
    "residence_permit": ("permit_on",),
    "local": ("migrant",),
    "twin": ("twin_group",),
    "has_sibling": ("sibling_school",),
    "sibling": ("sibling_school",),
    "mainstream": ("placement",),
    "special_class": ("placement",),
    "special_school": ("placement",),
    "taught_at_home": ("placement",),
}
"""A word of a round that also holds when one of these columns is there."""

RANKED_BY_COLUMN = ("settled_on", "permit_on", "points", "sibling")


def warn_switched_off(
    policy: Policy,
    tables: Mapping[str, Table | None],
    blocks: Blocks,
    schools: Schools,
    ledger: Ledger,
) -> None:
    """Write down every rule of the scenario that its data cannot feed."""
    _places(policy, tables, blocks, schools, ledger)
    _schools(policy, tables["schools"], schools, ledger)
    _rounds(policy, tables, ledger)
    roster = tables["students"]
    if roster is not None:
        _roster(policy, roster, ledger)
        _homes(policy, roster, tables["used_homes"], ledger)


def _places(
    policy: Policy,
    tables: Mapping[str, Table | None],
    blocks: Blocks,
    schools: Schools,
    ledger: Ledger,
) -> None:
    """Distances (R17, R27), counties (R48)."""
    method = policy.travel.method
    if method == "given" and tables["travel"] is None:
        ledger.add("no_travel_table", "scenario.toml", 0, "travel.method", method)
    if method == "zone_order" and tables["zones"] is None:
        ledger.add("no_zone_order", "scenario.toml", 0, "travel.method", method)
    if method == "roads":
        for name in ("road_nodes", "road_edges"):
            unreadable = any(fault.details.get("table") == name for fault in ledger.faults)
            if tables[name] is None and not unreadable:
                ledger.add("no_road_table", "scenario.toml", 0, "travel.method", method, table=name)
    if method in ("straight_line", "roads"):
        lacking = {
            name: np.isnan(noun.longitude) & ~_written(tables[name])
            for name, noun in (("blocks", blocks), ("schools", schools))
        }
        if any(len(missing) and missing.all() for missing in lacking.values()):
            _off(ledger, "off_distances", "R17, R27", "")
        else:
            for name, missing in lacking.items():
                table = tables[name]
                if table is not None and missing.any():
                    row = table.row(np.flatnonzero(missing)[0])
                    heading = table.heading("longitude")
                    count = int(missing.sum())
                    ledger.add("coordinates_missing", table.file, row, heading, warning=True, count=count)
    by_zone = _reaching(policy, "zone")
    if tables["zones"] is None and by_zone:
        unreadable = any(fault.details.get("table") == "zones" for fault in ledger.faults)
        if not unreadable:
            ledger.add("no_zones_table", "zones.csv", rounds=titles(by_zone))
    elif tables["zones"] is None:
        _off(ledger, "off_zones", "R27", "zones")
    if np.all(blocks.county < 0):
        _off(ledger, "off_counties", "R48", "county")


def _written(table: Table | None) -> Booleans:
    """bool: coordinates are written in the row; where they are not used, that is a fault already."""
    if table is None:
        return np.zeros(1, dtype=np.bool_)
    return table.filled("longitude") | table.filled("latitude")


def _schools(policy: Policy, table: Table | None, schools: Schools, ledger: Ledger) -> None:
    """Caps (R1), approval areas (R29), seats."""
    if table is None:
        return
    columns = ("pupils", "primary_pupils", "junior_pupils")
    if policy.caps.enforce and not any(table.has(name) for name in columns):
        _off(ledger, "off_caps", "R1", table.heading("pupils"), table.file)
    if np.any(schools.ownership != Ownership.PUBLIC) and not table.has("approval_county"):
        _off(ledger, "off_approval", "R29", table.heading("approval_county"), table.file)
    if not np.any(schools.classes > 0) and not np.any(schools.planned_seats > 0):
        heading = table.heading("classes")
        ledger.add("no_seats_planned", table.file, 0, heading, warning=True)


def _rounds(policy: Policy, tables: Mapping[str, Table | None], ledger: Ledger) -> None:
    """Ways of reaching a school that no data open."""
    schools, blocks, roster = tables["schools"], tables["blocks"], tables["students"]
    modelled = {model.round for model in policy.preferences}

    wishless = [
        entry
        for entry in policy.rounds
        if (entry.applied or "choices" in entry.reach)
        and entry.name not in modelled
        and tables["applications"] is None
    ]
    if wishless:
        _off(ledger, "off_wishes", "R29, R30", "applications", rounds=titles(wishless))
    if tables["feeders"] is None and _reaching(policy, "feeder"):
        _off(ledger, "off_feeders", "R28", "feeders", rounds=titles(_reaching(policy, "feeder")))
    for reach in ("feeder", "direct"):
        if roster is not None and not roster.has("origin_school") and _reaching(policy, reach):
            heading = roster.heading("origin_school")
            _off(ledger, "off_origin", "R28", heading, roster.file, rounds=titles(_reaching(policy, reach)))
            break
    district = (
        blocks is not None and blocks.has("district") and schools is not None and schools.has("district")
    )
    if _reaching(policy, "learning_district") and not district:
        _off(
            ledger, "off_districts", "R37", "district", rounds=titles(_reaching(policy, "learning_district"))
        )
    if schools is None:
        return
    if _reaching(policy, "education_group") and not schools.has("group"):
        rounds = titles(_reaching(policy, "education_group"))
        _off(ledger, "off_groups", "R36", schools.heading("group"), schools.file, rounds=rounds)
    boarding = [entry for entry in policy.rounds if entry.boarding or "boarding" in entry.pools]
    if boarding and not schools.has("boarding_beds"):
        _off(
            ledger,
            "off_boarding",
            "R17",
            schools.heading("boarding_beds"),
            schools.file,
            rounds=titles(boarding),
        )
    headings: list[str] = []
    rules: list[str] = []
    using: list[Round] = []
    for pool, rule in (("reserved", "R25"), ("purchased", "R26"), ("special_class", "R20")):
        column = f"{pool}_seats"
        rounds_of_pool = [entry for entry in policy.rounds if pool in entry.pools]
        if rounds_of_pool and not any(
            schools.has(f"{stage}{column}") for stage in ("", "primary_", "junior_")
        ):
            headings.append(schools.heading(column))
            rules.append(rule)
            using += rounds_of_pool
    if using:
        _off(ledger, "off_pool", ", ".join(rules), ", ".join(headings), schools.file, rounds=titles(using))


def _roster(policy: Policy, table: Table, ledger: Ledger) -> None:
    """Columns of the roster that rules need and the table lacks."""
    if not table.has("block"):
        _off(ledger, "off_addresses", "R27", table.heading("block"), table.file)
    if policy.age.enforce and not table.has("birth_date"):
        _off(ledger, "off_age", "R3", table.heading("birth_date"), table.file)
    if policy.twins.together and not table.has("twin_group"):
        _off(ledger, "off_twins", "R27", table.heading("twin_group"), table.file)
    if not table.has("placement"):
        _off(ledger, "off_disabled", "R19, R20", table.heading("placement"), table.file)
    if not table.has("left_behind"):
        _off(ledger, "off_left_behind", "R22", table.heading("left_behind"), table.file)
    if not table.has("migrant"):
        _off(ledger, "off_migrant", "R24, R25", table.heading("migrant"), table.file)
    elif not table.has("residence_permit") and not table.has("permit_on"):
        _off(ledger, "off_permit", "R24", table.heading("residence_permit"), table.file)
    for name in policy.columns:
        if not table.has(name):
            ledger.add("column_not_in_table", table.file, 0, name, "", warning=True)
    _unfed_words(policy, table, ledger)


def _homes(policy: Policy, roster: Table, used_homes: Table | None, ledger: Ledger) -> None:
    """The seat lock, which needs the homes of the roster and the seats they used, or a column of its own."""
    rounds = _words_used(policy).get("home_locked", [])
    if not rounds or roster.has("home_locked"):
        return
    if not roster.has("home_id"):
        _off(ledger, "off_homes", "R27", roster.heading("home_id"), roster.file, rounds=titles(rounds))
    elif used_homes is None:
        _off(ledger, "off_used_homes", "R27", "used_homes", rounds=titles(rounds))


def _unfed_words(policy: Policy, table: Table, ledger: Ledger) -> None:
    """One warning for all yes/no columns that rounds name and the roster lacks, and one for all ranks.

    A column that a warning of its own has named is not named again.
    """
    told = {*policy.columns, *(word for word, sources in DERIVED_FROM.items() if sources == ("placement",))}
    if not table.has("migrant"):
        told |= {"migrant", "residence_permit", "left_behind", "local"}
    told |= {"residence_permit"} | ({"left_behind"} if not table.has("left_behind") else set())
    told |= {"home_locked"}
    told |= {"twin"} if policy.twins.together else set()
    missing: dict[str, str] = {}
    users: dict[str, list[Round]] = {"off_flag": [], "off_rank": []}
    for word, rounds in _words_used(policy).items():
        known = [name for name in (word, *DERIVED_FROM.get(word, ())) if name in table.columns]
        if word in told or not known or any(table.has(name) for name in known):
            continue
        code = missing.setdefault(
            table.heading(known[0]), "off_rank" if word in RANKED_BY_COLUMN else "off_flag"
        )
        users[code] += rounds
    for code, rounds in users.items():
        headings = ", ".join(heading for heading, told_by in missing.items() if told_by == code)
        if headings:
            _off(ledger, code, "R27", headings, table.file, rounds=titles(rounds))


def _words_used(policy: Policy) -> dict[str, list[Round]]:
    """Columns of the roster that rounds name, with the rounds, in the order first named."""
    added = set(policy.columns)
    used: dict[str, list[Round]] = {}
    for entry in policy.rounds:
        for word in _words_of(entry):
            plain = word.removesuffix(LAST).removesuffix(DESCENDING)
            if plain in FLAGS or plain in DERIVED_FROM or plain in RANKED_BY_COLUMN or plain in added:
                rounds = used.setdefault(plain, [])
                if entry not in rounds:
                    rounds.append(entry)
    return used


def _words_of(entry: Round) -> Iterable[str]:
    yield from (*entry.who, *entry.needs, *entry.exclude, *entry.no_shows)
    for tier in entry.tiers:
        yield from tier
    # The default ranks by tier, settlement date and draw; without the date the draw decides.
    yield from entry.rank
    if "sibling" in entry.reach:
        yield "sibling"


def _reaching(policy: Policy, reach: str) -> list[Round]:
    return [entry for entry in policy.rounds if reach in entry.reach]


def titles(rounds: Iterable[Round]) -> Bilingual:
    """The rounds by their titles, each once; by their names where they have none."""
    known = {entry.name: entry for entry in rounds}.values()
    return Bilingual(
        "、".join(entry.title or entry.name for entry in known),
        ", ".join(entry.title_en or entry.title or entry.name for entry in known),
    )


NO_ROUNDS = Bilingual("", "")


def _off(
    ledger: Ledger, code: str, rule: str, column: str, file: str = "", *, rounds: Bilingual = NO_ROUNDS
) -> None:
    """One warning; ``rule`` is an R-number of the rule book, or several."""
    rules = Bilingual(rule.replace(", ", "、"), ("rules " if "," in rule else "rule ") + rule)
    ledger.add(code, file, 0, column, "", warning=True, rule=rules, rounds=rounds)
