"""The house rules of the design: who imports whom, who touches files, no global luck, no work at import."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
SIMULATOR = HOUSE / "simulator"
FILES = sorted(path for path in SIMULATOR.rglob("*.py") if "vendor" not in path.parts)
GREATEST_LENGTH = 450

FLOOR_0 = {"model", "messages"}
FLOOR_1 = FLOOR_0 | {
    "load", "population", "travel", "transport", "lottery", "indicators", "classes", "forecast",
    "mechanisms", "zoning", "capacity",
}  # fmt: skip
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "messages": set(),
    **dict.fromkeys(
        ("load", "population", "travel", "transport", "lottery", "indicators", "classes", "forecast"), FLOOR_0
    ),
    **dict.fromkeys(("mechanisms", "zoning", "capacity"), FLOOR_0 | {"transport"}),
    "admission": FLOOR_1,
    "replay": FLOOR_1 | {"admission"},
    "explain": FLOOR_1 | {"admission", "replay"},
    "rezone": FLOOR_1 | {"admission", "simulate"},
    "new_schools": FLOOR_1 | {"admission", "simulate"},
    "simulate": FLOOR_1 | {"admission", "replay"},
    "ensemble": FLOOR_1 | {"admission", "explain", "replay", "simulate"},
    "report": FLOOR_0 | {"indicators", "explain", "lottery"},
    "notebook": FLOOR_0 | {"indicators", "population", "report"},
}
"""Room to the other rooms it may import; ``cli`` and the map ``simulator/__init__`` may import all."""

DOOR = SIMULATOR / "model" / "showing.py"
"""Where a result opens the room ``notebook``, in functions, when it is asked for a picture."""

HEAVY = ("pandas", "pyarrow", "scipy", "ortools", "shapely", "geopandas", "matplotlib", "pydantic")

READS = {
    "read_text", "read_bytes", "read_csv", "read_parquet", "read_table", "read_excel", "read_file",
    "read_json", "iterdir", "glob", "rglob", "fromfile", "loadtxt", "genfromtxt", "memmap", "from_path",
}  # fmt: skip
WRITES = {
    "write_text", "write_bytes", "to_csv", "to_parquet", "to_excel", "to_file", "to_json", "to_pickle",
    "savefig", "savetxt", "savez", "tofile", "write_table", "mkdir", "makedirs", "unlink", "rmtree",
    "rmdir", "copyfile", "copytree", "touch", "rename", "symlink_to", "mkdtemp", "mkstemp",
    "NamedTemporaryFile", "TemporaryDirectory",
}  # fmt: skip
OPENS = {"open"}
READERS = {"load", "report", "cli"}  # report reads its own page templates and fonts, cli nothing but paths
WRITERS = {"report", "cli"}
STANDS_APART = SIMULATOR / "lottery" / "verify.py"

PLAIN = ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign
SEEDED_RANDOM = {"Generator", "BitGenerator", "SeedSequence", "PCG64", "PCG64DXSM", "Philox", "default_rng"}


def room(path: Path) -> str:
    """Name of the room a file is in; "" for the map."""
    first = path.relative_to(SIMULATOR).parts[0]
    return "" if first == "__init__.py" else first.removesuffix(".py")


def name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(module: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Every (line, dotted name) imported anywhere in a module, inside functions too.

    ``from a import b`` gives ``a.b``, for ``b`` may be a module.
    """
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def package_of(path: Path) -> str:
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1])


def rooms_imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every (line, room) a module imports, by statement or by a name it hands to ``import_module``."""
    known = {room(file) for file in FILES}
    module = tree(path)
    found = list(imports(module, package_of(path)))
    if any(called in ("import_module", "__import__") for _, called, _ in calls(module)):
        written = (node for node in ast.walk(module) if isinstance(node, ast.Constant))
        found += [(node.lineno, node.value) for node in written if isinstance(node.value, str)]
    for line, dotted in found:
        parts = dotted.split(".")
        if parts[0] == "simulator" and len(parts) > 1 and parts[1] in known:
            yield line, parts[1]


def calls(module: ast.AST) -> Iterator[tuple[int, str, ast.Call]]:
    """Every call by the last word of what is called."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                yield node.lineno, called.attr, node
            elif isinstance(called, ast.Name):
                yield node.lineno, called.id, node


