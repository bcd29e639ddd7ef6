"""Thousands of damaged files, each a right site or clear problems: ``make fuzz``, ``python -m tests.fuzz``.

Each finding is printed with what repeats it, and its mutant is kept in ``.cache/fuzz/``; it ends with exit code 1 where
there are any. A whole site costs a second, so ``--kind sites --count 400`` tries as many as ``make fuzz`` does.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from clinic.models.language import DEFAULT_LANGUAGE, write_in
from tests.fuzz.targets import TARGETS, attempt, tried

FOUND = Path(".cache") / "fuzz"
"""Where the mutants go that showed something."""


def _kept(kind: str, seed: int) -> Path:
    """Keep the mutant that was tried last, since its seed gives another once the clinics of the tests have changed."""
    [(name, content)] = tried
    file = FOUND / f"{kind}-{seed}-{name}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return file


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
                    print(
                        f"    {_kept(kind, seed)}; tried again: {(attempt(kind, seed) or 'nothing')[:80]}", flush=True
                    )
                if kind == "sites" and (seed - options.seed) % 50 == 49:  # of all others a thousand take a minute
                    print(f"  {seed - options.seed + 1} of {count}", flush=True)
    print(f"{sum(found.values())} findings" + (f": {dict(found)}" if found else ""))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
