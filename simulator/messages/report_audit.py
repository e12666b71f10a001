"""Words of the audit bundle: its page of instructions, and what it says of each draw."""

MESSAGES: dict[str, tuple[str, str]] = {
    "audit_draw_listed": (
        "{round}：摇号名 {draw}，种子 {seed}，名册 {children} 人，见 {file}",
        "{round}: draw {draw}, seed {seed}, {children} on the roster, in {file}",
    ),
    "audit_draw_withheld": (
        "{round}：摇号名 {draw}，种子 {seed}；名册本身会泄露受保护的类别，不列出",
        "{round}: draw {draw}, seed {seed}; its roster would tell a protected category and is not listed",
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
    "audit_no_draw": ("没有摇号。", "There was no draw."),
    "audit_readme": (
        """摇号审核材料

这些号码属于一次模拟，不是正式摇号。种子 {seed} 只用于重复这次模拟。

摇号名册在批次开始时冻结。每个文件一行一名学生：
  student  学生编号
  key      计算号码所用的编号：本人编号；多胞胎用其中（按 Unicode 码位）最小的编号，因此同号
  number   号码，越小越靠前
  place    名次，从 1 起；多胞胎同名次

号码的算法（不需要本软件，任何人可以复算）：
  1. 文本 = "xuewei-draw-1" + 换行 + 种子（十进制） + 换行 + 摇号名 + 换行 + key，
     按 UTF-8 编码；换行为一个字节 0x0A，末尾没有换行。
  2. 取文本的 SHA-256，前 8 个字节作为大端整数，除以 2 取整，即 number。
  3. 全体按（number，学生编号的码位顺序）排序，即 place。

Python 复算一名学生：
  import hashlib
  text = "xuewei-draw-1\\n种子\\n摇号名\\nkey"
  number = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big") // 2

文件为带签名的 UTF-8 CSV。以 = + - @ 制表符或撇号开头的编号前面加了一个撇号，
以免表格软件当作公式执行；复算时去掉这一个撇号。

各批次的摇号：
{draws}
""",
        """Audit of the draws

These numbers belong to a simulation; they are no official draw. Seed {seed} serves only to repeat it.

The roster of a draw is frozen when its round opens. Each file has one row per student:
  student  id of the student
  key      the id the number is computed from: the student's own; for twins the smallest of theirs
           (in the order of Unicode code points), so that twins have one number
  number   the number, smaller is better
  place    the place, from 1; twins share one

How a number is made (anyone can repeat it, without our software):
  1. Text = "xuewei-draw-1" + line feed + seed (decimal) + line feed + name of the draw + line feed + key,
     in UTF-8; a line feed is the one byte 0x0A, and there is none at the end.
  2. Take the SHA-256 of the text, its first 8 bytes as a big-endian integer, halved and rounded down.
  3. All are sorted by (number, student id in code point order): the place.

One student in Python:
  import hashlib
  text = "xuewei-draw-1\\nSEED\\nDRAW\\nKEY"
  number = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big") // 2

Files are CSV in UTF-8 with signature. An id that begins with = + - @ a tab or an apostrophe has one
apostrophe put before it, so that no spreadsheet runs it as a formula; take that one away before you compute.

Draws of the rounds:
{draws}
""",
    ),
}
