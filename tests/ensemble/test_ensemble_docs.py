"""docs/ensembles.md says what the code does, in both languages; its seed is recomputed from its own words."""

import hashlib
import re

import pytest
from studies import REPOSITORY

import simulator as sim
from simulator.ensemble import Identity, seed_of

PAGES = [REPOSITORY / "docs" / name for name in ("ensembles.md", "ensembles.zh-CN.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_seed_is_what_the_page_says(page):
    (formula,) = re.findall(r"SHA-256\((.*)\)", page.read_text(encoding="utf-8"))
    parts = formula.split(" + ")
    assert parts[0] == '"xuewei-ensemble-1\\n"' and parts[2::2] == ['"\\n"'] * 4
    message = "\n".join(["xuewei-ensemble-1", "toy", "7", "2026", "5", "lottery"]).encode()
    bits = bin(int.from_bytes(hashlib.sha256(message).digest(), "big"))[2:].zfill(256)
    assert seed_of(Identity("toy", 7, 2026), 5, "lottery") == int(bits[:53], 2)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_program_on_the_page_runs(page, monkeypatch):
    (program,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(REPOSITORY)
    names: dict = {}
    exec(program.replace("draws=50", "draws=3"), names)
    assert names["county"].numerator.shape[:2] == (1, 3)
    assert len(names["many"].to_pandas()) == names["county"].numerator.size


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_and_option_the_page_names_is_there(page):
    from simulator.report.sweep.tables import SWEEP_TABLES

    text = page.read_text(encoding="utf-8")
    assert {f"{name}.parquet" for name in SWEEP_TABLES} <= set(re.findall(r"\w+\.parquet", text))
    help_text = (REPOSITORY / "simulator" / "cli" / "sweep_app.py").read_text(encoding="utf-8")
    for option in set(re.findall(r"(--[a-z]+)", text)) - {"--variant", "--set", "--counties"}:
        assert f'"{option}"' in help_text, option


def test_the_map_names_the_short_ways():
    assert {"run", "sweep", "ensemble"} <= set(dir(sim))
    assert sim.sweep is sim.ensemble.sweep
