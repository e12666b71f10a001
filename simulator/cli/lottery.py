"""``xuewei lottery``: freeze a roster, draw it from public randomness, verify the bundle, and exact odds."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import wraps
from pathlib import Path
from typing import Any

from simulator.cli import EXIT_FAULTS
from simulator.messages import Language, text
from simulator.messages.telling import choose_language, one_line

PRIVATE = "-receipts.csv"
"""Behind the name of a bundle: the private table of receipts that lies beside it."""


def in_words(command: Callable[..., int]) -> Callable[..., int]:
    """A command that says in the reader's language what a bundle was refused for."""

    @wraps(command)
    def run(*words: Any, lang: str, **options: Any) -> int:
        from simulator.lottery.bundle import BundleFault

        language = choose_language(lang)
        try:
            return command(*words, language=language, **options)
        except BundleFault as fault:
            print(text(fault.code, language, **fault.values), file=sys.stderr)
            return EXIT_FAULTS

    return run


@in_words
def freeze(
    roster: Path,
    *,
    folder: Path,
    name: str,
    source: str,
    receipts: Path | None,
    method: str,
    plan: int,
    after: str,
    language: Language,
) -> int:
    """Give every applicant a receipt, freeze the roster and print its commitment.

    A student who has a receipt in the private table keeps it, whatever was withdrawn and entered again.
    """
    from simulator import load, report
    from simulator.lottery import bundle
    from simulator.model.arrays import texts

    stem = bundle.require_name(name)
    held = load.drawing.bundle(folder) if folder.is_dir() else {}
    if f"{stem}.roster.txt" in held:
        raise bundle.BundleFault("lottery_frozen_already", name=stem)
    earlier = _roster(held, after, folder) if after else None
    private = folder.with_name(folder.name + PRIVATE) if receipts is None else receipts
    _refuse_inside(private, folder)
    applicants = load.drawing.applicants(roster)
    known = dict(load.drawing.receipts(private)) if private.exists() else {}
    new = [student for student in applicants.student.tolist() if student not in known]
    known |= zip(new, bundle.new_receipts(len(new), known.values(), secrets.token_bytes), strict=True)
    frozen = bundle.freeze(
        stem,
        texts([known[student] for student in applicants.student.tolist()]),
        applicants.twin_group,
        kind="official",
        source=source,
        method=method,
        plan=plan,
        after=earlier,
    )
    if after:
        _refuse_another(held, after, stem)
    data = bundle.roster_bytes(frozen)
    # The private table first: a receipt that stands in a bundle must never be without its student.
    report.write_private(private, ("student", "receipt"), sorted(known.items()))
    report.write_bundle(
        folder,
        {f"{stem}.roster.txt": data, f"{stem}.commitment.txt": bundle.commitment_bytes(stem, data)},
    )
    print(
        text(
            "lottery_frozen",
            language,
            children=len(frozen.receipts),
            name=stem,
            method=text(f"draw_method_{method}", language),
            commitment=bundle.commitment(data),
            source=frozen.source,
            private=private,
            folder=folder,
        )
    )
    return 0


