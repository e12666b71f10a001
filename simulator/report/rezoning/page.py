"""``report.html`` of a rezoning: old zones beside new, the map, and what adoption needs; opens offline."""

from __future__ import annotations

import dataclasses
from typing import Any

from simulator.model.zoning_settings import ZoningSettings
from simulator.report.page import rendered
from simulator.report.rezoning.mapping import map_data
from simulator.report.rezoning.sections import adoption, stage_values
from simulator.report.rezoning.view import ZonesView


def page(view: ZonesView) -> str:
    """The page as HTML."""
    words, made = view.words, view.rezoning
    policy, data = made.scenario.policy, map_data(view)
    stages = [stage_values(view, stage) for stage in made.stages]
    sections: list[tuple[str, str, str, dict[str, Any]]] = [
        (
            "compared",
            words.text("zones_section_compared"),
            "compared",
            {"stages": stages, "source": view.distance_source},
        ),
        (
            "map",
            words.text("section_map"),
            "map",
            {
                "data": data,
                "outlined": view.ground.outlined,
                "stages": [stage["name"] for stage in stages],
                "groups": any(stage["groups"] for stage in stages),
            },
        ),
        *(
            (stage["key"], _capital(words.text("zones_section_stage", stage=stage["name"])), "stage", stage)
            for stage in stages
        ),
        ("adoption", words.text("zones_section_adoption"), "adoption", {"needs": adoption(view)}),
        ("made", words.text("section_provenance"), "made", _made(view)),
    ]
    scripts = ["static/report.js"]
    return rendered(
        "rezoning/report.html",
        words,
        scripts=scripts if data is None else ["static/zones_map.js", *scripts],
        styles=["static/report.css", "static/zones.css"],
        map_data=data,
        title=words.title(),
        year=str(policy.year),
        method=words.text(f"zone_method_{made.method}"),
        sections=sections,
    )


def _capital(heading: str) -> str:
    """The first letter large, where the script knows such."""
    return heading[:1].upper() + heading[1:]


def _made(view: ZonesView) -> dict[str, Any]:
    """What the drawing was made from."""
    made, words = view.rezoning, view.words
    meaning = {field.name: field.metadata for field in dataclasses.fields(ZoningSettings)}

    def named(name: str) -> str:
        metadata = meaning[name]
        chinese = metadata["json_schema_extra"]["description_zh"]
        return str(chinese if words.language == "zh" else metadata["description"])

    def said(value: object) -> str:
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

    settings = dataclasses.asdict(made.scenario.policy.zoning)
    return {
        "method": words.text(f"zone_method_{made.method}"),
        "scenario": made.scenario.policy.name,
        "source": view.distance_source,
        "neighbours": words.text(f"zones_by_{made.neighbours}"),
        "settings": [(named(name), said(value)) for name, value in settings.items() if name != "method"],
        "warnings": [words.fault(fault) for fault in made.scenario.warnings],
        "sources": sorted(made.scenario.sources.items()),
        "versions": sorted(made.versions.items()),
    }
