"""Section 10: how this was made: seed, versions, hashes of the inputs, certificates, rules, privacy."""

from __future__ import annotations

from typing import Any

from simulator import __version__
from simulator.messages import catalogue
from simulator.report.departures import departures
from simulator.report.view import View


def context(view: View) -> dict[str, Any]:
    """Facts that let a reader repeat and check the run."""
    run, words = view.run, view.words
    policy = run.scenario.policy
    return {
        "seed": str(policy.seed),
        "scenario": policy.name,
        "departures": departures(run.scenario, words),
        "versions": sorted({"xuewei": __version__, **run.versions}.items()),
        "sources": sorted(run.scenario.sources.items()),
        "source": view.distance_source,
        "certificates": certificates(view),
        "warnings": [words.fault(fault) for fault in run.scenario.warnings],
        "rules": sorted(set(run.indicators.rule.tolist()), key=lambda rule: (len(rule), rule)),
        "documents": [
            (words.round_title(entry), words.document(entry))
            for entry in policy.rounds
            if words.document(entry)
        ],
        "draws": len(run.admission.draws) + sum(map(len, run.admission.school_draws.values())),
    }


def certificates(view: View) -> list[dict[str, Any]]:
    """The proof of every least-cost round, and of what it gave on of seats set free later."""
    words, played = view.words, view.run.scenario.policy.rounds
    proofs = []
    for record in view.run.admission.rounds:
        title = words.round_title(view.entry(record))
        proofs.append((title, record.certificate))
        for refill in record.refills:
            after = words.round_title(played[refill.after])
            proofs.append((words.text("certificate_refill", round=title, after=after), refill.certificate))
    return [
        {"round": title, "facts": [fact_text(view, *fact) for fact in sorted(certificate.items())]}
        for title, certificate in proofs
        if certificate
    ]


def fact_text(view: View, name: str, value: Any) -> tuple[str, str]:
    """One fact of a certificate: name and value in words (as the program calls them if there are none)."""
    words = view.words
    fact, _, subject = name.partition(" ")  # a fact of one share rule in one county names both
    said = words.text(f"fact_{fact}") if f"fact_{fact}" in catalogue() else fact
    if subject:
        said = words.text("fact_of", fact=said, subject=subject)
    if fact == "share_method":
        return said, words.text(f"fact_share_method_{value}")
    if isinstance(value, bool):
        return said, words.text("yes" if value else "no")
    if f"fact_{name}_{value}" in catalogue():
        return said, words.text(f"fact_{name}_{value}")
    return said, words.value(value if isinstance(value, str) else int(value))