def test_there_is_a_house():
    assert len(FILES) > 20
    unknown = {room(path) for path in FILES} - set(MAY_IMPORT) - {"", "cli"}
    assert not unknown, f"rooms the plan does not know: {sorted(unknown)}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_room_imports_only_the_rooms_below_it(path):
    own = room(path)
    if own in ("", "cli"):
        return
    allowed = MAY_IMPORT[own] | {own} | ({"notebook", "messages"} if path == DOOR else set())
    wrong = [(line, other) for line, other in rooms_imported(path) if other not in allowed]
    assert not wrong, f"{name(path)} imports {wrong}"


def test_the_door_to_the_notebook_opens_only_when_something_is_asked_for():
    """``model/showing.py`` names the room above for its types, and imports it inside its methods alone."""
    at_top = [node for node in tree(DOOR).body if isinstance(node, ast.Import | ast.ImportFrom)]
    dotted = {name for _, name in imports(ast.Module(at_top, type_ignores=[]), package_of(DOOR))}
    assert {name.split(".")[0] for name in dotted} <= set(sys.stdlib_module_names)
    assert "notebook" in {other for _, other in rooms_imported(DOOR)}


def test_floor_0_needs_numpy_only():
    """pandas may be named for a type, or imported by the method that makes a table of a noun."""
    for path in FILES:
        if room(path) not in FLOOR_0:
            continue
        at_top = ast.Module(
            [node for node in tree(path).body if isinstance(node, ast.Import | ast.ImportFrom)],
            type_ignores=[],
        )
        foreign = {dotted.split(".")[0] for _, dotted in imports(at_top, package_of(path))}
        assert foreign <= {"numpy", "simulator", *sys.stdlib_module_names}, name(path)
        anywhere = {dotted.split(".")[0] for _, dotted in imports(tree(path), package_of(path))}
        named = {"pandas", "geopandas"} if path == DOOR else {"pandas"}
        assert anywhere <= {"numpy", *named, "simulator", *sys.stdlib_module_names}, name(path)


@pytest.mark.skipif(not STANDS_APART.exists(), reason="lottery/verify.py is not built yet")
def test_the_verifier_needs_the_standard_library_only():
    used = {dotted.split(".")[0] for _, dotted in imports(tree(STANDS_APART), package_of(STANDS_APART))}
    assert used <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_load_reads_and_only_report_writes(path):
    if path == STANDS_APART:
        return
    module = tree(path)
    found = [(line, called) for line, called, _ in calls(module)]
    if room(path) not in READERS:
        assert not [entry for entry in found if entry[1] in READS | OPENS], name(path)
    if room(path) not in WRITERS:
        assert not [entry for entry in found if entry[1] in WRITES], name(path)
    if room(path) == "load":
        for line, called, node in calls(module):
            assert called not in OPENS or not re.search("[wax+]", mode_of(node)), (name(path), line)


