"""Long texts in pieces, so that what looks through them needs time in proportion to their length, whatever they say."""

import re
from collections.abc import Callable, Iterator

LONGEST_PIECE = 1500
"""Characters: longer than the paragraphs that people write, so that these are never cut."""
_SENTENCE_ENDS = ("\n", ". ", "! ", "? ")
_COMMENT, _COMMENT_END = re.compile("<!--.*?-->", re.DOTALL), "-->"


def pieces(text: str, most: int = LONGEST_PIECE) -> Iterator[tuple[int, str]]:
    """Where each piece begins in the text, and the piece, at most ``most`` characters long.

    A text that is longer is cut behind a sentence, else at a space, else anywhere, never before half of that.
    """
    start = 0
    while len(text) - start > most:
        window = text[start : start + most]
        behind_sentence = max(map(window.rfind, _SENTENCE_ENDS))
        cut = next(at for at in (behind_sentence, window.rfind(" "), most - 1) if at >= most // 2) + 1
        yield start, window[:cut]
        start += cut
    yield start, text[start:]


def without_comments(text: str, instead: Callable[[str], str] = lambda _: "") -> str:
    """The text without ``<!-- -->``, each replaced by what ``instead`` gives for it; one that does not end stays.

    Nothing is looked for behind the last ``-->``: a pattern would look from every ``<!--`` to the end of the text.
    """
    end = text.rfind(_COMMENT_END) + len(_COMMENT_END)
    if end < len(_COMMENT_END):
        return text
    return _COMMENT.sub(lambda found: instead(found.group()), text[:end]) + text[end:]
