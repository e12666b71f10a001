"""Where a county's inputs come from: small ones travel with every task, heavy ones once to a worker."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from simulator import load
from simulator.ensemble.seeds import Identity
from simulator.model import Fault, Scenario, ScenarioError


@dataclass(frozen=True)
class Inputs:
    """One county under every variant.

    Attributes:
        identity: whose draws they are. scenarios: one per variant, in the order of the study.
    """

    identity: Identity
    scenarios: tuple[Scenario, ...]


class Source(Protocol):
    """A county that can be read, here or by a worker.

    Attributes:
        name: unique in the study. heavy: too large to travel with every task. children: of its roster, 0 if
            that is known only once it is read.
    """

    @property
    def name(self) -> str: ...

    @property
    def heavy(self) -> bool: ...

    @property
    def children(self) -> int: ...

    def read(self) -> Inputs:
        """The inputs.

        Raises:
            ScenarioError: the county has faults.
        """
        ...


@dataclass(frozen=True)
class Folder:
    """A scenario folder, read where it is needed: every worker must see it.

    Attributes:
        name: of the county. path: the folder. variants: "" is the scenario without any.
        overrides: as ``--set``. drop_forbidden: as ``load.scenario``.
    """

    name: str
    path: str
    variants: tuple[str, ...] = ("",)
    overrides: tuple[str, ...] = ()
    drop_forbidden: bool = False
    heavy: bool = False
    children: int = 0

    def read(self) -> Inputs:
        """Read it under every variant; inputs that are the same under all are shared."""
        path = Path(self.path)
        scenarios = [
            load.scenario(path, variant=name, overrides=self.overrides, drop_forbidden=self.drop_forbidden)
            for name in self.variants
        ]
        name, seed, year = load.identity(path, overrides=self.overrides)
        return Inputs(Identity(name, seed, year), tuple(scenarios))


@dataclass(frozen=True)
class Made:
    """A county that a function makes, such as ``scenarios/nation.py``; every worker must find the function.

    Attributes:
        name: of the county. make: called with ``arguments``, gives its ``Inputs``.
    """

    name: str
    make: Callable[..., Inputs]
    arguments: tuple[Any, ...] = ()
    heavy: bool = False
    children: int = 0

    def read(self) -> Inputs:
        """Make it."""
        return self.make(*self.arguments)


@dataclass(frozen=True)
class Packed:
    """Inputs that were read already, as bytes: they travel once to every worker that asks for them.

    Attributes:
        name: of the county. data: pickled ``Inputs``, our own and never a stranger's.
    """

    name: str
    data: bytes
    children: int = 0
    heavy: bool = True

    @classmethod
    def of(cls, name: str, inputs: Inputs) -> Packed:
        """Pack them.

        Raises:
            ScenarioError: a mechanism of one's own cannot travel to other processes.
        """
        try:
            data = pickle.dumps(inputs, protocol=pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            stuck = [repr(made) for scenario in inputs.scenarios for made in scenario.own.values()]
            if not stuck:
                raise
            raise _mechanism_stays_here(", ".join(dict.fromkeys(stuck))) from error
        return cls(name, data, children_of(inputs))

    def read(self) -> Inputs:
        """Unpack them.

        Raises:
            ScenarioError: a mechanism of one's own is not found in this process.
        """
        try:
            inputs = pickle.loads(self.data)
        except (AttributeError, ModuleNotFoundError) as error:
            raise _mechanism_stays_here(str(error)) from error
        assert isinstance(inputs, Inputs)
        return inputs


@dataclass(frozen=True)
class Held:
    """Inputs that never leave this process, and so may hold anything, functions defined anywhere too.

    Attributes:
        name: of the county. inputs: as they are.
    """

    name: str
    inputs: Inputs
    children: int = 0
    heavy: bool = False

    @classmethod
    def of(cls, name: str, inputs: Inputs) -> Held:
        """Hold them."""
        return cls(name, inputs, children_of(inputs))

    def read(self) -> Inputs:
        """The inputs."""
        return self.inputs


def children_of(inputs: Inputs) -> int:
    """Children of the roster of the first variant."""
    first = inputs.scenarios[0]
    counted = 0 if first.demand is None else int(first.demand.count.sum())
    return counted if first.students is None else len(first.students)


def _mechanism_stays_here(value: str) -> ScenarioError:
    return ScenarioError([Fault("mechanism_stays_here", value=value)])


def inputs_of(scenarios: Sequence[Scenario], identity: Identity | None = None) -> Inputs:
    """Scenarios at hand, one per variant; whose draws they are is the first one's affair."""
    policy = scenarios[0].policy
    own = Identity(policy.name, policy.seed, policy.year)
    return Inputs(own if identity is None else identity, tuple(scenarios))


def of_scenarios(name: str, scenarios: Sequence[Scenario], identity: Identity | None = None) -> Packed:
    """A county from scenarios at hand, as ``inputs_of``, that may travel.

    Raises:
        ScenarioError: a mechanism of one's own cannot.
    """
    return Packed.of(name, inputs_of(scenarios, identity))


def fingerprint(thing: Any) -> str:
    """SHA-256 over all values of a noun, as hexadecimal text; the same on any machine."""
    digest = hashlib.sha256()
    _feed(digest.update, thing)
    return digest.hexdigest()


def _feed(update: Callable[[bytes], object], thing: Any) -> None:
    if is_dataclass(thing):
        update(type(thing).__name__.encode())
        for entry in fields(thing):
            _feed(update, getattr(thing, entry.name))
    elif isinstance(thing, np.ndarray):
        update(f"{thing.dtype.str}{thing.shape}".encode())
        if thing.dtype == object:
            for value in thing.ravel().tolist():
                _feed(update, value)
        else:
            update(np.ascontiguousarray(thing).tobytes())
    elif isinstance(thing, Mapping):
        update(b"{")
        for key in sorted(thing, key=str):
            _feed(update, str(key))
            _feed(update, thing[key])
        update(b"}")
    elif isinstance(thing, list | tuple):
        update(b"[")
        for value in thing:
            _feed(update, value)
        update(b"]")
    elif isinstance(thing, bytes):
        update(b"b%d:" % len(thing) + thing)
    else:
        text = repr(thing).encode()
        update(b"%d:" % len(text) + text)
