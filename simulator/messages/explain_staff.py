"""Words of ``xuewei explain`` for staff alone: seat prices, and what would have changed it."""

MESSAGES: dict[str, tuple[str, str]] = {
    "explain_staff_only": (
        "内部说明：含学位价格和怎样会不同，不得告知家长。",
        "For staff only: it holds seat prices and what would have changed it; not for families.",
    ),
    "explain_prices": (
        "内部：可去的学校共 {n} 所，成本与学位价格之和最小的就是该生的去处（{unit}）。",
        "Staff: of the {n} schools in reach the child goes where cost and seat price together are least "
        "({unit}).",
    ),
    "explain_prices_one": (
        "内部：可去的学校只有 1 所；成本与学位价格（{unit}）。",
        "Staff: one school is in reach; cost and seat price ({unit}).",
    ),
    "explain_prices_shown": (
        "内部：可去的学校共 {n} 所，成本与学位价格（{unit}）；本批次有多个目标或比例要求，"
        "单个学校的价格不足以证明"
        "去处。",
        "Staff: {n} schools in reach, cost and seat prices ({unit}); the round has several aims or a "
        "share to "
        "keep, so the prices do not prove one child's place.",
    ),
    "explain_prices_bent": (
        "内部：可去的学校共 {n} 所，成本与学位价格（{unit}）；为多胞胎同校，该生不在和最小的学校。",
        "Staff: {n} schools in reach, cost and seat prices ({unit}); twins were brought together, so "
        "the child "
        "is not where the sum is least.",
    ),
    "explain_prices_greatest": (
        "内部：可去的学校共 {n} 所；在最远路程之内，成本与学位价格之和最小的就是该生的去处（{unit}）。",
        "Staff: of the {n} schools in reach, within the greatest distance, the child goes where cost "
        "and seat "
        "price together are least ({unit}).",
    ),
    "explain_unit_metres": ("单位：米", "in metres"),
    "explain_unit_order": (
        "以成本单位计；没有距离，按学校在该生次序中的先后",
        "in units of cost: no distances are known, and a school's place in the child's order counts",
    ),
    "explain_unit_partly": (
        "以成本单位计；没有距离的学校排在有距离的之后",
        "in units of cost: schools without a distance count behind those with one",
    ),
    "explain_units": ("{n} 个成本单位", "{n} units of cost"),
    "explain_units_one": ("1 个成本单位", "one unit of cost"),
    "explain_unit_cost": ("成本单位", "in units of cost"),
    "explain_price": (
        "· {school}：成本 {cost}；学位价格：{parts}；{excess}",
        "· {school}: cost {cost}; seat price: {parts}; {excess}",
    ),
    "explain_excess_here": ("该生在此", "the child is here"),
    "explain_excess_none": ("合计与该生所在相同", "together the same as where the child is"),
    "explain_excess_more": (
        "合计比该生所在多{parts}",
        "together {parts} more than where the child is",
    ),
    "explain_excess_less": (
        "合计比该生所在少{parts}",
        "together {parts} less than where the child is",
    ),
    "explain_excess_beyond_more": (
        "合计高出该生所在，任何路程都抵不过",
        "together above where the child is by more than any distance",
    ),
    "explain_excess_beyond_less": (
        "合计低于该生所在，任何路程都抵不过",
        "together below where the child is by more than any distance",
    ),
    "explain_excess_beyond_more_units": (
        "合计高出该生所在，其他成本都抵不过",
        "together above where the child is by more than any other cost",
    ),
    "explain_excess_beyond_less_units": (
        "合计低于该生所在，其他成本都抵不过",
        "together below where the child is by more than any other cost",
    ),
    "explain_excess_journeys": (" {n} 人远途走读", "{n} far daily journeys"),
    "explain_excess_journeys_one": (" 1 人远途走读", "one far daily journey"),
    "explain_excess_metres": (" {n}", "{n}"),
    "explain_price_children": ("多安排 {n} 人", "{n} more children placed"),
    "explain_price_children_one": ("多安排 1 人", "one more child placed"),
    "explain_price_journeys": ("少 {n} 人远途走读", "{n} far daily journeys spared"),
    "explain_price_journeys_one": ("少 1 人远途走读", "one far daily journey spared"),
    "explain_price_saves": ("少走 {n}", "{n} saved"),
    "explain_price_costs": ("多走 {n}", "{n} added"),
    "explain_price_saves_units": ("省 {n}", "{n} saved"),
    "explain_price_costs_units": ("多 {n}", "{n} added"),
    "explain_price_nothing": ("无", "none"),
    "explain_price_far": (
        "{cost}（含超过步行上限的走读）",
        "{cost}, a daily journey beyond the limit in it",
    ),
    "explain_price_unplaced": ("· 不安排：{excess}", "· to be left without a place: {excess}"),
    "explain_school_price": (
        "内部：学位价格（多一个学位带来的）：{parts}。",
        "Staff: seat price, what one more seat would bring: {parts}.",
    ),
    "explain_replaying": (
        "正在重演全部批次，与结果核对……",
        "replaying all rounds, to hold them against the run …",
    ),
    "explain_working": (
        "正在重演各批次（最多 {n} 次）",
        "playing the rounds again (at most {n} times)",
    ),
    "explain_changes": ("怎样会不同（内部）", "What would have changed it (staff)"),
    "explain_changes_lead": (
        "每一条都用同样的摇号重演了全部批次，才写在这里；共重演 {n} 次。",
        "Every line was played through all rounds with the same luck before it was written; plays made: {n}.",
    ),
    "explain_changes_values": (
        "日期和积分只说重演过的那个数值，不推及其他。",
        "A date, or a number of points, is said of itself alone: others were not played.",
    ),
    "explain_changes_none": ("没有可试的改动。", "There was nothing to try."),
    "explain_changes_together": (
        "改动对多胞胎 {n} 人一并作出。",
        "Changes are made for the {n} twins together.",
    ),
    "explain_changes_untried": (
        "未试：{kinds}（已到重演上限 {most} 次，可用 --replays 放宽）。",
        "Not tried: {kinds} (the limit of {most} plays was reached; --replays raises it).",
    ),
    "explain_changes_left_out": (
        "未试：{kinds}（每批次至多试 {most} 所：先是自己所填的，再按远近或学校的次序）。",
        "Not tried: {kinds} (at most {most} schools of a round are: the child's own choices, then "
        "others by nearness or in their order).",
    ),
    "explain_left_out_rank": ("日期或积分 {n} 所学校", "a date or points for {n} more schools"),
    "explain_left_out_rank_one": ("日期或积分 1 所学校", "a date or points for one more school"),
    "explain_left_out_wish": ("志愿 {n} 所学校", "{n} more schools listed first"),
    "explain_left_out_wish_one": ("志愿 1 所学校", "one more school listed first"),
    "explain_untried_rank": ("日期或积分 {n} 项", "{n} about a date or points"),
    "explain_untried_wish": ("志愿 {n} 项", "{n} about a wish"),
    "explain_untried_class": ("增班 {n} 项", "{n} about one more class"),
    "explain_then": ("{what}：{then}", "{what}: {then}"),
    "explain_then_at": ("会去{school}（由“{round}”录取）", "it would be at {school}, by “{round}”"),
    "explain_then_no_place": ("会没有学位（{reason}）", "it would have no place ({reason})"),
    "explain_then_same": ("结果不变", "no change"),
    "explain_placed_more": ("全体多安排 {n} 人", "{n} more children would have a place"),
    "explain_placed_more_one": ("全体多安排 1 人", "one more child would have a place"),
    "explain_placed_fewer": ("全体少安排 {n} 人", "{n} fewer children would have a place"),
    "explain_placed_fewer_one": ("全体少安排 1 人", "one child fewer would have a place"),
    "explain_given_date": ("{column}为 {value}", "if the {column} were {value}"),
    "explain_given_points": ("{column}为 {value}", "if the {column} were {value}"),
    "explain_worse_date": ("再晚一天：{then}", "a day later: {then}"),
    "explain_worse_points": ("再少 0.01 分：{then}", "with 0.01 less: {then}"),
    "explain_hopeless_date": ("{column}早到 {value}", "even if the {column} were {value}"),
    "explain_hopeless_points": ("{column}高到 {value}", "even if the {column} were {value}"),
    "explain_always_date": ("{column}晚到 {value}", "even if the {column} were {value}"),
    "explain_always_points": ("{column}少到 {value}", "even if the {column} were {value}"),
    "explain_wish": (
        "在“{round}”把{schools}列为第一志愿",
        "with {schools} listed first in “{round}”",
    ),
    "explain_withdrawn": ("不报“{round}”", "without the application to “{round}”"),
    "explain_wish_each": (
        "在“{round}”把{schools}分别列为第一志愿",
        "with each of {schools} in turn listed first in “{round}”",
    ),
    "explain_class_seats": ("{n} 个学位", "{n} seats"),
    "explain_class_seats_one": ("1 个学位", "one seat"),
    "explain_class": (
        "{schools}增加一个班（{seats}）",
        "with one more class ({seats}) at {schools}",
    ),
    "explain_class_each": (
        "{schools}分别增加一个班（{seats}）",
        "with one more class ({seats}) at each of {schools} in turn",
    ),
    "explain_cap": (
        "{schools}增加一个班会超过校额上限（规则 R1），没有试",
        "one more class at {schools} would pass the cap (rule R1) and was not tried",
    ),
}
