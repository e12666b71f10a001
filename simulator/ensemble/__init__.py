"""Variants x draws x counties -> Ensemble, through any ``concurrent.futures.Executor``.

Read in this order: ``seeds`` (the luck of a draw), ``sources`` (where a county comes from), ``county`` (what
is done once, and one draw after another), ``observing`` (what is kept of a draw), ``tasks`` (what a worker is
asked and answers), ``workers`` (where it is played), ``playing`` (the study as a stream of finished batches).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Executor

from simulator.ensemble.county import County
from simulator.ensemble.playing import Study, play
from simulator.ensemble.seeds import AS_IT_IS, Identity, scenario_of_draw, seed_of
from simulator.ensemble.sources import (
    Folder,
    Held,
    Inputs,
    Made,
    Packed,
    Source,
    fingerprint,
    inputs_of,
    of_scenarios,
)
from simulator.ensemble.workers import NoWorkers, Workers, WorkersLost, cluster, here, lent, processes
from simulator.model import Draws, Ensemble, Failure, Scenario, ScenarioError
from simulator.model.ensemble import Varying
from simulator.model.paths import PathName

__all__ = [
    "BASE",
    "Folder",
    "Held",
    "Identity",
    "Inputs",
    "Made",
    "NoWorkers",
    "Packed",
    "Source",
    "Study",
    "Workers",
    "WorkersLost",
    "cluster",
    "fingerprint",
    "gather",
    "here",
    "inputs_of",
    "lent",
    "of_scenarios",
    "play",
    "processes",
    "raise_failure",
    "scenario_of_draw",
    "seed_of",
    "side_by_side",
    "sweep",
]


BASE = "base"
"""What the scenario without any variant is called in a study."""


def sweep(
    path: PathName | Sequence[Scenario],
    *,
    variants: str | Sequence[str] = ("",),
    draws: int = 100,
    vary: Varying = "lottery",
    overrides: Sequence[str] = (),
    workers: int = 1,
    executor: Executor | None = None,
) -> Ensemble:
    """Play every variant of a scenario under the same draws, many times over, and gather the answers.

    Rival variants share their luck: draw 17 is the same draw under all of them, whatever plays it.

    Args:
        path: a scenario folder, or scenarios at hand, one per variant.
        variants: names under ``[variants]``, "" or "base" for the scenario without any (names for scenarios
            at hand); one may stand alone. The first is what the others are held against.
        draws: how many, numbered from 1. vary: "lottery" draws the lotteries anew over the same children and
            wishes; "children" also the roster made from counts and the modelled wishes.
        overrides: ``key=value``, as ``--set`` takes them.
        workers: processes of this machine, 0 = one per core. executor: in their place, any executor of yours.

    Raises:
        ScenarioError: the folder has faults, all of them listed, or a mechanism of one's own cannot travel to
            other processes.
        WorkersLost: workers were lost again and again.
        RuntimeError: the program failed at it.
    """
    asked = (variants,) if isinstance(variants, str) else tuple(variants)
    names = tuple(name or BASE for name in asked)
    if isinstance(path, str | os.PathLike):
        names = tuple(dict.fromkeys(names))
        asked = tuple("" if name == BASE else name for name in names)
        inputs = Folder("", os.fspath(path), asked, tuple(overrides)).read()
    else:
        inputs = inputs_of(path)
        names = names if len(names) == len(path) else tuple(str(row) for row in range(len(path)))
    place = processes(workers) if executor is None else lent(executor)
    source = Packed.of("", inputs) if place.apart else Held.of("", inputs)
    study = Study([source], names, tuple(range(1, draws + 1)), vary)
    return gather(study, place)


def side_by_side(scenarios: Sequence[Scenario], names: Sequence[str]) -> Draws:
    """Scenarios as they are, each with its own luck, as the variants of one single draw (number 0).

    Raises:
        ScenarioError: their blocks or counties are not the same.
    """
    policy = scenarios[0].policy
    inputs = Inputs(Identity(policy.name, policy.seed, policy.year), tuple(scenarios))
    return County(inputs, tuple(names), "lottery").play([AS_IT_IS])


def gather(study: Study, workers: Workers) -> Ensemble:
    """Play a study to its end and hold all of it in memory; a study of one county raises its failure.

    Raises:
        ScenarioError, RuntimeError: the only county of the study failed.
    """
    parts: dict[str, list[Draws]] = {source.name: [] for source in study.sources}
    only = next(iter(parts)) if len(parts) == 1 else None
    failures: list[Failure] = []
    for name, answer in play(study, workers):
        if isinstance(answer, Draws):
            parts[name].append(answer)
            continue
        if only is not None:
            raise_failure(answer)
        failures.append(answer)
    joined = tuple(Draws.join(found) for found in parts.values() if found)
    return Ensemble(joined, tuple(sorted(failures, key=lambda failure: list(parts).index(failure.county))))


def raise_failure(failure: Failure) -> None:
    """Raise what a failure tells of.

    Raises:
        ScenarioError: faults of the input. RuntimeError: anything else.
    """
    if failure.faults:
        raise ScenarioError(failure.faults)
    raise RuntimeError(failure.error)
