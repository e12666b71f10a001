"""``scenario.toml`` with its bases, its variant and ``--set``, as plain data.

1. Read the file; follow ``base`` to the last one. A base lies beside the scenario: a path that leaves the
   folder which holds the scenario is a fault, and so is a circle.
2. Merge from the last base to the scenario itself, then ``[variants.NAME]``, then ``--set key=value``.
   Tables merge key by key; a list replaces the list below it; a table laid over a list of rounds (or of
   preferences) is keyed by the name of the round and merges into it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.load.files import File, Sources, inside, relative_name, utf8
from simulator.load.ledger import SCENARIO_FILE, Ledger
from simulator.load.suggest import nearest_word
from simulator.model.paths import PathName

KEYED_LISTS = {"rounds": "name", "preferences": "round", "shares": "name"}
"""Lists of tables that an override may address by this key of theirs."""


@dataclass(frozen=True)
class Level:
    """One scenario folder of the chain: the scenario itself first, its base next, and so on.

    Attributes:
        folder: resolved path. tables: its own ``[tables]``, file name by table.
    """

    folder: Path
    tables: Mapping[str, str]


@dataclass(frozen=True)
class Settings:
    """The settings as plain data, and where tables may lie.

    Attributes:
        data: merged settings without ``base`` and ``variants``. variants: all named overrides, merged.
        levels: the chain of folders.
        round_words: names and titles of all rounds of the bases, the scenario and its variants. Wishes for
            one that this variant does not play are left out, not refused.
    """

    data: dict[str, Any]
    variants: dict[str, Any] = field(default_factory=dict)
    levels: tuple[Level, ...] = ()
    round_words: frozenset[str] = frozenset()


def read_settings(
    path: Path, variant: str, overrides: Sequence[str], sources: Sources, ledger: Ledger
) -> Settings | None:
    """Steps 1 and 2 above; ``None`` where there is nothing to go on with."""
    chain = _read_chain(path, sources, ledger)
    if not chain:
        return None
    merged: dict[str, Any] = {}
    for _, data in reversed(chain):
        merged = _merge(merged, {k: v for k, v in data.items() if k != "base"}, "", ledger)
    variants = merged.pop("variants", {})
    if not _is_table_of_tables(variants):
        ledger.add("setting_not_a_table", SCENARIO_FILE, column="variants", value=variants)
        variants = {}
    levels = [Level(folder, _file_names(data)) for folder, data in chain]
    top: dict[str, str] = dict(levels[0].tables)
    if variant:
        merged = apply_variant(merged, variants, variant, ledger)
        top |= _file_names(variants.get(variant, {}))
    for override in overrides:
        ledger.command(override.partition("=")[0].strip(), f"--set {override}")
        parsed = _parse_override(override, ledger)
        merged = _merge(merged, parsed, "", ledger)
        top |= _file_names(parsed)
    levels[0] = Level(levels[0].folder, top)
    written = [data for _, data in chain] + [variants[name] for name in variants]
    words = frozenset(word for data in written for word in _round_words(data))
    return Settings(merged, variants, tuple(levels), words)


def own_folder(path: PathName) -> str:
    """What tells a scenario that has its base's name from it: the name of its own folder; else "".

    The name itself stays the base's, for scenarios that share one share their luck (``ensemble.seeds``).
    """
    chain = _read_chain(Path(path), Sources(), Ledger())
    inherits = len(chain) > 1 and "name" not in chain[0][1]
    return chain[0][0].name if inherits else ""


def apply_variant(
    data: dict[str, Any], variants: Mapping[str, Any], name: str, ledger: Ledger
) -> dict[str, Any]:
    """``data`` with the named overrides laid over it."""
    if name not in variants:
        ledger.add(
            "unknown_variant",
            f"--variant {name}",
            value=name,
            suggestion=nearest_word(name, variants),
            known=", ".join(variants) or "—",
        )
        return data
    overlay = dict(variants[name])
    for key in ("base", "variants"):
        if overlay.pop(key, None) is not None:
            ledger.add("setting_not_here", SCENARIO_FILE, column=f"variants.{name}.{key}", value=key)
    return _merge(data, overlay, f"variants.{name}", ledger)


def _read_chain(path: Path, sources: Sources, ledger: Ledger) -> list[tuple[Path, dict[str, Any]]]:
    """The scenario and its bases, each a folder and the plain data of its file."""
    folder = path.parent if path.name == SCENARIO_FILE and not path.is_dir() else path
    if not folder.is_dir():
        ledger.add("no_scenario_folder", value=path)
        return []
    folder = folder.resolve()
    sources.folder = folder
    fence = folder.parent
    chain: list[tuple[Path, dict[str, Any]]] = []
    while True:
        name = relative_name(folder / SCENARIO_FILE, sources.folder)
        if any(folder == earlier for earlier, _ in chain):
            ledger.add("base_circle", name, column="base", value=chain[-1][1].get("base", ""))
            return chain
        data = _read_toml(folder / SCENARIO_FILE, name, sources, ledger)
        if data is None:
            return chain if chain else []
        chain.append((folder, data))
        base = data.get("base", "")
        if not base:
            return chain
        if not isinstance(base, str):
            ledger.add("base_broken", name, column="base", value=base)
            return chain
        if Path(base).is_absolute():
            ledger.add("path_leaves_folder", name, column="base", value=base, folder=fence.name)
            return chain
        below = (folder / base).resolve()
        if not inside(below, fence):
            ledger.add("path_leaves_folder", name, column="base", value=base, folder=fence.name)
            return chain
        if not (below / SCENARIO_FILE).is_file():
            ledger.add("no_base", name, column="base", value=base)
            return chain
        folder = below


def _read_toml(path: Path, name: str, sources: Sources, ledger: Ledger) -> dict[str, Any] | None:
    if not path.is_file():
        ledger.add("no_scenario_file", name, value=SCENARIO_FILE)
        return None
    try:
        body = utf8(sources.read(File(path, name)))
    except OSError as error:
        ledger.add("cannot_open", name, value=error.strerror or error)
        return None
    if body is None:
        ledger.add("wrong_encoding", name)
        return None
    try:
        return tomllib.loads(body.decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        ledger.add("toml_syntax", name, row=int(line[1]) if line else 0, value=str(error), where=str(error))
        return None


def _merge(under: Any, over: Mapping[str, Any], path: str, ledger: Ledger) -> dict[str, Any]:
    """``over`` laid over ``under``; both stay as they are."""
    merged = deepcopy(dict(under))
    for key, value in over.items():
        here = f"{path}.{key}" if path else key
        below = merged.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            merged[key] = _merge(below, value, here, ledger)
        elif isinstance(value, Mapping) and key in KEYED_LISTS and isinstance(below, list):
            merged[key] = _merge_by_name(below, value, KEYED_LISTS[key], here, ledger)
        else:
            merged[key] = deepcopy(value)
    return merged


def _merge_by_name(
    entries: list[Any], over: Mapping[str, Any], key: str, path: str, ledger: Ledger
) -> list[Any]:
    """Overrides keyed by the name of a round, laid over the list of rounds."""
    merged = list(entries)
    places = {entry.get(key): i for i, entry in enumerate(entries) if isinstance(entry, Mapping)}
    for name, value in over.items():
        here = f"{path}.{name}"
        if name not in places:
            known = [str(place) for place in places]
            suggestion = nearest_word(name, known)
            ledger.add(
                "unknown_round", SCENARIO_FILE, 0, here, name, suggestion=suggestion, known=", ".join(known)
            )
        elif not isinstance(value, Mapping):
            ledger.add("setting_not_a_table", SCENARIO_FILE, column=here, value=value)
        else:
            merged[places[name]] = _merge(entries[places[name]], value, here, ledger)
    return merged


def _parse_override(override: str, ledger: Ledger) -> dict[str, Any]:
    """``a.b.c=value`` as nested tables; the value is TOML, and bare text stands for itself."""
    key, equals, text = override.partition("=")
    parts = [part.strip() for part in key.split(".")]
    if not equals or not all(parts) or parts[0] in ("base", "variants"):
        ledger.add("bad_override", f"--set {override}")
        return {}
    try:
        read = tomllib.loads(f"value = {text}")
        value = read["value"] if set(read) == {"value"} else text
    except tomllib.TOMLDecodeError:
        value = text.strip()
    nested: dict[str, Any] = {parts[-1]: value}
    for part in reversed(parts[:-1]):
        nested = {part: nested}
    return nested


def _round_words(data: Mapping[str, Any]) -> Iterator[str]:
    """Names and titles of the rounds written in one place."""
    rounds = data.get("rounds", [])
    if isinstance(rounds, Mapping):
        named = ((name, entry) for name, entry in rounds.items() if isinstance(entry, Mapping))
        rounds = [{"name": name} | dict(entry) for name, entry in named]
    for entry in rounds if isinstance(rounds, list) else []:
        if isinstance(entry, Mapping):
            yield from (str(entry[key]) for key in ("name", "title", "title_en") if entry.get(key))


def _file_names(data: Any) -> dict[str, str]:
    tables = data.get("tables", {}) if isinstance(data, Mapping) else {}
    if not isinstance(tables, Mapping):
        return {}
    return {str(name): file for name, file in tables.items() if isinstance(file, str)}


def _is_table_of_tables(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(entry, Mapping) for entry in value.values())
