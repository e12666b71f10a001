# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # 重新划片，读懂学位价格 · Draw zones, read seat prices
#
# 小城的学区是新区还是村庄的时候划的：老城的学区太大，学校装不下。重新划片，让谁都装得下，走得最近；并告诉教育局，多一个学位在哪里
# 最值。只是建议，不是决定。
#
# The town's zones were drawn when its new quarters were villages: those of the old centre are too large. Draw them
# anew so that nobody is beyond the seats and the way is least, and see where one more seat is worth most. A proposal,
# never a decision.

# %%
from dataclasses import replace
from pathlib import Path

import numpy as np

import simulator as sim
from simulator import notebook

town = Path(sim.__file__).parents[1] / "scenarios" / "choice_town"
zones = sim.zones(town)
zones

# %% [markdown]
# ## 现行学区与方案 · Today and the drawing
#
# 左边是今天，右边是方案；画斜线的小区换学校。
#
# Today on the left, the drawing on the right; hatched blocks change school.

# %%
sheet, (left, right) = notebook.panels(1, 2, inches=(11, 5))
zones.plot.map(left, drawing="old")
zones.plot.map(right)
sheet

# %%
table = zones.to_pandas()
assert table.old_excess.sum() > 0 and table.new_excess.sum() == 0
table[["school", "name", "seats", "old_children", "new_children", "price_metres"]]

# %% [markdown]
# ## 学位价格 · Seat prices
#
# 学校的价格 = 那里多一个学位，全城少走多少米。价格为零：多的学位没人需要。小区归“路程 + 价格”最小的学校，学区的边界就落在两边
# 相等的地方；价格越高，学区越小。
#
# A school's price is the metres that one more seat there would save in the whole town; nobody needs more seats where
# it is zero. A block goes to the school with the least way + price, so borders run where two are equal, and the
# higher the price, the smaller the zone.

# %%
zones.plot.prices()

# %% [markdown]
# 价格是可以核对的：在最贵的学校多加一个学位，核心算出的下限（小区可以拆开时的最优值）正好少这么多。
#
# A price can be checked: with one more seat at the dearest school, the core's bound (the optimum if blocks could be
# split) falls by exactly that much.

# %%
dearest = int(table.price_metres.to_numpy().argmax())
row = int(np.flatnonzero(zones.scenario.schools.id == table.school[dearest])[0])


def with_seats(scenario, school, more):
    """The scenario with so many more planned seats at one school (primary)."""
    seats = zones.stages[0].problem.seats
    planned = scenario.schools.planned_seats.copy()
    planned[0] = np.where(seats > 0, seats, planned[0])
    planned[0, school] += more
    return replace(scenario, schools=replace(scenario.schools, planned_seats=planned))


before = zones.stages[0].proposed
one_more = sim.rezone.rezone(with_seats(zones.scenario, row, 1)).stages[0].proposed
price = int(table.price_metres[dearest])
print(
    f"{table.name[dearest]}: 价格 price {price} 米 m; 下限减少 the bound falls by {before.bound - one_more.bound} m"
)
assert before.bound - one_more.bound == price > 0

# %% [markdown]
# 多一个班（45 个学位）省的不会超过 45 × 价格：价格随学位增多而下降。
#
# One more class, 45 seats, saves at most 45 x the price, for the price falls as seats are added.

# %%
saved = []
for more in (0, 9, 18, 27, 36, 45):
    drawn = sim.rezone.rezone(with_seats(zones.scenario, row, more)).stages[0].proposed
    saved.append((before.bound - drawn.bound, int(drawn.prices[row])))
sheet, ax = notebook.panels(inches=(7, 4))
more = np.array([0, 9, 18, 27, 36, 45])
ax.plot(more, [metres for metres, _ in saved], marker="o", label="省下的米数 metres saved")
ax.plot(more, more * price, ":", color="black", label="学位数 × 价格 seats x price")
notebook.label(ax, f"{table.name[dearest]}", "增加的学位 seats added", "米 metres")
notebook.legend(ax)
sheet

# %%
prices = [price for _, price in saved]
assert all(metres <= seats * price for (metres, _), seats in zip(saved, more, strict=True))
assert prices == sorted(prices, reverse=True)

# %% [markdown]
# ## 少动一些 · Move fewer
#
# 搬动学区是有代价的。限定最多动百分之五的孩子，再划一次。
#
# Changing school has a cost of its own. Draw again with at most five per cent of the children moved.

# %%
careful = sim.zones(town, overrides=["zoning.most_changed_percent=5"])
for name, drawn in (("不限 any", zones), ("至多 5% at most", careful)):
    stage = drawn.stages[0]
    moved = int(stage.problem.load[stage.moved].sum())
    print(
        f"{name}: 换学校的孩子 children moved {moved}, 超员 beyond the seats {int(stage.proposed.excess.sum())}, "
        f"总路程 total way {int(stage.proposed.metres) / 1000:,.0f} km"
    )
stage = careful.stages[0]
assert stage.problem.load[stage.moved].sum() <= 0.05 * stage.problem.load.sum()
careful.plot.map()

# %% [markdown]
# 图层给 QGIS 或别的程序用，坐标系任选。
#
# Layers for QGIS or any other program, in the coordinate system of your choice.

# %%
layer = zones.to_geopandas("zones_new", crs="EPSG:4527")
assert layer.crs.to_epsg() == 4527 and len(layer) == len(table)
layer[["school", "children", "seats", "seat_price_metres"]].assign(km2=(layer.area / 1e6).round(2))
