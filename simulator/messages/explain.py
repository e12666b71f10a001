"""Words of ``xuewei explain``: one child and its rounds, for the family; one school and its cut-offs."""

CHILD: dict[str, tuple[str, str]] = {
    "explain_child": ("学生 {student} · {stage} · {block}", "Child {student} · {stage} · {block}"),
    "explain_block_unknown": ("地址不在小区表中", "address matches no block"),
    "explain_simulation": (
        "{title}，{year} 年，种子 {seed}：模拟结果，不是正式摇号。",
        "{title}, {year}, seed {seed}: a simulation, never an official draw.",
    ),
    "explain_simulation_official": (
        "{title}，{year} 年，种子 {seed}：模拟结果，其中有批次采用正式摇号的结果。",
        "{title}, {year}, seed {seed}: a simulation, in which some rounds use results of official draws.",
    ),
    "explain_where": ("去向：{place}", "Outcome: {place}"),
    "explain_at_school": ("{status}，{school}", "{status}, {school}"),
    "explain_by_round": ("由“{round}”录取", "admitted by “{round}”"),
    "explain_by_settled": ("批次开始前已确定", "settled before the rounds"),
    "explain_settled_reason": ("依据：{reason}", "on these grounds: {reason}"),
    "explain_distance": ("距离 {metres}（{means}）", "{metres} away ({means})"),
    "explain_kind_of_seat": ("学位类别：{kind}", "kind of seat: {kind}"),
    "explain_over": ("为多胞胎同校，在学位之外录取", "seated beyond the seats to keep twins together"),
    "explain_no_place": ("{status}（{reason}）", "{status}: {reason}"),
    "explain_no_rounds": ("不参加各批次，没有批次可说明。", "The child takes no part in the rounds."),
    "explain_rounds": ("各批次（按先后）", "The rounds, in their order"),
    "explain_round_out": ("{number}. {round}：未参加，{why}。", "{number}. {round}: did not enter; {why}."),
    "explain_round_in": ("{number}. {round}：参加。", "{number}. {round}: took part."),
    "explain_round_in_tier": ("{number}. {round}：参加，{tier}。", "{number}. {round}: took part, {tier}."),
    "explain_round_nowhere": (
        "{number}. {round}：可以参加，但没有该生可去的学校。",
        "{number}. {round}: open to the child, but no school was in reach.",
    ),
    "explain_rounds_after": (
        "{number}. 以后各批次：已有学位，不再参加。",
        "{number}. Later rounds: the child has a place and takes no part.",
    ),
    "explain_why_stage": ("本批次不面向{stage}", "the round is not for the {stage} stage"),
    "explain_why_placed": ("当时已有学位", "the child had a place by then"),
    "explain_why_who": ("只面向：{columns}", "the round is only for: {columns}"),
    "explain_why_needs": ("缺少条件：{columns}", "it lacks: {columns}"),
    "explain_why_exclude": ("本批次不含：{columns}", "the round leaves out: {columns}"),
    "explain_why_standing": (
        "前面批次落选后只参加统筹",
        "after an earlier round that did not admit it, only coordination is left",
    ),
    "explain_why_standing_absent": (
        "前面批次录取后没有入学，只参加统筹",
        "an earlier round admitted it and it did not come; only coordination is left",
    ),
    "explain_why_locked": (
        "这套房的学位已经用过，还在锁定年限内（学位锁定），不能凭它参加",
        "the seat of its home has been used and is locked for some years (seat lock), so the home gives no "
        "right to this round",
    ),
    "explain_why_applied": ("没有报名", "no application was made"),
    "explain_stands_behind": (
        "前面批次报名而没有入学，按规则排在其他人之后。",
        "It was in an earlier round and has no place from it; by the rules it stands behind the others.",
    ),
    "explain_stands_behind_in_tier": (
        "前面批次报名而没有入学，按规则在同一顺位中排在其他人之后。",
        "It was in an earlier round and has no place from it; by the rules it stands behind the others of "
        "its tier.",
    ),
    "explain_only_private_left_out": (
        "可去的只有民办学校，而名册登记为“{column}”，因此一所也不算在内。",
        'Only private schools were in reach, and the roster says of the child: "{column}"; so none was left.',
    ),
    "explain_private_left_out": (
        "名册登记为“{column}”，因此可去的民办学校不算在内。",
        'The roster says of the child: "{column}"; so the private schools in reach were left out.',
    ),
    "explain_registered": ("送教上门，学籍在{school}。", "Taught at home, on the register of {school}."),
    "explain_ranked_by": ("排序：{columns}。", "Ranked by: {columns}."),
    "explain_drawn": (
        "摇号“{draw}”：号码 {number}，{roster} 人中第 {place} 位。",
        "Draw “{draw}”: number {number}, place {place} of {roster}.",
    ),
    "explain_drawn_official": (
        "正式摇号“{draw}”：{roster} 人中第 {place} 位。",
        "Official draw “{draw}”: place {place} of {roster}.",
    ),
    "explain_drawn_official_among": (
        "正式摇号“{draw}”：摇号结果为第 {official} 位，在本批次的 {roster} 人中为第 {place} 位。",
        "Official draw “{draw}”: place {official} in its result, place {place} among the {roster} of this "
        "round.",
    ),
    "explain_drawn_behind": (
        "正式摇号“{draw}”的结果中没有该生，该生按种子另排在有结果的人之后（模拟）："
        "{roster} 人中第 {place} 位。",
        "The result of the official draw “{draw}” does not have this child; it stands behind all who are in "
        "it, by the seed (a simulation): place {place} of {roster}.",
    ),
    "explain_draw_shared": (
        "沿用“{draw}”的同一次摇号，不另摇；位次在本批次的人中重排。",
        "By the same draw as “{draw}”, not a second one; places are counted anew among the children of this "
        "round.",
    ),
    "explain_drawn_per_school": (
        "各校各摇一次号；位次只在该校内有效。",
        "Every school drew for itself; a place holds at that school alone.",
    ),
    "explain_more_schools": ("另有 {n} 所学校，未逐一列出。", "{n} more schools, not listed singly."),
    "explain_more_schools_one": ("另有 1 所学校，未列出。", "One more school, not listed."),
    "explain_basis": ("依据：{basis}。", "Rests on: {basis}."),
    "explain_basis_none": ("方案未注明文号", "the scenario names no document"),
    "explain_basis_rule": ("规则 {rule}（{subject}）", "rule {rule} ({subject})"),
}

