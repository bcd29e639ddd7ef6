"""A clinic far larger than any that is known, and whether its pages stay small: ``python -m tests.bench.large FOLDER``.

It writes the content, builds it as ``make html`` does, and prints how large the site is, the peak of memory of the
largest process, and every page above 300 KB. How many of each there are is an option each; ``overlay`` gives the same
to tests, with small numbers.
"""

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from tests.bench.articles import samples
from tests.bench.processes import run

PROJECT = Path(__file__).parents[2]
LIMIT = 300_000
"""Bytes of a page that nobody on a telephone should have to wait for."""


@dataclass(frozen=True)
class Numbers:
    """How many there are of each."""

    locations: int = 200
    services: int = 300
    team: int = 200
    articles: int = 5000
    tags: int = 2000
    comments: int = 10_000
    reviews: int = 500
    questions: int = 200
    menu: int = 100
    events: int = 300


def overlay(numbers: Numbers, facts: str) -> dict[str, str]:
    """The files to lay over a small clinic, by their path inside ``content``; ``facts`` is its clinic.yaml."""
    return {
        "clinic.yaml": facts + yaml.safe_dump(_facts(numbers), allow_unicode=True, sort_keys=False),
        **dict(_pages(numbers)),
        **dict(_records(numbers)),
        **dict(_posts(numbers)),
        **dict(_comments(numbers)),
    }


def _facts(numbers: Numbers) -> dict[str, object]:
    locations = {f"place-{number}": _location(number) for number in range(numbers.locations)}
    menu = ["blog", "services", "contact", *(f"pages/plain-{number}.md" for number in range(numbers.menu))]
    return {
        **({"locations": locations} if locations else {}),
        "email": "hello@least.example.com",
        "comments": {"open": True},
        **({"menu": menu} if numbers.menu else {}),
        "testimonials": [_review(number) for number in range(numbers.reviews)],
    }


def _location(number: int) -> dict[str, object]:
    return {
        "name": f"Place {number}",
        "address": {"street": f"{number + 1} Long Street", "locality": f"Town {number}", "postcode": "ZZ99 1AA"},
        "geo": {"latitude": round(50 + number * 0.037, 4), "longitude": round(-1 - number * 0.011, 4)},
        "directions": "Opposite the ferry steps; the blue door between the chandler and the bakery.",
        "opening_hours": {"monday-friday": "09:00-12:30, 13:30-17:30", "saturday": "09:00-12:00"},
        "bank_holidays": {"region": "england-and-wales", "default": "closed"},
    }


def _review(number: int) -> dict[str, object]:
    words = f"Number {number}: they asked about my old ankle before they even looked at my back. Nobody had."
    return {"words": words, "source": f"Patient {number}", "date": "2025-12-03", "consent": "2025-12-04"}


def _pages(numbers: Numbers) -> Iterator[tuple[str, str]]:
    for number in range(numbers.menu):
        yield f"pages/plain-{number}.md", f"---\ntitle: Plain page {number}\n---\n\nSome words of number {number}.\n"
    if numbers.questions:
        asked = (
            f"- **What about number {one}?** It is answered here in so many words: {one}.\n"
            for one in range(numbers.questions)
        )
        yield "pages/questions.md", "---\ntitle: Questions\n---\n\n/// faq\n" + "".join(asked) + "///\n"


def _records(numbers: Numbers) -> Iterator[tuple[str, str]]:
    for number in range(numbers.services):
        prices = f"prices: [{{amount: {40 + number % 50}, minutes: 45}}]\n"
        head = f"title: Service {number}\nsummary: What service {number} is for, in one sentence.\n{prices}"
        yield f"services/service-{number}.md", f"---\n{head}---\n\nWhat is done at visit number {number}.\n"
    for number in range(numbers.team):
        head = f"title: {_name(number)}\nrole: Sports therapist\nsummary: Sees runners on day {number}.\n"
        offers = ", ".join(f"service-{each}" for each in range(number, numbers.services, numbers.team))
        offered = f"services: [{offers}]\n" if offers else ""
        yield f"team/person-{number}.md", f"---\n{head}{offered}---\n\nThe way of number {number}.\n"
    for number in range(numbers.events):
        day, where = f"2027-{number % 12 + 1:02}-{number // 12 % 28 + 1:02}", "place-0" if numbers.locations else "here"
        when = f"when: {day} 10:00-12:00\nwhere: {where}\n"
        yield f"events/event-{number}.md", f"---\ntitle: Event {number}\n{when}---\n\nCome along to number {number}.\n"


