"""A comment as it reached the clinic: in an e-mail, or as the message of a form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime


class Unreadable(Exception):
    """A file that holds no comment; its text is the sentence for the owner."""


@dataclass(frozen=True)
class Received:
    """What is known. ``article`` is a slug, an address or a title; ``consent`` is None where nobody was asked."""

    words: str
    name: str = ""
    article: str = ""
    in_reply_to: str = ""
    date: datetime | None = None
    consent: bool | None = None


def moment_in(text: str) -> datetime | None:
    """A date and time, as e-mails (RFC 5322) and forms (ISO 8601) write it."""
    cleaned = text.strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(re.sub(r" UTC$", "+00:00", cleaned))
        except (TypeError, ValueError):
            continue
        return moment
    return None
