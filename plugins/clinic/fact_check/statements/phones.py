"""Telephone numbers in a text, and in links that call, text or begin a chat."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

import phonenumbers

from clinic.fact_check.statements.statement import Kind, Statement

_RUN = re.compile(r"(?<![\w#])(?<!\d[.,/:-])(?:\(?(?:\+|00)\s?)?\(?\d(?:[\s().·/-]{0,3}\d){4,}(?![\w%])")
"""Digits with nothing but separators between them: too many for one number, where two stand side by side."""
_GROUP = re.compile(r"\d+")
_DATED = re.compile(r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d\b|\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b")
_HOURS = re.compile(r"\d\d?\.[0-5]\d\s?-\s?\d\d?\.[0-5]\d")
_ASKED = re.compile(
    r"\b(?:call|ring|phone|telephone|tel|text|sms|whatsapp|dial|fax|mobile|landline|(?:our|my)\snumber)\b(?:[\s:.,(-]|\b(?:us|me|on|at|is|now|"
    r"number|no|our|or|text|call|the|clinic|today|reception|line|directly|desk|free|local)\b){0,10}$",
    re.IGNORECASE,
)
"""Words before what is dialled, so that fewer digits are a number too."""
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)")
_LOCAL, _SHORTEST, _LONGEST = range(5, 9), 9, 13
_AREA = range(3, 7)  # digits of a British area code, the nought included


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
    for run in _RUN.finditer(text):
        if _CUT_OFF.match(text, run.end()) or _DATED.search(run.group()):
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
    groups = [
        (found.start() + run.start(), found.end() + run.start())
        for found in _GROUP.finditer(run.string[run.start() : run.end()])
    ]
    text = run.string
    while groups:
        wanted = _wanted(text, groups, run.start())
        taken, digits = 0, 0
        while taken < len(groups) and digits < wanted:
            digits += groups[taken][1] - groups[taken][0]
            taken += 1
        sizes = [end - start for start, end in groups[:taken]]
        start, end = groups[0][0], groups[taken - 1][1]
        if _is_number(text, (start, end), sizes, asked=asked):
            yield _with_sign(text, start, run.start()), end
        groups = groups[taken:]


def _wanted(text: str, groups: list[tuple[int, int]], lowest: int) -> int:
    """How many digits the number that begins here should have."""
    start = _with_sign(text, groups[0][0], lowest)
    digits = "".join(text[first:last] for first, last in groups)
    if "+" in text[start : groups[0][0]] or digits.startswith("00"):
        code = 2 if digits.startswith("00") else 0
        nought = digits[code + 2 : code + 3] == "0"  # +44 (0)1632 …
        return code + (12 + nought if digits[code:].startswith("44") else _LONGEST)
    return 12 if digits.startswith("44") else 11


def _with_sign(text: str, start: int, lowest: int) -> int:
    """Where a number begins, with the plus and the bracket before its first digit."""
    while start > lowest and text[start - 1] in "+( ":
        start -= 1
    return start


def _is_number(text: str, span: tuple[int, int], sizes: list[int], *, asked: bool) -> bool:
    digits = "".join(_GROUP.findall(text[slice(*span)]))
    if "+" in text[max(0, span[0] - 3) : span[0]]:
        return len(digits) >= 8
    if asked:
        return len(digits) in _LOCAL or _SHORTEST <= len(digits) <= _LONGEST + 1
    if digits.startswith(("00", "44")):
        return len(digits) in {12, 13, 14} and digits.removeprefix("00").startswith("44") and len(sizes) < 8
    if not digits.startswith("0") or len(digits) < _SHORTEST:
        return False
    return _is_spaced_like_one(text[slice(*span)], digits, sizes)


def _is_spaced_like_one(written: str, digits: str, sizes: list[int]) -> bool:
    """A list of figures that begins with a nought is no number; one that is spaced digit by digit is."""
    if len(sizes) == 1:
        return len(digits) in {11, 12}
    if sizes[0] in _AREA or (sizes[0] == 11 and len(digits) > 11):
        return True
    return len(digits) == 11 and (set(sizes) == {1} or (sizes[0] == 2 and not set(written) & set("./-")))


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


def chat_numbers(url: str) -> Iterator[str]:
    """The number that a link calls or writes to; one in a ``wa.me`` address has its country's code and no plus."""
    if found := _CHAT.match(unquote(url).strip()):
        yield f"+{found.group(1)}" if found.group(1) else found.group(2)


def chats(text: str) -> Iterator[Statement]:
    """The numbers of such links that stand in a text for all to read."""
    for found in _WRITTEN.finditer(text):
        yield Statement(Kind.PHONE, found.group(1), f"+{found.group(1)}", *found.span(1))