def _name(number: int) -> str:
    first = ("Rowan", "Ines", "Vera", "Tom", "Una", "Rosa", "Kit", "Mo", "Lee", "Ash")
    last = ("Hale", "Marsh", "Lane", "Quill", "New", "Brook", "Field", "Wood", "Stone", "Hill")
    letters = "".join(chr(97 + int(digit)) for digit in str(number))
    return f"{first[number % 10]} {last[number // 10 % 10]}{letters}"


def _posts(numbers: Numbers) -> Iterator[tuple[str, str]]:
    for number, sample in enumerate(samples(numbers.articles)):
        tags = (
            [f"Subject {number % numbers.tags}", f"Subject {(number * 7 + 1) % numbers.tags}"] if numbers.tags else []
        )
        head = {"title": sample.title, "summary": sample.summary, "category": sample.category, "tags": tags}
        yield f"posts/{sample.file}", f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n{sample.body}\n"


def _comments(numbers: Numbers) -> Iterator[tuple[str, str]]:
    """All under the newest article; every tenth is answered by the nine after it, in a chain."""
    if not numbers.articles:
        return
    slug = samples(1)[0].slug
    for number in range(numbers.comments):
        answers = f"in_reply_to: {_comment_key(number - 1)}\n" if number % 10 in {1, 2, 3} else ""
        words = f"Comment {number}. It went away after some weeks of walking, which nobody had told me before."
        day = f"2025-11-{number * 28 // numbers.comments + 1:02}"
        head = f"name: Reader {number}\ndate: {day}\nconsent: 2025-12-01\n"
        yield f"comments/{slug}/{_comment_key(number)}.md", f"---\n{head}{answers}---\n\n{words}\n"


def _comment_key(number: int) -> str:
    return f"c{number:06}"


def write(folder: Path, numbers: Numbers) -> None:
    """Lay the content out in ``folder/content``, with all that a build needs beside it."""
    shutil.copytree(PROJECT / "tests" / "clinics" / "minimal", folder / "content")
    for name in ("pelicanconf.py", "publishconf.py", "plugins", "theme"):
        (folder / name).symlink_to(PROJECT / name)
    facts = "name: The Large Clinic\nurl: https://large.example.com\nphone: 01632 960199\n"
    for path, text in overlay(numbers, facts).items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def main() -> None:
    """Write, build, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.large", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="a new folder for the content and the site")
    for field in fields(Numbers):
        parser.add_argument(
            f"--{field.name}", type=int, default=field.default, help=f"how many (default: {field.default})"
        )
    options = vars(parser.parse_args())
    folder = options.pop("folder")
    write(folder, Numbers(**options))
    cost = run(
        [sys.executable, "-m", "clinic.cli", "html"], folder, folder / "build.log", PYTHONPATH=str(PROJECT / "plugins")
    )
    report(folder / "output", cost.memory, cost.cpu)


def report(output: Path, memory: int, cpu: float) -> None:
    """Print how large a site is, and which of its files are above the limit."""
    sizes = {path.relative_to(output): path.stat().st_size for path in output.rglob("*") if path.is_file()}
    kinds = Counter[str]()
    for path, size in sizes.items():
        kinds[path.parts[0] if len(path.parts) > 1 else "(top)"] += size
    print(
        f"{len(sizes)} files, {sum(sizes.values()) / 1e6:.1f} MB; {cpu:.1f} s of CPU, {memory / 1e6:.0f} MB of memory"
    )
    for kind, size in kinds.most_common(12):
        print(f"  {size / 1e6:8.1f} MB  {kind}")
    for path, size in sorted(sizes.items(), key=lambda one: -one[1])[:40]:
        if size > LIMIT or path.name == "index.html":
            print(f"  {size / 1e3:8.0f} KB  {path}{' !' if size > LIMIT else ''}")


if __name__ == "__main__":
    main()
