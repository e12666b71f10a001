"""A run folder back to the scenario it was made from, and to what it recorded of every child.

The manifest holds the settings as they were resolved (base, variant, ``--set``, seed) and the SHA-256 of
every input, not where the input lies: a run is the same bytes on every machine. So the scenario folder is
named by the reader, or looked for in the usual places, and taken only if every input is, byte for byte, the
one of the run. The resolved settings of the manifest are then played, so nobody need remember the options.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from simulator.load.assembly import assemble
from simulator.load.files import Sources, inside
from simulator.load.finding import Reader
from simulator.load.ledger import SCENARIO_FILE, Ledger
from simulator.load.settings import Level, Settings, read_settings
from simulator.load.validation import validate
from simulator.model import Recorded, Scenario, Status
from simulator.model.arrays import Texts, texts
from simulator.model.paths import PathName

MANIFEST = "manifest.json"
FORMAT = "xuewei-run-1"
CHILDREN = "internal/students.parquet"


@dataclass(frozen=True)
class RunFolder:
    """What a run was made from, and what it recorded.

    Attributes:
        scenario: ready to be played again. recorded: every child's outcome. language: of the report.
    """

    scenario: Scenario
    recorded: Recorded
    language: str


def run_folder(path: PathName, scenario: PathName | None = None) -> RunFolder:
    """Read a run folder and the scenario it was made from.

    1. The manifest, and the outcome of every child (``internal/``), which must be as they were written.
    2. The scenario folder: ``scenario`` if given, else the first of the usual places whose settings file is
       that of the run.
    3. Every input must be there and be the one of the run, and there may be no further one.
    4. The scenario with the settings of the manifest.

    Args:
        path: the run folder. scenario: the scenario folder, None to look for it.

    Raises:
        ScenarioError: it is no run folder, or an input is not what it was; it names every such file.
    """
    path, scenario = Path(path), None if scenario is None else Path(scenario)
    ledger = Ledger()
    manifest = _read_manifest(path, ledger)
    ledger.raise_faults()
    recorded = _read_recorded(path, manifest, ledger)
    hashes: dict[str, str] = manifest["inputs_sha256"]
    folder = _find_scenario(path, scenario, manifest, ledger)
    if folder is not None:
        _compare_inputs(folder, hashes, ledger)
    ledger.raise_faults()
    assert folder is not None and recorded is not None
    read = _read_scenario(folder, manifest, ledger)
    for name in sorted(read.sources.keys() - hashes.keys()):
        ledger.add("run_input_new", name)
    ledger.raise_faults()
    return RunFolder(read, recorded, str(manifest.get("language", "")))


def _read_manifest(path: Path, ledger: Ledger) -> dict[str, Any]:
    """The manifest as plain data; a fault where it is none."""
    file = path / MANIFEST
    if not file.is_file():
        ledger.add("run_no_manifest", value=path)
        return {}
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        whole = data["format"] == FORMAT and isinstance(data["scenario"]["name"], str)
        tables = (data["inputs_sha256"], data["files_sha256"], data["seed"], data["versions"])
        whole = whole and all(isinstance(table, dict) for table in tables) and SCENARIO_FILE in tables[0]
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        ledger.add("run_manifest_broken", MANIFEST)
        return {}
    return dict(data)


def _read_recorded(path: Path, manifest: Mapping[str, Any], ledger: Ledger) -> Recorded | None:
    """The outcome of every child as the run wrote it."""
    file = path / CHILDREN
    if not file.is_file():
        ledger.add("run_no_internal", CHILDREN)
        return None
    if _sha256(file) != manifest["files_sha256"].get(CHILDREN):
        ledger.add("run_file_changed", CHILDREN)
        return None
    table = pq.read_table(file, columns=["student", "status", "school", "round_name"])
    codes = {status.name.lower(): int(status) for status in Status}
    status = table.column("status").cast("string").to_pylist()
    return Recorded(
        id=texts(table.column("student").to_pylist()),
        status=np.array([codes[name] for name in status], dtype=np.int8),
        school=_texts_or_blank(table, "school"),
        round=_texts_or_blank(table, "round_name"),
        versions={name: str(value) for name, value in manifest["versions"].items()},
    )


def _texts_or_blank(table: Any, name: str) -> Texts:
    return texts([value or "" for value in table.column(name).to_pylist()])


def _find_scenario(
    path: Path, named: Path | None, manifest: Mapping[str, Any], ledger: Ledger
) -> Path | None:
    """The scenario folder, or None with a fault."""
    wanted = manifest["inputs_sha256"][SCENARIO_FILE]
    if named is not None:
        folder = named.parent if named.name == SCENARIO_FILE and not named.is_dir() else named
        if not folder.is_dir():
            ledger.add("no_scenario_folder", value=named)
            return None
        if not (folder / SCENARIO_FILE).is_file():
            ledger.add("no_scenario_file", value=named)
            return None
        return folder.resolve()
    for folder in _usual_places(path, str(manifest["scenario"]["name"])):
        if (folder / SCENARIO_FILE).is_file() and _sha256(folder / SCENARIO_FILE) == wanted:
            return folder.resolve()
    ledger.add("run_scenario_not_found", value=manifest["scenario"]["name"])
    return None


def _usual_places(path: Path, name: str) -> Iterator[Path]:
    """Where a scenario of this name would lie, seen from here and from the run folder.

    In ``scenarios/`` and in the folders of it (``scenarios/procedures/``), those of the name first.
    """
    for base in (Path(), path.resolve().parent.parent, path.resolve().parent):
        yield from (base / "scenarios" / name, base / name)
        inner = [*sorted((base / "scenarios").glob("*/")), *sorted((base / "scenarios").glob("*/*/"))]
        yield from sorted(inner, key=lambda folder: folder.name != name)


def _compare_inputs(folder: Path, hashes: Mapping[str, str], ledger: Ledger) -> None:
    """A fault for every input of the run that is gone or is no longer what it was."""
    for name, wanted in sorted(hashes.items()):
        file = folder / name
        if not inside(file, folder.parent):
            ledger.add("path_leaves_folder", name, value=name, folder=folder.parent.name)
        elif not file.is_file():
            ledger.add("run_input_missing", name)
        elif _sha256(file) != wanted:
            ledger.add("run_input_changed", name)


def _read_scenario(folder: Path, manifest: Mapping[str, Any], ledger: Ledger) -> Scenario:
    """The scenario with the settings the run resolved; columns the run dropped are dropped again."""
    sources = Sources()
    read = read_settings(folder, "", (), sources, ledger)
    ledger.raise_faults()
    assert read is not None
    resolved = deepcopy(dict(manifest["scenario"])) | {"seed": manifest["seed"].get("value", 1)}
    settings = with_resolved(read, resolved)
    validated = validate(settings.data, ledger)
    ledger.raise_faults()
    reader = Reader(settings.levels, validated.policy, sources, ledger, drop_forbidden=True)
    made = assemble(reader, settings, sound=validated.sound)
    ledger.raise_faults()
    changes = manifest.get("changes")
    return replace(
        made,
        variant=str(manifest.get("variant") or ""),
        changes=tuple(map(str, changes)) if isinstance(changes, list) else (),
    )


def with_resolved(settings: Settings, resolved: dict[str, Any]) -> Settings:
    """``settings`` of a scenario without variant and ``--set``, with ``resolved`` ones in their place.

    Files of tables that differ were named by the variant or on the command line, which both go with the
    scenario's own folder.
    """
    plain, wanted = (dict(data.get("tables") or {}) for data in (settings.data, resolved))
    named = {name: file for name, file in wanted.items() if plain.get(name) != file}
    own = settings.levels[0]
    levels = (Level(own.folder, {**own.tables, **named}), *settings.levels[1:])
    return replace(settings, data=resolved, levels=levels)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
