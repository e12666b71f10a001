"""The result tables as people read them: names and words in one language, as pandas frames."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from simulator.messages import Language
from simulator.model import Run
from simulator.report.columns import Column, Table
from simulator.report.tables import tables_of
from simulator.report.view import View
from simulator.report.words import Words


def frames(run: Run, language: Language, names: bool = False) -> dict[str, pd.DataFrame]:
    """Every result table with headings and words in ``language``.

    Tables: ``students``, ``unplaced``, ``schools``, ``rounds``, ``cutoffs``, ``classes``, ``zones``,
    ``fixes``, ``seat_prices``, ``more_classes``, ``indicators``, ``notices``, and ``places`` where distances
    go by road. Missing values are ``NA``; counts are ``Int64``, dates ``datetime64``. The children's names
    are in only where ``names`` asks for them and the scenario has them; protected categories (disability,
    left-behind, preference) never are.
    """
    view = View(run, Words(language, run.scenario.policy), names)
    return {name: frame(table, view.words) for name, table in tables_of(view).items()}


def frame(table: Table, words: Words) -> pd.DataFrame:
    """One table as a frame for people."""
    columns = people_columns(table)
    data = {heading(column, words): series(column, words) for column in columns}
    return pd.DataFrame(data)


def people_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table that people read."""
    return tuple(column for column in table.columns if column.readers != "programs")


def heading(column: Column, words: Words) -> str:
    """The heading of a column."""
    return words.text(f"column_{column.name}")


def series(column: Column, words: Words) -> Any:
    """The values of a column as people read them, missing ones as ``NA``."""
    missing = np.zeros(len(column), dtype=np.bool_) if column.known is None else ~column.known
    if column.kind in ("count", "metres"):
        values = np.where(missing, 0, column.values).astype(np.int64)
        return pd.arrays.IntegerArray(values, missing)
    if column.kind in ("percent", "number"):
        return np.where(missing, np.nan, column.values)
    if column.kind == "date":
        days = np.where(missing, 0, column.values).astype("datetime64[D]")
        return pd.Series(days.astype("datetime64[s]")).mask(missing)
    return pd.Series(spoken(column, words), dtype=object).mask(missing, None)


def spoken(column: Column, words: Words) -> Any:
    """object (rows,): the texts of a column that holds words; arbitrary where the value is missing."""
    if column.kind == "text":
        return column.values
    if column.kind == "message":
        found = {code: words.text(code) for code in sorted(set(column.values.tolist())) if code}
        return np.array([found.get(code, "") for code in column.values.tolist()], dtype=object)
    codes = ("no", "yes") if column.kind == "yes_no" else column.codes
    texts = np.array([words.text(code) for code in codes], dtype=object)
    return texts[np.asarray(column.values, dtype=np.int64)]
