"""The programs of docs/zones.md, travel.md and siting.md run as they stand and give what they claim."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent
PAGES = [f"{name}{tongue}.md" for name in ("zones", "travel", "siting") for tongue in ("", ".zh-CN")]


def programs(page: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", (HOUSE / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def beside_scenarios(tmp_path, monkeypatch):
    """A folder of one's own with the sample scenarios, as a reader has it; what is written goes there."""
    (tmp_path / "scenarios").symlink_to(HOUSE / "scenarios")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_every_program_runs_alone(page, beside_scenarios):
    assert programs(page)
    for program in programs(page):
        names: dict = {}
        exec(program, names)
        if "answer" in names:
            assert names["answer"].opened.tolist() == [False, False, True]
            found = names["answer"]
            said = re.search(r"answer\.gap  # (.*)", program)[1]
            assert ast.literal_eval(f"({said})") == (found.cost, found.cost_before, found.bound, found.gap)
        if "by_road" in names:
            assert names["run"].travel.source == "roads" and (names["run"].admission.metres > 0).any()
            assert not names["sim"].travel.warnings(names["by_road"])
    written = {path.name for path in beside_scenarios.glob("runs/*/*")}
    assert page.startswith("travel") or "report.html" in written


@pytest.mark.parametrize("name", ["zones", "travel", "siting"])
def test_both_languages_have_the_same_programs(name):
    def bare(program: str) -> str:
        told = re.sub(r" +#.*", "", program)
        return re.sub(r'(, )?language="\w+"', "", told)

    assert [bare(p) for p in programs(f"{name}.md")] == [bare(p) for p in programs(f"{name}.zh-CN.md")]
