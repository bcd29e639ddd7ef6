"""Links that begin a chat or a call: the number is in the address."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

_CHAT = re.compile(
    r"^(?:https?:)?//(?:(?:www\.)?wa\.me/\+?|api\.whatsapp\.com/send/?\?(?:.*&)?phone=\+?|(?:www\.)?t\.me/\+|signal\.me/#p/\+?)(\d{6,15})"
    r"|^(?:whatsapp:/*send/?\?(?:.*&)?phone=|viber:/*\w+\?number=|(?:tel|sms|callto|skype|facetime(?:-audio)?|mms):/*)([^?;&]*\d[^?;&]*)",
    re.IGNORECASE,
)


def chat_numbers(url: str) -> Iterator[str]:
    """The number that a link calls or writes to; one in a ``wa.me`` address has its country's code and no plus."""
    if found := _CHAT.match(unquote(url).strip()):
        yield f"+{found.group(1)}" if found.group(1) else found.group(2)
