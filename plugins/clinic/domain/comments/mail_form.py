"""The e-mail with which a visitor sends a comment: the lines to fill in, and reading them when it has arrived."""

import re
from dataclasses import dataclass

from clinic.models.contact import mail_url

NAME, CONSENT, REPLY, ARTICLE = "Name to show", "May we publish it with this name? (yes/no)", "In reply to", "Article"
_LABELS = "|".join(re.escape(label) for label in (NAME, CONSENT, REPLY, ARTICLE))
_LINE = re.compile(rf"^[ \t>*]*({_LABELS})[ \t]*:[ \t*]*(.*?)[ \t*]*$", re.MULTILINE | re.IGNORECASE)
_SUBJECT = re.compile(r"\s*(?:(?:re|fwd?|aw|wg|sv)\s*:\s*)*(?:comment on\s*:\s*)?(.*)", re.IGNORECASE | re.DOTALL)
_HERE = "(Write your comment here.)"


@dataclass(frozen=True)
class EmailComment:
    """A comment as sent. ``consent`` is None where the question was not answered; missing lines are empty."""

    words: str
    name: str = ""
    consent: bool | None = None
    in_reply_to: str = ""
    article: str = ""


def compose_url(address: str, title: str, article: str, in_reply_to: str | None = None) -> str:
    """The ``mailto:`` address (RFC 6068) of an e-mail with lines to fill in; ``article`` is the slug.

    Consent is a question without an answer: consent that is ticked beforehand is none (UK GDPR, recital 32).
    """
    reply = f"{REPLY}: {in_reply_to}\r\n" if in_reply_to else ""
    body = f"{_HERE}\r\n\r\n\r\n{NAME}: \r\n{CONSENT}: \r\n{reply}{ARTICLE}: {article}\r\n"
    return mail_url(address, f"Comment on: {title}", body)


def parse_email_comment(text: str) -> EmailComment:
    """The filled in lines of an e-mail's text; the rest of it is the comment."""
    found = {label.lower(): value.strip() for label, value in _LINE.findall(text)}
    words = _LINE.sub("", text).replace(_HERE, "").strip()
    name, consent, reply, article = (found.get(label.lower(), "") for label in (NAME, CONSENT, REPLY, ARTICLE))
    return EmailComment(words, name, parse_consent(consent), reply, article)


def parse_consent(answer: str) -> bool | None:
    """True for yes, False for no, None for anything else."""
    word = re.sub(r"[^\w].*", "", answer.strip().lower())
    if word in {"yes", "y", "true", "on", "1", "agree", "agreed", "ok"}:
        return True
    return False if word in {"no", "n", "false", "off", "0"} else None


def title_from_subject(subject: str) -> str:
    """The title that a subject line names: ``Re: Comment on: Ankles`` is ``Ankles``."""
    found = _SUBJECT.fullmatch(subject)
    return " ".join(found.group(1).split()) if found else ""
