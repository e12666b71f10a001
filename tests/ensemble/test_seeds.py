"""Luck of a draw: recomputed by hand, shared by variants, and nobody else's."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import TOY

from simulator import ensemble, load
from simulator.ensemble import Identity, scenario_of_draw, seed_of

TOYS = Identity("toy", 7, 2026)
identities = st.builds(
    Identity, st.text("abc-", min_size=1, max_size=8), st.integers(0, 99), st.integers(2000, 2100)
)


def test_a_seed_recomputed_by_hand():
    message = b"xuewei-ensemble-1\ntoy\n7\n2026\n17\nlottery"
    expected = int(hashlib.sha256(message).hexdigest()[:16], 16) // 2**11
    assert seed_of(TOYS, 17, "lottery") == expected < 2**53


@given(identities, st.integers(1, 10**6))
def test_every_part_of_the_identity_counts(identity, draw):
    seed = seed_of(identity, draw, "lottery")
    others = [
        seed_of(replace(identity, name=identity.name + "x"), draw, "lottery"),
        seed_of(replace(identity, seed=identity.seed + 1), draw, "lottery"),
        seed_of(replace(identity, year=identity.year + 1), draw, "lottery"),
        seed_of(identity, draw + 1, "lottery"),
        seed_of(identity, draw, "children"),
    ]
    assert seed not in others
    assert len(set(others)) == len(others)


def test_variants_share_their_luck_even_one_that_names_a_seed_of_its_own(tmp_path):
    body = (TOY / "scenario.toml").read_text(encoding="utf-8")
    for path in TOY.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    body += '\n[variants.other]\nseed = 99\nname = "elsewhere"\n'
    (tmp_path / "scenario.toml").write_text(body, encoding="utf-8")
    inputs = ensemble.Folder("", str(tmp_path), ("other", "")).read()
    assert inputs.identity == TOYS
    seeds = {scenario_of_draw(s, inputs.identity, 3, "children").policy.luck for s in inputs.scenarios}
    assert seeds == {seed_of(TOYS, 3, "lottery")}


@pytest.mark.parametrize("vary", ["lottery", "children"])
def test_what_a_draw_draws_anew(vary):
    scenario = load.scenario(TOY)
    drawn = scenario_of_draw(scenario, TOYS, 4, vary)
    assert drawn.policy.lottery_seed == seed_of(TOYS, 4, "lottery")
    assert (drawn.policy.seed == scenario.policy.seed) == (vary == "lottery")
    assert replace(drawn.policy, seed=7, lottery_seed=-1) == scenario.policy
    assert scenario_of_draw(scenario, TOYS, ensemble.seeds.AS_IT_IS, vary) is scenario
