"""Telephone numbers in a text, and in links that call, text or begin a chat."""

import re
from collections.abc import Iterator
from itertools import accumulate
from urllib.parse import parse_qsl, unquote

import phonenumbers

from clinic.fact_check.statements.statement import Kind, Statement

_RUN = re.compile(r"(?<![\w#])(?<!\d[.,/:-])(?:\(?(?:\+|00)\s?)?\(?\d(?:[\s().·/-]{0,3}\d){4,}(?![\w%])")
"""Digits with nothing but separators between them: too many for one number, where two stand side by side."""
_FIVE_DIGITS = re.compile(r"\d(?:[\s().·/-]{0,3}\d){4}")
"""A first look, at a fraction of the time: without these there is no run."""
_GROUP = re.compile(r"\d+")
_DATED = re.compile(r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d\b|\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b")
_HOURS = re.compile(r"\d\d?\.[0-5]\d\s?-\s?\d\d?\.[0-5]\d")
_IP_ADDRESS = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}")
_ASKED = re.compile(
    r"\b(?:call|ring|phone|telephone|tel|text|sms|whatsapp|dial|fax|mobile|landline|(?:our|my)\snumber)\b(?:[\s:.,(-]|\b(?:us|me|on|at|is|now|"
    r"number|no|our|or|text|call|the|clinic|today|reception|line|directly|desk|free|local)\b){0,10}$",
    re.IGNORECASE,
)
"""Words before what is dialled, so that fewer digits are a number too."""
_HOST = (
    r"(?:(?:www\.)?wa\.me/\+?|api\.whatsapp\.com/send/?\?(?:.*&)?phone=\+?|(?:www\.)?t\.me/\+|"
    r"signal\.me/#p/\+?)(\d{6,15})"
)
_WRITTEN = re.compile(rf"\bhttps?://{_HOST}", re.IGNORECASE)
_CHAT = re.compile(
    rf"^(?:https?:)?//{_HOST}"
    r"|^(?:whatsapp:/*send/?\?(?:.*&)?phone=|viber:/*\w+\?number=|(?:tel|sms|callto|skype|facetime(?:-audio)?|mms):/*)([^?;&]*\d[^?;&]*)",
    re.IGNORECASE,
)
_WRITING = re.compile(r"(?:mailto|sms|whatsapp|viber):", re.IGNORECASE)
_MAP = re.compile(
    r"https?://(?:[\w-]+\.)*(?:maps?\.|google\.[\w.]+/maps|goo\.gl/maps|openstreetmap\.|waze\.|bing\.com/maps)",
    re.IGNORECASE,
)
_LOCAL, _SHORTEST, _LONGEST = range(5, 9), 9, 13
_LONGEST_ADDRESS = 2000
"""Characters of a link that are read for a number."""
_AREA = range(3, 7)  # digits of a British area code, the zero included


def dialled(text: str, country: str) -> str:
    """The number as E.164 has it; a local one, and what cannot be one, keeps its digits."""
    digits = "".join(_GROUP.findall(text))
    if is_local(digits):
        return digits
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return digits
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phones(text: str, country: str) -> Iterator[Statement]:
    """Every number that a reader would dial."""
    if not _FIVE_DIGITS.search(text):
        return
    for run in _RUN.finditer(text):
        if text[run.end() :].lstrip().startswith("...") or _DATED.search(run.group()):
            continue
        if _IP_ADDRESS.fullmatch(run.group()):
            continue
        asked = bool(_ASKED.search(text, max(0, run.start() - 60), run.start()))
        for start, end in _numbers_in(run, asked=asked):
            written = text[start:end].strip(" ./-·")
            if not _HOURS.fullmatch(written):
                yield Statement(Kind.PHONE, written, dialled(written, country), start, end)


def is_local(normal: str) -> bool:
    """Whether a number was given without its area code, as neighbours dial it."""
    return len(normal) in _LOCAL


def _numbers_in(run: re.Match[str], *, asked: bool) -> Iterator[tuple[int, int]]:
    """The run taken apart where one number ends and the next begins; positions in the whole text."""
    text = run.string
    groups = [found.span() for found in _GROUP.finditer(text, *run.span())]
    while groups:
        first = groups[0][0]
        start = run.start() + len(text[run.start() : first].rstrip("+( "))
        has_plus = "+" in text[start:first]
        near = groups[: _LONGEST + 3]  # each has a digit, so no number has more groups
        wanted = _wanted("".join(text[slice(*group)] for group in near), has_plus=has_plus)
        sums = [*accumulate(end - begin for begin, end in near)]
        taken = next((number for number, digits in enumerate(sums, 1) if digits >= wanted), len(near))
        end = groups[taken - 1][1]
        if _is_number(text[first:end], asked=asked, has_plus=has_plus):
            yield start, end
        groups = groups[taken:]


def _wanted(digits: str, *, has_plus: bool) -> int:
    """How many digits the number that begins ``digits`` should have."""
    code = 2 if digits.startswith("00") else 0
    if not has_plus and not code:
        return 12 if digits.startswith("44") else 11
    has_zero = digits[code + 2 : code + 3] == "0"  # +44 (0)1632 …
    return code + (12 + has_zero if digits[code:].startswith("44") else _LONGEST)


def _is_number(written: str, *, asked: bool, has_plus: bool) -> bool:
    groups = _GROUP.findall(written)
    digits, sizes = "".join(groups), [*map(len, groups)]
    if has_plus:
        return len(digits) >= 8
    if asked:
        return len(digits) in _LOCAL or _SHORTEST <= len(digits) <= _LONGEST + 1
    if digits.startswith(("00", "44")):
        return len(digits) in {12, 13, 14} and digits.removeprefix("00").startswith("44") and len(sizes) < 8
    if not digits.startswith("0") or len(digits) < _SHORTEST:
        return False
    return _is_spaced_like_one(written, len(digits), sizes)


def _is_spaced_like_one(written: str, digits: int, sizes: list[int]) -> bool:
    """A list of figures that begins with a zero is no number; one that is spaced digit by digit is."""
    if len(sizes) == 1:
        return digits in {11, 12}
    if sizes[0] in _AREA or (sizes[0] == 11 and digits > 11):
        return True
    return digits == 11 and (set(sizes) == {1} or (sizes[0] == 2 and not set(written) & set("./-")))


def chat_numbers(url: str) -> Iterator[str]:
    """The number that a link calls or writes to; one in a ``wa.me`` address has its country's code and no plus."""
    if found := _CHAT.match(unquote(url[:_LONGEST_ADDRESS]).strip()):
        yield f"+{found.group(1)}" if found.group(1) else found.group(2)


def chats(text: str) -> Iterator[Statement]:
    """The numbers of such links that stand in a text for all to read."""
    for found in _WRITTEN.finditer(text):
        yield Statement(Kind.PHONE, found.group(1), f"+{found.group(1)}", *found.span(1))


def link_texts(url: str, *, messages: bool) -> Iterator[str]:
    """What an address says beside a number: whom it writes to, the message it begins, and where a map leads."""
    address, _, query = url.partition("?")
    is_map = bool(_MAP.match(address))
    if address[:7].lower() == "mailto:" or is_map:
        yield unquote(address.partition(":")[2].replace("+", " ") if is_map else address[7:])
    if messages and (is_map or _WRITING.match(address) or any(chat_numbers(url))):
        yield from (words for key, words in parse_qsl(query) if key not in {"phone", "number"})
