"""The tables put together to one scenario, in the order in which they refer to each other."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.load.choices import no_settled, read_demand, read_drawn, read_settled, read_wishes
from simulator.load.finding import Reader
from simulator.load.last_year import read_last_cutoffs
from simulator.load.references import References
from simulator.load.roads import read_roads, road_system
from simulator.load.roster import read_names, read_students
from simulator.load.schools import PlaceNames, read_schools
from simulator.load.seat_columns import check_seat_columns
from simulator.load.seat_lock import lock_homes, read_used_homes
from simulator.load.settings import Settings
from simulator.load.switched_off import warn_switched_off
from simulator.load.table import Table
from simulator.load.zoning import (
    check_school_in_zone,
    no_feeders,
    no_zones,
    read_barriers,
    read_blocks,
    read_feeders,
    read_sites,
    read_travel,
    read_zones,
)
from simulator.model import Blocks, Feeders, GivenTravel, Scenario, Schools, Zones
from simulator.model.dictionary import REQUIRED_TABLES, TABLES


def assemble(reader: Reader, settings: Settings, *, sound: bool) -> Scenario:
    """Read every table and build the nouns; where there is any fault they are not to be used.

    1. Open every table, so that faults of files and headings are complete whatever follows.
    2. Places: blocks, then schools, then the zones, feeders and distances between them.
    3. Children: the roster and its homes, then wishes, settled places and official draws; or counts per
       block. Beside them last year's cut-offs.
    4. The road network.
    5. What no single table shows: rules that are off for want of data.
    """
    ledger, policy = reader.ledger, reader.policy
    tables = {name: reader.table(name) for name in TABLES}
    _check_presence(reader, tables)
    reader.warn_unread()
    names = PlaceNames()
    block_table = tables["blocks"] or reader.stand_in("blocks")
    school_table = tables["schools"] or reader.stand_in("schools")
    blocks = read_blocks(block_table, policy, names)
    schools = read_schools(school_table, policy, names)
    sites = read_sites(tables["sites"], policy, names) if tables["sites"] else None
    block_rows = References.of(block_table, "block", "name")
    school_rows = References.of(school_table, "school", "name")
    zones, feeders, travel = _links(tables, blocks, schools, block_rows, school_rows)
    barriers = read_barriers(tables["barriers"], block_rows) if tables["barriers"] else None
    if tables["zones"]:
        check_school_in_zone(school_table, tables["zones"], block_rows, schools, zones, feeders)
    students = student_names = wishes = None
    roster_table = tables["students"]
    if roster_table:
        students = read_students(roster_table, policy, block_rows, school_rows, schools, zones)
        student_names = read_names(roster_table)
    if tables["used_homes"]:
        used = read_used_homes(tables["used_homes"], policy, school_rows, schools)
        if roster_table and students is not None:
            students = lock_homes(students, roster_table, used, policy, schools)
    student_rows = References.of(roster_table, "student")
    judged = settings.round_words if sound else None
    if tables["applications"]:
        wishes = read_wishes(
            tables["applications"], policy, student_rows, students, school_rows, schools, judged
        )
    settled = no_settled()
    if tables["settled"]:
        settled = read_settled(tables["settled"], student_rows, students, school_rows, schools)
    drawn = read_drawn(tables["drawn"], policy, student_rows, sound) if tables["drawn"] else None
    last_cutoffs = None
    if tables["last_cutoffs"]:
        last_cutoffs = read_last_cutoffs(tables["last_cutoffs"], policy, school_rows, schools, judged)
    demand = read_demand(tables["demand"], policy, block_rows, sound) if tables["demand"] else None
    roads = None
    if tables["road_nodes"] and tables["road_edges"]:
        system = road_system(tables["road_nodes"].file, policy)
        roads = read_roads(tables["road_nodes"], tables["road_edges"], system)
    if sound and tables["schools"]:
        check_seat_columns(tables["schools"], policy, schools, students, demand)
    if sound and tables["blocks"] and tables["schools"]:
        warn_switched_off(policy, tables, blocks, schools, ledger)
    return Scenario(
        policy=policy,
        counties=names.counties.names,
        towns=names.towns.names,
        groups=names.groups.names,
        districts=names.districts.names,
        schools=schools,
        blocks=blocks,
        zones=zones,
        feeders=feeders,
        settled=settled,
        students=students,
        student_names=student_names,
        wishes=wishes,
        demand=demand,
        drawn=drawn,
        last_cutoffs=last_cutoffs,
        given_travel=travel,
        roads=roads,
        barriers=barriers,
        sites=sites,
        sources=dict(sorted(reader.sources.hashes.items())),
        resolved=settings.data,
        warnings=ledger.warnings,
    )


def _check_presence(reader: Reader, tables: Mapping[str, Table | None]) -> None:
    """Schools and blocks must be there, and either a roster or counts."""
    for name in REQUIRED_TABLES:
        if not reader.has(name):
            reader.ledger.add("missing_table", value=name, table=name)
    roster, counts = reader.has("students"), reader.has("demand")
    if not roster and not counts:
        reader.ledger.add("no_children", value="students, demand")
    if roster and counts:
        reader.ledger.add("students_and_demand", value="students, demand")
    for name in ("applications", "settled", "drawn"):
        table = tables[name]
        if table is not None and not roster:
            reader.ledger.add("needs_roster", table.file, table=name)


def _links(
    tables: Mapping[str, Table | None],
    blocks: Blocks,
    schools: Schools,
    block_rows: References,
    school_rows: References,
) -> tuple[Zones, Feeders, GivenTravel | None]:
    zones, feeders, travel = no_zones(len(blocks)), no_feeders(len(schools)), None
    if tables["zones"]:
        zones = read_zones(tables["zones"], block_rows, school_rows, schools)
    if tables["feeders"]:
        feeders = read_feeders(tables["feeders"], school_rows, schools)
    if tables["travel"]:
        travel = read_travel(tables["travel"], block_rows, school_rows)
    return zones, feeders, travel
