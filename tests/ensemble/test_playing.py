"""Whatever plays a study, in whatever order, losing what it will: the same draws, each exactly once."""

from __future__ import annotations

import os
import pickle
import signal
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import replace

import numpy as np
import pytest
from studies import TOY, gathered, study_of

from simulator import ensemble
from simulator.ensemble import Made, Study, Workers, WorkersLost, here, lent, play, processes
from simulator.ensemble.tasks import Task, Wanting, play_task, worker_name
from simulator.model import Draws, Failure


@pytest.fixture
def small_batches(monkeypatch):
    """Batches of three draws, so that a toy has many."""
    monkeypatch.setattr("simulator.ensemble.playing.batch_of", lambda children, variants: 3)


def counting(workers: Workers, tasks: list) -> Workers:
    """The same workers, with every task handed out in ``tasks``."""

    def start():
        executor = workers.begin()
        submit = executor.submit

        def watched(function, task):
            tasks.append(task)
            return submit(function, task)

        executor.submit = watched
        return executor

    return replace(workers, begin=start)


@pytest.mark.parametrize("variants", ["", "base", ("",), ("base",), ["base"], ("base", "")])
def test_the_scenario_without_any_variant_has_two_spellings(variants):
    many = ensemble.sweep(TOY, variants=variants, draws=2)
    assert many.counties[0].layout.variants == ("base",)
    assert np.array_equal(many.counties[0].numerator, ensemble.sweep(TOY, draws=2).counties[0].numerator)


def test_one_variant_may_be_a_plain_string():
    town = TOY.parent / "choice_town"
    one = ensemble.sweep(town, variants="immediate", draws=1).counties[0]
    both = ensemble.sweep(town, variants=("base", "immediate"), draws=1).counties[0]
    assert one.layout.variants == ("immediate",)
    assert both.layout.variants == ("base", "immediate")
    assert np.array_equal(one.numerator[0], both.numerator[1])


def test_threads_and_this_process_agree(small_batches):
    study = study_of(TOY, draws=20)
    alone = gathered(study, here())
    with ThreadPoolExecutor(4) as pool:
        assert gathered(study, lent(pool, in_flight=8)) == alone


class Dice(Executor):
    """Four workers, a shelf each; dice say who gets a task."""

    def __init__(self, seed: int) -> None:
        self.dice = np.random.default_rng(seed)
        self.workers = [ThreadPoolExecutor(1) for _ in range(4)]
        self.submitted: list[Task] = []
        self.asked: list[str] = []
        self.ready: set[str] = set()

    def submit(self, fn, /, task):
        self.submitted.append(task)
        worker = self.workers[self.dice.integers(4)]
        name = worker.submit(worker_name).result()
        played = worker.submit(fn, task)
        if isinstance(answer := played.result(), Wanting):
            assert answer.worker == name not in self.ready, "who has the inputs does not ask"
            self.asked.append(name)
        else:
            self.ready.add(name)
        return played

    def shutdown(self, wait=True, *, cancel_futures=False):
        for worker in self.workers:
            worker.shutdown()


@pytest.mark.parametrize("seed", range(6))
def test_inputs_travel_to_those_who_ask(small_batches, seed):
    """Whoever the inputs reach instead: each worker asks until it has them, and none is sent them unasked."""
    study, dice = study_of(TOY, draws=60), Dice(seed)
    with dice:
        assert gathered(study, lent(dice, in_flight=4)) == gathered(study, here())
    sent = sum(task.source is not None for task in dice.submitted)
    assert 1 < len(dice.ready) <= sent <= 1 + len(dice.asked)
    assert len(dice.submitted) == 20 + len(dice.asked)


class Unruly(Executor):
    """Plays what it is given only when it holds several, the last first; now and then it breaks."""

    def __init__(self, breaks_at: set[int]) -> None:
        self.breaks_at, self.submitted, self.waiting = breaks_at, 0, []
        self.broken = False

    def submit(self, fn, /, *args, **kwargs):
        if self.broken:
            raise BrokenExecutor("gone")
        future: Future = Future()
        self.submitted += 1
        self.waiting.append((future, fn, args))
        if self.submitted in self.breaks_at:
            self.broken = True
            for lost, _, _ in self.waiting:
                lost.set_exception(BrokenExecutor("killed"))
        elif len(self.waiting) >= 3:
            for held, function, given in reversed(self.waiting):
                held.set_result(function(*given))
            self.waiting = []
        return future

    def finish(self):
        for held, function, given in self.waiting:
            held.set_result(function(*given))
        self.waiting = []


def unruly(executors: list[Unruly]) -> Workers:
    left = iter(executors)
    return Workers(lambda: next(left), lambda executor: None, in_flight=3)


