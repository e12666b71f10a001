"""What a new scenario folder opens with: a procedure of rounds, and rows of an example county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Words = tuple[str, str]
"""Chinese and English."""

Cell = str | int | float | Words

ROUNDS: Sequence[tuple[Words, Mapping[str, object]]] = (
    (
        ("一、残疾儿童少年先行安置：特殊教育学校", "1. Children with disabilities first: special schools"),
        {
            "name": "special_school", "title": "特殊教育学校", "title_en": "Special schools",
            "who": ["special_school"], "exclude": ["late"], "reach": ["county"], "kinds": ["special"],
            "rank": ["metres", "draw"],
        },
    ),
    (
        ("随班就读、特教班：先本学区，再就近",
         "Mainstream and special classes: own zone, then the nearest"),
        {
            "name": "special_children", "title": "随班就读和特教班",
            "title_en": "Mainstream and special classes",
            "who": ["mainstream", "special_class", "special_school"], "exclude": ["late"],
            "reach": ["zone", "county"], "pools": ["special_class", "general"], "rank": ["order", "draw"],
        },
    ),
    (
        ("送教上门：保留学籍，不占学位", "Taught at home: on a school's register, no seat taken"),
        {
            "name": "taught_at_home", "title": "送教上门", "title_en": "Taught at home",
            "who": ["taught_at_home"], "reach": ["zone", "county"], "pools": ["register_only"],
        },
    ),
    (
        ("二、公民同招：民办报名超过计划的全部电脑摇号",
         "2. Private schools in the same calendar: a full lottery"),
        {
            "name": "private", "title": "民办电脑摇号", "title_en": "Private school lottery",
            "mechanism": "lottery", "applied": True, "exclude": ["late"],
            "reach": ["choices"], "ownership": ["private", "inclusive_private"], "rank": ["draw"],
            "choices": 2, "losers": "equal",
        },
    ),
    (
        ("三、直升：九年一贯制学校本校直升，对口小学直升初中",
         "3. Direct and straight promotion to junior schools"),
        {
            "name": "promotion", "title": "直升", "title_en": "Direct promotion", "stages": ["junior"],
            "who": ["local"], "exclude": ["late", "returning"], "reach": ["direct", "feeder"],
            "rank": ["order", "settled_on", "draw"],
        },
    ),
    (
        ("四、学区录取：顺位，哥姐同校，落户时间，摇号", "4. Zones: tier, sibling, settlement date, draw"),
        {
            "name": "zone", "title": "学区录取", "title_en": "Zone", "who": ["local"],
            "exclude": ["late", "returning"], "reach": ["zone"],
            "tiers": [["household", "home"], ["household"], ["home"], ["collective_household"], ["renting"]],
            "rank": ["tier", "sibling", "settled_on", "draw"],
        },
    ),
    (
        ("返户籍地入学，排在学区生之后", "Children who return to the household zone come after"),
        {
            "name": "returning", "title": "返户籍地入学", "title_en": "Return to the household zone",
            "who": ["returning"], "exclude": ["late"], "reach": ["household_zone"],
            "rank": ["settled_on", "draw"],
        },
    ),
    (
        ("五、随迁子女：凭居住证，按积分，先预留学位再余位",
         "5. Migrant children by residence permit and points"),
        {
            "name": "migrant", "title": "随迁子女", "title_en": "Migrant children", "who": ["migrant"],
            "needs": ["residence_permit"], "exclude": ["late"], "reach": ["zone", "county"],
            "pools": ["reserved", "general"], "rank": ["points", "permit_on", "draw"],
        },
    ),
    (
        ("政府购买的普惠性民办学位", "Seats bought by government in inclusive private schools"),
        {
            "name": "purchased", "title": "政府购买学位", "title_en": "Purchased seats", "who": ["migrant"],
            "needs": ["residence_permit"], "exclude": ["late"], "reach": ["county"],
            "ownership": ["inclusive_private"], "pools": ["purchased"],
            "rank": ["points", "permit_on", "draw"],
        },
    ),
    (
        ("六、统筹：全县余位，总路程最短；远的初中生安排寄宿",
         "6. Coordination over the county's free seats"),
        {
            "name": "coordination", "title": "统筹", "title_en": "Coordination", "mechanism": "least_total",
            "exclude": ["late"], "reach": ["county"], "coordination": True, "boarding": True,
            "tiers": [["household"], ["local"], ["residence_permit"]], "rank": ["tier", "draw"],
        },
    ),
    (
        ("七、补录", "7. Late registration"),
        {
            "name": "late", "title": "补录", "title_en": "Late registration", "mechanism": "least_total",
            "who": ["late"], "reach": ["zone", "county"], "coordination": True, "boarding": True,
            "rank": ["draw"],
        },
    ),
)  # fmt: skip

COUNTY: Words = ("示范县", "Example County")
EAST: Words = ("城东片", "East")
TOWN: Words = ("城关镇", "Chengguan")
HILL: Words = ("山口镇", "Shankou")
YES: Words = ("是", "yes")
PRIMARY: Words = ("小学", "primary")
JUNIOR: Words = ("初中", "junior")

ROWS: Mapping[str, Sequence[Mapping[str, Cell]]] = {
    "schools": (
        {
            "school": "001", "name": ("实验小学", "Central Primary"), "kind": PRIMARY,
            "ownership": ("公办", "public"),
            "county": COUNTY, "town": TOWN, "longitude": 116.118, "latitude": 24.301, "classes": 2,
            "pupils": 510,
            "leavers": 80, "reserved_seats": 10, "special_class_seats": 6,
            "group": ("第一教育集团", "First Group"),
            "district": EAST, "disabled_pupils": 2, "resource_room": YES,
        },
        {
            "school": "002", "name": ("山口小学", "Shankou Primary"), "kind": PRIMARY,
            "ownership": ("公办", "public"),
            "county": COUNTY, "town": HILL, "longitude": 116.16, "latitude": 24.34, "classes": 1,
            "pupils": 230,
            "leavers": 40, "bus": YES, "protected": YES,
        },
        {
            "school": "003", "name": ("第一初级中学", "First Junior"), "kind": ("初级中学", "junior"),
            "ownership": ("公办", "public"), "county": COUNTY, "town": TOWN, "longitude": 116.112,
            "latitude": 24.305, "classes": 2, "pupils": 300, "leavers": 100, "boarding_beds": 20,
            "group": ("第一教育集团", "First Group"), "district": EAST,
        },
        {
            "school": "004", "name": ("城西九年制学校", "Chengxi Nine-year"),
            "kind": ("九年一贯制学校", "nine_year"),
            "ownership": ("公办", "public"), "county": COUNTY, "town": TOWN, "longitude": 116.09,
            "latitude": 24.3,
            "primary_classes": 1, "junior_classes": 1, "primary_pupils": 260, "junior_pupils": 140,
            "primary_leavers": 42, "junior_leavers": 45,
        },
        {
            "school": "005", "name": ("育才学校（民办）", "Yucai School"),
            "kind": ("九年一贯制学校", "nine_year"),
            "ownership": ("普惠性民办", "inclusive_private"), "county": COUNTY, "town": TOWN,
            "longitude": 116.1,
            "latitude": 24.29, "primary_classes": 1, "junior_classes": 1, "primary_pupils": 200,
            "junior_pupils": 120, "primary_leavers": 30, "junior_leavers": 40, "primary_purchased_seats": 5,
            "approval_county": COUNTY,
        },
        {
            "school": "006", "name": ("特殊教育学校", "Special School"),
            "kind": ("特殊教育学校", "special"),
            "ownership": ("公办", "public"), "county": COUNTY, "town": TOWN, "longitude": 116.105,
            "latitude": 24.31,
            "primary_class_size": 8, "junior_class_size": 8, "primary_classes": 1, "junior_classes": 1,
            "primary_pupils": 30, "junior_pupils": 20, "primary_leavers": 5, "junior_leavers": 6,
        },
    ),
    "blocks": (
        {
            "block": "B01", "name": ("东苑小区", "East Court"), "county": COUNTY, "town": TOWN,
            "district": EAST,
            "longitude": 116.117, "latitude": 24.302, "village": ("否", "no"),
        },
        {
            "block": "B02", "name": ("西苑小区", "West Court"), "county": COUNTY, "town": TOWN,
            "longitude": 116.091, "latitude": 24.2995, "village": ("否", "no"),
        },
        {
            "block": "B03", "name": ("山口村", "Shankou Village"), "county": COUNTY, "town": HILL,
            "longitude": 116.161, "latitude": 24.341, "village": YES,
        },
    ),
    "zones": (
        {"block": "B01", "school": "001", "stage": PRIMARY, "order": 1},
        {"block": "B01", "school": "004", "stage": PRIMARY, "order": 2},
        {"block": "B02", "school": "004", "stage": PRIMARY},
        {"block": "B03", "school": "002", "stage": PRIMARY},
        {"block": "B01", "school": "003", "stage": JUNIOR},
        {"block": "B02", "school": "004", "stage": JUNIOR},
        {"block": "B03", "school": "003", "stage": JUNIOR},
    ),
    "feeders": (
        {"primary": "001", "junior": "003", "share": 1},
        {"primary": "002", "junior": "003", "share": 1},
    ),
    "travel": (
        {"block": "B01", "school": "001", "metres": 180},
        {"block": "B02", "school": "004", "metres": 150},
    ),
    "sites": (
        {
            "site": "D1", "name": ("东片预留地块", "Reserved land, east"), "county": COUNTY, "town": TOWN,
            "longitude": 116.124, "latitude": 24.306, "seats": 90, "reserved": YES,
        },
    ),
    "barriers": ({"block": "B01", "other": "B03", "kind": ("河流", "river")},),
    "students": (
        {
            "student": "S0001", "name": ("示例甲", "Example A"), "stage": PRIMARY, "block": "B01",
            "household_block": "B01", "birth_date": "2019-10-08", "settled_on": "2019-12-01",
            "household": YES,
            "home": YES, "sibling_school": "001", "home_id": "H0001",
        },
        {
            "student": "S0002", "name": ("示例乙", "Example B"), "stage": PRIMARY, "block": "B02",
            "birth_date": "2020-03-15", "migrant": YES, "residence_permit": YES, "permit_on": "2021-06-01",
            "renting": YES, "points": 85.5,
        },
        {
            "student": "S0003", "name": ("示例丙", "Example C"), "stage": PRIMARY, "block": "B03",
            "household_block": "B03", "birth_date": "2020-05-20", "settled_on": "2020-06-30",
            "household": YES,
            "home": YES, "left_behind": YES, "twin_group": "T1",
        },
        {
            "student": "S0004", "name": ("示例丁", "Example D"), "stage": PRIMARY, "block": "B03",
            "household_block": "B03", "birth_date": "2020-05-20", "settled_on": "2020-06-30",
            "household": YES,
            "home": YES, "left_behind": YES, "twin_group": "T1",
        },
        {
            "student": "S0005", "name": ("示例戊", "Example E"), "stage": PRIMARY, "block": "B01",
            "household_block": "B01", "birth_date": "2019-12-25", "settled_on": "2020-02-01",
            "household": YES,
            "home": YES, "placement": ("随班就读", "mainstream"),
        },
        {
            "student": "S0006", "name": ("示例己", "Example F"), "stage": JUNIOR, "block": "B02",
            "household_block": "B02", "origin_school": "004", "birth_date": "2014-01-11",
            "settled_on": "2014-03-01", "household": YES, "home": YES,
        },
        {
            "student": "S0007", "name": ("示例庚", "Example G"), "stage": JUNIOR, "block": "B03",
            "household_block": "B03", "origin_school": "002", "birth_date": "2013-11-02",
            "settled_on": "2014-01-20", "household": YES, "home": YES,
        },
        {
            "student": "S0008", "name": ("示例辛", "Example H"), "stage": JUNIOR, "block": "B01",
            "household_block": "B01", "origin_school": "001", "birth_date": "2014-07-30",
            "settled_on": "2015-01-05", "household": YES,
        },
    ),
    "applications": ({"student": "S0001", "round": "private", "position": 1, "school": "005"},),
    "settled": (
        {"student": "S0008", "school": "003", "reason": ("政策安置（示例）", "placed by policy (example)")},
    ),
    "used_homes": ({"home": "H0001", "year": 2023, "school": "001", "stage": PRIMARY},),
    "last_cutoffs": (
        {"round": "zone", "school": "001", "stage": PRIMARY, "tier": 2, "date": "2019-08-31"},
        {"round": "migrant", "school": "001", "stage": PRIMARY, "points": 78.5},
    ),
    "road_nodes": (
        {"node": "N1", "longitude": 116.117, "latitude": 24.3015},
        {"node": "N2", "longitude": 116.0905, "latitude": 24.2998},
        {"node": "N3", "longitude": 116.1605, "latitude": 24.3405},
    ),
    "road_edges": (
        {
            "start": "N1", "end": "N2", "metres": 2950, "oneway": ("否", "no"), "highway": "secondary",
            "walk": YES, "drive": YES, "walk_oneway": ("否", "no"),
        },
        {"start": "N1", "end": "N3", "metres": 7400, "oneway": ("否", "no"), "highway": "tertiary"},
    ),
    "demand": (
        {"block": "B01", "stage": PRIMARY, "category": "local", "count": 40},
        {"block": "B02", "stage": PRIMARY, "category": "migrant", "count": 12},
        {"block": "B03", "stage": JUNIOR, "category": "local", "count": 15},
    ),
}  # fmt: skip
