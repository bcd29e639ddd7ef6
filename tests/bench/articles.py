"""Articles made up from a word list: the same number always gives the same words."""

from collections.abc import Iterator
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
    "– and this is the point –",
    "& the NHS says the same",
    '"it just went", people say',
    "which doesn't last",
    "**as a rule**",
    "*not* at once",
    "from 10 to 15 minutes",
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
    def file(self) -> str:
        """The name of its file."""
        return f"{self.day:%Y-%m-%d}-{self.slug}.md"


def samples(count: int) -> list[Sample]:
    """``count`` articles of about 400 words, two for each day up to the last one."""
    return [_sample(number) for number in range(count)]


def _sample(number: int) -> Sample:
    chance = Random(f"article {number}")  # noqa: S311 (chance is wanted that repeats itself)
    title = f"{' '.join(chance.sample(_WORDS, 5)).capitalize()}, part {number}"
    return Sample(
        day=_day(number),
        slug=_slug(number),
        title=title,
        summary=_sentence(chance, 14),
        author=AUTHORS[number % len(AUTHORS)],
        category=CATEGORIES[number % len(CATEGORIES)],
        tags=tuple(sorted(chance.sample(TAGS, 3))),
        body="\n\n".join(_blocks(chance, number)),
    )


def _day(number: int) -> date:
    return _LAST_DAY - timedelta(days=number // 2)


def _slug(number: int) -> str:
    return f"what-helps-{number}"


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
    """A page, another site, and the two articles before."""
    yield "Read [how to book]({filename}/pages/book.md) or [what the NHS says](https://www.nhs.uk/conditions/back-pain/)."
    for earlier in range(max(0, number - 2), number):
        yield f"There is more in [part {earlier}]({{filename}}/posts/{_day(earlier):%Y-%m-%d}-{_slug(earlier)}.md)."


def _list(chance: Random, mark: str) -> str:
    return "\n".join(f"{mark} {_sentence(chance, 7)}" for _ in range(3))


def _paragraph(chance: Random) -> str:
    return " ".join(_sentence(chance, chance.randint(9, 15)) for _ in range(chance.randint(2, 3)))


def _sentence(chance: Random, length: int) -> str:
    words = chance.choices(_WORDS, k=length)
    if length > 8 and chance.random() < 0.5:
        words[length // 2] = chance.choice(_ASIDES)
    words[0] = words[0].capitalize()
    return " ".join(words) + "."
