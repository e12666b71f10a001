"""Words of the audit bundle: its page of instructions, and what it says of each draw."""

MESSAGES: dict[str, tuple[str, str]] = {
    "audit_draw_listed": (
        "{round}：模拟，不是正式摇号；摇号名 {draw}，{method}，种子 {seed}，名册 {children} 人，见 {file}",
        "{round}: a simulation, no official draw; draw {draw}, {method}, seed {seed}, {children} on the "
        "roster, in {file}",
    ),
    "audit_draw_given": (
        "{round}：用正式摇号的结果（drawn 表），摇号名 {draw}，名册 {children} 人；请核验正式摇号自己的材料",
        "{round}: the result of an official draw (table drawn), {draw}, {children} on the roster; "
        "verify that draw by its own bundle",
    ),
    "audit_draw_given_behind": (
        "  其中 {behind} 人不在正式摇号的结果里，按种子 {seed} 排在所有人之后：这是模拟，不是正式摇号",
        "  Not in that result: {behind} of them. They stand behind all others by seed {seed}: a simulation, "
        "no official draw",
    ),
    "audit_draw_withheld": (
        "{round}：{nature}；摇号名 {draw}，{method}，种子 {seed}；名册本身会泄露受保护的类别，不列出",
        "{round}: {nature}; draw {draw}, {method}, seed {seed}; its roster would tell a protected category "
        "and is not listed",
    ),
    "internal_readme": (
        """内部资料，不得公布

students.parquet        全部学生，一人一行
told_individually.csv   不列入任何名单、应当逐户告知的学生：残疾儿童少年安置、政策优待等。
                        其批次、学校或名单中的空缺都会泄露受保护的类别
""",
        """Internal, not for publication

students.parquet        every child of the roster, one row each
told_individually.csv   children who stand in no list and are told individually: placements of children with
                        disabilities, preference by policy. Their round, their school, or a gap in a list
                        would tell a protected category
""",
    ),
    "audit_own_draws": (
        "  批次 {round}：同顺位者由各校各摇一次号分先后，摇号名为“{draw}/学校编号”，名册为填报该校的学生，"
        "办法为{method}，种子 {seed}；共 {draws} 所学校摇号，各有三个文件，见 {file}。"
        "上面一行的摇号不决定同顺位者的先后。",
        '  Round {round}: equals were told apart by a draw of every school\'s own, named "{draw}/SCHOOL ID", '
        "over those who list the school, {method}, seed {seed}; {draws} schools drew, with three files each, "
        "in {file}. The draw in the line above does not decide between equals.",
    ),
    "audit_own_draws_withheld": (
        "  批次 {round}：同顺位者由各校各摇一次号分先后（摇号名为“{draw}/学校编号”）；"
        "其中 {draws} 所学校的名册本身会泄露受保护的类别，不列出。",
        "  Round {round}: equals were told apart by a draw of every school's own (named "
        '"{draw}/SCHOOL ID"); the rosters of {draws} of them would tell a protected category and are not '
        "listed.",
    ),
    "audit_simulated": ("模拟，不是正式摇号", "a simulation, no official draw"),
    "audit_official": ("用正式摇号的结果（drawn 表）", "the result of an official draw (table drawn)"),
    "audit_opening_simulated": (
        "这些号码属于一次模拟，不是正式摇号。种子 {seed} 只用于重复这次模拟。",
        "These numbers belong to a simulation; they are no official draw. Seed {seed} serves only to repeat "
        "it.",
    ),
    "audit_opening_mixed": (
        """这是一次模拟，其中有批次用正式摇号的结果（drawn 表）：哪些批次，见最后“各批次的摇号”。
本文件夹中的号码都由种子 {seed} 得出，属于模拟，不是正式摇号；正式摇号的结果不在这里，请核验它自己的材料。""",
        """This is a simulation in which some rounds use the result of an official draw (table drawn): the
lines under "Draws of the rounds" below say which. The numbers in this folder all come from seed {seed};
they are a simulation, no official draw. Official results are not here: verify them by their own bundles.""",
    ),
    "audit_no_draw": ("没有摇号。", "There was no draw."),
    "audit_readme_nothing": (
        """摇号审核材料

这次运行是一次模拟（种子 {seed}）。本文件夹里只有这份说明：没有一次摇号的名册和结果列在这里，因此这里没有可以
核验的内容。各批次的原因见下。
{official}
各批次的摇号：
{draws}
""",
        """Audit of the draws

The run is a simulation (seed {seed}). This folder holds these notes and nothing else: roster and result of no
draw are listed here, so there is nothing here to verify. The lines below say why, round by round.
{official}
Draws of the rounds:
{draws}
""",
    ),
    "audit_official_elsewhere": (
        """
正式摇号的结果（drawn 表）不在这里，请核验那次摇号自己的材料，由主办方公布（xuewei lottery 写出）；
怎样核验见 docs/lottery.zh-CN.md。
""",
        """
Results of official draws (table drawn) are not here: verify each by its own bundle, which whoever held the
draw publishes (xuewei lottery writes it); docs/lottery.md says how.
""",
    ),
    "audit_readme": (
        """摇号审核材料

{opening}

核验（只需要 Python 3，不需要本软件）：
  python3 verify.py 本文件夹
verify.py 是本项目 simulator/lottery/ 下的一个独立文件，不到 150 行，可以自己读一遍。

每次摇号三个文本文件，UTF-8，每行以一个换行（0x0A）结束，各栏以一个制表符分开：
  批次.roster.txt      冻结的名册：第 1 行为格式名，随后 8 行为摇号名、性质、办法等，
                       再每行一名学生：receipt 学生编号，key 计算号码所用的编号
                       （本人编号；多胞胎用其中按 Unicode 码位最小的编号，因此同号）
  批次.commitment.txt  名册文件全部字节的 SHA-256（承诺值），可用 sha256sum -c 核对
  批次.result.txt      结果：重复名册的各项，再列承诺值、种子、抽出的数值，
                       再每行一名学生：place 名次（从 1 起；多胞胎同名次），receipt，number 号码
各校各自摇号的批次，每所学校另有同样的三个文件，名为 批次.序号.学校编号.roster.txt 等，序号为学校在学校表中的
行次（学校编号含有不宜作文件名的字符时只写序号；文件里的摇号名总有学校编号）。核验时与其他摇号一并核验。

号码的算法（任何人可以复算）：
  1. 文本 = "xuewei-draw-1" + 换行 + 种子（十进制） + 换行 + 摇号名 + 换行 + key，
     按 UTF-8 编码；末尾没有换行。
  2. 取文本的 SHA-256，前 8 个字节作为大端整数，除以 2 取整，即 number。
  3. 全体按（number，学生编号的码位顺序）排序，即 place。
     其他办法（升降、方向、起始号、间隔数、等差数）见 docs/lottery.zh-CN.md。

Python 复算一名学生：
  import hashlib
  text = "xuewei-draw-1\\n种子\\n摇号名\\nkey"
  number = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big") // 2

各批次的摇号：
{draws}
""",
        """Audit of the draws

{opening}

To verify (with Python 3 alone, without our software):
  python3 verify.py THIS_FOLDER
verify.py is one file of the project, in simulator/lottery/, under 150 lines: read it yourself.

Each draw is three text files in UTF-8, every line ended by one line feed (0x0A), cells parted by one tab:
  ROUND.roster.txt      the frozen roster: line 1 names the format, 8 lines give name, kind and method of the
                        draw; then one student per line: receipt, the student's id, and key, the id the number
                        is computed from (the student's own; for twins the smallest of theirs in the order of
                        Unicode code points, so that twins have one number)
  ROUND.commitment.txt  SHA-256 of all bytes of the roster file, as sha256sum -c reads it
  ROUND.result.txt      the result: the roster's lines again, the commitment, the seed and the values drawn;
                        then one student per line: place (from 1; twins share one), receipt, number
Where every school draws for itself, each school has three such files more, ROUND.ROW.SCHOOL.roster.txt and so
on, ROW being its place in the table of schools (the row alone where the school's id is not fit for a file
name; the name of the draw, inside, always has the id). The verifier checks them with the others.

How a number is made (anyone can repeat it):
  1. Text = "xuewei-draw-1" + line feed + seed (decimal) + line feed + name of the draw + line feed + key,
     in UTF-8; there is no line feed at the end.
  2. Take the SHA-256 of the text, its first 8 bytes as a big-endian integer, halved and rounded down.
  3. All are sorted by (number, student id in code point order): the place.
     For other methods (direction, start, interval, stride) see docs/lottery.md.

One student in Python:
  import hashlib
  text = "xuewei-draw-1\\nSEED\\nDRAW\\nKEY"
  number = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big") // 2

Draws of the rounds:
{draws}
""",
    ),
}
