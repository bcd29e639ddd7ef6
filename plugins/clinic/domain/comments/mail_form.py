"""The e-mail that a visitor fills in to send a comment: written for them, and read again when it has arrived."""

import re
from dataclasses import dataclass

from clinic.models.contact import mail_url

NAME, CONSENT, REPLY, ARTICLE = "Name to show", "May we publish it with this name? (yes/no)", "In reply to", "Article"
_LABELS = "|".join(re.escape(label) for label in (NAME, CONSENT, REPLY, ARTICLE))
_LINE = re.compile(rf"^[ \t>*]*({_LABELS})[ \t]*:[ \t*]*(.*?)[ \t*]*$", re.MULTILINE | re.IGNORECASE)
_SUBJECT = re.compile(r"\s*(?:(?:re|fwd?|aw|wg|sv)\s*:\s*)*(?:comment on\s*:\s*)?(.*)", re.IGNORECASE | re.DOTALL)
_HERE = "(Write your comment here.)"


@dataclass(frozen=True)
class FilledIn:
    """What came back. ``consent`` is None where the question was not answered; the rest empty where nothing stood."""

    words: str
    name: str = ""
    consent: bool | None = None
    in_reply_to: str = ""
    article: str = ""


def write_url(address: str, title: str, article: str, in_reply_to: str | None = None) -> str:
    """The ``mailto:`` address (RFC 6068) of an e-mail with the lines to fill in.

    Consent is a question without an answer: one that is ticked for people is none (UK GDPR, recital 32).
    """
    reply = f"{REPLY}: {in_reply_to}\r\n" if in_reply_to else ""
    body = f"{_HERE}\r\n\r\n\r\n{NAME}: \r\n{CONSENT}: \r\n{reply}{ARTICLE}: {article}\r\n"
    return mail_url(address, f"Comment on: {title}", body)


def read_filled_in(text: str) -> FilledIn:
    """Take the lines out of the text; what is left are the words."""
    found = {label.lower(): value.strip() for label, value in _LINE.findall(text)}
    words = _LINE.sub("", text).replace(_HERE, "").strip()
    return FilledIn(
        words,
        found.get(NAME.lower(), ""),
        agreed(found.get(CONSENT.lower(), "")),
        found.get(REPLY.lower(), ""),
        found.get(ARTICLE.lower(), ""),
    )


def agreed(answer: str) -> bool | None:
    """Yes, no, or nothing that could be either."""
    word = re.sub(r"[^\w].*", "", answer.strip().lower())
    if word in {"yes", "y", "true", "on", "1", "agree", "agreed", "ok"}:
        return True
    return False if word in {"no", "n", "false", "off", "0"} else None


def title_in(subject: str) -> str:
    """The title that a subject line names: ``Re: Comment on: Ankles`` is ``Ankles``."""
    found = _SUBJECT.fullmatch(subject)
    return " ".join(found.group(1).split()) if found else ""
