"""Typography: true quotes, dashes, primes and ranges, and no widows.

Typogrify's filters run only on the parts of a text that they can change, at a fraction of the cost.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape as escape_html
from html import unescape

from markupsafe import Markup
from smartypants import Attr, smartypants
from typogrify.filters import initial_quotes, process_ignores

from clinic.models.words import current_words

_SIGNS = Attr.set2 | Attr.u
"""``--`` is an en dash and ``---`` an em dash, which typogrify does not ask for; signs, not their numbers."""
_CODE = re.compile(r"<(?:pre|code)", re.IGNORECASE)
_TAG = re.compile(r"(<[^>]*>)")
_ACROSS_TAGS = re.compile(r"<(?:/?(?:pre|samp|code|tt|kbd|script|style|math)|!--)", re.IGNORECASE)
_TYPED_SIGN = re.compile(r"""["'\\]|--|\.\.\.|\. \. \.|``|\d(?:am|pm|st|nd|rd|th)?-[£€$]?\d""")
_SMART = re.compile(r"""["'\\]|--|\.\.\.|\. \. \.|``|&#8""")
"""Without one of these SmartyPants changes nothing, with twenty substitutions."""
_IN_WORD = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_INITIAL_QUOTE = re.compile(r""">\s*(?:["']|&(?:l[sd]quo|#82(?:16|20));)""")
"""A quotation mark that may begin a block; those that SmartyPants has curled are none for typogrify."""
_TAG_OR_HEIGHT = re.compile(
    r"""<[^>]*>|(?<![\d.,])(\d{1,2}) ?' ?(\d{1,2}(?:\.\d+)?[½¼¾]?)(?: ?(?:"|'')|(?![\w"'.,]\d))"""
)
"""A tag, which stays; or feet and inches, the inches with their sign or without."""
_TAG_OR_QUOTE = re.compile(
    r"""<(?P<block>/?(?:p|h[1-6]|li|ul|ol|d[dtl]|t[dhr]|div|section|blockquote)\b)?[^>]*>|["“”'‘]"""
)
_CURLY = {"“": ('"', True), "”": ('"', False), "‘": ("'", True)}
_AFTER_NUMBER = re.compile(r"""\d["']""")
_ELISION = re.compile(
    r"(?<![\w.,!?;:])'(?=\d\ds?\b|(?:tis|twas|twill|til|till|em|cause|bout|round|cos)\b)", re.IGNORECASE
)
_AND = re.compile(r"(?<=\w)([ -])'(n|N)'([ -])(?=\w)")
_QUOTE_AFTER_DASH = re.compile(r"""(?<=--|[\w\s][—–]|.[—–]|[\w"'”’]/)(["'])(?=\w)""")
_ADDRESS = re.compile(r"""(?:https?://|www\.)[^\s<>"']+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+""", re.IGNORECASE)
_HYPHEN = "\ue010"
"""Stands for the hyphens of an address, which must stay as they are."""
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d{1,4}(?:[.:]\d{1,2})?"
_RANGE = re.compile(
    rf"(?<![\w./,:–-])(?<!\d[ )])(?<!\d\) )([£€$]?)({_NUMBER})((?:am|pm|st|nd|rd|th)?)"
    rf"-(?=([£€$]?)({_NUMBER})([a-z]{{1,4}}\b)?(?![\w/–-]|[.,:]\d))"
)
"""A currency, a number with what is written at it, and a hyphen before another such number; no part of a telephone
number, in which digits and a space stand before."""
_ENGLISH_MARKS = ("“", "”", "‘", "’")
_STRAIGHT = re.compile("[\"']")
_KEPT = {ord(mark): chr(0xE011 + number) for number, mark in enumerate(_ENGLISH_MARKS)}
"""Stand for curly quotes as they were typed, which may have another meaning in another language."""
_GIVEN_BACK = {ord(sign): chr(mark) for mark, sign in _KEPT.items()}
_SINGLE_QUOTED = re.compile(r"‘([^‘’]*(?:’\w[^‘’]*)*)’(?!\w)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_MONTHS = 12
_LAST_WORD = re.compile(
    r"""(?<=[^<\s]) \s+
        ( [^<>\s]++ \s*+
          (?: </(?:a|em|span|strong|i|b)> \s*+ )*+
          (?: </(?:p|h[1-6]|li|dt|dd)> | $ ) )""",
    re.VERBOSE,
)
_INLINE_TAG = re.compile(r"</?(?:a|em|span|strong|i|b)\b[^>]*>")
"""Typogrify's pattern for widows looks back from every character; this one only from last words."""
_TOGETHER = re.compile(
    r"""<[^>]*>
        | (?<![\w./@-]) [^\W\d_]{1,2}-[^\W\d_]{2,9} (?![\w@/-]|\.\w)
        | (?<![\w.,:/-]) \d{1,4}(?:[.,:]\d{1,2})? [ ]
          (?:Uhr|[kcm]?m|k?g|m?l|km/h|min|Min\.|Std\.|[ap]\.?m\b\.?|%|€) (?!\w)
        | (?<![\w+.,/-]) (?:\+\d{1,3}|0\d{2,5}) (?:[ ]\d{1,6}){1,4} (?!\w)""",
    re.VERBOSE,
)
"""A tag, which stays; X-ray and EC-Karte, which a line would break after the hyphen; a number with its unit (a sign of
the SI, the same in all languages, or an hour); a telephone number."""
_MAYBE_TOGETHER = re.compile(r"(?<!\w)[^\W\d_]{1,2}-[^\W\d_]|\d [\dUkgcmlMSap%€]")
_WIDEST_PAIR = 14
"""Characters: two longer words on one line would be broken inside on a phone with text of twice the size."""
_ENOUGH_FOR_A_WIDOW = 4
"""Spaces in a title: shorter ones are balanced by the browser."""


def typogrified(markup: str) -> str:
    """HTML with true quotes and dashes, and no widows; code stays as typed.

    Capitals and ampersands are left alone: set otherwise, a clinic's own name would differ from the words beside it.
    """
    if not _CODE.search(markup):
        return _typogrified(markup)
    return "".join(_typogrified(text) if is_prose else text for text, is_prose in process_ignores(markup))


def _typogrified(text: str) -> str:
    text = _with_primes(text)
    text = _between_tags(text, _true_signs, _TYPED_SIGN)
    text = initial_quotes(text) if _INITIAL_QUOTE.search(f">{text}") else text
    text = _LAST_WORD.sub(_bound, text)
    return _TOGETHER.sub(_kept_together, text) if _MAYBE_TOGETHER.search(text) else text


def _kept_together(found: re.Match[str]) -> str:
    """Words that no line breaks; the signs stay those that were typed, so that they are found and copied as such."""
    if found[0][0] == "<":
        return found[0]
    return f'<span class="no-wrap">{found[0]}</span>' if "-" in found[0] else found[0].replace(" ", "&nbsp;")


def _with_primes(markup: str) -> str:
    """Feet, inches and minutes (5'10", a 12" ruler): a mark behind a number that closes no quotation."""
    if not _AFTER_NUMBER.search(markup):
        return markup
    opened: set[str] = set()
    return _TAG_OR_QUOTE.sub(lambda found: _prime(found, opened), _TAG_OR_HEIGHT.sub(_height, markup))


def _prime(found: re.Match[str], opened: set[str]) -> str:
    """A mark as it stands, or as a prime; ``opened`` are those of the quotations that are open, in this block."""
    sign, before, after = found[0], found.string[: found.start()][-1:], found.string[found.end() : found.end() + 1]
    if sign[0] == "<":
        if found["block"]:
            opened.clear()
    elif _ELISION.match(found.string, found.start()):
        return "’"
    elif sign in _CURLY:
        straight, is_opening = _CURLY[sign]
        (opened.add if is_opening else opened.discard)(straight)
    elif sign not in opened and not before.isalnum():
        opened.add(sign)
    elif not after.isalnum():
        if before.isdigit() and sign not in opened:
            return "″" if sign == '"' else "′"
        opened.discard(sign)
    return sign


def _height(found: re.Match[str]) -> str:
    if found[0][0] == "<":
        return found[0]
    return f"{found[1]}′{found[2]}" + ("″" if found[0].endswith(('"', "'")) else "")


def _true_signs(text: str) -> str:
    """True signs, with the quotation marks of the language; those that are typed as curly ones stay."""
    marks = current_words().quotation_marks
    if marks == _ENGLISH_MARKS or not _STRAIGHT.search(text):
        return _english_signs(text)
    said = _english_signs(text.translate(_KEPT))
    pairs = _SINGLE_QUOTED.sub("\ue021\\1\ue022", said).replace("‘", "’")  # one alone leaves out a letter
    set_marks = dict(zip(map(ord, "“”\ue021\ue022"), marks, strict=True))
    return pairs.translate(set_marks).translate(_GIVEN_BACK)


def _english_signs(text: str) -> str:
    """Quotes, dashes (``--`` and ``---``) and dots, and what SmartyPants takes for quotes.

    What is left out at the beginning of a word ('90s), and quotes after a dash. Addresses stay as typed.
    """
    if "'" in text and "<" not in text:  # most are apostrophes, which nothing below would take for anything else
        text = _IN_WORD.sub("’", text)
    if "'" in text or '"' in text:
        text = _AND.sub(r"\1’\2’\3", _ELISION.sub("’", text))
        text = _QUOTE_AFTER_DASH.sub(lambda found: "“" if found[1] == '"' else "‘", text)
    if "-" in text:
        text = _ADDRESS.sub(lambda found: found[0].replace("-", _HYPHEN), text)
        text = _RANGE.sub(_ranged, text)
    return (str(smartypants(text, _SIGNS)) if _SMART.search(text) else text).replace(_HYPHEN, "-")


def _ranged(found: re.Match[str]) -> str:
    """A range of numbers with an en dash: from less to more; not a code, a score, or a part of a telephone number."""
    before, first, unit, currency, last, suffix = found.groups()
    is_code = any(len(number) > 1 and number.isdigit() and number.startswith("0") for number in (first, last))
    is_telephone = not currency and re.fullmatch(r"\d{3}-\d{4}", f"{first}-{last}")
    rises = unit in ("am", "pm") or suffix in ("am", "pm") or _value(first) < _value(last) or _are_years(first, last)
    return f"{before}{first}{unit}–" if rises and not is_code and not is_telephone else found[0]


def _value(number: str) -> float:
    return float(number.replace(",", "").replace(":", "."))


def _are_years(first: str, last: str) -> bool:
    """``2024-25``; not ``2024-05``, which may be a month."""
    return bool(_YEAR.fullmatch(first)) and len(last) == 2 and int(last) > max(_MONTHS, int(first[2:]))


def _bound(found: re.Match[str]) -> str:
    """A no-break space before the last word of a block, unless a block's tag stands before it, or both are long."""
    text, start = found.string, found.start()
    first = max(text.rfind(sign, 0, start) for sign in " >\n") + 1
    if len(unescape(f"{text[first:start]} {found[1].partition('<')[0]}")) > _WIDEST_PAIR:
        return found.group()
    if text[start - 1] == ">" and not _INLINE_TAG.fullmatch(text, text.rfind("<", 0, start), start):
        return found.group()
    return f"&nbsp;{found.group(1)}"


def _between_tags(text: str, change: Callable[[str], str], sign: re.Pattern[str]) -> str:
    """``change`` applied to each text between two tags in which ``sign`` is found."""
    if not sign.search(text):
        return text
    parts = _TAG.split(text)
    # Code and comments matter to the filter across tags, as does what stands before a lone quotation mark.
    if _ACROSS_TAGS.search(text) or '"' in parts or "'" in parts:
        return change(text)
    parts[::2] = [change(part) if sign.search(part) else part for part in parts[::2]]
    return "".join(parts)


def with_true_signs(text: str) -> str:
    """Plain words with true quotes, dashes and dots, as characters: for titles, heads and feeds."""
    return unescape(_true_signs(_with_primes(escape_html(text, quote=False)))) if _TYPED_SIGN.search(text) else text


def typographic(text: str) -> Markup:
    """A plain title or summary as HTML with true quotes and dashes and no widow. For bodies, never for the head."""
    return _typographic(text, current_words().quotation_marks)


@lru_cache(maxsize=4096, typed=True)  # a page says the same thing in several places, and pages repeat each other
def _typographic(text: str, _: tuple[str, ...]) -> Markup:
    html = typogrified(escape_html(text, quote=False))
    if text.count(" ") < _ENOUGH_FOR_A_WIDOW:
        html = html.replace("&nbsp;", " ")  # two words bound together would be wider than a phone with large text
    return Markup(html)  # noqa: S704 (escaped before)
