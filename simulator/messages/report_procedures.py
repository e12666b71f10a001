"""Words of the report about parts of a procedure: no-shows, ranks, last year's cut-offs."""

MESSAGES: dict[str, tuple[str, str]] = {
    "losers_behind_in_tier": (
        "进入后续批次，排在同顺位其他人之后",
        "goes on to later rounds, behind others of the same tier",
    ),
    "rule_draw": ("摇号办法", "Draw"),
    "draw_per_school": (
        "各校各摇一次号，分同顺位者的先后：{method}",
        "every school draws for itself among equals: {method}",
    ),
    "draw_with_values": ("{method}（{values}）", "{method} ({values})"),
    "draw_value": ("{what} {value}", "{what} {value}"),
    "draw_plan": ("计划数", "planned seats"),
    "draw_for_equals": ("只分同等者的先后：{method}", "only between equals: {method}"),
    "rule_no_shows": ("录取后不确认", "Admitted and does not come"),
    "no_shows_next": (
        "{columns}：照常参加摇号；空出的学位由同一次摇号的下一名递补，不另摇号；本人{keeps}",
        "{columns}: drawn like all; the next of the same draw gets the seat, without a second draw; the "
        "child itself {keeps}",
    ),
    "column_descending": ("{column}（高者在前）", "{column} (greatest first)"),
    "column_cutoff_points": ("末位积分", "last points admitted"),
    "column_last_year_points": ("去年末位积分", "last points admitted last year"),
    "column_last_year_tier": ("去年末位顺位", "last tier admitted last year"),
    "column_last_year_date": ("去年末位日期", "last date admitted last year"),
    "column_last_year_date_of": ("去年末位{column}", "last admitted last year: {column}"),
    "notice_no_shows": (
        "“{round}”有 {count} 名录取者不确认，其中 {refilled} 个学位由同一次摇号的下一名递补",
        "in {round} {count} children were admitted and do not come; {refilled} of their seats went to the "
        "next of the same draw",
    ),
    "kind_of_notice_no_shows": ("录取后不确认与递补", "Admitted and not come, and who came next"),
}
