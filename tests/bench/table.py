"""The figures as a table on the terminal."""

from collections.abc import Callable, Mapping, Sequence

from tests.bench.figures import Figures, Measure, median_of, median_ratio
from tests.bench.processes import Cost
from tests.bench.sides import Side, Written

_MEASURES: dict[str, Measure] = {
    "CPU s": lambda cost: cost.cpu,
    "wall s": lambda cost: cost.wall,
    "peak MB": lambda cost: cost.memory / 1e6,
}
_OUTPUT: dict[str, Callable[[Written], str]] = {
    "pages": lambda written: f"{written.pages:,}",
    "MB": lambda written: f"{written.size / 1e6:.1f}",
}


def print_title(articles: int, runs: int) -> None:
    """What the table below is about."""
    print(f"\n{articles:,} articles, medians of {runs} turn{'s' if runs != 1 else ''}")


def print_table(figures: Figures, sides: Sequence[Side]) -> None:
    """A line for each scene and measure, with ours by stock Pelican's last; then what each side has written."""
    ours, stock = (side.name for side in sides[:2])
    print(_row("", "", *(side.name for side in sides), f"{ours}/{stock}"))
    for scene, turns in figures.items():
        for name, measure in _MEASURES.items():
            cells = [f"{median_of(turns, side.name, measure):.2f}" for side in sides]
            print(_row(scene, name, *cells, f"{median_ratio(turns, measure, ours, stock):.2f}"))
    written = [side.written() for side in sides]
    for name, shown in _OUTPUT.items():
        print(_row("written", name, *map(shown, written)), flush=True)


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


def _row(scene: str, name: str, *cells: str) -> str:
    return f"  {scene:<10} {name:<8}" + "".join(f"{cell:>13}" for cell in cells)
