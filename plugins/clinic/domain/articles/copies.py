"""Articles that are copies of others, and names of lists that differ in their spelling alone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from clinic.models.types import slug_like

_FEWEST = 8
"""Words that two articles have in common hardly by chance, if they have no title in common."""
_MOST_OF_IT = 0.8


class Text(NamedTuple):
    """An article by its key: its title and its body as written."""

    key: str
    title: str
    body: str


def copies(texts: Iterable[Text]) -> Iterator[tuple[str, str]]:
    """The keys of every article that says what an earlier one says, and of that one; the oldest come first.

    Such are two with the same body, and two with the same title and most words of the longer body in common.
    """
    by_body: dict[str, Text] = {}
    by_title: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        words = _words(text)
        title = slug_like(text.title)
        same_body = by_body.setdefault(" ".join(words), text)
        found = same_body if same_body is not text and _is_telling(words, same_body, title) else None
        found = found or next((one for one in by_title[title] if _is_alike(one, text)), None)
        by_title[title].append(text)
        if found:
            yield text.key, found.key


def _is_telling(words: list[str], other: Text, title: str) -> bool:
    return len(words) >= _FEWEST or (bool(words) and slug_like(other.title) == title)


def _is_alike(one: Text, other: Text) -> bool:
    here, there = Counter(_words(one)), Counter(_words(other))
    longer = max(here.total(), there.total())
    return longer >= _FEWEST and (here & there).total() >= _MOST_OF_IT * longer


def _words(text: Text) -> list[str]:
    return text.body.casefold().split()


def common_spellings(names: Iterable[str], slug: Callable[[str], str]) -> Mapping[str, str]:
    """By ``slug``, the spelling that most use of a name; of several, the first. ``names`` are all uses of all names."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        counted[slug(name)][" ".join(name.split())] += 1
    return {found: spellings.most_common(1)[0][0] for found, spellings in counted.items()}
