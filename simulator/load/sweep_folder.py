"""What a sweep has written: its finished batches while it is under way, and its tables once it is whole."""

from __future__ import annotations

import hashlib
import json
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from simulator.load.ledger import SCENARIO_FILE, Ledger
from simulator.model import MEASURES, UNPLACED, Draws, Fault, ScenarioError, Stage
from simulator.model.arrays import Integers
from simulator.model.paths import PathName

MANIFEST = "manifest.json"
FORMAT = "xuewei-sweep-1"
PLAN, PARTS = "plan.json", "parts"


def county_folders(path: PathName) -> tuple[tuple[str, Path], ...]:
    """The scenario folders in a folder, by name; none where the folder is a scenario itself, or holds
    none."""
    path = Path(path)
    if not path.is_dir() or (path / SCENARIO_FILE).is_file():
        return ()
    found = sorted(child for child in path.iterdir() if (child / SCENARIO_FILE).is_file())
    return tuple((child.name, child) for child in found)


def files_fingerprint(folder: PathName) -> str:
    """SHA-256 over the files of a scenario folder, names and bytes, and of the folders it is based on.

    Nothing is read as a table: this is to tell cheaply that the data of one county out of thousands changed.
    """
    digest, seen = hashlib.sha256(), set[Path]()
    here = Path(folder).resolve()
    while here.is_dir() and here not in seen:
        seen.add(here)
        for file in sorted(path for path in here.rglob("*") if path.is_file()):
            body = file.read_bytes()
            digest.update(f"{file.relative_to(here).as_posix()}\n{len(body)}\n".encode() + body)
        try:
            base = tomllib.loads((here / SCENARIO_FILE).read_text(encoding="utf-8-sig")).get("base", "")
        except (OSError, ValueError):
            break
        here = (here / str(base)).resolve()
    return digest.hexdigest()


@dataclass(frozen=True)
class Parts:
    """The finished batches of one unfinished sweep.

    Attributes:
        plan: what was to be played. files: place of the county in the study to its files, by name.
    """

    plan: Mapping[str, Any]
    files: Mapping[int, Sequence[Path]]

    def finished(self, place: int) -> Integers:
        """Draws of a county that are finished, int64, rising."""
        draws = [part.draw for part in self._read(place)]
        return np.sort(np.concatenate(draws)) if draws else np.zeros(0, dtype=np.int64)

    def draws(self, place: int) -> Draws | None:
        """All that is finished of a county, None where nothing is.

        Raises:
            ValueError: its batches are of different inputs.
        """
        found = list(self._read(place))
        return Draws.join(found) if found else None

    def _read(self, place: int) -> Iterator[Draws]:
        """Batches that can be read; one that a failing disk has spoilt counts as not played."""
        for file in self.files.get(place, ()):
            try:
                with np.load(file, allow_pickle=False) as arrays:
                    yield Draws.from_arrays(arrays)
            except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
                continue


def sweep_parts(folder: PathName) -> Parts | None:
    """The batches kept in ``folder``; None where there is no unfinished sweep."""
    folder = Path(folder)
    try:
        plan = json.loads((folder / PLAN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    files: dict[int, list[Path]] = {}
    for file in sorted((folder / PARTS).glob("*.npz")):
        files.setdefault(int(file.name.split("-")[0]), []).append(file)
    return Parts(dict(plan), files)


@dataclass(frozen=True)
class SweepFolder:
    """A whole sweep: its manifest, and its counties one by one.

    Attributes:
        folder: where it is. manifest: as it was written.
    """

    folder: Path
    manifest: Mapping[str, Any]

    def counties(self) -> Iterator[Draws]:
        """The draws of every county, in order; one at a time is in memory.

        Raises:
            ScenarioError: a table is missing or torn.
        """
        try:
            yield from self._counties()
        except (OSError, ValueError, KeyError) as error:  # Arrow's own are among them
            raise ScenarioError([Fault("sweep_torn", value=str(self.folder))]) from error

    def _counties(self) -> Iterator[Draws]:
        names = ("counties", "draws", "indicators", "groups", "blocks", "odds")
        files = {name: pq.ParquetFile(self.folder / f"{name}.parquet") for name in names}
        for row in range(files["counties"].num_row_groups):
            yield _draws({name: file.read_row_group(row) for name, file in files.items()})


def is_sweep(path: PathName) -> bool:
    """Whether a folder is a whole sweep."""
    try:
        return bool(json.loads((Path(path) / MANIFEST).read_text(encoding="utf-8")).get("format") == FORMAT)
    except (OSError, ValueError, AttributeError):
        return False


def sweep_folder(path: PathName) -> SweepFolder:
    """Read the folder of a whole sweep.

    Raises:
        ScenarioError: it is none.
    """
    path, ledger = Path(path), Ledger()
    if not is_sweep(path):
        ledger.add("sweep_no_folder", value=path)
    ledger.raise_faults()
    return SweepFolder(path, json.loads((path / MANIFEST).read_text(encoding="utf-8")))


def _draws(tables: Mapping[str, Any]) -> Draws:
    """One county from its rows of every table."""

    def column(table: str, name: str) -> Integers:
        return np.asarray(tables[table].column(name).to_numpy(), dtype=np.int64)

    def measures(table: str, prefix: str, shape: tuple[int, ...]) -> Integers:
        columns = [column(table, f"{prefix}{name}") for name in MEASURES]
        return np.stack(columns, axis=-1).reshape(*shape, len(MEASURES))

    told = tables["counties"].column("layout")[0].as_py()
    layout = json.loads(told)
    variants, draws = len(layout["variants"]), len(tables["draws"])
    by_draw = (variants, draws, len(layout["code"]))
    by_block = (variants, 1 + len(Stage), len(layout["block"]))
    sums = ("sum_", "squares_", "change_", "change_squares_")
    total, square, change, change_square = (measures("blocks", prefix, by_block) for prefix in sums)
    return Draws.from_arrays(
        {
            "layout": told,
            "draw": column("draws", "draw"),
            "lottery_seed": column("draws", "lottery_seed"),
            "children_seed": column("draws", "children_seed"),
            "numerator": column("indicators", "numerator").reshape(by_draw),
            "denominator": column("indicators", "denominator").reshape(by_draw),
            "groups": measures("groups", "", (variants, draws, len(Stage), len(layout["group"]))),
            "total": total,
            "square": square,
            "change": change,
            "change_square": change_square,
            "odds": _odds(tables["odds"], layout),
        }
    )


def _odds(table: Any, layout: Mapping[str, Any]) -> Integers:
    """int64 (rows, 6), as in ``Draws``, from names back to rows."""
    stages = [stage.name.lower() for stage in Stage]
    names = {
        "variant": layout["variants"],
        "stage": stages,
        "block": layout["block"],
        "round_name": layout["rounds"],
        "school": layout["school"],
    }
    columns = []
    for name, known in names.items():
        place = {word: row for row, word in enumerate(known)} | {None: UNPLACED}
        found = table.column(name).to_pylist()
        columns.append(np.array([place[word] for word in found], dtype=np.int64))
    placed = np.asarray(table.column("times_placed").to_numpy(), dtype=np.int64)
    return np.stack([*columns, placed], axis=1).reshape(-1, 6)
