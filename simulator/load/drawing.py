"""Files of a draw: the list of applicants, the private table of receipts, and the bundle as bytes.

These are no tables of a scenario: a bureau's own list is read for its columns of students and twins alone,
and whatever else it holds is left where it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulator.load.cells import LAST_BIRTH
from simulator.load.files import File, Sources
from simulator.load.finding import Reader
from simulator.load.headings import match_headings
from simulator.load.ledger import Ledger
from simulator.load.roster import NO_TWIN, refuse_identity_numbers
from simulator.load.table import Table
from simulator.model import UNPLACED, Policy
from simulator.model.arrays import Integers, Texts
from simulator.model.dictionary import STUDENTS, Column
from simulator.model.paths import PathName

RECEIPT = Column("receipt", ("回执号", "回执", "凭证号"), "id", "随机回执号", "random receipt number", True)
IN_A_BUNDLE = (".roster.txt", ".commitment.txt", ".result.txt")


@dataclass(frozen=True)
class Applicants:
    """Who takes part in a draw: ids, object (str), and the label of twins, int32, ``UNPLACED`` for none."""

    student: Texts
    twin_group: Integers


def applicants(path: PathName) -> Applicants:
    """Read a list of applicants: CSV, Excel or Parquet with a column of students, and one of twins if any.

    Raises:
        ScenarioError: the file or an id has faults, or an id is an identity number; all of them are listed.
    """
    columns = tuple(column for column in STUDENTS if column.name in ("student", "twin_group"))
    table, ledger = _table(path, columns)
    students = table.ids("student")
    refuse_identity_numbers(table, LAST_BIRTH)
    found = table.labels("twin_group", NO_TWIN)
    words = np.array(found.texts.to_pylist(), dtype=object)
    counts = np.bincount(found.codes, minlength=len(words))
    twins = np.array([bool(word) for word in words], dtype=np.bool_) & (counts > 1)
    ledger.raise_faults()
    return Applicants(
        students, np.where(twins, np.arange(len(words)), UNPLACED)[found.codes].astype(np.int32)
    )


def receipts(path: PathName) -> Mapping[str, str]:
    """Student to receipt, out of the private table.

    Raises:
        ScenarioError: the table has faults.
    """
    student = next(column for column in STUDENTS if column.name == "student")
    table, ledger = _table(path, (student, RECEIPT))
    students, numbers = table.ids("student"), table.ids("receipt")
    ledger.raise_faults()
    return dict(zip(students.tolist(), numbers.tolist(), strict=True))


def bundle(folder: PathName) -> Mapping[str, bytes]:
    """Every file of a bundle by its name; other files in the folder are left alone.

    Raises:
        OSError: the folder cannot be read.
    """
    folder = Path(folder)
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(IN_A_BUNDLE))
    return {name: (folder / name).read_bytes() for name in names}


def _table(name: PathName, columns: Sequence[Column]) -> tuple[Table, Ledger]:
    path, ledger = Path(name), Ledger()
    if not path.is_file():
        ledger.add("no_such_file", value=path)
        ledger.raise_faults()
    reader = Reader((), Policy(name="draw", year=2000), Sources(path.parent), ledger, drop_forbidden=True)
    sheet = reader.sheet("students", File(path, path.name), columns)
    if sheet is None:
        ledger.raise_faults()
    assert sheet is not None
    for row, cells in sheet.torn:
        ledger.add("torn_row", path.name, row, value=cells, expected=len(sheet.headings))
    places = match_headings(
        "students", path.name, sheet.headings, columns, ledger, row=sheet.heading_row, drop_forbidden=True
    )
    return Table(
        "students", path.name, sheet, places, {column.name: column for column in columns}, ledger
    ), ledger
