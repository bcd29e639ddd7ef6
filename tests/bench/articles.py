"""Articles made up from a word list, as a clinic writes them: the same number always gives the same words.

There are figures in addresses, titles and sentences, prices, times of day, lists, quotations, and links to other
articles, since all of these are what a build looks at more closely than at words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

AUTHORS = ("Rowan Hale", "Ines Marsh")
CATEGORIES = ("Backs", "Ankles", "Sport", "Desk work", "Recovery")
TAGS = (
    "Posture",
    "Running",
    "Sleep",
    "Strength",
    "Balance",
    "Massage",
    "Walking",
    "Knees",
    "Hips",
    "Neck",
    "Work",
    "Age",
)
_LAST_DAY = date(2025, 12, 30)
_WORDS = (Path(__file__).parent / "words.txt").read_text("utf-8").split()
_ASIDES = (
    "(see your GP first)",
    "at £45 for the first visit",
    "before 7.30 in the morning",
    "3 times a week",
    "(2 sets of 10-12, then rest)",
    "after 10 km",
    "by 30% within 6 weeks",
    "– and this is the point –",
    "& the NHS says the same",
    '"it just went", people say',
    "which doesn't last",
    "**as a rule**",
    "*not* at once",
    "from 10 to 15 minutes",
)
_TITLES = (
    "{number} minutes a day for your {one}",
    "{one} and {two}: {number} things that help",
    "Why your {one} hurts after {number} km",
    "What does {one} {two} cost?",
    "The {one}'s guide to {two}",
)
_DIRECTIVES = (
    "/// booking | Move with less pain\nCome and see us, and find out what helps.\n///",
    "/// care | When to see your GP\n- You feel unwell\n- It wakes you at night\n///",
    "/// chain\n1. The ankle stiffens\n2. The knee follows\n3. The back works harder\n///",
    "/// callout | Good to know\nMost of this passes by itself, and moving helps.\n///",
)


@dataclass(frozen=True)
class Sample:
    """One article: what stands in its header, and its Markdown."""

    day: date
    slug: str
    title: str
    summary: str
    author: str
    category: str
    tags: tuple[str, ...]
    body: str

    @property
    def path(self) -> str:
        """Where it is on every site."""
        return f"post/{self.slug}/"

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.day:%Y-%m-%d}-{self.slug}.md"


def samples(count: int) -> list[Sample]:
    """``count`` articles of about 400 words, two for each day up to the last one."""
    return [_sample(number) for number in range(count)]


def _sample(number: int) -> Sample:
    chance = Random(f"article {number}")  # noqa: S311 (chance is wanted that repeats itself)
    title = _title(chance, number)
    return Sample(
        day=_day(number),
        slug=_slug(number),
        title=title,
        summary=_sentence(chance, 14, asides=_ASIDES[:6]),
        author=AUTHORS[number % len(AUTHORS)],
        category=CATEGORIES[number % len(CATEGORIES)],
        tags=tuple(sorted(chance.sample(TAGS, 3))),
        body="\n\n".join(_blocks(chance, number)),
    )


def _day(number: int) -> date:
    return _LAST_DAY - timedelta(days=number // 2)


def _slug(number: int) -> str:
    """Of five figures and more, as an import from another system gives them: it might be a telephone number."""
    return f"what-helps-after-{number % 40 + 2}-km-{number + 10_000}"


def _title(chance: Random, number: int) -> str:
    one, two = chance.sample(_WORDS[:60], 2)
    title = _TITLES[number % len(_TITLES)].format(one=one, two=two, number=number % 40 + 2)
    return f"{title[0].upper()}{title[1:]} (part {number})"


def _blocks(chance: Random, number: int) -> Iterator[str]:
    """Three chapters, a quotation, links; and in one article of three a directive."""
    yield _paragraph(chance)
    for chapter in range(3):
        yield f"## {_sentence(chance, 5).rstrip('.')}"
        yield _paragraph(chance)
        yield _list(chance, "1." if chapter == 1 else "-")
        yield _paragraph(chance)
    yield f"> {_paragraph(chance)}"
    yield " ".join([_sentence(chance, 12), *_links(number), _sentence(chance, 8)])
    if number % 3 == 0:
        yield _DIRECTIVES[number // 3 % len(_DIRECTIVES)]


def _links(number: int) -> Iterator[str]:
    """A page, another site, the two articles before, and an early one."""
    yield "Read [how to book]({filename}/pages/book.md) or [what the NHS says](https://www.nhs.uk/conditions/back-pain/)."
    for earlier in sorted({*range(max(0, number - 2), number), number // 2} - {number}):
        yield f"There is more in [part {earlier}]({{filename}}/posts/{_day(earlier):%Y-%m-%d}-{_slug(earlier)}.md)."


def _list(chance: Random, mark: str) -> str:
    return "\n".join(f"{mark} {_sentence(chance, 7)}" for _ in range(3))


def _paragraph(chance: Random) -> str:
    return " ".join(_sentence(chance, chance.randint(9, 15)) for _ in range(chance.randint(2, 3)))


def _sentence(chance: Random, length: int, asides: Sequence[str] = _ASIDES) -> str:
    words = chance.choices(_WORDS, k=length)
    if length > 8 and chance.random() < 0.5:
        words[length // 2] = chance.choice(asides)
    words[0] = words[0].capitalize()
    return " ".join(words) + "."
