"""The gate for words: every word of a source stands on the page, is a mark of its own, or is told at its line.

Nothing here knows why a word could be lost; so it also finds what the lint does not know.
"""

import html
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, count, takewhile

_WORD = re.compile(r"[^\W_]+")
_MOST = 12
"""Words that a message quotes."""
_MOST_PAIRS = 3_000_000
"""Pairs of equal words whose order is compared, as a text of 10,000 words has them; of more, the first are told."""
_LIST_NUMBER = re.compile(r"^(?:[^\S\n]|>)*(?:[-*+] +)*\d{1,9}[.)](?=\s|$)", re.MULTILINE)


def words_in(text: str) -> list[str]:
    """The words of a text in their order, in small letters: runs of letters and digits."""
    return _WORD.findall(text.casefold())


def lost_lines(
    source: Sequence[str], shown: str, consumed: Iterable[str], told: Collection[int]
) -> Iterator[tuple[int, str]]:
    """Lines of ``source`` (from 0) with words that are neither in ``shown`` nor ``consumed``, and a message on each.

    ``told`` are lines on which something is told already: what is lost in the same paragraph, or in what is set in
    below it, may follow from that.
    """
    lines = [line if number not in told else "" for number, line in enumerate(source)]
    available = Counter(words_in(shown))
    available.update(words_in(html.unescape("\n".join(consumed))))
    missing = Counter(_words_of("\n".join(lines))) - available
    for line, words in _located([*map(_words_of, lines)], words_in(shown), missing) if missing else ():
        if not _follows(line, told, source):
            yield line, f'these words are not shown on the page: "{words}"; write them as a paragraph of their own'


def _words_of(source: str) -> list[str]:
    """The words of Markdown, without the numbers of lists."""
    return words_in(html.unescape(_LIST_NUMBER.sub("", source)))


def _follows(line: int, told: Collection[int], source: Sequence[str]) -> bool:
    """Whether something is told in the paragraph of ``line``, or in one above that it is set in below."""
    above = line
    while above not in told and above and (source[above - 1].strip() or source[above][:1] in (" ", "\t")):
        above -= 1
    below = next((at for at in range(line, len(source)) if at in told or not source[at].strip()), line)
    return above in told or below in told


def lost_between(source: Sequence[str], given: str, shown: str) -> Iterator[tuple[int, str]]:
    """Lines of ``source`` with words that were ``given`` to something that has not ``shown`` them, and those words."""
    missing = Counter(words_in(given)) - Counter(words_in(shown))
    if missing:
        yield from _located([words_in(line) for line in source], words_in(shown), missing)


def _located(lines: Sequence[Sequence[str]], shown: Sequence[str], missing: Counter[str]) -> Iterator[tuple[int, str]]:
    """Where the missing words stand, as a comparison of both texts in their order finds it; once for lines in a row."""
    numbered = [(number, word) for number, line in enumerate(lines) for word in line]
    unmatched = [*_unmatched(numbered, shown)] if _equal_pairs(numbered, shown) < _MOST_PAIRS else []
    found: dict[int, list[str]] = {}
    for number, word in (*unmatched, *numbered):  # a word that was matched by chance is found in the second round
        if missing[word] > 0:
            missing[word] -= 1
            found.setdefault(number, []).append(word)
    for number, words in sorted(found.items()):
        if number - 1 not in found:
            following = takewhile(found.__contains__, count(number + 1))
            whole = [*words, *chain.from_iterable(found[line] for line in following)]
            yield number, " ".join(whole[:_MOST]) + (" …" if len(whole) > _MOST else "")


def _equal_pairs(numbered: Sequence[tuple[int, str]], shown: Sequence[str]) -> int:
    """What the comparison needs to look at: it grows with the square where a text is one word over and over."""
    times = Counter(shown)
    return sum(times[word] for _, word in numbered)


def _unmatched(numbered: Sequence[tuple[int, str]], shown: Sequence[str]) -> Iterator[tuple[int, str]]:
    matcher = SequenceMatcher(None, [word for _, word in numbered], shown, autojunk=False)
    for tag, start, end, _, _ in matcher.get_opcodes():
        if tag != "equal":
            yield from numbered[start:end]
