"""How long a build takes beside stock Pelican: ``python -m tests.bench``, or ``make bench``.

Measured are whole processes, each in a fresh interpreter, as the owner starts them: reading settings, facts and
every file, writing every page. Both sides build the same articles (equal Markdown, header values, addresses, list
pages and feeds), ours with the theme, the other with Pelican's ``simple`` theme and typogrify. They take turns, and a
ratio is the median over the pairs, so that what slows the machine for a minute slows both. CPU is user and system time
together, the figure to trust where other work shares the cores; memory is the peak resident set.

Three builds are timed: ``cold`` into an empty folder, ``unchanged`` over its own output, ``edited`` with one article
changed. Neither side keeps pages from build to build today, so the last two tell what that costs; what is kept are
Python's compiled files and our compiled templates, which a first build, not counted, leaves behind.

After the builds come related articles alone, for more and more articles: they must not grow faster than these.

Not measured: the publish checks, the preview, pictures, the browser's side. To stock Pelican a directive is words.
Nothing here fails: it prints figures, and one stops it with Ctrl-C.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import Figures, Pair
from tests.bench.processes import Cost, run
from tests.bench.sides import PROJECT, Side, our_side, stock_side
from tests.bench.table import print_related, print_table, print_title

SCENES = ("cold", "unchanged", "edited")
RELATED = (1000, 2000, 5000)
"""For how many articles the related ones are found, beside the builds."""


def main() -> None:
    """Read the options, then time and print one table for each number of articles."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for number, articles in enumerate(options.articles):
            sides = (our_side(Path(folder), articles), stock_side(Path(folder), articles))
            if not number:
                _take_turns(sides, turn=0)  # not counted: it leaves Python's compiled files behind
            print_title(articles, options.runs)
            print_table(_measure(sides, options.runs), sides)
        print_related({count: _related(Path(folder), count) for count in (0, *RELATED)})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 1000], help="how many (default: 100 1000)")
    parser.add_argument("--runs", type=int, default=5, help="pairs of builds for each figure (default: 5)")
    return parser.parse_args()


def _measure(sides: tuple[Side, Side], runs: int) -> Figures:
    figures: Figures = {scene: [] for scene in SCENES}
    for turn in range(1, runs + 1):
        for scene, pair in _take_turns(sides, turn).items():
            figures[scene].append(pair)
    return figures


def _take_turns(sides: tuple[Side, Side], turn: int) -> dict[str, Pair]:
    """Every scene once, ours and theirs right after each other."""
    pairs = {}
    for scene in SCENES:
        for side in sides:
            side.prepare(scene, turn)
        pairs[scene] = Pair(*(run(side.command, side.folder, side.folder / "build.log") for side in sides))
    return pairs


def _related(folder: Path, articles: int) -> Cost:
    """Related articles alone; none of them costs what it takes to start."""
    command = [sys.executable, "-m", "tests.bench.related", str(articles)]
    return run(command, PROJECT, folder / "related.log", PYTHONPATH=str(PROJECT / "plugins"))


if __name__ == "__main__":
    main()
