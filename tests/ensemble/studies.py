"""Small studies, and ways to look at what they gave."""

from __future__ import annotations

import hashlib
from pathlib import Path

from simulator import ensemble
from simulator.ensemble import Study, Workers, fingerprint
from simulator.model import Draws

REPOSITORY = Path(__file__).resolve().parents[2]
TOY = REPOSITORY / "scenarios" / "toy"
PROCEDURES = REPOSITORY / "scenarios" / "procedures"


def study_of(path: Path, variants: tuple[str, ...] = ("",), draws: int = 12, **how: object) -> Study:
    """A study of one scenario folder, packed as ``xuewei sweep`` packs it."""
    inputs = ensemble.Folder("", str(path), variants).read()
    names = tuple(name or ensemble.BASE for name in variants)
    packed = ensemble.Packed.of(inputs.identity.name, inputs)
    return Study([packed], names, tuple(range(1, draws + 1)), **how)  # type: ignore[arg-type]


def gathered(study: Study, workers: Workers, **how: object) -> str:
    """The fingerprint of all that a study of one county gives."""
    parts = [part for _, part in ensemble.play(study, workers, **how)]  # type: ignore[arg-type]
    assert all(isinstance(part, Draws) for part in parts)
    return fingerprint(Draws.join(parts))


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file of a folder by its hash."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
