"""What explanations share when they are put in words: names of schools and rounds, values of ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.explain.facts import Compared
from simulator.explain.ranks import DATES
from simulator.model import NO_METRES, UNPLACED, Means, Reason, Round, Scenario, SeatKind, Standing, Status
from simulator.model.ranked_by import DESCENDING, LAST, by_choices_alone, deciding_columns
from simulator.report.words import Words


@dataclass(frozen=True)
class Telling:
    """One scenario in one language."""

    words: Words
    scenario: Scenario

    def entry(self, round_row: int) -> Round:
        """The settings of a round."""
        return self.scenario.policy.rounds[round_row]

    def round(self, round_row: int) -> str:
        """Title of a round."""
        return self.words.round_title(self.entry(round_row))

    def school(self, school: int, kind: int = SeatKind.GENERAL) -> str:
        """Name and id of a school, and the kind of seat if it is not the ordinary one."""
        schools = self.scenario.schools
        row, name = str(schools.id[school]), str(schools.name[school])
        said = self.words.text("name_and_id", name=name, id=row) if name and name != row else row
        if kind in (UNPLACED, SeatKind.GENERAL):
            return said
        return self.words.text("explain_tried_kind", school=said, kind=self.coded("seats", SeatKind(kind)))

    def block(self, block: int) -> str:
        """Name and id of a block, or that the address is unknown."""
        if block == UNPLACED:
            return self.words.text("explain_block_unknown")
        blocks = self.scenario.blocks
        row, name = str(blocks.id[block]), str(blocks.name[block])
        return self.words.text("name_and_id", name=name, id=row) if name and name != row else row

    def coded(self, prefix: str, term: Status | Reason | Means | SeatKind) -> str:
        """The name of an enumerated term."""
        return self.words.text(f"{prefix}_{term.name.lower()}")

    def metres(self, metres: int) -> str:
        """A distance, or that it is not available."""
        return self.words.metres(None if metres == NO_METRES else metres)

    def columns(self, names: Sequence[str], join: str) -> str:
        """Columns in words, joined by the message ``join``."""
        return self.words.text(join).join(self.words.column(name) for name in names)

    def joined(self, parts: Sequence[str]) -> str:
        """Parts of one sentence."""
        return self.words.text("explain_value_join").join(part for part in parts if part)

    def rank(self, entry: Round, names: Sequence[str]) -> str:
        """Columns of a round's rank in words, one after the other."""
        return self.words.text("rule_then").join(self.words.rank_column(entry, name) for name in names)

    def column(self, name: str, entry: Round | None = None) -> str:
        """A column of a rank in words, of this round where it is one's."""
        if name in ("standing", "standing_in_tier", "draw"):
            return self.words.text(f"explain_column_{name}")
        return self.words.column(name) if entry is None else self.words.rank_column(entry, name)

    def tier(self, entry: Round, tier: int) -> str:
        """A tier with its columns."""
        if tier < len(entry.tiers):
            columns = self.columns(entry.tiers[tier], "and_also")
            return self.words.text("tier_named", tier=tier + 1, columns=columns)
        return self.words.text("tier_rest", tier=tier + 1)

    def values(self, entry: Round, compared: Sequence[Compared], who: str, until: str = "") -> str:
        """The values of one side, ``who`` "child" or "last", up to the column ``until``.

        Columns behind the deciding one decided nothing and are left out; the draw is told where it decided.
        """
        parts = []
        for one in compared:
            if one.column != "draw" or until == "draw" or len(compared) == 1:
                parts.append(self.value(entry, one.column, getattr(one, who), of_last=who == "last"))
            if one.column == until:
                break
        return self.joined(parts)

    def value(self, entry: Round, column: str, value: int | None, *, of_last: bool = False) -> str:
        """One value of a rank, with the name of its column."""
        words = self.words
        if column == "tier":
            return "" if value is None else self.tier(entry, value)
        if column == "draw":
            return "" if value is None else words.text("explain_value_draw", n=value + 1)
        if column == "order" and value is not None:
            code = "explain_value_order" if by_choices_alone(entry) else "explain_value_order_in_reach"
            return words.text(code, n=value + 1)
        if column == "standing":
            standing = Standing(value or 0).name.lower()
            return words.text(f"explain_value_standing_{standing}")
        if column == "standing_in_tier":
            place = "behind" if value else "equal"
            tiers = "_in_tier" if "tier" in deciding_columns(entry) else ""
            return words.text(f"explain_value_standing_{place}{tiers}")
        if column not in self.scenario.policy.columns:
            column = column.removesuffix(DESCENDING)
        name = words.column(column)
        if value is None:
            secret = of_last and not self._dated(column) and column != "metres"
            if secret:
                return words.text("explain_value_secret", column=name)
            return words.text("explain_value", column=name, value=words.not_available)
        if column == "metres":
            return words.text("explain_value", column=name, value=words.metres(value))
        if column == "points" or self._is("number", column):
            return words.text("explain_value", column=name, value=hundredths(value))
        if self._dated(column):
            return words.text("explain_value", column=name, value=words.date(value))
        return words.text("explain_value_yes" if value else "explain_value_no", column=self._yes_no(column))

    def _yes_no(self, column: str) -> str:
        own = self.scenario.policy.columns
        return self.words.column(column if column in own else column.removesuffix(LAST))

    def _dated(self, column: str) -> bool:
        return column in DATES or self._is("date", column)

    def _is(self, kind: str, column: str) -> bool:
        own = self.scenario.policy.columns.get(column)
        return own is not None and own.kind == kind


def hundredths(value: int) -> str:
    """Hundredths as a number without zeros that say nothing: 8250 is 82.5."""
    whole, part = divmod(abs(value), 100)
    said = f"{whole:,}" + (f".{part:02d}".rstrip("0") if part else "")
    return f"−{said}" if value < 0 else said


def simulation_line(words: Words, scenario: Scenario) -> str:
    """What is told: a simulation, and whether some of its rounds go by results of official draws."""
    policy = scenario.policy
    code = "explain_simulation_official" if scenario.has_official_draws else "explain_simulation"
    return words.text(code, title=words.title(), year=str(policy.year), seed=str(policy.seed))