@in_words
def draw(
    folder: Path,
    *,
    name: str,
    entropy: Sequence[str],
    receipts: Path | None,
    places: Path | None,
    language: Language,
) -> int:
    """Draw a frozen roster from what the announced source said; never a second time."""
    from simulator import load, report
    from simulator.lottery import bundle

    canonical = bundle.canonical_entropy(entropy)
    if not folder.is_dir():
        raise bundle.BundleFault("lottery_no_bundle", folder=folder)
    if places is not None:
        _refuse_inside(places, folder)
        if places.exists():  # that of an earlier draw, or somebody's own
            raise bundle.BundleFault("lottery_places_there", path=places)
    held = load.drawing.bundle(folder)
    stem = name or _only_undrawn(held, folder)
    roster = _roster(held, stem, folder)
    if f"{stem}.result.txt" in held:
        raise bundle.BundleFault("lottery_drawn_already", name=stem)
    if roster.kind != "official":
        raise bundle.BundleFault("lottery_no_official", name=stem)
    _refuse_copy(held, stem)
    bundle.require_chain(roster)
    line = _line(held, roster)
    for before in line[:-1]:
        _refuse_another(held, before, line[line.index(before) + 1])
    _refuse_known_entropy(held, line, canonical)
    private = folder.with_name(folder.name + PRIVATE) if receipts is None else receipts
    student_of: Mapping[str, str] = {}
    if places is not None:
        student_of = {receipt: student for student, receipt in load.drawing.receipts(private).items()}
    drawn = bundle.draw_of(roster, bundle.seed_of(canonical))
    report.write_bundle(folder, {f"{stem}.result.txt": bundle.result_bytes(roster, canonical, drawn)})
    if places is not None:
        rows = zip(roster.receipts.tolist(), drawn.order.tolist(), strict=True)
        listed = sorted((order + roster.first, student_of.get(receipt, receipt)) for receipt, order in rows)
        report.write_private(
            places, ("draw", "student", "place"), [(line[0], student, place) for place, student in listed]
        )
    values = text("lottery_no_values", language)
    if drawn.values:
        values = ", ".join(f"{text(f'lottery_{what}', language)} {n}" for what, n in drawn.values.items())
    print(
        text("lottery_result_written", language, name=stem, entropy=canonical, values=values, folder=folder)
    )
    return 0


def verify(folder: Path, *, commitments: Sequence[str], lang: str) -> int:
    """Replay a bundle by the verifier that trusts no other part of the program; it speaks both languages."""
    from simulator.lottery import verify as verifier

    language = choose_language(lang)
    if not folder.is_dir() or not any(folder.glob("*.roster.txt")):
        print(text("lottery_no_bundle", language, folder=folder), file=sys.stderr)
        return EXIT_FAULTS
    published = [commitment.lower() for commitment in commitments]
    found = verifier.check(folder, published)  # type: ignore[no-untyped-call]
    return EXIT_FAULTS if found else 0


@in_words
def odds(*, method: str, applicants: int, seats: int, balls: str, language: Language) -> int:
    """Print the odds of every position on the roster, and what is known of the procedure."""
    from simulator.lottery.odds import odds as exact_odds

    found = exact_odds(method, applicants, seats, balls=balls)
    shares = list(found.ranges())
    least, most = min(share for _, _, share in shares), max(share for _, _, share in shares)
    said: dict[str, Any] = {
        "method": text(f"draw_method_{method}", language),
        "balls": text(f"lottery_balls_{balls}", language),
        "applicants": applicants,
        "seats": seats,
        "even": _share(found.even),
        "least": _share(least),
        "most": _share(most),
        "neighbours": _share(found.neighbours),
        "independent": _share(found.independent),
    }
    print(text("lottery_odds_head", language, **said))
    if found.stride:
        print(text("lottery_odds_stride", language, stride=found.stride))
    print(text("lottery_odds_even" if least == most else "lottery_odds_biased", language, **said))
    if found.outcomes is None:
        print(text("lottery_odds_free", language, **said))
    else:
        print(text("lottery_odds_outcomes", language, outcomes=found.outcomes, **said))
    print(text("lottery_odds_columns", language))
    for first, last, share in shares:
        print(f"{first}\t{last}\t{share.numerator}/{share.denominator}\t{_percent(share)}")
    return 0


def _roster(held: Mapping[str, bytes], stem: str, folder: Path) -> Any:
    """A frozen roster of the bundle, with those it is appended to; each must be the one committed to."""
    from simulator.lottery import bundle

    file = f"{stem}.roster.txt"
    stem_of = _stems(held)
    if file not in held:
        raise bundle.BundleFault(
            "lottery_no_such_draw",
            name=one_line(stem),
            folder=folder,
            names=", ".join(stem_of.values()) or "-",
        )
    if held.get(f"{stem}.commitment.txt") != bundle.commitment_bytes(stem, held[file]):
        raise bundle.BundleFault("lottery_changed", file=file)
    roster = bundle.parse_roster(held[file], file)
    if roster.after == bundle.NONE:
        return roster
    if roster.after not in stem_of:
        raise bundle.BundleFault("lottery_chain_broken", name=one_line(stem))
    return replace(roster, earlier=_roster(held, stem_of[roster.after], folder))


