"""What was measured, and the medians of it."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

from tests.bench.processes import Cost

Measure: TypeAlias = Callable[[Cost], float]


@dataclass(frozen=True)
class Pair:
    """The same build by both sides, one right after the other."""

    ours: Cost
    stock: Cost


Figures: TypeAlias = dict[str, list[Pair]]
"""The pairs of every scene."""


def median_of(costs: list[Cost], measure: Measure) -> float:
    """The middle value of one measure."""
    return median(measure(cost) for cost in costs)


def median_ratio(pairs: list[Pair], measure: Measure) -> float:
    """The middle of the pairs' ratios, ours to theirs: 2 is twice as much as stock Pelican."""
    return median(measure(pair.ours) / measure(pair.stock) for pair in pairs)
