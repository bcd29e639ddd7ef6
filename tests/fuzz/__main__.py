"""Thousands of damaged files, each a right site or clear problems: ``make fuzz``, ``python -m tests.fuzz``.

Each finding is printed with what repeats it; it ends with exit code 1 where there are any.
"""

import argparse
import sys
from collections import Counter

from clinic.models.language import DEFAULT_LANGUAGE, write_in
from tests.fuzz.targets import TARGETS, attempt


def main() -> int:
    """Try the mutants of each kind in turn."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=20_000, help="how many in all (default: 20,000)")
    parser.add_argument("--seed", type=int, default=0, help="the first of them (default: 0)")
    parser.add_argument("--kind", choices=TARGETS, help="only this kind")
    options = parser.parse_args()
    found = Counter[str]()
    for kind, (_, share, _) in TARGETS.items():
        if options.kind in {None, kind}:
            count = options.count if options.kind else round(options.count * share)
            print(f"{kind}: {count} …", flush=True)
            for seed in range(options.seed, options.seed + count):
                write_in(DEFAULT_LANGUAGE)
                if wrong := attempt(kind, seed):
                    found[kind] += 1
                    print(f"  --kind {kind} --seed {seed} --count 1: {wrong[:600]}", flush=True)
    print(f"{sum(found.values())} findings" + (f": {dict(found)}" if found else ""))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