def _stems(held: Mapping[str, bytes]) -> dict[str, str]:
    """Every roster of a bundle: its commitment, and the name of its draw."""
    from simulator.lottery import bundle

    files = [file for file in held if file.endswith(".roster.txt")]
    return {bundle.commitment(held[file]): file.removesuffix(".roster.txt") for file in files}


def _behind(held: Mapping[str, bytes], stem: str) -> list[str]:
    """The rosters of a bundle that are appended to roster ``stem``: one at most, if all is well."""
    from simulator.lottery import bundle

    line = f"after\t{bundle.commitment(held[f'{stem}.roster.txt'])}".encode()
    return [
        other for other in _stems(held).values() if line in held[f"{other}.roster.txt"].split(b"\n", 6)[:6]
    ]


def _line(held: Mapping[str, bytes], roster: Any) -> list[str]:
    """The names of a chain of draws, the first one first, ``roster`` last."""
    from simulator.lottery import bundle

    stem_of = _stems(held)
    return [stem_of[bundle.commitment(bundle.roster_bytes(one))] for one in reversed(roster.chain())]


def _refuse_another(held: Mapping[str, bytes], before: str, stem: str) -> None:
    """Refuse a second roster behind ``before``: both would begin at the same place."""
    from simulator.lottery import bundle

    others = [other for other in _behind(held, before) if other != stem]
    if others:
        raise bundle.BundleFault("lottery_followed", name=one_line(before), other=one_line(others[0]))


def _refuse_inside(private: Path, folder: Path) -> None:
    """Refuse to write a private table into the folder that is published."""
    from simulator.lottery import bundle

    if private.resolve().is_relative_to(folder.resolve()):
        raise bundle.BundleFault("lottery_private_inside", path=private)


def _refuse_copy(held: Mapping[str, bytes], stem: str) -> None:
    """Refuse a roster that lies in the bundle under another name as well: it would be drawn twice."""
    from simulator.lottery import bundle

    own = f"{stem}.roster.txt"
    same = [file for file in held if file.endswith(".roster.txt") and held[file] == held[own] and file != own]
    if same:
        raise bundle.BundleFault("lottery_same_roster", file=own, other=same[0])


def _only_undrawn(held: Mapping[str, bytes], folder: Path) -> str:
    """The one roster of a bundle that is frozen and not drawn."""
    from simulator.lottery import bundle

    stems = [name.removesuffix(".roster.txt") for name in held if name.endswith(".roster.txt")]
    waiting = [stem for stem in stems if f"{stem}.result.txt" not in held]
    if len(waiting) != 1:
        code = "lottery_which" if waiting else "lottery_all_drawn"
        raise bundle.BundleFault(code, folder=folder, names=", ".join(waiting))
    return waiting[0]


def _refuse_known_entropy(held: Mapping[str, bytes], line: Sequence[str], entropy: str) -> None:
    """Refuse randomness that was known when a roster was frozen: that of the draws it is appended to.

    Args:
        line: names of the chain, the roster to be drawn last. Those behind it are looked at too, for they
            may be drawn already.
    """
    from simulator.lottery import bundle

    chain, own = list(line), len(line) - 1
    while behind := _behind(held, chain[-1]):
        chain.append(behind[0])
    told = [entropy if at == own else _entropy(held, stem) for at, stem in enumerate(chain)]
    for at in range(own, len(chain)):
        if told[at] and bundle.known_beforehand(told[at], told[:at]):
            names = [stem for stem, used in zip(chain[:own], told, strict=False) if used]
            raise bundle.BundleFault(
                "lottery_entropy_known", name=", ".join(names if at == own else [chain[at]])
            )


def _entropy(held: Mapping[str, bytes], stem: str) -> str:
    """What a draw of the bundle was drawn from, in canonical form; empty where it is not drawn."""
    lines = held.get(f"{stem}.result.txt", b"").decode(errors="replace").split("\n")
    return "".join(line.removeprefix("entropy\t") for line in lines[10:11])


def _percent(share: Fraction) -> str:
    """Percent to four places, rounded half up in whole numbers."""
    units = (share.numerator * 2_000_000 + share.denominator) // (2 * share.denominator)
    return f"{units // 10_000}.{units % 10_000:04d} %"


def _share(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator} ({_percent(share)})"
