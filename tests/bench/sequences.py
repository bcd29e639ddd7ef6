"""Whether builds over earlier ones leave what fresh ones leave, over long random rows of changes.

``python -m tests.bench.sequences``: fifty rows of twenty changes, each build held to a fresh one. It stops at the first
difference with the seed of its row, which ``--seed`` and ``--rows 1`` repeat.
"""

import argparse
import tempfile
from pathlib import Path

from tests.incremental import Twins
from tests.publication.test_incremental_builds import TEXTS, random_steps
from tests.site import Build


def main() -> None:
    """Take the rows one after another, and say how far it is."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.sequences", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=50, help="how many rows of changes (default: 50)")
    parser.add_argument("--changes", type=int, default=20, help="how many in each (default: 20)")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first row (default: 0)")
    options = parser.parse_args()
    for seed in range(options.seed, options.seed + options.rows):
        with tempfile.TemporaryDirectory(prefix="sequences-") as folder:
            twins = Twins(Path(folder), Build("minimal", TEXTS))
            for step in random_steps(seed, options.changes):
                twins.take(step)
        print(f"row {seed}: {options.changes} changes, all the same", flush=True)


if __name__ == "__main__":
    main()
