"""``xuewei lottery``: freeze a roster, draw it from public randomness, verify the bundle, and exact odds."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import wraps
from pathlib import Path
from typing import Any

from simulator.cli import EXIT_FAULTS
from simulator.cli.console import choose_language, one_line
from simulator.messages import Language, text

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
    held = load.drawing.bundle(folder)
    stem = name or _only_undrawn(held, folder)
    roster = _roster(held, stem, folder)
    if f"{stem}.result.txt" in held:
        raise bundle.BundleFault("lottery_drawn_already", name=stem)
    chain = _chain(held, stem, folder)
    _refuse_known_entropy(held, chain[1:], canonical)
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
            places, ("draw", "student", "place"), [(chain[-1], student, place) for place, student in listed]
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
    try:
        found = verifier.check(folder, published)  # type: ignore[no-untyped-call]
    except (ArithmeticError, LookupError, ValueError) as error:
        print(text("lottery_malformed", language, folder=folder, error=one_line(error)), file=sys.stderr)
        return EXIT_FAULTS
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
    """A frozen roster of the bundle, which must still be the one committed to."""
    from simulator.lottery import bundle

    file = f"{stem}.roster.txt"
    if file not in held:
        names = ", ".join(name.removesuffix(".roster.txt") for name in held if name.endswith(".roster.txt"))
        raise bundle.BundleFault(
            "lottery_no_such_draw", name=one_line(stem), folder=folder, names=names or "-"
        )
    if held.get(f"{stem}.commitment.txt") != bundle.commitment_bytes(stem, held[file]):
        raise bundle.BundleFault("lottery_changed", file=file)
    return bundle.parse_roster(held[file], file)


def _chain(held: Mapping[str, bytes], stem: str, folder: Path) -> list[str]:
    """A draw, the one it is appended to, and so on to the first."""
    from simulator.lottery import bundle

    stems = [name.removesuffix(".roster.txt") for name in held if name.endswith(".roster.txt")]
    stem_of = {bundle.commitment(held[f"{name}.roster.txt"]): name for name in stems}
    chain = [stem]
    while (after := _roster(held, chain[-1], folder).after) in stem_of:
        chain.append(stem_of[after])
    return chain


def _only_undrawn(held: Mapping[str, bytes], folder: Path) -> str:
    """The one roster of a bundle that is frozen and not drawn."""
    from simulator.lottery import bundle

    stems = [name.removesuffix(".roster.txt") for name in held if name.endswith(".roster.txt")]
    waiting = [stem for stem in stems if f"{stem}.result.txt" not in held]
    if len(waiting) != 1:
        code = "lottery_which" if waiting else "lottery_all_drawn"
        raise bundle.BundleFault(code, folder=folder, names=", ".join(waiting))
    return waiting[0]


def _refuse_known_entropy(held: Mapping[str, bytes], earlier: Sequence[str], entropy: str) -> None:
    """Refuse randomness that was known when the roster was frozen: that of the draws it is appended to."""
    from simulator.lottery import bundle

    for stem in earlier:
        if f"entropy\t{entropy}".encode() in held.get(f"{stem}.result.txt", b"").split(b"\n"):
            raise bundle.BundleFault("lottery_entropy_known", name=stem)


def _percent(share: Fraction) -> str:
    """Percent to four places, rounded half up in whole numbers."""
    units = (share.numerator * 2_000_000 + share.denominator) // (2 * share.denominator)
    return f"{units // 10_000}.{units % 10_000:04d} %"


def _share(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator} ({_percent(share)})"
