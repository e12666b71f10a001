"""Words of results as a notebook shows them: pictures, cards, what is missing."""

MESSAGES: dict[str, tuple[str, str]] = {
    # in one line
    "said_run": (
        "Run（{name}，种子 {seed}）：学生 {children}，有学位 {placed}，学校 {schools}，批次 {rounds}",
        "Run({name}, seed {seed}): {children} children, {placed} with a place, {schools} schools, "
        "{rounds} rounds",
    ),
    "said_scenario": (
        "Scenario（{name}）：学校 {schools}，小区（村）{blocks}，批次 {rounds}",
        "Scenario({name}): {schools} schools, {blocks} blocks, {rounds} rounds",
    ),
    "said_sweep": (
        "{kind}（{name}）：变体 {variants}；摇号 {draws} 次；学生 {children}",
        "{kind}({name}): variants {variants}; {draws} draws; {children} children",
    ),
    "said_zones": (
        "Rezoning（{name}，{method}）：{stages}",
        "Rezoning({name}, {method}): {stages}",
    ),
    "said_zones_stage": (
        "{stage}变动小区 {moved}，超员 {old} → {new} 人",
        "{stage}: {moved} blocks move, beyond the seats {old} → {new}",
    ),
    # cards
    "shown_year": ("{year} 年入学", "entry year {year}"),
    "shown_seed": ("模拟种子 {seed}，不是正式摇号", "seed {seed}: a simulation, never an official draw"),
    "shown_official": (
        "有批次采用正式摇号结果；其余模拟种子 {seed}",
        "results of official draws are used; all else by seed {seed}, a simulation",
    ),
    "shown_variant": ("变体：{variant}", "variant: {variant}"),
    "shown_changes": ("改动：{changes}", "changed: {changes}"),
    "shown_indicator": ("指标", "indicator"),
    "shown_value": ("数值", "value"),
    "shown_of": ("人数", "children"),
    "shown_target": ("目标", "target"),
    "shown_round": ("批次", "round"),
    "shown_mechanism": ("录取办法", "mechanism"),
    "shown_entered": ("可参加", "could enter"),
    "shown_applied": ("有校可报", "applied"),
    "shown_admitted": ("录取", "admitted"),
    "shown_school": ("学校", "school"),
    "shown_seats": ("学位", "seats"),
    "shown_price": ("多一个学位", "one more seat"),
    "shown_stage": ("学段", "stage"),
    "shown_mean_way": ("平均路程", "mean way"),
    "shown_moved": ("变动小区", "blocks moved"),
    "shown_today": ("现行", "today"),
    "shown_drawing": ("方案", "drawing"),
    "shown_excess": ("超员人数", "beyond the seats"),
    "shown_proposal": ("只是建议，不是决定。", "A proposal, never a decision."),
    # pictures
    "plot_no_ground": ("没有坐标，画不出地图", "no coordinates, so there is no map"),
    "plot_prices": ("学位价格（{stage}）", "Seat prices ({stage})"),
    "plot_price_child": ("多一个学位多安排一人", "one more seat places one more child"),
    "plot_price_metres": ("多一个学位省下的米数", "metres that one more seat saves"),
    "plot_no_prices": (
        "没有最小总路程批次，没有学位价格",
        "no round is least cost, so there are no seat prices",
    ),
    "plot_choices": ("各志愿录取比例：{round}", "Which choice was given: {round}"),
    "plot_choice": ("第几志愿", "choice"),
    "plot_choice_none": ("本批次未录取", "none here"),
    "plot_choice_share": ("占填报志愿学生（%）", "% of the children who listed choices"),
    "plot_no_choices": ("没有填报志愿的批次", "no round has listed choices"),
    "plot_differences": (
        "“{other}”减“{first}”（百分点，95% 区间）",
        "“{other}” less “{first}” (points, 95% intervals)",
    ),
    "plot_differences_one": ("“{other}”减“{first}”（百分点）", "“{other}” less “{first}” (points)"),
    "plot_odds": ("{measure}：{variant}，{draws} 次摇号", "{measure}: {variant}, {draws} draws"),
    "plot_odds_placed": ("各小区（村）有学位的机会（%）", "Odds of a place by block (%)"),
    "plot_odds_own_zone": (
        "各小区（村）在本学区入学的机会（%）",
        "Odds of a place in the own zone by block (%)",
    ),
    "plot_gains": (
        "变好减变差（每 100 人）：“{other}”与“{first}”相比",
        "Better less worse off in 100 children: “{other}” beside “{first}”",
    ),
    "plot_own_zone_change": (
        "本学区录取人数的增减（每 100 人）：“{other}”与“{first}”相比",
        "More or fewer in their own zone in 100 children: “{other}” beside “{first}”",
    ),
    "plot_spread": ("各次摇号的{indicator}", "{indicator}, draw by draw"),
    "plot_spread_share": ("不超过此值的摇号（%）", "% of the draws at or below"),
    "plot_zones_old": ("现行学区（{stage}）", "Zones today ({stage})"),
    "plot_zones_new": (
        "学区方案（{stage}）：划线为变动小区",
        "Zones drawn ({stage}); hatched blocks change school",
    ),
    # faults
    "check_sound": ("没有错误。", "No faults."),
    "faults_unsaid": (
        "另有 {count} 处，全部列在错误的 .faults 中。",
        "and {count} more: the error holds all of them in .faults.",
    ),
    # what is missing
    "geopandas_missing": (
        "没有安装 geopandas，不能生成图层。请安装：python -m pip install geopandas",
        "geopandas is not installed, so there are no layers. Install it: python -m pip install geopandas",
    ),
    "mechanism_own": ("自编办法", "a mechanism of one's own"),
}
