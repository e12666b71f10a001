"""Words of the share rules: what is out of reach and why, the facts of their proof."""

MESSAGES: dict[str, tuple[str, str]] = {
    "notice_share_unreachable": (
        "{county}“{share}”须达 {at_least_percent}%（{children} 人中的 {needed} 人）；在不减少安排人数、"
        "也不使其他比例规则相差更多的前提下，最多 {reachable} 人（{largest}）。{stops}",
        "{county}, “{share}”: {at_least_percent}% asked for ({needed} of {children} children); without "
        "leaving more children unplaced or another share rule further behind at most {reachable} "
        "({largest}) can be reached. {stops}",
    ),
    "notice_share_short": (
        "{county}“{share}”须达 {at_least_percent}%（{children} 人中的 {needed} 人）；"
        "本方案达到 {reachable} 人（{largest}）。本批次各比例规则合计差 {short} 人，"
        "已证明至少差 {short_at_least} 人，是否还能更近未经证明。{stops}",
        "{county}, “{share}”: {at_least_percent}% asked for ({needed} of {children} children); "
        "{reachable} ({largest}) were reached. All share rules of the round together are {short} children "
        "short; they are at least {short_at_least} short whatever is done, and whether they can come nearer "
        "than {short} is not proved. {stops}",
    ),
    "notice_share_twins": (
        "{county}“{share}”须达 {at_least_percent}%（{children} 人中的 {needed} 人）；因多胞胎同校，"
        "实为 {reached} 人",
        "{county}, “{share}”: {at_least_percent}% asked for ({needed} of {children} children); keeping twins "
        "together leaves {reached}",
    ),
    "share_stopped_full": ("已满：{schools}", "Full: {schools}"),
    "share_stopped_without_school": (
        "{n} 人没有可计入比例的可去学校",
        "children with no school in reach that counts: {n}",
    ),
    "share_stopped_elsewhere": (
        "{n} 人已在其他学位或不在本批次",
        "children in other seats already or not in this round: {n}",
    ),
    "share_stops_join": ("；", "; "),
    "price_note_shares": (
        "达到比例规则所需的加计成本含在价格内，价格是所省成本的上限。",
        "Prices hold the surcharges that keep the share rules: they bound from above what a seat saves.",
    ),
    "kind_of_notice_share_unreachable": ("无法达到的比例规则", "Share rules out of reach"),
    "kind_of_notice_share_short": ("未全部达到的比例规则", "Share rules not all reached"),
    "kind_of_notice_share_twins": (
        "因多胞胎同校未达到的比例规则",
        "Share rules missed to keep twins together",
    ),
    "fact_of": ("{fact}（{subject}）", "{fact} ({subject})"),
    "fact_share_bound": ("按比例规则的成本下界", "least cost possible under the share rules"),
    "fact_share_gap": ("与下界的差距", "cost above that bound"),
    "fact_share_short": ("各比例规则合计差的人数", "children short of all share rules together"),
    "fact_share_short_gap": (
        "其中未证明为不可避免的人数",
        "of them not proved to be unavoidable",
    ),
    "fact_share_solves": ("求解次数", "times solved"),
    "fact_share_needed": ("比例规则：本批次须安排", "share rule: children this round must place"),
    "fact_share_reached": ("比例规则：已安排", "share rule: placed"),
    "fact_share_reached_after_twins": (
        "比例规则：多胞胎调整后已安排",
        "share rule: placed once twins are together",
    ),
    "fact_share_method": ("比例规则：办法", "share rule: how"),
    "fact_share_surcharge": ("比例规则：最后一人的成本", "share rule: cost of the last child"),
    "fact_share_method_not_binding": ("自然达到", "met without asking"),
    "fact_share_method_pool_cap": ("限制不计入的学位", "a cap on seats that do not count"),
    "fact_share_method_multiplier": ("加计成本", "a surcharge on seats that do not count"),
    "fact_share_method_unreachable": ("无法达到，已取最大", "out of reach, the most taken"),
    "fact_share_method_not_found": ("未能全部达到", "not all reached"),
}