TRIED: dict[str, tuple[str, str]] = {
    "explain_tried": ("· {school}，{metres}：{outcome}。", "· {school}, {metres}: {outcome}."),
    "explain_tried_unknown": ("· {school}：{outcome}。", "· {school}: {outcome}."),
    "explain_tried_kind": ("{school}的{kind}", "{school}, {kind}"),
    "explain_counts": (
        "学位 {seats} 个，{applicants} 人排队，录取 {taken} 人。",
        "Seats: {seats}. In the queue: {applicants}. Admitted: {taken}.",
    ),
    "explain_beyond_one": (
        "其中 1 人在学位之外录取，使多胞胎同校。",
        "Of these, one beyond the seats, so that twins stay together.",
    ),
    "explain_beyond": (
        "其中 {n} 人在学位之外录取，使多胞胎同校。",
        "Of these, {n} beyond the seats, so that twins stay together.",
    ),
    "explain_odds": (
        "第一志愿 {first} 人、学位 {seats} 个，中签率 {odds}。",
        "First choices: {first}, seats: {seats}, odds: {odds}.",
    ),
    "explain_uncontested": ("没有人落选，不比先后。", "Nobody was turned away, so nobody was ranked."),
    "explain_last": ("最后录取者：{values}。", "The last one admitted: {values}."),
    "explain_own": ("该生：{values}。", "This child: {values}."),
    "explain_last_year": (
        "去年最后录取者：{values}（只供对照）。",
        "The last one admitted last year: {values} (for comparison only).",
    ),
    "explain_last_withheld": (
        "最后录取者的情况涉及受保护的类别，不予说明。",
        "What the last one admitted had would tell a protected category and is not said.",
    ),
    "explain_nobody_in": ("没有录取任何人。", "Nobody was admitted."),
    "explain_ahead": ("该生排在其前（由{column}定先后）。", "This child ranks before it, by {column}."),
    "explain_is_last": ("该生就是最后录取者。", "This child is at the cut-off itself."),
    "explain_behind": ("该生排在其后（由{column}定先后）。", "This child ranks behind it, by {column}."),
    "explain_behind_somehow": ("该生排在其后。", "This child ranks behind it."),
    "explain_outcome_admitted": ("录取", "admitted"),
    "explain_outcome_admitted_later": (
        "递补录取：“{round}”之后有学位空出",
        "admitted later, to a seat that came free after “{round}”",
    ),
    "explain_outcome_admitted_next": (
        "递补录取：有录取者没有入学，学位按同一排序给了下一名",
        "admitted next: somebody admitted did not come, and the seat went to the next in the same order",
    ),
    "explain_outcome_absent": (
        "已录取，但没有入学（{columns}），学位按同一排序往下递补",
        "admitted, but did not come ({columns}); the seat goes to the next in the same order",
    ),
    "explain_outcome_not_asked": (
        "未录取；后来空出的学位没有问该生，因为名册写明录取了也不来",
        "not admitted; seats that came free later were not offered to it, for the roster says it would not "
        "come",
    ),
    "explain_outcome_left": (
        "曾录取，后来去了别的学校",
        "admitted, and gone since to another school",
    ),
    "explain_outcome_behind": ("未录取", "not admitted"),
    "explain_outcome_earlier_choices": (
        "未录取，学位已由把它填在更前志愿的人取得",
        "not admitted; the seats went to those who listed the school earlier",
    ),
    "explain_outcome_freed_later": (
        "未录取；后来空出的学位只递补仍无学位的人，而该生已有学位",
        "not admitted; seats that came free later went to those still without a place, and this child "
        "had one",
    ),
    "explain_outcome_twins": (
        "未录取，余下的学位不够多胞胎一同入学",
        "not admitted; the seats left were too few for the twins together",
    ),
    "explain_outcome_twin_elsewhere": (
        "未录取，一同录取的多胞胎没有填报这所学校，或不能去",
        "not admitted; the twin it applies with as one did not list this school, or may not go there",
    ),
    "explain_outcome_no_seats": (
        "未录取，本批次开始时已没有可用的学位",
        "not admitted; no seat was left for this round",
    ),
    "explain_outcome_full": ("未录取，轮到该生时已满", "not admitted; it was full"),
    "explain_outcome_full_nearer": ("本批次可用的学位已满", "no seat left for this round"),
    "explain_outcome_not_needed": (
        "有余位，但整体安排（多胞胎同校、床位或比例要求）使该生去了别处",
        "had room, but the plan as a whole (twins together, beds, or a share to keep) placed the child "
        "elsewhere",
    ),
    "explain_refused_equal": (
        "本批次未录取，与其他人同等进入后续批次。",
        "Not admitted by this round; the child goes on as an equal.",
    ),
    "explain_refused_last": ("本批次未录取。", "Not admitted by this round."),
    "explain_refused_behind_in_tier": (
        "本批次未录取，后续批次在同一顺位中排在其他人之后。",
        "Not admitted by this round; the child goes on behind the others of its tier.",
    ),
    "explain_refused_behind": (
        "本批次未录取，后续批次排在其他人之后。",
        "Not admitted by this round; the child goes on behind the others.",
    ),
    "explain_refused_coordination": (
        "本批次未录取，以后只参加统筹。",
        "Not admitted by this round; only coordination is left.",
    ),
    "explain_absent_equal": (
        "录取后没有入学，与其他人同等进入后续批次。",
        "Admitted and did not come; the child goes on as an equal.",
    ),
    "explain_absent_behind_in_tier": (
        "录取后没有入学，后续批次在同一顺位中排在其他人之后。",
        "Admitted and did not come; the child goes on behind the others of its tier.",
    ),
    "explain_absent_behind": (
        "录取后没有入学，后续批次排在其他人之后。",
        "Admitted and did not come; the child goes on behind the others.",
    ),
    "explain_absent_coordination": (
        "录取后没有入学，以后只参加统筹。",
        "Admitted and did not come; only coordination is left.",
    ),
    "explain_absent_last": ("录取后没有入学。", "Admitted and did not come."),
    "explain_absent_kept": (
        "录取后没有入学，保留原来的学位。",
        "Admitted and did not come; the child keeps the place it had.",
    ),
    "explain_stayed": ("没有换成，保留原来的学位。", "Nothing better came of it; the child keeps its place."),
    "explain_aim_least_total": (
        "统筹先使尽量多的儿童有学位，再使所有人的路程合计最短；不逐个比较先后。",
        "Coordination places as many children as it can, then makes the distance of all together the "
        "least; it "
        "does not rank one against another.",
    ),
    "explain_aim_least_total_by_tier": (
        "统筹先使尽量多的儿童有学位，再依次使各顺位的路程合计最短。",
        "Coordination places as many children as it can, then makes the distance of each tier together the "
        "least, tier after tier.",
    ),
    "explain_aim_least_greatest": (
        "统筹先使尽量多的儿童有学位，再使最远的人尽量近，然后使路程合计最短。",
        "Coordination places as many children as it can, then keeps the greatest distance as small as "
        "it can, "
        "then makes the distance of all together the least.",
    ),
    "explain_aim_by_order": (
        "统筹按顺位、摇号逐一安排最近的余位，并尽量不留下一人。",
        "Coordination seats one after the other by tier and draw at the nearest school with room, and "
        "leaves "
        "nobody out who could be seated.",
    ),
    "explain_aim_least_total_ordered": (
        "没有距离。统筹先使尽量多的儿童有学位，再使所有人的学校在各自的次序（志愿、学区表、学校表）中合计最靠前；"
        "不逐个比较先后。",
        "No distances are known. Coordination places as many children as it can, then puts all together as "
        "far forward as it can in the order of each one's schools (wishes, zone table, schools table); it "
        "does not rank one against another.",
    ),
    "explain_aim_least_total_by_tier_ordered": (
        "没有距离。统筹先使尽量多的儿童有学位，再依次使各顺位的学校在各自的次序（志愿、学区表、学校表）中合计最靠前。",
        "No distances are known. Coordination places as many children as it can, then puts each tier "
        "together, tier after tier, as far forward as it can in the order of each one's schools (wishes, "
        "zone table, schools table).",
    ),
    "explain_aim_least_greatest_ordered": (
        "没有距离。统筹先使尽量多的儿童有学位，再使次序（志愿、学区表、学校表）最靠后的人尽量靠前，然后使合计最靠前。",
        "No distances are known. Coordination places as many children as it can, then puts the one farthest "
        "back in the order of its schools (wishes, zone table, schools table) as far forward as it can, then "
        "all together.",
    ),
    "explain_aim_by_order_ordered": (
        "没有距离。统筹按顺位、摇号逐一安排各自次序（志愿、学区表、学校表）中的第一个余位，并尽量不留下一人。",
        "No distances are known. Coordination seats one after the other by tier and draw at the first school "
        "with room in the order of its schools (wishes, zone table, schools table), and leaves nobody out "
        "who could be seated.",
    ),
    "explain_aim_partly": (
        "没有距离的学校排在有距离的之后，按次序（志愿、学区表、学校表）先后。",
        "Schools without a distance count behind those with one, in the order of the child's schools "
        "(wishes, zone table, schools table).",
    ),
    "explain_reserve": (
        "每所学校学位的 {percent}% 为保底名额，先给：{columns}；其余学位按排序录取：{rank}。"
        "所以没有对所有人都一样的末位。",
        "At every school {percent}% of the seats go first to: {columns}; the others go by rank: {rank}. So "
        "there is no one cut-off for all.",
    ),
    "explain_twin_list": (
        "与多胞胎作为一人报名；两人填报的不同，以名册上在前的一人所填为准。",
        "It applies as one with its twin; their lists differ, and that of the one who stands first on the "
        "roster counts.",
    ),
    "explain_aim_far_first": (
        "本批次安排寄宿：先使超过步行上限的走读尽量少，再看路程。",
        "The round offers boarding: it has as few daily journeys beyond the walking limit as it can before "
        "it looks at the distance.",
    ),
    "explain_aim_bent": (
        "路程在本批次不是直接相加，而按这样计算：{curve}。",
        "The distance is not simply added up in this round but counted as: {curve}.",
    ),
    "explain_aim_serial_dictatorship": (
        "按摇号先后依次选校，轮到时仍有学位的第一所即录取。",
        "Children choose in the order of the draw: the first school on the list that still has a seat.",
    ),
    "explain_aim_top_trading_cycles": (
        "按志愿和各校排序交换学位，没有统一的末位。",
        "Seats are traded by lists and ranks; there is no one cut-off.",
    ),
    "explain_nearest_first": ("由近到远：", "Nearest first:"),
}

