"""How long a build takes beside other generators: ``python -m tests.bench``, or ``make bench``.

Measured are whole processes, each in a fresh interpreter, as the owner starts them: reading settings, facts and
every file, writing every page. All sides build the same articles (equal Markdown, header values, addresses, list pages
and feeds): ours with its theme, stock Pelican with its ``simple`` theme and typogrify, Hugo and Eleventy with the few
templates beside this file; these two are left out where they are not installed. They take turns, and a ratio is the
median over the turns, so that what slows the machine for a minute slows all. CPU is user and system time together, the
figure to trust where other work shares the cores; memory is the peak resident set of the largest process.

Three builds are timed: ``cold`` into an empty folder, ``unchanged`` over its own output, ``edited`` with one article
changed. Python's modules are compiled before, and a first build, not counted, leaves our compiled templates behind;
what else ours keeps from build to build is removed before a cold one.

After the builds come related articles alone, for more and more articles: they must not grow faster than these.

Not measured: the publish checks, the preview, pictures, the browser's side. To the others a directive is words.
Nothing here fails for being slow: it prints figures, and one stops it with Ctrl-C.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import Figures, Turn
from tests.bench.processes import Cost, run
from tests.bench.sides import PROJECT, Side, eleventy, hugo, ours, stock
from tests.bench.table import print_related, print_table, print_title

SCENES = ("cold", "unchanged", "edited")
PLUGINS = str(PROJECT / "plugins")
"""Where our command is found; no other side looks there."""
RELATED = (1000, 2000, 5000)
"""For how many articles the related ones are found, beside the builds."""


def main() -> None:
    """Read the options, then time and print one table for each number of articles."""
    options = _options()
    # also those that are installed: a copied or freshly made .venv has none
    subprocess.run([sys.executable, "-m", "compileall", "-qq", str(PROJECT / "plugins"), *sys.path[1:]], check=False)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.folder) as folder:
        for number, articles in enumerate(options.articles):
            sides = _sides(Path(folder), articles)
            if not number:
                _take_turns(sides, turn=0)  # not counted
            print_title(articles, options.runs)
            print_table(_measure(sides, options.runs), sides)
        print_related({count: _related(Path(folder), count) for count in (0, *RELATED)})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 1000], help="how many (default: 100 1000)")
    parser.add_argument("--runs", type=int, default=5, help="turns for each figure (default: 5)")
    parser.add_argument("--folder", help="where to build, such as one in memory (default: that for temporary files)")
    return parser.parse_args()


def _sides(folder: Path, articles: int) -> list[Side]:
    """Ours, stock Pelican, and who else is installed."""
    peers = {"Hugo": hugo(folder, articles), "Eleventy": eleventy(folder, articles)}
    for name in (name for name, side in peers.items() if side is None):
        print(f"{name} is not installed, so it is left out.")
    return [ours(folder, articles), stock(folder, articles), *filter(None, peers.values())]


def _measure(sides: Sequence[Side], runs: int) -> Figures:
    figures: Figures = {scene: [] for scene in SCENES}
    for turn in range(1, runs + 1):
        for scene, costs in _take_turns(sides, turn).items():
            figures[scene].append(costs)
    return figures


def _take_turns(sides: Sequence[Side], turn: int) -> dict[str, Turn]:
    """Every scene once, by all sides right after each other."""
    turns = {}
    for scene in SCENES:
        for side in sides:
            side.prepare(scene, turn)
        turns[scene] = {
            side.name: run(side.command, side.folder, side.folder / "build.log", PYTHONPATH=PLUGINS) for side in sides
        }
    return turns


def _related(folder: Path, articles: int) -> Cost:
    """Related articles alone; none of them costs what it takes to start."""
    command = [sys.executable, "-m", "tests.bench.related", str(articles)]
    return run(command, PROJECT, folder / "related.log", PYTHONPATH=PLUGINS)


if __name__ == "__main__":
    main()
