"""A comment as it was submitted, the article that it belongs to, and the messages (JSON) that form services send."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from clinic.content.front_matter import read_markdown_file, slug_in_name
from clinic.domain.comments.mail_form import parse_consent
from clinic.models.comments import sanitize, sanitize_line
from clinic.models.types import is_countable, is_slug

ENVELOPES = ("payload", "data", "submission", "fields", "body", "form_data")
"""Around the fields. Netlify: payload.data; Formspree: submission; Web3Forms: data; others: body or fields."""
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "words": ("comment", "message", "words", "text"),
    "name": ("name", "your_name", "full_name"),
    "article": ("article", "page", "subject", "_subject"),
    "in_reply_to": ("in_reply_to",),
    "date": ("date", "_date", "created_at", "submitted_at", "timestamp"),
    "consent": ("consent", "agree", "agreed"),
}


class Unreadable(Exception):
    """A file that holds no comment; its text is the error message."""


@dataclass(frozen=True)
class Submission:
    """What is known. ``article`` is a slug, an address or a title; ``consent`` is None where it is not known."""

    words: str
    name: str = ""
    article: str = ""
    in_reply_to: str = ""
    date: datetime | None = None
    consent: bool | None = None


def read_form_message(data: bytes) -> Submission:
    """Read a form's message. Raises Unreadable where there is no comment in it."""
    try:
        message = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise Unreadable("this is no JSON; save the form's message as the service gave it") from None
    fields = _fields_of(message)
    found = {key: next((fields[name] for name in names if fields.get(name)), "") for key, names in FIELD_NAMES.items()}
    words = sanitize(found["words"])
    if not words:
        raise Unreadable('there is no comment in this message; it needs a field "comment" with the words')
    name, article, reply = (sanitize_line(found[key]) for key in ("name", "article", "in_reply_to"))
    return Submission(words, name, article, reply, parse_date(found["date"]), parse_consent(found["consent"]))


def parse_date(text: str) -> datetime | None:
    """A date and time, as e-mails (RFC 5322) and forms (ISO 8601) write it; None where it is neither, or far away."""
    cleaned = re.sub(r" UTC$", "+00:00", text.strip())
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(cleaned)
        except (TypeError, ValueError):
            continue
        return moment if is_countable(moment.year) else None
    return None


def _fields_of(message: Any) -> dict[str, str]:
    """The fields by name in lower case; an inner one overrides one of its envelope."""
    fields: dict[str, str] = {}
    for layer in _layers(message):
        fields |= {
            re.sub(r"\W+", "_", str(key)).lower(): str(value)
            for key, value in layer.items()
            if isinstance(value, str | int | float)
        }
    return fields


def _layers(message: Any) -> Iterator[dict[str, Any]]:
    """The message and each envelope in it, the outermost first."""
    if isinstance(message, list) and message:
        message = message[0]
    while isinstance(message, dict):
        yield message
        message = next((message[key] for key in ENVELOPES if isinstance(message.get(key), dict)), None)


@dataclass(frozen=True)
class Article:
    """An article that may be commented on."""

    slug: str
    title: str


def articles_in(content: Path) -> list[Article]:
    """The articles, the newest first, as far as their front matter can be read."""
    articles = []
    for path in sorted((content / "posts").rglob("*.md"), key=lambda path: path.name, reverse=True):
        front_matter = read_markdown_file(path, path.name).front_matter.value
        slug = str(front_matter.get("slug") or slug_in_name(path.stem))
        if is_slug(slug):
            articles.append(Article(slug, str(front_matter.get("title") or path.stem)))
    return articles


def find_article(named: str, articles: Sequence[Article]) -> Article | None:
    """The article that a slug, an address, a title or a subject line means."""
    wanted = " ".join(named.split())
    last_part = unquote(urlsplit(wanted).path).strip("/").rpartition("/")[2]
    by_slug = {article.slug: article for article in articles}
    by_title = {article.title.casefold(): article for article in articles}
    exact = by_slug.get(last_part) or by_slug.get(wanted) or by_title.get(wanted.casefold())
    if exact or not wanted:
        return exact
    near = get_close_matches(wanted.casefold(), by_title, n=2, cutoff=0.85)
    found = near or [title for title in by_title if title in wanted.casefold()]
    return by_title[found[0]] if len(found) == 1 else None