VALUES: dict[str, tuple[str, str]] = {
    "explain_value": ("{column} {value}", "{column} {value}"),
    "explain_value_yes": ("{column}：是", "{column}: yes"),
    "explain_value_no": ("{column}：否", "{column}: no"),
    "explain_value_draw": ("摇号第 {n} 位", "place {n} in the draw"),
    "explain_value_order": ("第 {n} 志愿", "choice {n}"),
    "explain_value_order_in_reach": ("可去学校中的第 {n} 所", "school {n} of those in reach"),
    "explain_value_standing_equal": ("未被排后", "not put behind"),
    "explain_value_standing_behind": ("因前面批次而排后", "put behind by an earlier round"),
    "explain_value_standing_equal_in_tier": ("同顺位中未被排后", "not put behind in its tier"),
    "explain_value_standing_behind_in_tier": (
        "因前面批次在同顺位中排后",
        "put behind in its tier by an earlier round",
    ),
    "explain_value_standing_coordination_only": ("只参加统筹", "in coordination only"),
    "explain_value_secret": ("{column}（不予说明）", "{column} (not told)"),
    "explain_value_join": ("，", ", "),
    "explain_column_standing": ("是否因前面批次排后", "whether an earlier round put it behind"),
    "explain_column_standing_in_tier": (
        "同顺位中是否因前面批次排后",
        "whether an earlier round put it behind in its tier",
    ),
    "explain_column_draw": ("摇号", "the draw"),
}

