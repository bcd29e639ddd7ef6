"""What was measured, and the medians of it."""

from collections.abc import Callable
from statistics import median
from typing import TypeAlias

from tests.bench.processes import Cost

Measure: TypeAlias = Callable[[Cost], float]
Turn: TypeAlias = dict[str, Cost]
"""The same build by every side, by its name, one right after the other."""
Figures: TypeAlias = dict[str, list[Turn]]
"""The turns of every scene."""


def median_of(turns: list[Turn], side: str, measure: Measure) -> float:
    """The middle value of one measure."""
    return median(measure(turn[side]) for turn in turns)


def median_ratio(turns: list[Turn], measure: Measure, one: str, other: str) -> float:
    """The middle of the turns' ratios of two sides: 2 is twice as much as the ``other``."""
    return median(measure(turn[one]) / measure(turn[other]) for turn in turns)
