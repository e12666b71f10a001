"""The cheapest mixture of known flows that meets the rules, in exact fractions: it tells the multipliers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Known:
    """A flow as the rules see it: its cost and, by rule, its children in seats that count."""

    cost: int
    reached: tuple[int, ...]


@dataclass(frozen=True)
class Mixture:
    """The answer of ``cheapest_mixture``.

    Attributes:
        share: weight of every known flow in the mixture, adding up to one.
        multipliers: by rule, >= 0: what one more child asked for would cost.
        cost: cost of the mixture, with the penalty of what it is short.
    """

    share: tuple[Fraction, ...]
    multipliers: tuple[Fraction, ...]
    cost: Fraction


def cheapest_mixture(
    known: Sequence[Known], needed: Sequence[int], first: int, penalty: int | None = None
) -> Mixture:
    """Minimise the cost of a mixture of ``known`` that reaches ``needed`` in every rule.

    The master problem of Dantzig and Wolfe (1960): minimise sum_i m_i share_i, subject to
    sum_i share_i reached_ir - over_r + short_r = needed_r and sum_i share_i = 1, all >= 0, where ``short_r``
    exists only with a ``penalty`` and costs it. Its dual prices are the multipliers at which the best bound
    that these flows allow is taken; for one rule they are the slope between two neighbouring flows.

    A tableau of (rules + 1) rows in fractions, Bland's rule against cycling: no rounding, the same answer
    everywhere. Begins with ``known[first]`` alone.

    Raises:
        ValueError: ``known[first]`` is short of a rule and there is no penalty.
    """
    rules, flows = len(needed), len(known)
    start = known[first]
    # Columns: flows, over_r, short_r, right-hand side. Rows: one per rule, then the sum of shares.
    width = flows + 2 * rules + 1
    rows: list[list[Fraction]] = []
    basis: list[int] = []
    for r, need in enumerate(needed):
        enough = start.reached[r] >= need
        if not enough and penalty is None:
            raise ValueError("cheapest_mixture: the first flow must meet every rule")
        sign = -1 if enough else 1
        row = [Fraction(sign * (flow.reached[r] - start.reached[r])) for flow in known]
        row += [Fraction(-sign if s == r else 0) for s in range(rules)]
        row += [Fraction(sign if s == r else 0) for s in range(rules)]
        row.append(Fraction(sign * (need - start.reached[r])))
        rows.append(row)
        basis.append(flows + r if enough else flows + rules + r)
    rows.append([Fraction(1)] * flows + [Fraction(0)] * (2 * rules) + [Fraction(1)])
    basis.append(first)
    fine = Fraction(penalty or 0)
    aim = [Fraction(flow.cost - start.cost) for flow in known] + [Fraction(0)] * rules + [fine] * rules
    aim.append(Fraction(-start.cost))
    for r in range(rules):
        if basis[r] >= flows + rules:
            aim = [a - fine * x for a, x in zip(aim, rows[r], strict=True)]
    usable = flows + (rules if penalty is None else 2 * rules)
    while True:
        entering = next((column for column in range(usable) if aim[column] < 0), None)
        if entering is None:
            break
        ratios = [
            (row[-1] / row[entering], basis[place], place)
            for place, row in enumerate(rows)
            if row[entering] > 0
        ]
        _, _, leaving = min(ratios)  # never empty: shares are bounded by one, and costs from below
        _pivot(rows, aim, leaving, entering)
        basis[leaving] = entering
    share = [Fraction(0)] * width
    for place, column in enumerate(basis):
        share[column] = rows[place][-1]
    return Mixture(tuple(share[:flows]), tuple(aim[flows : flows + rules]), -aim[-1])


def _pivot(rows: list[list[Fraction]], aim: list[Fraction], leaving: int, entering: int) -> None:
    """Bring ``entering`` into the basis in place of row ``leaving``, in place."""
    divisor = rows[leaving][entering]
    rows[leaving] = [x / divisor for x in rows[leaving]]
    pivot = rows[leaving]
    for place, row in enumerate(rows):
        if place != leaving and row[entering] != 0:
            factor = row[entering]
            rows[place] = [x - factor * y for x, y in zip(row, pivot, strict=True)]
    factor = aim[entering]
    aim[:] = [x - factor * y for x, y in zip(aim, pivot, strict=True)]
