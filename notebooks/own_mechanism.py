# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 十行写一种录取办法 · Your own mechanism in ten lines
#
# 录取办法是一个函数：谁报了哪里、还剩哪些学位、摇号的先后，得出每人录取到哪里。自己写一个，放进一座城的批次里，和内置的一起跑。
#
# A mechanism is a function: who applies where, which seats are left, the draw; it gives each applicant a seat or none.
# Write one, put it into a round of a town, and play it beside the built-in ones.

# %%
from pathlib import Path

import numpy as np

import simulator as sim
from simulator import mechanisms, notebook
from simulator.model import UNPLACED, Assignment

town = Path(sim.__file__).parents[1] / "scenarios" / "choice_town"

# %% [markdown]
# ## 十行 · Ten lines
#
# 志愿优先（Boston）的毛病：第一志愿落选，第二志愿往往也满了，白报一轮。“自适应”的改法（Mennle, Seuken, “Trade-offs in School
# Choice”, 2014）：每一轮，没有录取的人都报自己**还有学位的**志愿里最靠前的一所；学校按位次录取，录满为止，录了不退。
#
# The flaw of immediate acceptance: who loses the first choice often finds the second full, and a turn is wasted. The
# adaptive version (Mennle and Seuken, “Trade-offs in School Choice: Comparing Deferred Acceptance, the Classic and the
# Adaptive Boston Mechanism”, 2014): in every turn those without a seat apply to the
# best of their choices that **still has one**; schools take them by rank while seats last, for good.


# %%
def adaptive(applications, seats, draw):
    child, pool = applications.applicant, applications.pool
    place = draw.order[applications.student][child]
    arc = np.full(len(applications), UNPLACED)
    room = seats.room(np.zeros(len(seats), dtype=int))
    while np.any(hope := (arc[child] == UNPLACED) & (room[pool] > 0)):
        best = np.flatnonzero(hope)[np.unique(child[hope], return_index=True)[1]]
        for school in np.unique(pool[best]):
            here = best[pool[best] == school]
            here = here[np.lexsort((place[here], applications.priority[here]))][: room[school]]
            arc[child[here]] = here
            room[school] -= len(here)
    return Assignment(arc)


# %% [markdown]
# `applications` 是展开的志愿：第 i 条志愿（arc）是哪个孩子（`applicant`）、哪个学位池（`pool`）、排第几（`priority`，小者在先）。答案是
# 每个孩子的 arc，没有则 -1。
#
# `applications` are lists laid end to end: arc i is a choice of one child (`applicant`) of one pool of seats (`pool`),
# with its rank there (`priority`, smaller first). The answer is an arc for each child, -1 for none.
#
# ## 在小例子上看 · On a small market
#
# 四个孩子都最想去甲校，第二志愿不同。逐行可以手算。
#
# Four children all want school 0 most, and differ in their second choice; it can be worked by hand.

# %%
market = mechanisms.plain_market([[0, 1, 2], [0, 1, 2], [0, 2], [1, 0, 2]], seats=[1, 1, 1])
print(
    "志愿优先 immediate:",
    mechanisms.choices_given(market.applications, mechanisms.MECHANISMS["immediate_acceptance"](*market)),
)
print("自适应 adaptive:   ", mechanisms.choices_given(market.applications, adaptive(*market)))
assert mechanisms.schools_given(market.applications, market.seats, adaptive(*market)).tolist() == [
    0,
    2,
    UNPLACED,
    1,
]

# %% [markdown]
# ## 放进一座城 · In a town
#
# `with_mechanism` 把一个批次换成自己的函数，其余照旧；答案先核对（学位不超、只去自己报的学校）才算数，报告里写明改了什么。
#
# `with_mechanism` lets a function play a round and leaves all else. Its answer is checked before it counts (no seat
# twice, nobody where it did not apply), and reports say what was changed.

# %%
scenario = sim.load.scenario(town)
own = scenario.with_mechanism("choice", adaptive)
run = sim.simulate.simulate(own)
run

# %%
run.plot.choices()

# %% [markdown]
# 和内置的四种并排，十次摇号，运气相同。
#
# Beside four built-in ones, ten draws, the same luck.

# %%
VARIANTS = ("", "immediate", "parallel", "in_turn")
rivals = [sim.load.scenario(town, variant=variant) for variant in VARIANTS]
names = ("deferred", "immediate", "parallel", "in_turn", "adaptive")
many = sim.sweep([*rivals, own], variants=names, draws=10)
many

# %%
sheet, (left, right) = notebook.panels(1, 2, inches=(12, 4.2))
for name, scenario_of in zip(names, [*rivals, own], strict=True):
    shares = sim.simulate.simulate(scenario_of).to_pandas("choices").query("choice > 0")
    left.plot(shares.choice, shares.percent.cumsum(), marker="o", label=name)
left.set_xticks(range(1, 6))
notebook.label(left, "第几志愿以内 · Rank distribution", "志愿 choice", "累计 cumulative %")
notebook.legend(left)
many.plot.differences(right, variant="adaptive")
sheet

# %% [markdown]
# ## 谎报有没有好处 · Does a lie help?
#
# 好办法不怕人知道。五个孩子、三所学校，随机试六十个市场：把某个孩子的志愿换成每一种别的次序，看他会不会更好。延迟录取一次都没有
# （Dubins, Freedman 1981）；自适应和志愿优先都有。
#
# A good mechanism has nothing to fear from being known. Five children, three schools, sixty random markets: put
# every other order in place of a child's list and see whether it fares better by its true one. Never under deferred
# acceptance (Dubins and Freedman 1981); under the other two it does.

# %%
from itertools import permutations

ORDERS = [list(order) for order in permutations(range(3))]


def lies_that_help(mechanism, lists):
    """Whether some child gets a school it truly prefers by another list."""

    def school_of(told, child):
        market = mechanisms.plain_market(told, seats=[2, 1, 1])
        return int(mechanisms.schools_given(market.applications, market.seats, mechanism(*market))[child])

    for child, true in enumerate(lists):
        rank = {school: at for at, school in enumerate(true)} | {UNPLACED: len(true)}
        honest = rank[school_of(lists, child)]
        if any(rank[school_of([*lists[:child], lie, *lists[child + 1 :]], child)] < honest for lie in ORDERS):
            return True
    return False


rng, found = np.random.default_rng(7), {}
markets = [[ORDERS[at] for at in rng.integers(0, len(ORDERS), 5)] for _ in range(60)]
for name, mechanism in (
    ("延迟录取 deferred acceptance", mechanisms.MECHANISMS["deferred_acceptance"]),
    ("志愿优先 immediate acceptance", mechanisms.MECHANISMS["immediate_acceptance"]),
    ("自适应 adaptive", adaptive),
):
    found[name] = sum(lies_that_help(mechanism, lists) for lists in markets)
    print(f"{name}: {found[name]} / {len(markets)}")
deferred, immediate, own_one = found.values()
assert deferred == 0 < own_one <= immediate
