"""核验摇号审核材料 · Verify the audit bundle of a draw:  python3 verify.py FOLDER [COMMITMENT ...]
只需要 Python 3 本身。Needs Python 3 alone. The commitments published beforehand, if given, are compared too.
Exit code: 0 sound, 1 changed, 2 no bundle. docs/lottery.md has the construction in full."""

import collections
import hashlib
import pathlib
import re
import sys
from itertools import count, zip_longest

START = {"circle": ["direction", "start"], "interval": ["start", "interval"], "stride": ["start"]}
DRAWN = {"keyed": [], "descending": [], "direction": ["direction"], **START}
ENDS = (".roster.txt", ".commitment.txt", ".result.txt")
KINDS = {"official": "正式摇号 official draw", "simulation": "模拟，不是正式摇号 SIMULATION, not official"}
FORM = {"draw": ".+", "kind": "|".join(KINDS), "method": "|".join(DRAWN), "plan": ""}
FORM = {**FORM, "after": "-|[0-9a-f]{64}", "first": "[1-9][0-9]{0,8}", "source": ".+", "receipts": ".*"}


def hashed(*parts):
    """SHA-256 of the parts with a line feed between them."""
    return hashlib.sha256("\n".join(map(str, parts)).encode("utf-8")).digest()


def pick(seed, name, what, most):
    """One value from 1 to most, equally likely each: values beyond a whole multiple of most are refused."""
    values = (int.from_bytes(hashed("xuewei-pick-1", seed, name, what, k), "big") for k in count())
    return next(value for value in values if value < 2**256 // most * most) % most + 1


def replay(head, rows, seed):
    """What follows from a roster and a seed: the values drawn, and the rows of the result."""
    name, method, size = head["draw"], head["method"], collections.Counter(key for _, key in rows)
    keys, n = sorted(size), len(size)
    number = {key: int.from_bytes(hashed("xuewei-draw-1", seed, name, key)[:8], "big") // 2 for key in keys}
    value = {one: pick(seed, name, one, 2 if one == "direction" else n) for one in DRAWN[method] if n}
    at, way = value.get("start", 1) - 1, -1 if method == "descending" or value.get("direction") == 2 else 1
    order = sorted(keys, key=lambda key: (number[key] * (1 if method == "circle" else way), key))
    if method in START:
        number = {key: at for at, key in enumerate(order if method == "circle" else keys, 1)}
    if method == "circle":
        order = [order[(at + way * k) % n] for k in range(n)]
    elif method == "interval":
        for k in range(n):
            order[k], at = keys.pop(at % len(keys)), at % (len(keys) + 1) + value["interval"] - 1
    elif method == "stride" and n:
        stride = -(-len(rows) // int(head["plan"]))
        turn = next(k for k in range(1, n + 1) if k * stride % n == 0)  # then comes a drawn one: pass on
        order = [keys[(at + k // turn + k % turn * stride) % n] for k in range(n)]
    taken = [key for key in order for _ in range(size[key])]  # twins are told the first place of theirs
    place = {key: at for at, key in reversed([*enumerate(taken, int(head["first"]))])}
    due = [list(map(str, row)) for row in sorted((place[key], receipt, number[key]) for receipt, key in rows)]
    return " ".join(map("{}={}".format, value, value.values())) or "-", due


def canonical(entropy):
    """The only writing of what the sources said: rising numbers with points, or a small word, and a slash."""
    written = ""
    for source in entropy.split("/")[:-1]:
        rising = "".join(f"{number}." for number in sorted(map(int, re.findall("[0-9]{1,4000}", source))))
        written += (source if re.fullmatch("[0-9]*[a-z][0-9a-z]*", source) else rising or "?") + "/"
    return written or "?"


def cells(path):
    """Every line of a file, parted by tabs; the last is empty, for every line ends with a line feed."""
    text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    return [line.split("\t") for line in text.split("\n")]


def compare(file, lines, due, top, columns):
    """Name every field that is not as due: of the ``top`` first lines by name, of the others by column."""
    for n, (one, other) in enumerate(zip_longest(lines, due, fillvalue=[]), 1):
        named = ", ".join(name or "form" for name, a, b in zip_longest(columns, one, other) if a != b)
        if one != other:
            yield file, n, named if top < n < len(due) else other[0] if other and 1 < n <= top else "form"


def check_roster(file, head, pairs, lines):
    """Compare a roster with the one there is of these receipts: keyed by the smallest of an equal label."""
    form, key = {**FORM, "plan": FORM["first"] if head["method"] == "stride" else "0"}, {}
    top = [[name, value if re.fullmatch(form[name], value) else "\t"] for name, value in head.items()]
    rows = [[receipt, key.setdefault(label, receipt)] for receipt, label in sorted(pairs)]
    return list(compare(file, lines, [["xuewei-roster-1"], *top, *rows, [""]], 9, ("receipt", "key")))


def check_result(file, digest, head, rows, lines):
    """Compare a result with the one that follows from a sound roster and the entropy (or a run's seed)."""
    told, official = dict(line for line in lines[9:13] if len(line) == 2), head["kind"] == "official"
    entropy = told.get("entropy", "")
    seed = str(int.from_bytes(hashed("xuewei-entropy-1", entropy), "big")) if official else head["source"][5:]
    seeds = [seed, told.get("seed", seed) if official else seed]  # which was changed? rows follow from one
    replays = [(seed, *replay(head, rows, seed)) for seed in dict.fromkeys(seeds)]
    seed, drawn, result = max(replays, key=lambda one: sum(map(list.__eq__, lines[13:], one[2])))
    written = "that of the seed" if seed != seeds[0] else canonical(entropy) if official else "-"
    facts = [["roster", digest], ["entropy", written], ["seed", seed], ["drawn", drawn]]
    due = [["xuewei-result-1"], *map(list, head.items()), *facts, *result, [""]]
    return list(compare(file, lines, due, 13, ("place", "receipt", "number")))


def check(folder, published=(), tell=print):
    """Check every field of every draw of a folder; returns each change: file, line (0 unknown), field."""
    found, rosters, folder = [], {}, pathlib.Path(folder)
    for stem in sorted({path.name[: -len(end)] for end in ENDS for path in folder.glob("*" + end)}):
        roster, sealed, result = (folder / (stem + end) for end in ENDS)
        lines, seal, told = map(cells, (roster, sealed, result))
        digest = hashlib.sha256(roster.read_bytes() if roster.is_file() else b"").hexdigest()
        kept = digest == seal[0][0][:64] or ["roster", digest] in told[:13]
        top, rows = (lines[1:9], lines[9:-1]) if kept else (told[1:9], [row[1:] for row in told[13:-1]])
        rows = [row for row in rows if len(row) == 2]  # where only the result is left, its numbers tell twins
        head = {**dict.fromkeys(FORM, ""), **dict(line for line in top if line[0] in FORM and len(line) == 2)}
        head["receipts"], again = str(len(dict(rows))), digest in rosters and head["kind"] == "official"
        wrong = check_roster(roster.name, {**head, "receipts": "0"} if again else head, rows, lines)
        found += wrong if kept or (wrong and told[1:]) else [(roster.name, 0, "bytes, or the commitment")]
        if not kept:
            continue
        found += [(sealed.name, 1, "commitment")] if seal != [[f"{digest}  {roster.name}"], [""]] else []
        if result.is_file() and all(line > 8 for _, line, _ in wrong):  # nothing follows from a bad header
            found += check_result(result.name, digest, head, rows, told)
        kind, entropy = KINDS.get(head["kind"], "?"), "/".join(told[10][1:]) if told[10:] else ""
        tell(f"{stem}: {kind}; {head['source']}; entropy {entropy or '未摇号 not drawn'}")
        tell(f"{stem}: SHA-256 {digest} {'✓ 与公布的一致 as published' if digest in published else ''}")
        rosters[digest] = roster.name, head, {*dict(rows)}, set(entropy.split("/")) - {""}
    followed = collections.Counter(one["after"] for _, one, _, _ in rosters.values() if one["after"] != "-")
    for name, head, receipts, sources in rosters.values():
        after, earlier, known = head["after"], [], set()
        while after in rosters:  # back to the first draw of the chain
            _, other, drawn, used = rosters[after]
            after, earlier, known = other["after"], [*earlier, *drawn], known | used
        if after != "-" or followed[head["after"]] > 1 or head["first"] != str(1 + len(earlier)):
            found.append((name, 6, "after, first"))
        found += [(name, 3, "kind")] * (rosters.get(head["after"], (0, head))[1]["kind"] != head["kind"])
        twice = " ".join(sorted(receipts & {*earlier}))
        found += [(name, 0, "drawn twice: " + twice)] if twice else []
        found += [(name, 0, "entropy known beforehand")] if sources and sources <= known else []
    found += [(f"{one} 无此名册 no roster", 0, "commitment") for one in sorted({*published} - {*rosters})]
    for file, line, field in found:
        tell(f"✗ {file} 第 {line or '?'} 行：{field} 被改动 | line {line or '?'}: {field} was changed")
    left = ", ".join(name for name, _, _, sources in rosters.values() if not sources)
    sound = f"已冻结，未摇号 | frozen, not drawn: {left}" if left else "未发现改动 | nothing was changed"
    tell(f"共 {len(found)} 处被改动 | changed: {len(found)}" if found else "✓ " + sound)
    return found


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    if not sys.argv[1:] or not any(pathlib.Path(sys.argv[1]).glob("*" + ENDS[0])):
        sys.exit(print(__doc__) or 2)
    sys.exit(1 if check(sys.argv[1], [word.lower() for word in sys.argv[2:]]) else 0)
