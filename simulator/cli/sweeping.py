"""``xuewei sweep``: every variant under many draws, kept batch by batch, so that nothing finished is lost."""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli import EXIT_FAULTS, EXIT_STOPPED
from simulator.cli.commands import called
from simulator.messages import Language, text
from simulator.messages.telling import choose_language, one_line
from simulator.model import Draws, Failure, Fault, ScenarioError
from simulator.model.ensemble import Varying

if TYPE_CHECKING:
    from simulator.ensemble import Source, Study, Workers
    from simulator.load.sweep_folder import Parts


@dataclass(frozen=True)
class Asked:
    """What the command line asks for.

    Attributes:
        path: a scenario folder, or a folder of them. variants, overrides, drop_forbidden: as for a run.
        draws: how many. vary: what each draws anew. out: the folder to write, None for ``runs/NAME-sweep``.
        resume: go on with an unfinished sweep. replace: take the place of an earlier one.
        workers: processes, 0 = one per core. scheduler: address of a Dask cluster instead, "" for none.
    """

    path: Path
    variants: tuple[str, ...]
    overrides: tuple[str, ...]
    drop_forbidden: bool
    draws: int
    vary: Varying
    out: Path | None
    resume: bool
    replace: bool
    workers: int
    scheduler: str


def sweep(asked: Asked, *, lang: str, quiet: bool) -> int:
    """Play, keep, write; print what got better and where the page is."""
    from simulator import ensemble, report
    from simulator.report import sweep as writing

    language = choose_language(lang)
    study, name, fingerprint, own_language = lay_out(asked)
    name = called(asked.path, name)
    language = choose_language(lang, own_language)
    folder = Path("runs") / f"{name}-sweep" if asked.out is None else asked.out
    # Before the work, not after it.
    report.require_free(folder, asked.replace, writing.SWEEP_MANIFEST)
    try:
        workers = find_workers(asked)
    except ensemble.NoWorkers as error:
        reason = text("sweep_stopped_no_workers", language, address=error.address)
        return stopped(folder, study, reason, language)
    except ensemble.WorkersLost as error:
        reason = text("sweep_stopped_no_cluster", language, error=error.reason)
        return stopped(folder, study, reason, language)
    try:
        with writing.sole_writer(folder) as left:
            if left:
                told = text("sweep_lock_left", language, path=folder, **holder(left, language))
                print(told, file=sys.stderr)
            # Another sweep may have ended in the folder since.
            report.require_free(folder, asked.replace, writing.SWEEP_MANIFEST)
            return play_and_write(study, workers, folder, asked, fingerprint, language, quiet)
    except writing.FolderBusy as busy:
        told = text("sweep_busy", language, path=folder, **holder(busy.holder, language))
        print(told, file=sys.stderr)
        return EXIT_FAULTS


def holder(words: str, language: Language) -> dict[str, str]:
    """Process and machine of a lock, as a message takes them."""
    process, _, machine = one_line(words).partition(" ")
    unknown = text("not_available", language)
    return {"process": process or unknown, "machine": machine or unknown}


def play_and_write(
    study: Study,
    workers: Workers,
    folder: Path,
    asked: Asked,
    fingerprint: str,
    language: Language,
    quiet: bool,
) -> int:
    """Play what is missing and write the whole, as the only one who writes there."""
    from simulator import ensemble
    from simulator.report import sweep as writing

    try:
        kept = open_parts(folder, plan_of(study, asked, fingerprint), asked)
    except FileExistsError as error:
        print(text("end_unfinished", language, path=error), file=sys.stderr)
        return EXIT_FAULTS
    try:
        alone = told_alone(asked.scheduler, language)
        failures = play_and_keep(study, workers, folder, kept, language, quiet, alone)
        summary = writing.write_sweep(
            finished_counties(folder, study, failures),
            folder,
            expected=len(study.sources),
            language=language,
            replace=asked.replace,
        )
    except KeyboardInterrupt:
        return stopped(folder, study, text("sweep_stopped_by_hand", language), language)
    except ensemble.WorkersLost as error:
        return stopped(folder, study, text("sweep_stopped_workers", language, error=error.reason), language)
    except OSError as error:
        if isinstance(error, FileExistsError):
            raise
        return stopped(folder, study, why_stopped(error, language), language)
    writing.drop_parts(folder)
    return say_result(summary, folder, language, quiet)


