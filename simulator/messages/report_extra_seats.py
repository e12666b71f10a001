"""Words of the sections on seat prices and on one more class, and of their tables."""

MESSAGES: dict[str, tuple[str, str]] = {
    # seat prices
    "prices_lead": (
        "学位价格回答一个问题：在“{round}”中，如果某校恰好多一个学位，全市会好多少？分三项，各看各的，"
        "不相加：多安排几人；少几人每天超距走读（改为寄宿）；全体学生合计少走多少米。米数为负，是为多安"
        "排一人而多走的路。",
        "A seat price answers one question: if this school had exactly one more seat in the round "
        "“{round}”, how much better off would all be? In three parts, each by itself, never added up: "
        "children placed; daily journeys beyond the walking limit spared (the child boards instead); "
        "metres all children together walk less. Metres below zero are walked to place one child more.",
    ),
    "prices_exact": (
        "价格只对“多一个学位”准确；多一个班是几十个学位，效果见下一节的重演。",
        "A price is exact for one seat only; a class is dozens of seats, and the next section plays it out.",
    ),
    "prices_others": (
        "另有 {n} 个总路程最短的批次，价格见 results.xlsx。",
        "Prices of {n} more least-cost rounds are in results.xlsx.",
    ),
    "prices_others_one": (
        "另有 1 个总路程最短的批次，价格见 results.xlsx。",
        "Prices of one more least-cost round are in results.xlsx.",
    ),
    "staff_only_long": ("仅供内部参考，不宜公布。", "For staff only, not for publication."),
    "prices_map": ("{stage}：多一个学位的价值", "{stage}: what one more seat is worth"),
    "prices_nothing": (
        "本学段没有学校的学位紧到多一个就有好处：价格都是 0。",
        "At no school of this stage would one more seat change anything: all prices are 0.",
    ),
    "price_tip": (
        "{school}：多安排 {children} 人，少 {journeys} 人超距走读，少走 {metres} 米",
        "{school}: {children} more placed, {journeys} far journeys spared, {metres} m less",
    ),
    "price_tip_units": (
        "{school}：多安排 {children} 人，少 {journeys} 人超距走读，省 {metres} 个成本单位",
        "{school}: {children} more placed, {journeys} far journeys spared, {metres} units of cost saved",
    ),
    "worth_children_count": (
        "{n} 所：多一个学位，多安排一人",
        "{n} schools: one more seat places one child more",
    ),
    "worth_children_count_one": (
        "1 所：多一个学位，多安排一人",
        "one school: one more seat places one child more",
    ),
    "worth_journeys_count": (
        "{n} 所：少一人每天超距走读",
        "{n} schools: one far daily journey less",
    ),
    "worth_journeys_count_one": ("1 所：少一人每天超距走读", "one school: one far daily journey less"),
    "worth_metres_count": (
        "{n} 所：只缩短路程（圆越大，省得越多）",
        "{n} schools: only metres are saved (larger: more)",
    ),
    "worth_metres_count_one": ("1 所：只缩短路程", "one school: only metres are saved"),
    "worth_units_count": (
        "{n} 所：只降低成本（圆越大，省得越多）",
        "{n} schools: only cost is saved (larger: more)",
    ),
    "worth_units_count_one": ("1 所：只降低成本", "one school: only cost is saved"),
    "worth_nothing_count": ("{n} 所：没有好处", "{n} schools: nothing"),
    "worth_nothing_count_one": ("1 所：没有好处", "one school: nothing"),
    # one more class
    "more_classes_lead": (
        "每次只给一所学校加一个班，用同一种子、同样的摇号，把全部批次从头再演一遍，与本次结果逐人比较。"
        "增加后不超校额的学校（学段）有 {possible} 个，按学位价格和学区缺口选出 {n} 个试算，最好的列在"
        "下面：先看多安排几人，再看总路程。",
        "One school at a time is given one more class, and all rounds are played again from the start "
        "with the same seed and the same draws, and compared with this run child by child. The class "
        "fits under the cap at {possible} schools (by stage); {n} of them were tried, chosen by seat "
        "prices and by how short their zones are. The best are below: most children placed, then "
        "fewest metres.",
    ),
    "more_classes_turns": (
        "为免一处缺口占满名单，每县（市、区）每学段先列 {n} 所。",
        "So that one shortage does not fill the list, {n} schools of a county and stage come before "
        "others have their turn.",
    ),
    "more_classes_alone": (
        "各行单独成立：同一缺口只需补一次，效果不能相加。",
        "Each row stands alone: a shortage need be met once only, and effects do not add up.",
    ),
    "more_class_best": (
        "最好的一项：{school}（{stage}）增加一个班，安排人数 {placed}，在本学区入学 {own_zone} 人；"
        "{gain} 名学生变好（有了学位或离家更近），{lose} 名变差（更远）。",
        "The best: one more class at {school} ({stage}): {placed} children placed, {own_zone} in their "
        "own zone; {gain} children are better off (a seat, or one nearer home) and {lose} worse off "
        "(farther).",
    ),
    "more_classes_useless": (
        "试算的各校，增加一个班都没有好处。",
        "At none of the schools tried does one more class do any good.",
    ),
    "more_classes_estimate": (
        "估计 = 班的学位数 × 学位价格（取价格最高的批次，不超过报名人数和本县仍未安排的人数）；学区缺口"
        "是符合条件的儿童减学位。",
        "Estimate = seats of the class × seat price (of the round with the highest; no more than "
        "applied, nor than the county has unplaced); the zone's shortage is eligible children less "
        "seats.",
    ),
    "more_classes_read": (
        "重演结果是与本次相比的增减：“总路程”“超距例外”为负是好事；多安排的学生也要走路，所以总路程可能"
        "增加。变差的学生，是因为别人离开或到来改变了后面批次的去处。",
        "What was replayed are differences from this run: below zero is good for metres and for "
        "exceptions beyond the limit; children newly placed walk too, so the metres of all may rise. "
        "Children are worse off where others left or came and later rounds went otherwise.",
    ),
    "more_classes_others": (
        "另外 {n} 个试算过的学校见 results.xlsx。",
        "The other {n} schools tried are in results.xlsx.",
    ),
    "more_classes_others_one": (
        "另外 1 个试算过的学校见 results.xlsx。",
        "One more school that was tried is in results.xlsx.",
    ),
    "more_classes_nowhere": (
        "没有可试算的学校：{n} 个学校（学段）还能增加一个班，但学位价格都是 0，所在学区也不缺学位。",
        "Nothing to try: one more class would fit at {n} schools (by stage), but no price is above 0 "
        "and no zone is short.",
    ),
    "more_classes_off": (
        "本方案关闭了试算（one_more_class.replays = 0）。",
        "This scenario tries none (one_more_class.replays = 0).",
    ),
    "estimated": ("估计", "estimate"),
    "replayed": ("重演", "replayed"),
    "short_children": ("多安排（人）", "children placed"),
    "short_journeys": ("少超距走读（人）", "far journeys less"),
    "short_metres": ("少走（米）", "metres less"),
    "short_kilometres": ("少走（公里）", "km less"),
    "short_placed": ("安排人数", "placed"),
    "short_kilometres_change": ("总路程（公里）", "km in all"),
    "short_beyond_change": ("超距例外（人）", "beyond the limit"),
    "short_own_zone": ("在本学区（人）", "in own zone"),
    # columns of the tables
    "column_seats_added": ("增加学位", "seats added"),
    "column_listed": ("列入最好", "among the best"),
    "column_promised_children": ("估计：多安排（人）", "estimate: more placed"),
    "column_promised_journeys": ("估计：少超距走读（人）", "estimate: far journeys spared"),
    "column_promised_metres": ("估计：少走（米）", "estimate: metres saved"),
    "column_zone_short": ("学区缺学位", "zone short of"),
    "column_really_placed": ("重演：多安排（人）", "replayed: more placed"),
    "column_really_own_zone": ("重演：在本学区多（人）", "replayed: more in own zone"),
    "column_really_beyond_limit": ("重演：超距例外少（人）", "replayed: fewer beyond the limit"),
    "column_really_metres": ("重演：总路程少（米）", "replayed: metres saved in all"),
    "column_gain": ("变好（人）", "better off"),
    "column_lose": ("变差（人）", "worse off"),
    # in the list of decisions
    "decide_more_class": (
        "名未安排的儿童，增加一个班即可安排",
        "children without a place would have one with one more class",
    ),
    "decide_more_class_one": (
        "名未安排的儿童，增加一个班即可安排",
        "child without a place would have one with one more class",
    ),
    "decide_more_class_detail": (
        "{school}（{stage}）；已重演全部批次核实",
        "{school} ({stage}); confirmed by playing all rounds again",
    ),
}
