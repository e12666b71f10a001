"""Words of the report about how it was made: seed, documents, warnings, certificates, inputs."""

MESSAGES: dict[str, tuple[str, str]] = {
    "made_seed": ("种子", "Seed"),
    "made_seed_detail": (
        "这是模拟，不是正式摇号。共 {n} 次摇号，每个号码可按 audit/ 中的说明用任何工具复算。",
        "A simulation, never an official draw. There were {n} draws; audit/ says how to recompute any "
        "number with any tool.",
    ),
    "made_seed_detail_official": (
        "这是模拟，其中有批次采用正式摇号的结果（drawn 表）。共 {n} 次摇号；由种子摇出的号码可按 "
        "audit/ 中的说明用任何工具复算。",
        "A simulation, in which some rounds use results of official draws (table drawn). There were {n} "
        "draws; audit/ says how to recompute any number of those that go by the seed, with any tool.",
    ),
    "made_scenario": ("方案", "Scenario"),
    "made_distance": ("距离来源", "Distances"),
    "made_privacy": ("隐私", "Privacy"),
    "made_privacy_detail": (
        "名单只用学生编号。残疾、留守、优待等类别以及可由此推知的学校、批次、顺位不进入任何名单；此类儿童"
        "的去向单独告知家长。",
        "Lists name children by id. Disability, left-behind and preference categories, and schools, "
        "rounds and tiers that "
        "would tell them, are in no list; such children's places are told to their families.",
    ),
    "made_published": ("可以公布什么", "What may be published"),
    "made_published_detail": (
        "可以公布：audit/、indicators.csv、indicators.parquet、rounds.parquet、schools.parquet、"
        "cutoffs.parquet、zones.parquet、classes.parquet、places.parquet、timings.json，"
        "以及只有编号的名单 students.parquet、unplaced.parquet（能否公布以当地规定为准）。"
        "其余只供内部：本页、results.xlsx 等有学位价格和待决定的事项；internal/ 只供通知家长的人。",
        "May be published: audit/, indicators.csv, indicators.parquet, rounds.parquet, schools.parquet, "
        "cutoffs.parquet, zones.parquet, classes.parquet, places.parquet, timings.json, and the lists by id "
        "alone, students.parquet and unplaced.parquet, where local rules allow. The rest is for staff: this "
        "page, results.xlsx and others hold seat prices and open decisions; internal/ is for those alone who "
        "notify families.",
    ),
    "made_documents": ("批次依据", "Rounds rest on"),
    "made_rules": ("所依规则", "Rules reported"),
    "made_warnings": ("输入数据提示", "Warnings of the input"),
    "made_certificates": ("最优性证明", "Proofs of the least-cost rounds"),
    "certificate_lead": (
        "按最小成本统筹的结果由学位价格逐条核验，不依赖求解器。",
        "Every least-cost answer is checked against its seat prices, without trusting the solver.",
    ),
    "certificate_refill": (
        "{round}（递补“{after}”腾出的学位）",
        "{round} (seats set free by “{after}”)",
    ),
    "fact_arcs_checked": ("核验的可去学校", "candidate schools checked"),
    "fact_cost_of_placed": ("已安排者的成本合计", "cost of those placed"),
    "fact_candidates": ("参与求解的可去学校", "candidate schools solved over"),
    "fact_candidates_all": ("批次范围内的全部学校", "all in the round's reach"),
    "fact_cost_at_least_total": ("只求总路程最短时的成本", "cost if only the total counted"),
    "fact_cost_by_tier": ("各顺位的成本", "cost of each tier"),
    "fact_far_journey_cost": (
        "一名初中生超过步行上限而走读的成本",
        "cost of a junior's daily journey beyond the walking limit",
    ),
    "fact_greatest_cost": ("最远一人的成本", "greatest cost of one child"),
    "fact_engine": ("求解器", "solver"),
    "fact_groups": ("同类学生组", "groups of alike children"),
    "fact_objective": ("目标值", "objective"),
    "fact_optimal": ("核验为最优", "proved optimal"),
    "fact_placed": ("已安排", "placed"),
    "fact_placed_after_twins": ("多胞胎调整后已安排", "placed once twins are together"),
    "fact_priced_nodes": ("有价格的学位池", "seat pools with a price"),
    "fact_tiers": ("顺位数", "tiers"),
    "fact_steps_proved": ("逐步核验的步数", "steps proved one by one"),
    "fact_ties": ("同样最优的结果如何取舍", "ties between equally good answers"),
    "fact_ties_settled": ("按摇号顺序", "settled by the draw"),
    "fact_ties_engine": ("由求解器决定", "as the solver came to it"),
    "fact_twin_extra_metres": ("多胞胎同校增加的成本", "cost added to keep twins together"),
    "fact_twins_dealt_apart": ("另行处理的多胞胎", "twins dealt with apart"),
    "fact_unplaced": ("未安排", "unplaced"),
    "fact_unplaced_with_less": ("最远成本再小时未安排", "unplaced if the greatest cost were less"),
    "fact_unplaced_base": ("未安排一人的成本", "cost of one child unplaced"),
    "made_inputs": ("输入文件及其 SHA-256（{n} 个）", "Input files and their SHA-256 ({n})"),
    "made_versions": ("软件版本", "Versions of the software"),
}