def open_parts(folder: Path, plan: dict[str, Any], asked: Asked) -> Parts | None:
    """The unfinished sweep that is gone on with; None where a new one was laid out.

    A county of which nothing is finished may have been mended meanwhile.

    Raises:
        ScenarioError: the unfinished one is of other options or other data. FolderExists: there is one, and
        neither is it to be gone on with nor may it be replaced.
    """
    from simulator import load
    from simulator.report import sweep as writing

    kept = load.sweep_parts(writing.parts_folder(folder)) if asked.resume else None
    if kept is None:
        writing.begin_parts(folder, plan, replace=asked.replace)
        return None
    different = sorted(key for key in {*plan, *kept.plan} - {"files"} if plan.get(key) != kept.plan.get(key))
    if different:
        raise ScenarioError([Fault("sweep_plan_differs", value=", ".join(different))])
    if kept.plan != plan:
        pairs = zip(plan["files"], kept.plan["files"], strict=True)
        changed = [place for place, (now, before) in enumerate(pairs) if now != before]
        begun = [plan["counties"][place] for place in changed if place in kept.files]
        if begun:
            raise ScenarioError([Fault("sweep_inputs_changed", value=", ".join(begun))])
        writing.write_plan(folder, plan)  # only counties of which nothing is finished were mended
    return kept


def play_and_keep(
    study: Study,
    workers: Workers,
    folder: Path,
    kept: Parts | None,
    language: Language,
    quiet: bool,
    alone: Callable[[], None],
) -> dict[str, Failure]:
    """Play what is missing and keep every batch at once; the counties that failed, by name.

    ``alone`` is called where there are no workers and it is waited for some.

    Raises:
        ScenarioError, RuntimeError: the only county failed. WorkersLost, OSError: it cannot go on.
    """
    from simulator import ensemble
    from simulator.cli.progress import Counter
    from simulator.report import sweep as writing

    places = {source.name: place for place, source in enumerate(study.sources)}
    failures: dict[str, Failure] = {}

    def done(county: str) -> list[int]:
        return [] if kept is None else kept.finished(places[county]).tolist()

    with Counter(language, quiet, len(study.sources) * len(study.draws), "sweep_progress") as counter:
        for county, answer in ensemble.play(study, workers, done=done, alone=alone):
            if isinstance(answer, Failure):
                if len(study.sources) == 1:
                    ensemble.raise_failure(answer)
                failures[county] = answer
                counter.add(len(study.draws))
                continue
            writing.keep_part(folder, places[county], answer)
            counter.add(len(answer))
    return failures


def told_alone(address: str, language: Language) -> Callable[[], None]:
    """What says that a cluster has no workers any more, and what to do."""
    told = text("sweep_alone", language, address=one_line(address))
    return lambda: print("\n" + told, file=sys.stderr, flush=True)


