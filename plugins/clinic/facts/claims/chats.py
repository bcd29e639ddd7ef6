"""Links that begin a chat or a call: the number is in the address."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from clinic.facts.claims.claim import Claim, Kind

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


def chats(text: str) -> Iterator[Claim]:
    """The numbers of such links that stand in a text for all to read."""
    for found in _WRITTEN.finditer(text):
        yield Claim(Kind.PHONE, found.group(1), f"+{found.group(1)}", *found.span(1))
