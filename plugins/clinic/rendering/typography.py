"""Typogrify, spared the work that changes nothing: to its own filters, most of a text is searched in vain.

What comes out is, letter for letter, what ``typogrify.filters.typogrify`` makes of the same text.
"""

import re
from collections.abc import Callable

from typogrify.filters import amp, caps, initial_quotes, process_ignores, smartypants

_CODE = re.compile(r"<(?:pre|code)", re.IGNORECASE)
_AMPERSAND = re.compile(r"(?:\s|&nbsp;)&(?:amp;|\#38;)?(?:\s|&nbsp;)")
_TAG = re.compile(r"(<[^>]*>)")
_ACROSS_TAGS = re.compile(r"<(?:/?(?:pre|samp|code|tt|kbd|script|style|math)|!--)", re.IGNORECASE)
_TYPED_SIGN = re.compile(r"""["'\\]|--|\.\.\.|\. \. \.|``""")
_CAPITALS = re.compile(r"[A-Z]\d*[A-Z]|[A-Z]\.\s?[A-Z]")
_QUOTE = re.compile("[\"']|&(?:[lr][sd]quo|#82(?:16|20));")
_LAST_WORD = re.compile(
    r"""(?<=[^<\s]) \s+
        ( [^<>\s]++ \s*+
          (?: </(?:a|em|span|strong|i|b)> \s*+ )*+
          (?: </(?:p|h[1-6]|li|dt|dd)> | $ ) )""",
    re.VERBOSE,
)
_INLINE_TAG = re.compile(r"</?(?:a|em|span|strong|i|b)[^>]*>")
"""Typogrify's rule for widows asks of every letter what comes before a last word; here that is asked of last words."""
_Filter = Callable[[str], str]


def typogrified(markup: str) -> str:
    """HTML with true quotes and dashes, marked ampersands and capitals, and no widows; code stays as typed."""
    if not _CODE.search(markup):
        return _typogrified(markup)
    return "".join(_typogrified(text) if is_prose else text for text, is_prose in process_ignores(markup))


def _typogrified(text: str) -> str:
    if "&" in text and _AMPERSAND.search(text):
        text = amp(text)
    text = _between_tags(text, smartypants, _TYPED_SIGN)
    text = _between_tags(text, caps, _CAPITALS)
    if _QUOTE.search(text):
        text = initial_quotes(text)
    return _LAST_WORD.sub(_bound, text)


def _bound(found: re.Match[str]) -> str:
    """No widow: the space before the last word of a block holds, unless another block stands before it."""
    text, place = found.string, found.start()
    if text[place - 1] == ">" and not _INLINE_TAG.fullmatch(text, text.rfind("<", 0, place), place):
        return found.group()
    return f"&nbsp;{found.group(1)}"


def _between_tags(text: str, change: _Filter, sign: re.Pattern[str]) -> str:
    """``change`` applied to those stretches between two tags that have something in them to change."""
    if not sign.search(text):
        return text
    parts = _TAG.split(text)
    # code and comments concern the filter beyond a tag, as does what stands before a lone quotation mark
    if _ACROSS_TAGS.search(text) or '"' in parts or "'" in parts:
        return change(text)
    parts[::2] = [change(part) if sign.search(part) else part for part in parts[::2]]
    return "".join(parts)
