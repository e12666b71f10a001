"""Words of ``xuewei explain`` for staff alone: seat prices, and what would have changed it."""

MESSAGES: dict[str, tuple[str, str]] = {
    "explain_staff_only": ("以下仅供内部参考，不得告知家长", "For staff only, not to be told to families"),
    "explain_prices": (
        "内部：成本与学位价格之和最小的学校就是该生的去处（{unit}）。",
        "Staff: the child goes where cost and seat price together are least ({unit}).",
    ),
    "explain_prices_shown": (
        "内部：成本与学位价格（{unit}）；本批次有多个目标或比例要求，单个学校的价格不足以证明去处。",
        "Staff: cost and seat prices ({unit}); the round has several aims or a share to keep, so the prices do not "
        "prove one child's place.",
    ),
    "explain_prices_bent": (
        "内部：成本与学位价格（{unit}）；为多胞胎同校，该生不在和最小的学校。",
        "Staff: cost and seat prices ({unit}); twins were brought together, so the child is not where the sum is "
        "least.",
    ),
    "explain_prices_greatest": (
        "内部：在最远路程之内，成本与学位价格之和最小的学校就是该生的去处（{unit}）。",
        "Staff: within the greatest distance the child goes where cost and seat price together are least ({unit}).",
    ),
    "explain_unit_metres": ("单位：米", "in metres"),
    "explain_unit_cost": ("成本单位", "in units of cost"),
    "explain_price": (
        "· {school}：成本 {cost}，多一个学位可{parts}；合计 {total}",
        "· {school}: cost {cost}; one more seat would {parts}; together {total}",
    ),
    "explain_price_least": ("{line} ← 该生在此", "{line} <- the child is here"),
    "explain_price_children": ("多安排 {n} 人", "place {n} more children"),
    "explain_price_children_one": ("多安排 1 人", "place one more child"),
    "explain_price_journeys": ("少 {n} 人远途走读", "spare {n} far daily journeys"),
    "explain_price_journeys_one": ("少 1 人远途走读", "spare one far daily journey"),
    "explain_price_saves": ("少走 {n}", "save {n}"),
    "explain_price_costs": ("多走 {n}", "add {n}"),
    "explain_price_nothing": ("不带来什么", "change nothing"),
    "explain_price_far": ("{cost}（含超过步行上限的走读）", "{cost}, a daily journey beyond the limit in it"),
    "explain_price_unplaced": ("· 不安排：{cost}", "· to be left without a place: {cost}"),
    "explain_school_price": (
        "内部：多一个学位可{parts}。",
        "Staff: one more seat would {parts}.",
    ),
    "explain_changes": ("怎样会不同（内部）", "What would have changed it (staff)"),
    "explain_changes_lead": (
        "每一条都用同样的摇号重演了全部批次，才写在这里；共重演 {n} 次。",
        "Every line was played through all rounds with the same luck before it was written; plays made: {n}.",
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
    "explain_untried_date": ("日期 {n} 项", "{n} about a date"),
    "explain_untried_wish": ("志愿 {n} 项", "{n} about a wish"),
    "explain_untried_class": ("增班 {n} 项", "{n} about one more class"),
    "explain_then": ("{what}：{then}", "{what}: {then}"),
    "explain_then_at": ("会去{school}（由“{round}”录取）", "it would be at {school}, by “{round}”"),
    "explain_then_no_place": ("会没有学位（{reason}）", "it would have no place ({reason})"),
    "explain_then_same": ("结果不变", "no change"),
    "explain_then_not_there": ("仍去不了{school}", "it would still not be at {school}"),
    "explain_placed_more": ("全体多安排 {n} 人", "{n} more children would have a place"),
    "explain_placed_more_one": ("全体多安排 1 人", "one more child would have a place"),
    "explain_placed_fewer": ("全体少安排 {n} 人", "{n} fewer children would have a place"),
    "explain_placed_fewer_one": ("全体少安排 1 人", "one child fewer would have a place"),
    "explain_date_needed": ("{column}不晚于 {date}", "with a {column} of {date} or before"),
    "explain_date_given": ("{column}为 {date}", "with a {column} of {date}"),
    "explain_date_bound": ("晚一天就去不了", "a day later would not do"),
    "explain_date_hopeless": ("{column}早到 {date}", "with a {column} as early as {date}"),
    "explain_date_enough": ("{column}不晚于 {date} 都在现在的学校", "{column} up to {date}: the same place"),
    "explain_date_enough_then": ("{what}；晚一天{then}", "{what}; a day later {then}"),
    "explain_date_always": ("{column}晚到 {date} 也在现在的学校", "{column} as late as {date}: the same place still"),
    "explain_wish": (
        "在“{round}”把{school}列为第一志愿",
        "with {school} listed first in “{round}”",
    ),
    "explain_withdrawn": ("不报“{round}”", "without the application to “{round}”"),
    "explain_class": ("{school}增加一个班（{seats} 个学位）", "with one more class ({seats} seats) at {school}"),
    "explain_cap": (
        "{school}增加一个班会超过校额上限（规则 R1），没有试",
        "one more class at {school} would pass its cap (rule R1) and was not tried",
    ),
}
