"""Files to a checked ``Scenario``: the only room that reads.

``scenario`` gives the nouns or raises every fault at once; ``check`` gives the faults and the warnings;
``run_folder`` gives a run's scenario again, and what the run recorded of every child.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from simulator.load import drawing
from simulator.load.assembly import assemble
from simulator.load.checked import Checked
from simulator.load.files import Sources
from simulator.load.finding import Reader
from simulator.load.ledger import FOREMOST, Ledger
from simulator.load.policy_checks import check_policy, check_variants
from simulator.load.roads import roads_from_networkx
from simulator.load.run_folder import RunFolder, run_folder
from simulator.load.schema import json_schema
from simulator.load.settings import own_folder, read_settings
from simulator.load.sweep_folder import (
    Parts,
    SweepFolder,
    county_folders,
    files_fingerprint,
    is_sweep,
    sweep_folder,
    sweep_parts,
)
from simulator.load.validation import validate
from simulator.model import Fault, Scenario
from simulator.model.paths import PathName

__all__ = [
    "FOREMOST",
    "Checked",
    "Parts",
    "RunFolder",
    "SweepFolder",
    "check",
    "county_folders",
    "drawing",
    "examine",
    "files_fingerprint",
    "identity",
    "is_sweep",
    "json_schema",
    "own_folder",
    "roads_from_networkx",
    "run_folder",
    "scenario",
    "sweep_folder",
    "sweep_parts",
]


def scenario(
    path: PathName,
    *,
    variant: str = "",
    overrides: Sequence[str] = (),
    drop_forbidden: bool = False,
    needs_zones: bool = True,
) -> Scenario:
    """Read a scenario folder.

    Args:
        path: the folder (or its ``scenario.toml``). variant: a name under ``[variants]``, "" for none.
        overrides: ``key=value`` with dotted keys, laid over the variant.
        drop_forbidden: leave forbidden columns out with a warning instead of refusing the folder.
        needs_zones: False where rounds that reach by zone are not played: zones may be still to be drawn.

    Raises:
        ScenarioError: the input has faults; it lists every one of them.
    """
    ledger = Ledger()
    read = _read(Path(path), variant, overrides, drop_forbidden, ledger)
    if not needs_zones:
        ledger.excuse("no_zones_table")
    ledger.raise_faults()
    assert read is not None
    return replace(read, warnings=ledger.warnings)


def identity(path: PathName, *, overrides: Sequence[str] = ()) -> tuple[str, int, int]:
    """Name, seed and year of a scenario folder without any variant: whose luck it is.

    Raises:
        ScenarioError: the settings have faults.
    """
    ledger = Ledger()
    settings = read_settings(Path(path), "", overrides, Sources(), ledger)
    ledger.raise_faults()
    assert settings is not None
    policy = validate(settings.data, ledger).policy
    ledger.raise_faults()
    return policy.name, policy.seed, policy.year


def check(
    path: PathName, *, variant: str = "", overrides: Sequence[str] = (), drop_forbidden: bool = False
) -> Checked:
    """Every fault and every warning of a scenario folder, rules off for want of data among the warnings.

    Without ``variant`` the settings of every variant are checked too. Never raises for bad input.
    """
    ledger = Ledger()
    _read(Path(path), variant, overrides, drop_forbidden, ledger, all_variants=not variant)
    return Checked(list(ledger.faults), list(ledger.warnings), ledger.language)


def examine(
    path: PathName, *, variant: str = "", overrides: Sequence[str] = (), drop_forbidden: bool = False
) -> tuple[Scenario | None, list[Fault], list[Fault]]:
    """As ``check``, and the scenario, to be used only where there is no fault."""
    ledger = Ledger()
    read = _read(Path(path), variant, overrides, drop_forbidden, ledger, all_variants=not variant)
    return read, list(ledger.faults), list(ledger.warnings)


def _read(
    path: Path,
    variant: str,
    overrides: Sequence[str],
    drop_forbidden: bool,
    ledger: Ledger,
    *,
    all_variants: bool = False,
) -> Scenario | None:
    sources = Sources()
    settings = read_settings(path, variant, overrides, sources, ledger)
    if settings is None:
        return None
    ledger.language = str(settings.data.get("language", ""))
    validated = validate(settings.data, ledger)
    if validated.meant:
        check_policy(validated.policy, ledger)
    if all_variants and not ledger.faults:
        check_variants(settings, ledger)
    reader = Reader(settings.levels, validated.policy, sources, ledger, drop_forbidden)
    made = assemble(reader, settings, sound=validated.sound)
    return replace(made, variant=variant, changes=tuple(overrides))
