"""A comment out of what a form service sends: JSON, each service with envelopes of its own around the same fields."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from clinic.cli.comments.submission import Received, Unreadable, moment_in
from clinic.domain.comments.mail_form import parse_consent
from clinic.models.untrusted_text import sanitize, sanitize_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
# Netlify: payload.data; Formspree: submission; Web3Forms: data; others: body or fields.
ENVELOPES = ("payload", "data", "submission", "fields", "body", "form_data")
NAMES: Mapping[str, tuple[str, ...]] = {
    "words": ("comment", "message", "words", "text"),
    "name": ("name", "your_name", "full_name"),
    "article": ("article", "page", "subject", "_subject"),
    "in_reply_to": ("in_reply_to",),
    "date": ("date", "_date", "created_at", "submitted_at", "timestamp"),
    "consent": ("consent", "agree", "agreed"),
}


def read_form_message(data: bytes) -> Received:
    """Take the comment out. Raises Unreadable where there is none."""
    try:
        message = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise Unreadable("this is no JSON; save the form's message as the service gave it") from None
    fields = fields_of(message)
    found = {what: next((fields[name] for name in names if fields.get(name)), "") for what, names in NAMES.items()}
    words = sanitize(found["words"])
    if not words:
        raise Unreadable('there is no comment in this message; it needs a field "comment" with the words')
    return Received(
        words,
        sanitize_line(found["name"]),
        sanitize_line(found["article"]),
        sanitize_line(found["in_reply_to"]),
        moment_in(found["date"]),
        parse_consent(found["consent"]),
    )


def fields_of(message: Any) -> dict[str, str]:
    """Give the fields by name in small letters; an inner one goes before one of its envelope."""
    fields: dict[str, str] = {}
    for layer in layers(message):
        fields |= {
            re.sub(r"\W+", "_", str(key)).lower(): str(value)
            for key, value in layer.items()
            if isinstance(value, str | int | float)
        }
    return fields


def layers(message: Any) -> Iterator[dict[str, Any]]:
    """Give the message and each envelope in it, the outermost first."""
    if isinstance(message, list) and message:
        message = message[0]
    while isinstance(message, dict):
        yield message
        message = next((message[key] for key in ENVELOPES if isinstance(message.get(key), dict)), None)
