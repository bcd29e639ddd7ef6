"""The figures as a table on the terminal."""

from collections.abc import Iterable, Mapping

from tests.bench.figures import Figures, Measure, Pair, median_of, median_ratio
from tests.bench.processes import Cost
from tests.bench.sides import Side

_MEASURES: dict[str, Measure] = {
    "CPU s": lambda cost: cost.cpu,
    "wall s": lambda cost: cost.wall,
    "peak MB": lambda cost: cost.memory / 1e6,
}


def print_title(articles: int, runs: int) -> None:
    """What the table below is about."""
    print(f"\n{articles:,} articles, {runs} pair{'s' if runs != 1 else ''} of builds, medians")


def print_table(figures: Figures, sides: tuple[Side, Side]) -> None:
    """A line for each scene and measure, then what each side has written."""
    print(_row("", "", "ours", "stock", "ours/stock"), flush=True)
    for scene, pairs in figures.items():
        for name, measure in _MEASURES.items():
            print(_row(scene, name, *_cells(pairs, measure)))
    ours, stock = (side.written() for side in sides)
    print(_row("written", "pages", f"{ours.pages:,}", f"{stock.pages:,}", ""))
    print(_row("", "MB", f"{ours.size / 1e6:.1f}", f"{stock.size / 1e6:.1f}", ""), flush=True)


def print_related(costs: Mapping[int, Cost]) -> None:
    """CPU and memory of related articles alone; what the process without any takes is left out."""
    print("\nrelated articles alone")
    nothing = costs[0]
    for articles, cost in costs.items():
        if articles:
            cpu, memory = cost.cpu - nothing.cpu, (cost.memory - nothing.memory) / 1e6
            print(
                f"  {articles:>6,} articles  {cpu:6.2f} CPU s  {1000 * cpu / articles:5.2f} ms each  {memory:5.0f} MB"
            )


def _cells(pairs: list[Pair], measure: Measure) -> Iterable[str]:
    yield f"{median_of([pair.ours for pair in pairs], measure):.2f}"
    yield f"{median_of([pair.stock for pair in pairs], measure):.2f}"
    yield f"{median_ratio(pairs, measure):.2f}"


def _row(scene: str, name: str, ours: str, stock: str, ratio: str) -> str:
    return f"  {scene:<10} {name:<8} {ours:>9} {stock:>9} {ratio:>11}"
