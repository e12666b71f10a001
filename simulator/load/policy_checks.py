"""What must hold between settings, beyond the bounds of each: names that exist, orders that make sense."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from simulator.load.headings import forbidden_kind
from simulator.load.ledger import SCENARIO_FILE, Ledger
from simulator.load.settings import Settings, apply_variant
from simulator.load.suggest import nearest_word
from simulator.load.validation import validate
from simulator.model import MECHANISM_FEATURES, Placement, Policy, Round
from simulator.model.dictionary import STUDENTS, TABLES
from simulator.model.policy import LEAST_COST
from simulator.model.ranked_by import DESCENDING, LAST
from simulator.model.tables import DERIVED_FLAGS, FLAGS

RANK_WORDS = ("tier", "sibling", "settled_on", "permit_on", "points", "metres", "order", "draw")
"""Words of ``Round.rank`` that are not columns."""


def check_policy(policy: Policy, ledger: Ledger, *, path: str = "") -> None:
    """Write down every contradiction of the settings.

    Args:
        path: put before the setting in every fault, such as ``"variants.narrow."``.
    """
    checks = _Checks(policy, ledger, path)
    checks.tables()
    checks.added_columns()
    checks.rounds()
    checks.preferences()
    checks.shares()
    checks.population()
    checks.numbers()
    checks.zoning()


def check_variants(settings: Settings, ledger: Ledger) -> None:
    """Check the settings of every variant of a scenario whose own settings are sound."""
    for name in settings.variants:
        data = apply_variant(settings.data, settings.variants, name, ledger)
        validated = validate(data, ledger, path=f"variants.{name}: ")
        if validated.meant:
            check_policy(validated.policy, ledger, path=f"variants.{name}: ")


class _Checks:
    """The checks of one policy, each writing to the ledger."""

    def __init__(self, policy: Policy, ledger: Ledger, path: str) -> None:
        self.policy, self.ledger, self.path = policy, ledger, path
        yes_no = [name for name, column in policy.columns.items() if column.kind == "yes_no"]
        self.flags = (*FLAGS, *DERIVED_FLAGS, *yes_no)
        self.numbers_added = tuple(name for name, column in policy.columns.items() if column.kind != "yes_no")

    def fault(self, code: str, setting: str, value: object, **details: Any) -> None:
        self.ledger.add(code, SCENARIO_FILE, 0, self.path + setting, value, **details)

    def unknown(self, code: str, setting: str, word: str, known: Iterable[str]) -> None:
        words = list(known)
        self.fault(code, setting, word, suggestion=nearest_word(word, words), known=", ".join(words))

    def tables(self) -> None:
        for name in self.policy.tables:
            if name not in TABLES:
                self.unknown("unknown_table", f"tables.{name}", name, TABLES)

    def added_columns(self) -> None:
        taken = {column.name for column in STUDENTS} | set(DERIVED_FLAGS) | set(RANK_WORDS) | set(FLAGS)
        for name, column in self.policy.columns.items():
            if name in taken or name.endswith((LAST, DESCENDING)) or not name.isidentifier():
                self.fault("column_name_taken", f"columns.{name}", name)
            for word in (name, *column.headings, column.title_en):
                kind = forbidden_kind(word, "students")
                if kind:
                    self.fault(f"forbidden_{kind}", f"columns.{name}", word)

    def rounds(self) -> None:
        names: set[str] = set()
        for entry in self.policy.rounds:
            here = f"rounds.{entry.name}"
            if entry.name in names:
                self.fault("round_twice", here, entry.name)
            names.add(entry.name)
            self._flags_of(entry, here)
            self._ranks_of(entry, here)
            self._features_of(entry, here)
            for setting in ("stages", "reach", "ownership", "pools"):
                words: Sequence[str] = getattr(entry, setting)
                if not words:
                    self.fault("setting_empty", f"{here}.{setting}", "")
                for word in dict.fromkeys(word for word in words if list(words).count(word) > 1):
                    self.fault("listed_twice", f"{here}.{setting}", word)
            if "purchased" in entry.pools and "inclusive_private" not in entry.ownership:
                self.fault("pool_without_ownership", f"{here}.pools", "purchased")
            if "within_metres" in entry.reach and entry.within_metres == 0:
                self.fault("reach_without_metres", f"{here}.within_metres", "0")
            if entry.bends_metres and entry.mechanism not in LEAST_COST:
                self.fault("curve_without_least_cost", f"{here}.mechanism", entry.mechanism)
            if "register_only" in entry.pools and len(entry.pools) > 1:
                self.fault("register_beside_seats", f"{here}.pools", "register_only")

    def _flags_of(self, entry: Round, here: str) -> None:
        for setting in ("who", "needs", "exclude", "reserve_for", "no_shows"):
            for word in getattr(entry, setting):
                if word not in self.flags:
                    self.unknown("unknown_column", f"{here}.{setting}", word, self.flags)
        for place, tier in enumerate(entry.tiers, start=1):
            for word in tier:
                if word not in self.flags:
                    self.unknown("unknown_column", f"{here}.tiers[{place}]", word, self.flags)

    def _features_of(self, entry: Round, here: str) -> None:
        """Features that the round's mechanism does not support, or that do not go together."""
        asked = {
            "twins": self.policy.twins.together,
            "own_draws": entry.tie_break == "per_school",
            "reserves": entry.reserve_percent > 0,
        }
        for feature in (name for name, is_asked in asked.items() if is_asked):
            if feature not in MECHANISM_FEATURES[entry.mechanism]:
                able = [name for name, row in MECHANISM_FEATURES.items() if feature in row]
                self.fault(
                    f"mechanism_no_{feature}", f"{here}.mechanism", entry.mechanism, known=", ".join(able)
                )
        if asked["own_draws"] and entry.draw_method == "stride":
            # A stride needs the seats, and which a school has left is known only when the round is played.
            self.fault("own_draws_by_stride", f"{here}.draw_method", entry.draw_method)
        if asked["reserves"] and asked["twins"] and "reserves" in MECHANISM_FEATURES[entry.mechanism]:
            self.fault("reserves_with_twins", f"{here}.reserve_percent", entry.reserve_percent)
        if asked["reserves"] and not entry.reserve_for:
            self.fault("setting_empty", f"{here}.reserve_for", "")
        if entry.bands and entry.mechanism != "parallel":
            self.fault("bands_without_parallel", f"{here}.bands", ", ".join(map(str, entry.bands)))
        if not entry.bands and entry.mechanism == "parallel":
            self.fault("parallel_without_bands", f"{here}.bands", "")
        for size in entry.bands:
            if size < 1:
                self.fault("setting_too_small", f"{here}.bands", size, low="1")

    def _ranks_of(self, entry: Round, here: str) -> None:
        greatest_first = (name + DESCENDING for name in self.numbers_added)
        last = (flag + LAST for flag in self.flags)
        known = (*RANK_WORDS, *self.flags, *last, *self.numbers_added, *greatest_first)
        for word in entry.rank:
            if word not in known:
                self.unknown("unknown_rank", f"{here}.rank", word, known)
            elif entry.rank.count(word) > 1:
                self.fault("listed_twice", f"{here}.rank", word)
        if "draw" in entry.rank and entry.rank[-1] != "draw":
            # The draw tells everybody apart, so whatever follows it would never be looked at.
            self.fault("draw_not_last", f"{here}.rank", ", ".join(entry.rank))

    def preferences(self) -> None:
        rounds = {entry.name: entry for entry in self.policy.rounds}
        seen: set[str] = set()
        for model in self.policy.preferences:
            here = f"preferences.{model.round}"
            if model.round not in rounds:
                self.unknown("unknown_round", f"{here}.round", model.round, rounds)
            elif model.round in seen:
                self.fault("round_twice", here, model.round)
            elif "choices" not in rounds[model.round].reach and not rounds[model.round].applied:
                self.fault("preferences_without_choices", f"{here}.round", model.round)
            seen.add(model.round)

    def shares(self) -> None:
        seen: set[str] = set()
        for share in self.policy.shares:
            here = f"shares.{share.name}"
            if share.name in seen:
                self.fault("share_twice", here, share.name)
            seen.add(share.name)
            for word in share.who:
                if word not in self.flags:
                    self.unknown("unknown_column", f"{here}.who", word, self.flags)
        rounds = self.policy.rounds
        if seen and not any(entry.coordination and entry.mechanism == "least_total" for entry in rounds):
            self.fault("share_without_round", "shares", ", ".join(sorted(seen)))

    def population(self) -> None:
        given = (*FLAGS, *(flag for flag in self.flags if flag not in (*FLAGS, *DERIVED_FLAGS)))
        placements = [kind.name.lower() for kind in Placement if kind != Placement.NONE]
        for name, category in self.policy.population.categories.items():
            here = f"population.categories.{name}"
            for word, share in category.yes_percent.items():
                if word not in given:
                    self.unknown("unknown_column", f"{here}.yes_percent.{word}", word, given)
                self._percent(f"{here}.yes_percent.{word}", share)
            for word, share in category.placements_percent.items():
                if word not in placements:
                    self.unknown("unknown_column", f"{here}.placements_percent.{word}", word, placements)
                self._percent(f"{here}.placements_percent.{word}", share)
            total = sum(category.placements_percent.values())
            if total > 100:
                self.fault("percent_over_100", f"{here}.placements_percent", f"{total:g}")

    def _percent(self, setting: str, share: float) -> None:
        if share < 0:
            self.fault("setting_too_small", setting, f"{share:g}", low="0")
        if share > 100:
            self.fault("setting_too_great", setting, f"{share:g}", high="100")

    def zoning(self) -> None:
        zoning = self.policy.zoning
        if not zoning.stages:
            self.fault("setting_empty", "zoning.stages", "")
        listed: tuple[tuple[str, Sequence[str]], ...] = (("stages", zoning.stages), ("walls", zoning.walls))
        for setting, words in listed:
            for word in dict.fromkeys(word for word in words if words.count(word) > 1):
                self.fault("listed_twice", f"zoning.{setting}", word)

    def numbers(self) -> None:
        policy = self.policy
        for stage in ("primary", "junior"):
            size: int = getattr(policy.class_size, stage)
            if size > policy.class_size.ceiling:
                self.fault(
                    "class_size_over_ceiling", f"class_size.{stage}", size, ceiling=policy.class_size.ceiling
                )
        path = policy.caps.path_percent
        if any(not 0 <= share <= 100 for share in path) or any(b > a for a, b in pairwise(path)):
            self.fault("cap_path_rises", "caps.path_percent", ", ".join(map(str, path)))
        if policy.early_warning.yellow_percent > policy.early_warning.red_percent:
            self.fault(
                "yellow_above_red", "early_warning.yellow_percent", policy.early_warning.yellow_percent
            )
        try:
            datetime.date.fromisoformat(f"2000-{policy.age.cutoff}")
        except ValueError:
            self.fault("bad_month_day", "age.cutoff", policy.age.cutoff)
