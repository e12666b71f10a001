"""Words of the lottery: names of the procedures, the commands of a verifiable draw, the odds."""

MESSAGES: dict[str, tuple[str, str]] = {
    "draw_method_keyed": ("号码升序", "by number, smallest first"),
    "draw_method_descending": ("号码降序", "by number, greatest first"),
    "draw_method_direction": ("号码升序或降序，现场抽定", "by number, direction drawn"),
    "draw_method_circle": ("不重复随机号，抽方向与起始号", "drawn numbers, direction and start drawn"),
    "draw_method_interval": ("起始号加间隔数，抽出者离开", "start plus interval, the drawn removed"),
    "draw_method_stride": ("起始号加等差数，跳过已抽出者", "start plus stride, the drawn passed over"),
    "draw_method_given": ("正式摇号结果", "result of an official draw"),
    "lottery_direction": ("方向（1 正，2 反）", "direction (1 up, 2 down)"),
    "lottery_start": ("起始号", "start"),
    "lottery_interval": ("间隔数", "interval"),
    "lottery_no_values": ("无", "none"),
    # the commands
    "help_lottery": (
        "可公开核验的摇号：冻结名册、摇号、核验、各位次的准确机会。",
        "A publicly verifiable draw: freeze a roster, draw it, verify it; exact odds of every position.",
    ),
    "help_lottery_freeze": (
        "冻结名册：发放随机回执号，写出名册及其 SHA-256 承诺值（在随机数产生之前公布）。",
        "Freeze a roster: random receipts, the roster and its SHA-256 commitment, published before the "
        "randomness exists.",
    ),
    "help_lottery_draw": (
        "用事先约定、事后公布的随机数摇号；每份名册只摇一次。",
        "Draw a frozen roster from randomness that was announced afterwards; each roster once.",
    ),
    "help_lottery_verify": (
        "只凭材料本身重新推算，列出每一处改动。",
        "Replay a bundle from itself alone and name everything that was changed.",
    ),
    "help_lottery_odds": (
        "各种摇号办法下，名册上每个位次被录取的准确机会。",
        "Exact odds of admission of every position on the roster, under each procedure.",
    ),
    "help_lottery_roster": (
        "报名名单（CSV、Excel、Parquet）：学生编号一列，多胞胎编组一列（如有）。",
        "List of applicants (CSV, Excel, Parquet): a column of students, and one of twins if any.",
    ),
    "help_lottery_bundle": (
        "公开材料的文件夹。",
        "Folder of the public bundle.",
    ),
    "help_lottery_name": (
        "摇号名：字母、汉字、数字、下划线、连字符。",
        "Name of the draw: letters, digits, _ and -.",
    ),
    "help_lottery_which": (
        "摇哪一份名册；只有一份未摇时可省略。",
        "Which roster; may be left out where only one is not drawn yet.",
    ),
    "help_lottery_source": (
        "随机数的来源与写法，写入名册，如“双色球第 2026078 期六个红球”。",
        "What the randomness will be, written into the roster, such as 'red balls of draw 2026078'.",
    ),
    "help_lottery_receipts": (
        "回执号与学生的私有对照表，不公开；缺省为材料文件夹旁的 名称-receipts.csv。",
        "Private table of receipts and students, not to be published; FOLDER-receipts.csv if not given.",
    ),
    "help_lottery_method": (
        "摇号办法：keyed（缺省）、descending、direction、circle、interval、stride。",
        "Procedure: keyed (if not given), descending, direction, circle, interval, stride.",
    ),
    "help_lottery_plan": ("招生计划数（等差数办法需要）。", "Planned seats (the stride needs them)."),
    "help_lottery_after": (
        "补报者：接在这一次摇号之后，原名次不变。",
        "Late applicants: appended behind this draw, whose places stay.",
    ),
    "help_lottery_entropy": (
        '公布的随机数，每个来源写一次本选项，如 --entropy "2 5 8 10 12 33"。',
        'What a source said, once per source, such as --entropy "2 5 8 10 12 33".',
    ),
    "help_lottery_places": (
        "另写一张私有表：学生与名次（可作方案的 drawn 表）。",
        "Also write a private table of students and places (the table drawn of a scenario).",
    ),
    "help_lottery_commitment": (
        "摇号之前公布的承诺值，一并核对；可重复。",
        "A commitment published before the draw, to be compared; may be repeated.",
    ),
    "help_lottery_applicants": ("报名人数。", "Number of applicants."),
    "help_lottery_seats": ("招生计划数。", "Planned seats."),
    "help_lottery_balls": (
        "起始号怎样从号码球得出：whole（缺省）、ones_first、highest_first、modulo。",
        "How the start comes out of balls: whole (if not given), ones_first, highest_first, modulo.",
    ),
    "lottery_frozen": (
        """已冻结“{name}”：{children} 人，{method}。
承诺值 SHA-256：{commitment}
随机数来源：{source}
请在随机数产生之前公布承诺值和来源。{folder} 是公开材料；{private} 是私有对照表，不得公布。""",
        """Frozen {name}: {children} applicants, {method}.
Commitment (SHA-256): {commitment}
Source of randomness: {source}
Publish commitment and source before the randomness exists. {folder} is public; {private} is private.""",
    ),
    "lottery_result_written": (
        """已摇号“{name}”，结果在 {folder}。
随机数（规范写法）：{entropy}
抽出的数值：{values}
任何人可用 verify.py 核验，见 docs/lottery.zh-CN.md。""",
        """Drawn {name}; the result is in {folder}.
Randomness, in its canonical form: {entropy}
Values drawn: {values}
Anyone can verify it with verify.py, see docs/lottery.md.""",
    ),
    "lottery_no_bundle": (
        "{folder} 不是摇号材料：里面没有 .roster.txt 文件。",
        "{folder} is no bundle of a draw: there is no .roster.txt file in it.",
    ),
    # what a draw is refused for
    "lottery_nobody": ("名单上没有人。", "There is nobody on the list."),
    "lottery_plan": (
        "等差数办法需要招生计划数：请加 --plan 人数。",
        "The stride needs the number of planned seats: add --plan N.",
    ),
    "lottery_plan_great": ("招生计划数至多为 {most}。", "The planned seats are {most} at most."),
    "lottery_on_both": (
        "{count} 个回执号（如 {receipt}）已在前面的名册上。已摇过号的不再摇：请只列补报者。",
        "Receipts on an earlier roster already: {count}, such as {receipt}. Nobody is drawn twice: list the "
        "late applicants alone.",
    ),
    "lottery_chain_broken": (
        "“{name}”接在另一份名册之后，而那份名册不在材料中。请放回原文件。",
        "{name} is appended to a roster that is not in the bundle. Put that roster back.",
    ),
    "lottery_first": (
        "“{name}”从第 {first} 名起，按所接的各份名册应从第 {due} 名起。请恢复冻结时的原文件。",
        "{name} begins at place {first}; behind the rosters it is appended to that is place {due}. Put back "
        "the file as it was frozen.",
    ),
    "lottery_kinds": (
        "“{name}”接在另一种性质的名册之后：正式摇号与模拟不能相接。正式摇号请在另外的材料文件夹里冻结。",
        "{name} is appended to a roster of another kind: an official draw and a simulation cannot follow on "
        "each other. Freeze official draws in a bundle of their own.",
    ),
    "lottery_no_official": (
        "“{name}”是模拟的名册，号码由方案的种子得出，不能用公布的随机数摇号。"
        "正式摇号请先用 xuewei lottery freeze 冻结名册。",
        "{name} is the roster of a simulation, whose numbers come from the seed of its scenario. For an "
        "official draw freeze a roster first, with xuewei lottery freeze.",
    ),
    "lottery_same_roster": (
        "{file} 与 {other} 逐字节相同，是同一份名册；一份名册只摇一次。请留下冻结时的那一份，移走另一份。",
        "{file} and {other} are the same roster, byte for byte, and a roster is drawn once. Keep the one "
        "that was frozen and take the copy out of the bundle.",
    ),
    "lottery_followed": (
        "“{name}”之后已接有名册“{other}”，两份名册会从同一名次起。请把补报者接在最后一份之后。",
        "{other} is appended to {name} already, and both would begin at the same place. Append the late "
        "applicants to the last roster of the chain.",
    ),
    "lottery_receipt_twice": (
        "回执号 {receipt} 出现两次。每名学生各有一个：请改正对照表。",
        "Receipt {receipt} stands twice. Each student has one of its own: mend the private table.",
    ),
    "lottery_not_a_roster": (
        "{file} 不是规范写法的名册。请恢复冻结时的原文件。",
        "{file} does not hold the canonical bytes of a roster. Put back the file as it was frozen.",
    ),
    "lottery_changed": (
        "{file} 与它的承诺值不符。请恢复冻结时的原文件，再摇号。",
        "{file} is not the one that was committed to. Put back the file as it was frozen, then draw.",
    ),
    "lottery_entropy": (
        "随机数“{value}”不能用：是空的，或者有不止一种写法。一个来源应是若干整数（以空格或逗号分开），或一串字母和数字；"
        "几个来源请各写一个 --entropy。",
        "{value!r} is empty or could be written in more than one way. A source is whole numbers parted by "
        "spaces or commas, or one word of letters and digits; give each source its own --entropy.",
    ),
    "lottery_entropy_known": (
        "这组随机数已用于“{name}”，冻结本名册时已为人所知。补报的摇号须用之后产生的随机数。",
        "This randomness drew {name} and was known when this roster was frozen. A late draw needs randomness "
        "that came later.",
    ),
    "lottery_private_inside": (
        "{path} 会落在公开材料的文件夹里，而它写有学生编号，不得公布。请换一个文件夹。",
        "{path} would lie in the folder of the public bundle, and holds ids of students. Name another "
        "folder.",
    ),
    "lottery_places_there": (
        "{path} 已存在，未作改动，也没有摇号。请换一个名称。",
        "{path} exists; it was left as it is, and nothing was drawn. Choose another name.",
    ),
    "lottery_name": (
        "摇号名“{value}”不合适：只用字母、汉字、数字、下划线和连字符，不超过 64 个。",
        "{value!r} cannot be the name of a draw: use letters, digits, _ and -, at most 64 of them.",
    ),
    "lottery_cell": (
        "摇号名、来源和编号中不能有换行或制表符。",
        "No name, source or id of a draw may hold a tab or a line break.",
    ),
    "lottery_frozen_already": (
        "“{name}”已经冻结，不再改动。补报者请用另一个名称，并加 --after {name}。",
        "{name} is frozen and stays as it is. For late applicants use another name, and --after {name}.",
    ),
    "lottery_drawn_already": (
        "“{name}”已经摇号，不再重摇。",
        "{name} is drawn and will not be drawn again.",
    ),
    "lottery_no_such_draw": (
        "{folder} 中没有名册“{name}”；有：{names}。",
        "There is no roster {name} in {folder}; there are: {names}.",
    ),
    "lottery_which": (
        "{folder} 中有几份未摇的名册：{names}。请用 --name 指定一份。",
        "Several rosters in {folder} are not drawn: {names}. Name one with --name.",
    ),
    "lottery_all_drawn": (
        "{folder} 中没有未摇的名册。",
        "No roster in {folder} waits to be drawn.",
    ),
    # odds
    "lottery_balls_whole": ("整数一次抽出，无主号重抽", "the number drawn as a whole, nobody's drawn again"),
    "lottery_balls_ones_first": (
        "逐位抽球，个位先抽，剔除无效球",
        "digit by digit, ones first, balls that fit nobody taken out",
    ),
    "lottery_balls_highest_first": (
        "逐位抽球，高位先抽，剔除无效球",
        "digit by digit, highest first, balls that fit nobody taken out",
    ),
    "lottery_balls_modulo": ("各位同时抽，取余数", "all digits at once, the remainder counts"),
    "lottery_odds_head": (
        "{method}；起始号：{balls}；报名 {applicants} 人，计划 {seats} 人",
        "{method}; start: {balls}; {applicants} applicants, {seats} seats",
    ),
    "lottery_odds_stride": ("等差数 {stride}", "stride {stride}"),
    "lottery_odds_even": (
        "每个位次机会相等：{even}",
        "Every position has the same odds: {even}",
    ),
    "lottery_odds_biased": (
        "各位次机会不等：最小 {least}，最大 {most}；公平应为 {even}",
        "The odds differ: least {least}, greatest {most}; even odds are {even}",
    ),
    "lottery_odds_free": (
        "任何一组学生同时录取的机会都相等；相邻两人同时录取：{independent}",
        "Every set of children is equally likely to be in; two neighbours both in: {independent}",
    ),
    "lottery_odds_outcomes": (
        "最多只有 {outcomes} 种结果；相邻两人同时录取：{neighbours}（任选组合时为 {independent}）",
        "At most {outcomes} outcomes are possible; two neighbours both in: {neighbours} (were every set "
        "equally likely: {independent})",
    ),
    "lottery_odds_columns": ("位次起\t位次止\t机会\t百分比", "first\tlast\todds\tpercent"),
}
