"""What a result says of itself: one line for a terminal, a small table for Jupyter, every text escaped."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np

from simulator.messages import Language
from simulator.messages.telling import spoken_language
from simulator.model import UNPLACED, Draws, Ensemble, Policy, Rezoning, Run, Scenario
from simulator.report.headline import headline
from simulator.report.rezoning.view import Side, ZonesView
from simulator.report.sweep import Summary, sweep_words
from simulator.report.sweep.printing import title, variant_name
from simulator.report.sweep.sections import indicator_row
from simulator.report.view import View
from simulator.report.words import Words

SWEEP_CODES = ("placed_percent", "in_own_zone_percent", "metres_mean", "children_unplaced")
ROUNDS_SHOWN = 12


def spoken(policy: Policy) -> Language:
    """The language a result speaks in where nobody can ask: ``XUEWEI_LANG``, the scenario's, the system's."""
    return spoken_language("", policy.language)


def said_of_scenario(scenario: Scenario) -> str:
    """A scenario in one line."""
    return Words(spoken(scenario.policy), scenario.policy).text(
        "said_scenario",
        name=scenario.policy.name,
        schools=len(scenario.schools),
        blocks=len(scenario.blocks),
        rounds=len(scenario.policy.rounds),
    )


def card_of_scenario(scenario: Scenario) -> str:
    """A scenario as a card: its rounds and who may enter them."""
    words = Words(spoken(scenario.policy), scenario.policy)
    rows = [
        (
            str(number),
            words.round_title(entry),
            words.text(f"mechanism_{entry.mechanism}"),
            words.document(entry),
        )
        for number, entry in enumerate(scenario.policy.rounds[:ROUNDS_SHOWN], start=1)
    ]
    names = ("", words.text("shown_round"), words.text("shown_mechanism"), "")
    lines = [words.text("shown_year", year=str(scenario.policy.year)), said_of_scenario(scenario)]
    return card(words.title(), [*lines, *_origin(scenario, words)], grid(names, rows))


def said_of_run(run: Run) -> str:
    """A run in one line."""
    return Words(spoken(run.scenario.policy), run.scenario.policy).text(
        "said_run",
        name=run.scenario.policy.name,
        seed=str(run.scenario.policy.seed),
        children=len(run.students),
        placed=int(np.sum(run.admission.school != UNPLACED)),
        schools=len(run.scenario.schools),
        rounds=len(run.admission.rounds),
    )


def card_of_run(run: Run) -> str:
    """A run as a card: the headline figures, and what each round did."""
    words = Words(spoken(run.scenario.policy), run.scenario.policy)
    view = View(run, words)
    policy = run.scenario.policy
    luck = "shown_official" if run.scenario.has_official_draws else "shown_seed"
    lines = [words.text("shown_year", year=str(policy.year)), words.text(luck, seed=str(policy.luck))]
    figures = [
        (words.text(figure.code), figure.value, figure.counts, figure.target)
        for figure in headline(view)
        if figure.known
    ]
    names = tuple(words.text(f"shown_{name}") for name in ("indicator", "value", "of", "target"))
    rounds = [
        (
            words.round_title(view.entry(record)),
            words.text(f"mechanism_{view.entry(record).mechanism}"),
            words.number(record.entered),
            words.number(record.applied),
            words.number(record.admitted),
        )
        for record in run.admission.rounds[:ROUNDS_SHOWN]
    ]
    heads = tuple(
        words.text(f"shown_{name}") for name in ("round", "mechanism", "entered", "applied", "admitted")
    )
    body = grid(names, figures, numbers=(1, 2, 3)) + grid(heads, rounds, numbers=(2, 3, 4))
    return card(words.title(), [*lines, *_origin(run.scenario, words)], body)


def _origin(scenario: Scenario, words: Words) -> list[str]:
    """Variant and changes, where there are any."""
    told = []
    if scenario.variant:
        told.append(words.text("shown_variant", variant=scenario.variant))
    if scenario.changes:
        told.append(words.text("shown_changes", changes=", ".join(scenario.changes)))
    return told


def said_of_sweep(sweep: Draws | Ensemble) -> str:
    """Draws, or an ensemble, in one line."""
    counties = sweep.counties if isinstance(sweep, Ensemble) else (sweep,)
    words = sweep_words(spoken_language("", counties[0].layout.language if counties else ""))
    if not counties:
        return words.text("said_sweep", kind="Ensemble", name="0", variants="0", draws=0, children=0)
    summary = _summary(counties)
    return words.text(
        "said_sweep",
        kind=type(sweep).__name__,
        name=title(words, summary),
        variants=", ".join(summary.variants),
        draws=len(summary.draws),
        children=summary.children,
    )


def card_of_sweep(sweep: Draws | Ensemble) -> str:
    """Draws, or an ensemble, as a card: every variant beside the first, differences with intervals."""
    counties = sweep.counties if isinstance(sweep, Ensemble) else (sweep,)
    words = sweep_words(spoken_language("", counties[0].layout.language if counties else ""))
    if not counties:
        return card("Ensemble", [said_of_sweep(sweep)], "")
    summary = _summary(counties)
    codes = [code for code in SWEEP_CODES if (code, UNPLACED) in summary.sums]
    names = ["", variant_name(words, summary.variants[0])]
    cells = [[words.text(code), indicator_row(summary, words, code, 0)["first"]] for code in codes]
    for variant in range(1, len(summary.variants)):
        names += [
            variant_name(words, summary.variants[variant]),
            words.text("sweep_difference", n=len(summary.draws)),
        ]
        for row, code in zip(cells, codes, strict=True):
            found = indicator_row(summary, words, code, variant)
            row += [found["other"], f"{found['difference']}{found['interval']}"]
    lines = [said_of_sweep(sweep)]
    if len(summary.variants) > 1:
        lines.append(words.text("sweep_paired", first=variant_name(words, summary.variants[0])))
    return card(title(words, summary), lines, grid(names, cells, numbers=range(1, len(names))))


def _summary(counties: Sequence[Draws]) -> Summary:
    summary = Summary()
    for county in counties:
        summary.add(county, alone=len(counties) == 1)
    return summary


def said_of_zones(rezoning: Rezoning) -> str:
    """A rezoning in one line."""
    words = Words(spoken(rezoning.scenario.policy), rezoning.scenario.policy)
    stages = [
        words.text(
            "said_zones_stage",
            stage=words.text(f"stage_{stage.stage.name.lower()}"),
            moved=int(stage.moved.sum()),
            old=int(stage.today.excess.sum()),
            new=int(stage.proposed.excess.sum()),
        )
        for stage in rezoning.stages
    ]
    name, method = rezoning.scenario.policy.name, rezoning.method
    return words.text("said_zones", name=name, method=method, stages="; ".join(stages))


def card_of_zones(rezoning: Rezoning) -> str:
    """A rezoning as a card: today beside the drawing, stage by stage."""
    words = Words(spoken(rezoning.scenario.policy), rezoning.scenario.policy)
    view = ZonesView(rezoning, words)
    rows = []
    for stage in rezoning.stages:
        name, load = view.stage_name(stage.stage), stage.problem.load
        for said, side in zip(("shown_today", "shown_drawing"), view.sides[stage.stage], strict=True):
            moved = "" if said == "shown_today" else words.number(int(stage.moved.sum()))
            excess = words.number(int(side.zones.excess.sum()))
            rows.append((name, words.text(said), excess, _mean_way(side, load, words), moved))
    heads = ("stage", "", "excess", "mean_way", "moved")
    names = [words.text(f"shown_{head}") if head else "" for head in heads]
    lines = [words.text(f"zone_method_{rezoning.method}"), words.text("shown_proposal")]
    return card(words.title(), lines, grid(names, rows, numbers=(2, 3, 4)))


def _mean_way(side: Side, load: np.ndarray, words: Words) -> str:
    known = side.metres >= 0
    children, metres = int(load[known].sum()), int((load * side.metres)[known].sum())
    return words.metres((2 * metres + children) // (2 * children)) if children else words.not_available


def card(heading: str, lines: Sequence[str], body: str) -> str:
    """A heading, quiet lines and tables; heading and lines are escaped here."""
    told = "<br>".join(html.escape(line) for line in lines)
    return (
        '<div style="max-width:52em"><div style="font-weight:600;font-size:1.1em">'
        f'{html.escape(heading)}</div><div style="color:#5d6b78;margin:.2em 0 .6em">{told}</div>{body}</div>'
    )


def grid(names: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table; the columns ``numbers`` are set to the right."""

    def cell(tag: str, at: int, text: str) -> str:
        side = "right" if at in numbers else "left"
        return f'<{tag} style="text-align:{side};padding:.15em .8em">{html.escape(text)}</{tag}>'

    head = "".join(cell("th", at, name) for at, name in enumerate(names))
    body = "".join(f"<tr>{''.join(cell('td', at, text) for at, text in enumerate(row))}</tr>" for row in rows)
    return f'<table style="margin:0 0 .8em"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