def test_every_time_nobody_is_there_it_is_told_once(small_batches, monkeypatch):
    """Batch after batch finds no workers at first; each time that is one call, however long it takes."""
    study, executor, waited, told = study_of(TOY, draws=9), Unruly(set()), [], []

    def patience(futures, seconds, when):
        waited.append(len(futures))
        if len(waited) % 3 == 0:
            executor.finish()
        return wait(futures, 0)

    monkeypatch.setattr("simulator.ensemble.playing.wait", patience)
    workers = Workers(lambda: executor, lambda executor: None, in_flight=1, present=lambda executor: 0)
    parts = [part for _, part in play(study, workers, alone=lambda: told.append(len(waited)))]
    assert ensemble.fingerprint(Draws.join(parts)) == gathered(study, here())
    assert told == [1, 4, 7]


def test_lost_workers_are_replaced_and_nothing_is_lost_or_played_twice(small_batches):
    study = study_of(TOY, draws=27)
    alone = gathered(study, here())
    broken = [Unruly({1}), Unruly({3}), Unruly({5}), Unruly(set())]
    assert gathered(study, unruly(broken)) == alone


def test_workers_lost_again_and_again_end_it_and_what_was_given_out_is_whole(small_batches):
    study = study_of(TOY, draws=27)
    given = []
    with pytest.raises(WorkersLost, match="BrokenExecutor"):
        for _, part in play(study, unruly([Unruly({4}), *(Unruly({1}) for _ in range(9))])):
            given.append(part)
    finished = np.concatenate([part.draw for part in given]).tolist()
    assert finished == [1, 2, 3]
    rest = [part for _, part in play(study, here(), done=lambda county: finished)]
    assert not set(np.concatenate([part.draw for part in rest]).tolist()) & set(finished)
    whole = ensemble.fingerprint(Draws.join([*given, *rest]))
    assert whole == gathered(study, here())


def test_a_lent_executor_that_breaks_is_not_replaced(small_batches):
    with pytest.raises(WorkersLost):
        list(play(study_of(TOY, draws=9), lent(Unruly({2}), in_flight=3)))


def test_same_draws_with_one_two_and_four_processes(small_batches):
    study = study_of(TOY, draws=30)
    alone = gathered(study, processes(1))
    assert gathered(study, processes(2)) == alone
    assert gathered(study, processes(4)) == alone


def test_a_process_killed_by_its_id_loses_nothing(small_batches):
    study = study_of(TOY, draws=90)
    opened = []
    workers = processes(2)

    def start():
        opened.append(workers.begin())
        return opened[-1]

    parts, killed = [], False
    for _, part in play(study, replace(workers, begin=start)):
        parts.append(part)
        if not killed:
            killed = True
            os.kill(next(iter(opened[0]._processes)), signal.SIGKILL)
    assert len(opened) == 2, "new workers came"
    assert ensemble.fingerprint(Draws.join(parts)) == gathered(study, here())


def refused(name):
    raise OSError(f"{name} cannot be read")


def read_toy():
    return ensemble.Folder("", str(TOY)).read()


def test_one_county_fails_and_the_others_go_on():
    sources = [Made("a", read_toy), Made("b", refused, ("b",)), Made("c", read_toy)]
    study = Study(sources, ("base",), (1, 2, 3))
    found = ensemble.gather(study, here())
    assert [len(county) for county in found.counties] == [3, 3]
    assert found.failures == (Failure("b", error="OSError: b cannot be read"),)
    assert len(found) == 6
    with pytest.raises(RuntimeError, match="cannot be read"):
        ensemble.gather(Study(sources[1:2], ("base",), (1,)), here())


def test_a_county_of_unknown_size_is_cut_once_its_first_batch_is_played(monkeypatch):
    monkeypatch.setattr("simulator.ensemble.tasks.batch_of", lambda children, variants: 4)
    tasks = []
    study = Study([Made("a", read_toy)], ("base",), tuple(range(1, 14)))
    found = gathered(study, counting(here(), tasks))
    assert [len(task.draws) for task in tasks] == [13, 4, 4, 1]
    assert found == gathered(Study([Made("a", read_toy)], ("base",), tuple(range(1, 14))), here())


def test_what_travels_can_travel():
    """Tasks and answers are pickled; nothing in them may hold on to the process it came from."""
    study = study_of(TOY, draws=2)
    task = next(iter(ensemble.playing._Play(study, here(), lambda county: ())._first_tasks("s")))
    answer = pickle.loads(pickle.dumps(play_task(pickle.loads(pickle.dumps(task)))))
    assert ensemble.fingerprint(answer.draws) == gathered(study, here())


def test_names_must_be_unique():
    with pytest.raises(ValueError, match="unique"):
        Study([Made("a", read_toy), Made("a", read_toy)], ("base",), (1,))
    with pytest.raises(ValueError, match="from 1"):
        Study([Made("a", read_toy)], ("base",), (0,))
