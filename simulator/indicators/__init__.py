"""Scenario, travel and admission to numbers, each with its rule: early warning, indicators, fixes."""

from simulator.indicators.early_warning import early_warning
from simulator.indicators.fixes import fixes
from simulator.indicators.measure import INDICATORS, Indicator, measure

__all__ = ["INDICATORS", "Indicator", "early_warning", "fixes", "measure"]