def why_stopped(error: OSError, language: Language) -> str:
    """What the system refused: a full disk, a quota or a limit on files, or anything else."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return text("sweep_stopped_disk", language)
    return text("sweep_stopped_system", language, error=one_line(error.strerror or error))


def lay_out(asked: Asked) -> tuple[Study, str, str, str]:
    """The study and its name; where the inputs are read here their fingerprint and language, else "".

    Raises:
        ScenarioError: the only scenario has faults, or there is none.
    """
    from simulator import ensemble, load

    names = tuple(name or ensemble.BASE for name in asked.variants)
    draws = tuple(range(1, asked.draws + 1))
    found = load.county_folders(asked.path)
    if found:
        sources: list[Source] = [
            ensemble.Folder(
                name, str(folder.resolve()), asked.variants, asked.overrides, asked.drop_forbidden
            )
            for name, folder in found
        ]
        return ensemble.Study(sources, names, draws, asked.vary), asked.path.resolve().name, "", ""
    inputs = ensemble.Folder(
        "", str(asked.path), asked.variants, asked.overrides, asked.drop_forbidden
    ).read()
    name = inputs.identity.name
    fingerprint = ensemble.fingerprint(inputs)
    study = ensemble.Study([ensemble.Packed.of(name, inputs)], names, draws, asked.vary)
    return study, name, fingerprint, inputs.scenarios[0].policy.language


def plan_of(study: Study, asked: Asked, fingerprint: str) -> dict[str, Any]:
    """What an unfinished sweep must have in common with the one that goes on with it."""
    from simulator import ensemble, load, simulate

    return {
        "format": "xuewei-sweep-plan-2",
        "counties": [source.name for source in study.sources],
        "variants": list(study.variants),
        "draws": len(study.draws),
        "vary": study.vary,
        "settings": list(asked.overrides),
        "fingerprint": fingerprint,
        "files": [
            load.files_fingerprint(Path(source.path))
            for source in study.sources
            if isinstance(source, ensemble.Folder)
        ],
        "versions": simulate.versions(),
    }


def find_workers(asked: Asked) -> Workers:
    """Where it is played.

    Raises:
        WorkersLost: the cluster does not answer. ScenarioError: the extra for clusters is not installed.
    """
    from simulator import ensemble

    if not asked.scheduler:
        return ensemble.processes(asked.workers)
    try:
        workers = ensemble.cluster(asked.scheduler)
    except ModuleNotFoundError as error:
        raise ScenarioError([Fault("sweep_no_cluster_extra", value=error.name or "distributed")]) from error
    # A lost connection is told in words. The library, which sets these when imported, prints its traceback.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return workers


def finished_counties(folder: Path, study: Study, failures: dict[str, Failure]) -> Iterator[Draws | Failure]:
    """Every county from its batches, one at a time, in the order of the study.

    Raises:
        ScenarioError: batches of a county were played from different inputs.
    """
    from simulator import load
    from simulator.report.sweep import parts_folder

    kept = load.sweep_parts(parts_folder(folder))
    assert kept is not None
    for place, source in enumerate(study.sources):
        if source.name in failures:
            yield failures[source.name]
            continue
        try:
            draws = kept.draws(place)
        except ValueError as error:
            raise ScenarioError([Fault("sweep_inputs_changed", value=source.name)]) from error
        assert draws is not None
        yield draws


def stopped(folder: Path, study: Study, reason: str, language: Language) -> int:
    """Say what is kept and how to go on."""
    from simulator import load
    from simulator.report.sweep import parts_folder

    kept = load.sweep_parts(parts_folder(folder))
    count = 0 if kept is None else sum(len(kept.finished(place)) for place in range(len(study.sources)))
    wanted = len(study.sources) * len(study.draws)
    print(
        "\n" + text("sweep_stopped", language, reason=one_line(reason), kept=count, wanted=wanted),
        file=sys.stderr,
    )
    return EXIT_STOPPED


def say_result(summary: object, folder: Path, language: Language, quiet: bool) -> int:
    """Print what got better, the path of the page, and last the counties that are missing on it, if any."""
    from simulator.cli.comparing import print_comparison
    from simulator.report.sweep import Summary, sweep_words
    from simulator.report.sweep.printing import why

    assert isinstance(summary, Summary)
    page = (folder / "report.html").resolve()
    for failure in summary.failures:
        reason = one_line(why(failure, sweep_words(language)))
        print(text("sweep_failed_county", language, county=failure.county, why=reason), file=sys.stderr)
    if summary.first is None:
        return EXIT_FAULTS
    if quiet:
        print(page)
    else:
        print_comparison(summary, language)
        print(text("summary_report", language, path=page))
    if not summary.failures:
        return 0
    failed = ", ".join(one_line(failure.county) for failure in summary.failures)
    count = len(summary.failures) + summary.counties
    told = text("sweep_failed", language, failed=len(summary.failures), count=count, counties=failed)
    print(told, file=sys.stderr)
    return EXIT_FAULTS


def variants_of(words: str) -> tuple[str, ...]:
    """The variants of ``--variants A,B,C``; ``base`` is the scenario without any."""
    from simulator.ensemble import BASE

    names: Sequence[str] = [name.strip() for name in words.split(",") if name.strip()] or [BASE]
    return tuple(dict.fromkeys("" if name == BASE else name for name in names))