SCHOOL: dict[str, tuple[str, str]] = {
    "explain_school": ("{school} · {kind} · {ownership}", "{school} · {kind} · {ownership}"),
    "explain_school_stage_one": (
        "{stage}：计划 {n} 个班，学位 {seats} 个，招收 {load} 人",
        "{stage} stage: {n} class planned; seats: {seats}; children: {load}",
    ),
    "explain_school_stage": (
        "{stage}：计划 {n} 个班，学位 {seats} 个，招收 {load} 人",
        "{stage} stage: {n} classes planned; seats: {seats}; children: {load}",
    ),
    "explain_school_untouched": ("没有任何批次的学生报这所学校。", "No round had an applicant here."),
    "explain_school_round_kind": ("{round}（{kind}）", "{round} ({kind})"),
    "explain_school_counts": (
        "学位 {seats} 个，{applicants} 人排队（首选 {first} 人），录取 {taken} 人。",
        "Seats: {seats}. In the queue: {applicants}, for {first} the first choice. Admitted: {taken}.",
    ),
    "explain_school_cutoff": ("末位：{values}。", "Cut-off: {values}."),
    "explain_school_withheld": (
        "末位涉及受保护的类别，不予说明。",
        "The cut-off would tell a protected category and is not said.",
    ),
    "explain_school_all_in": ("没有人落选，没有末位。", "Nobody was turned away: no cut-off."),
    "explain_school_no_rank": (
        "有人落选；本批次不按先后录取，没有末位。",
        "Some were turned away; the round does not seat by rank, so there is no cut-off.",
    ),
    "explain_school_nobody": ("没有录取任何人，没有末位。", "Nobody was admitted: no cut-off."),
}

RULES: dict[str, tuple[str, str]] = {
    "explain_rule_r3": ("应安排尽安排", "every child of age placed"),
    "explain_rule_r17": ("路途遥远学生寄宿", "far children board"),
    "explain_rule_r20": ("残疾儿童分类安置", "placements of children with disabilities"),
    "explain_rule_r24": ("随迁子女以居住证为依据", "migrant children by residence permit"),
    "explain_rule_r25": ("随迁子女公办学位", "public seats for migrant children"),
    "explain_rule_r26": ("政府购买民办学位", "seats bought by government"),
    "explain_rule_r27": ("免试就近，划片招生", "no exam; by zone and nearness"),
    "explain_rule_r28": ("小学入学与小升初统筹", "both entry stages in one procedure"),
    "explain_rule_r29": ("公民同招", "one calendar for public and private schools"),
    "explain_rule_r30": ("民办超额全部摇号", "a full lottery when oversubscribed"),
    "explain_rule_r36": ("集团化办学", "education groups"),
    "explain_rule_r37": ("学区制管理", "learning districts"),
}

MESSAGES: dict[str, tuple[str, str]] = {**CHILD, **TRIED, **VALUES, **SCHOOL, **RULES}
