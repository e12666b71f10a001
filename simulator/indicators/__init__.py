"""Scenario, travel and admission to numbers, each with its rule: early warning, indicators, fixes."""

from simulator.indicators.early_warning import block_children, early_warning
from simulator.indicators.eligible import ordinary_public_seats
from simulator.indicators.fixes import fixes
from simulator.indicators.measure import INDICATORS, Indicator, measure

__all__ = [
    "INDICATORS",
    "Indicator",
    "block_children",
    "early_warning",
    "fixes",
    "measure",
    "ordinary_public_seats",
]
