"""Numbers, dates and codes as text in one language; the only place that decides how a figure is printed.

A figure that is not available is ``None`` here and prints as "not available" (无数据), never as -1 or NaN.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from simulator.messages import Bilingual, Language, catalogue, text
from simulator.messages.telling import sentence
from simulator.model import NO_DATE, Fault, Policy, Round
from simulator.model.dictionary import STUDENTS
from simulator.model.ranked_by import DESCENDING, LAST, by_choices_alone

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Words:
    """Text of one report: its language, and the scenario's own names for rounds and columns."""

    language: Language
    policy: Policy

    def text(self, code: str, /, **values: object) -> str:
        """The message ``code``; integers among ``values`` get thousands separators.

        A message may have a second form for one thing, under the code with ``_one`` behind it; it is taken
        when ``n`` is 1.
        """
        if values.get("n") == 1 and f"{code}_one" in catalogue():
            code = f"{code}_one"
        return text(code, self.language, **{name: self.value(value) for name, value in values.items()})

    def value(self, value: object) -> str:
        """``value`` as in a sentence: integers with thousands separators, ``None`` as not available."""
        if value is None:
            return self.not_available
        if isinstance(value, int) and not isinstance(value, bool):
            return self.number(value)
        if isinstance(value, Bilingual):
            return value.zh if self.language == "zh" else value.en
        return str(value)

    @cached_property
    def not_available(self) -> str:
        """What stands where a figure is not available."""
        return text("not_available", self.language)

    def number(self, value: int | None) -> str:
        """A whole number with thousands separators and a true minus sign."""
        if value is None:
            return self.not_available
        return f"{int(value):,}".replace("-", "−")

    def signed(self, value: int) -> str:
        """A difference: a whole number with its sign, 0 with none."""
        return f"+{self.number(value)}" if value > 0 else self.number(value)

    def percent(self, part: int, whole: int) -> str:
        """``part`` of ``whole`` with one decimal; 100.0 and 0.0 are printed only where they are exact."""
        if whole <= 0:
            return self.not_available
        tenths = (2000 * part + whole) // (2 * whole)
        if part < whole and tenths >= 1000:
            tenths = 999
        elif part > 0 and tenths == 0:
            return "<0.1%"
        return f"{tenths // 10}.{tenths % 10}%"

    def metres(self, value: int | None) -> str:
        """A distance with its unit."""
        return (
            self.not_available if value is None else text("metres_value", self.language, n=self.number(value))
        )

    def kilometres(self, metres: int) -> str:
        """Metres as kilometres with one decimal below a hundred, without the unit."""
        tenths = (2 * abs(metres) + 100) // 200
        whole = (2 * abs(metres) + 1000) // 2000
        said = f"{tenths // 10}.{tenths % 10}" if tenths < 1000 else f"{whole:,}"
        return said if metres >= 0 or said == "0.0" else f"−{said}"

    def signed_kilometres(self, metres: int) -> str:
        """A difference of metres as kilometres with its sign."""
        said = self.kilometres(metres)
        return f"+{said}" if metres > 0 and said != "0.0" else said

    def date(self, days: int | None) -> str:
        """Days since 1970-01-01 as an ISO date."""
        if days is None or days == NO_DATE:
            return self.not_available
        return (_EPOCH + timedelta(days=int(days))).isoformat()

    def joined(self, items: Sequence[str], most: int = 3) -> str:
        """A list in words: "A, B and 3 more" (A、B及另外 3 个) once there are more than ``most`` items."""
        comma = "、" if self.language == "zh" else ", "
        if len(items) <= most:
            return comma.join(items)
        head = comma.join(items[: most - 1])
        return self.text("list_and_more", head=head, more=len(items) - most + 1)

    def title(self) -> str:
        """The scenario's title in this language, its name if it has none."""
        policy = self.policy
        pair = (policy.title, policy.title_en) if self.language == "zh" else (policy.title_en, policy.title)
        return pair[0] or pair[1] or policy.name

    def round_title(self, entry: Round) -> str:
        """A round's title in this language, its name if it has none."""
        pair = (entry.title, entry.title_en) if self.language == "zh" else (entry.title_en, entry.title)
        return pair[0] or pair[1] or entry.name

    def document(self, entry: Round) -> str:
        """The rule or document a round rests on; in the other language where it is given in that alone."""
        pair = (entry.document, entry.document_en)
        return (pair[0] or pair[1]) if self.language == "zh" else (pair[1] or pair[0])

    def cost_curve(self, entry: Round) -> str:
        """What a least-cost round counts instead of metres."""
        parts = []
        if entry.metres_power != 1:
            parts.append(self.text("rule_cost_power", power=entry.metres_power))
        if entry.beyond_limit_penalty_metres:
            parts.append(self.text("rule_cost_once", metres=entry.beyond_limit_penalty_metres))
        if entry.beyond_limit_extra_per_metre:
            parts.append(self.text("rule_cost_per_metre", metres=entry.beyond_limit_extra_per_metre))
        return self.text("rule_join").join(parts)

    def fault(self, fault: Fault) -> str:
        """A warning of the input in one line: where, what, and the remedy."""
        try:
            return sentence(fault, self.language)
        except KeyError:  # a field the fault does not carry: give its code and value
            where = " ".join(part for part in (fault.file, fault.column) if part)
            return " ".join(part for part in (where, fault.code, fault.value) if part)

    def round_titles(self) -> tuple[str, ...]:
        """Titles of all rounds, in the order they are played."""
        return tuple(self.round_title(entry) for entry in self.policy.rounds)

    def rank_column(self, entry: Round, name: str) -> str:
        """A column of a round's ``rank`` in words.

        ``order`` is the place of a school among the child's: its choices alone where the round reaches by
        nothing else, else reach first, then choices, then distance (``admission.reach``).
        """
        if name == "order" and not by_choices_alone(entry):
            return self.text("rank_order_in_reach")
        return self.column(name)

    def column(self, name: str) -> str:
        """A column of the roster in words, as a round's ``who``, ``rank`` or ``tiers`` names it.

        One that the scenario adds goes by its first heading, in English by its ``title_en``; by its name
        where it has none.
        """
        if name.endswith(LAST) and name not in self.policy.columns:
            return self.text("column_last", column=self.column(name.removesuffix(LAST)))
        if name.endswith(DESCENDING) and name not in self.policy.columns:
            return self.text("column_descending", column=self.column(name.removesuffix(DESCENDING)))
        if f"rank_{name}" in catalogue():
            return self.text(f"rank_{name}")
        for column in STUDENTS:
            if column.name == name:
                return column.zh if self.language == "zh" else column.en
        added = self.policy.columns.get(name)
        if added is None:
            return name
        said = added.title_en if self.language == "en" else next(iter(added.headings), "")
        return said or name