def mode_of(call: ast.Call) -> str:
    """The mode a file is opened with, "r" if none is written down."""
    place = 0 if isinstance(call.func, ast.Attribute) else 1
    given = [keyword.value for keyword in call.keywords if keyword.arg == "mode"] + call.args[
        place : place + 1
    ]
    return str(given[0].value) if given and isinstance(given[0], ast.Constant) else "r"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_text_files_are_opened_with_a_named_encoding(path):
    for line, called, node in calls(tree(path)):
        if called in ("read_text", "write_text") or (called == "open" and "b" not in mode_of(node)):
            module_open = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
            if (
                called == "open"
                and module_open
                and node.func.value.id in ("os", "zipfile", "tarfile", "Image")
            ):
                continue
            named = {keyword.arg for keyword in node.keywords} & {"encoding", None}
            in_place = called != "open" and len(node.args) >= (2 if called == "write_text" else 1)
            assert named or in_place, f"{name(path)}:{line} {called} without an encoding"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_global_luck_no_salted_hash_no_clock(path):
    module = tree(path)
    names = {dotted.split(".")[0] for _, dotted in imports(module, package_of(path))}
    assert "random" not in names, f"{name(path)}: the random module has a global state"
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("np.random", "numpy.random"):
            assert node.attr in SEEDED_RANDOM, f"{name(path)}:{node.lineno} np.random.{node.attr}"
    for line, called, node in calls(module):
        salted = called == "hash" and isinstance(node.func, ast.Name)
        assert not salted, f"{name(path)}:{line} hash() differs from run to run"
        unseeded = called == "default_rng" and not node.args and not node.keywords
        assert not unseeded, f"{name(path)}:{line} a generator without a seed"
        if room(path) != "cli" and isinstance(node.func, ast.Attribute):
            clock = ast.unparse(node.func) in ("time.time", "datetime.now", "datetime.utcnow", "date.today")
            assert not clock, f"{name(path)}:{line} a clock decides a result"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_work_at_import(path):
    """A module is imports, constants and definitions; nothing loops, opens or prints when it is imported."""
    for node in tree(path).body:
        if isinstance(node, ast.If):
            allowed = ("TYPE_CHECKING", "__name__ == '__main__'")
            assert ast.unparse(node.test) in allowed, f"{name(path)}:{node.lineno}"
            continue
        constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        definition = isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
        assert constant or definition or isinstance(node, PLAIN), f"{name(path)}:{node.lineno}"
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            doing = {called for _, called, _ in calls(node.value)} & (READS | WRITES | OPENS)
            assert not doing, f"{name(path)}:{node.lineno} {doing}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_one_subject_per_file(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= GREATEST_LENGTH, f"{name(path)} has {lines} lines"
    assert path.stem not in ("utils", "util", "helpers", "common", "misc"), name(path)


def modules_after(code: str) -> set[str]:
    """Top-level and second-level names of the modules a fresh interpreter has after running ``code``."""
    code += "\nimport sys\nprint('\\n'.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, encoding="utf-8", check=True
    )
    return set(done.stdout.splitlines())


@pytest.mark.parametrize(
    "code",
    [
        "import simulator",
        "import simulator.messages, simulator.model",
        pytest.param(
            "import simulator.cli\nsimulator.cli.main(['--help'])",
            marks=pytest.mark.skipif(not (SIMULATOR / "cli").exists(), reason="no command line yet"),
        ),
    ],
)
def test_nothing_heavy_at_start(code):
    loaded = modules_after(code)
    assert not {module for module in loaded if module.split(".")[0] in HEAVY}
    rooms = {module.split(".")[1] for module in loaded if module.startswith("simulator.")}
    assert rooms <= {"cli", "messages", "model"}


OWN_TEXT = [
    path
    for folder in ("simulator", "docs", "scenarios", "notebooks", "benchmarks")
    for path in sorted((HOUSE / folder).rglob("*"))
    if path.suffix in (".py", ".md", ".toml", ".html", ".css", ".js", ".json") and "vendor" not in path.parts
] + sorted(
    path for path in HOUSE.glob("*") if path.suffix in (".md", ".toml", ".txt") or path.name == "Makefile"
)


def test_the_project_speaks_of_itself_alone():
    """No folder of one machine and no address of one package index in what is published."""
    foreign = re.compile(
        r"(?<![\w.])/work/|/home/\w|pypi\.org|pythonhosted\.org|files\.\w+\.org/simple|https?://localhost"
    )
    assert OWN_TEXT
    for path in OWN_TEXT:
        found = foreign.search(path.read_text(encoding="utf-8"))
        assert not found, f"{name(path)}: {found.group() if found else ''}"


def test_the_walker_sees_what_it_should():
    """The tests above can fail: planted faults are found."""
    planted = ast.parse("def f():\n    from simulator.report import write\n    from ..load import scenario\n")
    found = {dotted for _, dotted in imports(planted, "simulator.travel")}
    assert found == {"simulator.report.write", "simulator.load.scenario"}
    opened = ast.parse("open('a', 'w')\nPath('a').open('w')\npath.write_text('x')\nopen('a')")
    assert [called for _, called, _ in calls(opened)] == ["open", "open", "write_text", "open", "Path"]
    modes = [mode_of(node) for _, called, node in calls(opened) if called == "open"]
    assert sorted(modes) == ["r", "w", "w"]
