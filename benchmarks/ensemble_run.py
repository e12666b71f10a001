"""One sweep in a process of its own: ``python -m benchmarks.ensemble_run KIND COUNT ENTRANTS DRAWS WORKERS``.

``county``: one county of so many entrants; prints the seconds from the first task to the last batch.
``country``: so many counties of the synthetic country, kept and written as ``xuewei sweep`` does; prints the
seconds of all.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from scenarios import nation
from simulator import ensemble, load
from simulator.ensemble import Packed, Study, play, processes
from simulator.model import Draws


def county(entrants: int, draws: int, workers: int) -> float:
    """Seconds of so many draws of one county."""
    made = nation.inputs(3, entrants, nation.SEED)
    study = Study([Packed.of("C", made)], ("base",), tuple(range(1, draws + 1)))
    begin = perf_counter()
    played = sum(len(part) for _, part in play(study, processes(workers)) if isinstance(part, Draws))
    if played != draws:
        raise RuntimeError(f"{played} draws of {draws}")
    return perf_counter() - begin


def country(counties: int, entrants: int, draws: int, workers: int) -> float:
    """Seconds of a country, from the first county to the folder."""
    from simulator.report.sweep import begin_parts, keep_part, parts_folder, write_sweep

    sources = nation.sources(counties, entrants)
    study = Study(sources, ("base",), tuple(range(1, draws + 1)))
    place = {source.name: row for row, source in enumerate(sources)}
    with tempfile.TemporaryDirectory(prefix="xuewei-country-") as work:
        folder, begin = Path(work) / "country", perf_counter()
        begin_parts(folder, {}, replace=False)
        for name, part in play(study, processes(workers)):
            if not isinstance(part, Draws):
                raise RuntimeError(f"{name}: {part.error or part.faults}")
            keep_part(folder, place[name], part)
        kept = load.sweep_parts(parts_folder(folder))
        assert kept is not None
        found = (kept.draws(row) for row in range(counties))
        summary = write_sweep((part for part in found if part), folder, expected=counties, language="en")
        if summary.counties != counties or ensemble.BASE not in summary.variants:
            raise RuntimeError(f"{summary.counties} counties of {counties}")
        return perf_counter() - begin


def main() -> None:
    """Run what the command line names."""
    kind, *numbers = sys.argv[1:]
    count, entrants, draws, workers = map(int, numbers)
    taken = (
        country(count, entrants, draws, workers) if kind == "country" else county(entrants, draws, workers)
    )
    print(f"{taken:.3f}")


if __name__ == "__main__":
    main()
