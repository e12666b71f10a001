"""核验摇号审核材料 · Verify the audit bundle of a draw:  python3 verify.py FOLDER [COMMITMENT ...]

只需要 Python 3 本身。Needs Python 3 alone. The commitments published beforehand, if given, are compared too.
Exit code: 0 sound, 1 changed, 2 no bundle. docs/lottery.md has the construction in full."""

import collections
import hashlib
import itertools
import math
import pathlib
import sys

HEADER = ["draw", "kind", "method", "plan", "after", "first", "source", "receipts"]
START = {"circle": ["direction", "start"], "interval": ["start", "interval"], "stride": ["start"]}
DRAWN = {"keyed": [], "descending": [], "direction": ["direction"], **START}
ENDS = (".roster.txt", ".commitment.txt", ".result.txt")
KINDS = {"official": "正式摇号 official draw", "simulation": "模拟，不是正式摇号 SIMULATION, not official"}


def hashed(*parts):
    """SHA-256 of the parts with a line feed between them."""
    return hashlib.sha256("\n".join(map(str, parts)).encode("utf-8")).digest()


def pick(seed, name, what, count):
    """One value from 1 to count, equally likely each: values beyond a whole multiple of count are refused."""
    values = (int.from_bytes(hashed("xuewei-pick-1", seed, name, what, k), "big") for k in itertools.count())
    return next(value for value in values if value < 2**256 // count * count) % count + 1


def replay(head, rows, seed):
    """What follows from a roster and a seed: the values drawn, and the rows of the result."""
    name, method, place = head["draw"], head["method"], {}
    size = collections.Counter(key for _, key in rows)
    keys, n = sorted(size), len(size)
    number = {key: int.from_bytes(hashed("xuewei-draw-1", seed, name, key)[:8], "big") // 2 for key in keys}
    order = sorted(keys, key=lambda key: (number[key], key))
    value = {one: pick(seed, name, one, 2 if one == "direction" else n) for one in DRAWN[method] if n}
    at = value.get("start", 1) - 1
    if method == "descending" or (method == "direction" and value.get("direction") == 2):
        order = sorted(keys, key=lambda key: (-number[key], key))
    elif method in ("circle", "interval", "stride"):
        number = {key: at for at, key in enumerate(order if method == "circle" else keys, 1)}
    if method == "circle":
        order = [order[(at + (3 - 2 * value["direction"]) * k) % n] for k in range(n)]
    elif method == "interval":
        for k in range(n):
            order[k] = keys.pop(at % len(keys))
            at = at % (len(keys) + 1) + value["interval"] - 1
    elif method == "stride" and n:
        stride = -(-len(rows) // int(head["plan"]))
        turn = n // math.gcd(n, stride)  # a turn ends on a number drawn before: on with the one behind it
        order = [keys[(at + k // turn + k % turn * stride) % n] for k in range(n)]
    at = int(head["first"])
    for key in order:
        place[key], at = at, at + size[key]
    result = sorted((place[key], receipt, number[key]) for receipt, key in rows)
    drawn = " ".join(f"{one}={drawn}" for one, drawn in value.items()) or "-"
    return drawn, [list(map(str, row)) for row in result]


def cells(path):
    """Every line of a file, parted by tabs; the last is empty, for every line ends with a line feed."""
    text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    return [line.split("\t") for line in text.split("\n")]


def compare(file, lines, due, top, columns, bad):
    """Name every field that is not as due: of the ``top`` first lines by name, of the others by column."""
    for line, (one, other) in enumerate(itertools.zip_longest(lines, due, fillvalue=[]), 1):
        fields = itertools.zip_longest(columns, one, other)
        if one != other and top < line < len(due):
            bad(file, line, ", ".join(name or "form" for name, was, must in fields if was != must))
        elif one != other:
            bad(file, line, other[0] if other and 1 < line <= top else "form")


def check_result(file, digest, head, rows, lines, bad):
    """Compare a result with the one that follows from a sound roster and the entropy (or a run's seed)."""
    told, official = dict(line for line in lines[9:13] if len(line) == 2), head["kind"] == "official"
    entropy = told.get("entropy", "") if official else "-"
    seed = int.from_bytes(hashed("xuewei-entropy-1", entropy), "big") if official else head["source"][5:]
    drawn, result = replay(head, rows, seed)
    if official and told.get("seed") != str(seed):  # which of the two was changed? the rows follow from one
        other = replay(head, rows, told.get("seed"))
        if sum(map(list.__eq__, lines[13:], other[1])) > sum(map(list.__eq__, lines[13:], result)):
            (drawn, result), seed, entropy = other, told["seed"], "that of the seed"
    facts = [["roster", digest], ["entropy", entropy], ["seed", str(seed)], ["drawn", drawn]]
    due = [["xuewei-result-1"], *([name, head[name]] for name in HEADER), *facts, *result, [""]]
    compare(file, lines, due, 13, ("place", "receipt", "number"), bad)


def roster_told(lines):
    """The roster a result was drawn from: twins are told by their number, keyed by the smaller receipt."""
    number, key = {row[1]: row[2] for row in lines[13:-1] if len(row) == 3}, {}
    rows = [[receipt, key.setdefault(number[receipt], receipt)] for receipt in sorted(number)]
    return [["xuewei-roster-1"], *lines[1:9], *rows, [""]]


def check(folder, published=(), tell=print):
    """Check every field of every draw of a folder; returns each change: file, line (0 unknown), field."""
    found, rosters, folder = [], {}, pathlib.Path(folder)

    def bad(file, line, field):
        found.append((file, line, field))
        if len(found) <= 50:
            tell(f"✗ {file} 第 {line} 行：{field} 被改动 | line {line}: {field} was changed")

    for stem in sorted({path.name[: -len(end)] for end in ENDS for path in folder.glob("*" + end)}):
        files = [folder / (stem + end) for end in ENDS]
        (roster, commitment, result), (lines, committed, told) = files, map(cells, files)
        digest = hashlib.sha256(roster.read_bytes() if roster.is_file() else b"").hexdigest()
        before, again = len(found), digest in rosters and ["kind", "official"] in lines
        if digest != committed[0][0][:64] and ["roster", digest] not in told[:13]:
            compare(roster.name, lines, roster_told(told) if told[1:] else lines, 9, ("receipt", "key"), bad)
            if len(found) == before:
                bad(roster.name, 0, "bytes, or the commitment")
            continue
        if committed != [[f"{digest}  {roster.name}"], [""]]:
            bad(commitment.name, 1, "commitment")
        head, rows = dict(lines[1:9]), sorted(lines[9:-1])
        due = [["xuewei-roster-1"], *lines[1:8], ["receipts", str(len(rows))], *rows, [""]]
        if again or lines != due:
            bad(roster.name, 9, "receipts")
        if told[1:]:
            check_result(result.name, digest, head, rows, told, bad)
        entropy = told[10] if told[10:] else ["未摇号 not drawn"]
        tell(f"{stem}: {KINDS[head['kind']]}; {head['source']}; {' '.join(entropy)}")
        tell(f"{stem}: SHA-256 {digest} {'✓ 与公布的一致 as published' if digest in published else ''}")
        rosters[digest] = roster.name, head, {row[0] for row in rows}, entropy[1:]
    for name, head, receipts, entropy in rosters.values():
        _, earlier, drawn, used = rosters.get(head["after"], (name, {"first": 1}, set(), []))
        if (head["after"] == "-") == bool(drawn) or int(head["first"]) != int(earlier["first"]) + len(drawn):
            bad(name, 6, "after, first")
        if receipts & drawn or (entropy and entropy == used):
            bad(name, 0, " ".join(sorted(receipts & drawn)) or "entropy known beforehand")
    for digest in sorted(set(published) - set(rosters)):
        bad("?", 0, "published commitment " + digest)
    return found


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.excepthook = lambda kind, error, trace: print(f"不是规范的材料 | not of the form: {error!r}")
    if not sys.argv[1:] or not any(pathlib.Path(sys.argv[1]).glob("*" + ENDS[0])):
        sys.exit(print(__doc__) or 2)
    changed = len(check(sys.argv[1], [word.lower() for word in sys.argv[2:]]))
    print(f"共 {changed} 处被改动 | changed: {changed}" if changed else "✓ 未发现改动 | nothing was changed")
    sys.exit(1 if changed else 0)
