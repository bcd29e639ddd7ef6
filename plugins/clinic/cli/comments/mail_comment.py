"""The comment in an e-mail's text: the visitor's own e-mail, or that of a form service, sent on or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clinic.cli.comments.service_mail import parse_service_mail
from clinic.cli.comments.submission import Submission, agreed_name, from_fields, parse_date, shortened
from clinic.domain.comments.mail_form import (
    EmailComment,
    asks_for_first_name,
    has_mail_form,
    parse_email_comment,
    title_from_subject,
)
from clinic.domain.comments.personal_data import emails_in, first_name, names_in_address
from clinic.domain.comments.quoted_mail import MOST_LEVELS, is_signature, own_words, split_quoted
from clinic.models.comments import sanitize, sanitize_line

CONTINUATION = re.compile(r"[^\s>*+•\-\d]")
WRAPS_BEYOND = 60
_LEFT_OUT = "Left out, as it stands under the form: “{}”."


@dataclass(frozen=True)
class Envelope:
    """Who sent an e-mail, about what, and when, as its headers say it.

    ``sender`` is the name that the sender's program gives, empty where it gives an address alone.
    """

    sender: str = ""
    subject: str = ""
    date: str = ""
    address: str = ""

    @classmethod
    def of(cls, sender: str, subject: str, date: str) -> "Envelope":
        """From the headers' texts: ``Anna Berg <a@example.com>``, ``anna.berg@example.com``, ``Anna Berg``."""
        address = next(iter(emails_in(sender)), "")
        name = re.sub(r"[<\[(].*", "", sender, flags=re.DOTALL).replace(address or "\0", "").strip(" \"'*\t\n")
        return cls(sanitize_line(name), subject, date, address)

    @property
    def known_as(self) -> str:
        """The sender's whole name, if only the address tells it."""
        return self.sender or names_in_address(self.address)


@dataclass(frozen=True)
class Level:
    """A message in a text. ``below_answer``: somebody answered it, so that what stands above may be about it."""

    text: str
    envelope: Envelope
    below_answer: str = ""
    is_forwarded: bool = False


def has_form(text: str, envelope: Envelope) -> bool:
    """Whether the lines of a form are in a text, or in a message that it quotes."""
    return any(_has_form(level.text) for level in _levels(text, envelope))


def read_text(text: str, envelope: Envelope) -> list[Submission]:
    """The comments in the text of an e-mail, none where it has no words.

    The form's lines say which of the messages in it are meant, as several may be sent on in one; without any, it is
    the innermost that was sent on.
    """
    levels = list(_levels(text, envelope))
    with_form = [level for level in levels if _has_form(level.text)]
    sent = [level for level in levels if not level.below_answer]
    meant = [level for level in with_form if level in sent] or with_form[:1] or sent[-1:]
    return [found for level in meant if (found := _read_level(level))]


def unwrapped(text: str) -> str:
    """Join the lines that a program broke at the edge of its window; short lines were meant."""
    parts: list[str] = []
    above = ""
    for line in text.split("\n"):
        is_joined = len(above) > WRAPS_BEYOND and CONTINUATION.match(line)
        parts += (" " if is_joined else "\n", line)
        above = line
    return "".join(parts).strip()


def _levels(text: str, envelope: Envelope) -> Iterator[Level]:
    """The message, then each that it quotes, from the outside in."""
    below, forwarded = "", False
    for _ in range(MOST_LEVELS):
        quoted = split_quoted(text)
        yield Level(quoted.above if quoted else text, envelope, below, forwarded)
        if quoted is None:
            return
        if not quoted.is_forward(envelope.subject):
            below = below or own_words(quoted.above) or "…"
        forwarded = True
        headers = {"sender": "", "subject": envelope.subject, "date": envelope.date, **quoted.headers}
        text, envelope = quoted.text, Envelope.of(headers["sender"], headers["subject"], headers["date"])


def _has_form(text: str) -> bool:
    return has_mail_form(text) or parse_service_mail(text) is not None


def _read_level(level: Level) -> Submission | None:
    """The comment of one message."""
    doubts: tuple[str, ...] = ()
    if level.below_answer:
        above = shortened(level.below_answer)
        doubts = (f"somebody has answered it, with “{above}”; see whether that changes anything",)
    date = parse_date(level.envelope.date)
    service, form = parse_service_mail(level.text), parse_email_comment(level.text)
    if service and has_mail_form(level.text):
        doubts += ("it has the lines of two forms; see that the words and the name are right",)
    if service and not (has_mail_form(level.text) and form.words):
        fields = {key: unwrapped(sanitize(value)) for key, value in service.fields.items()}
        if not fields.get("comment"):
            return None
        fields["date"] = date.isoformat() if date else ""
        return from_fields(
            fields | _article(fields, level), doubts=doubts + service.doubts, notes=_date_notes(level, date)
        )
    words, more_doubts, notes = _words(form, level.envelope.known_as)
    if not words:
        return None
    return _submission(form, words, level, doubts=doubts + more_doubts, notes=notes + _date_notes(level, date))


def _article(fields: dict[str, str], level: Level) -> dict[str, str]:
    return {} if fields.get("article") else {"article": title_from_subject(level.envelope.subject)}


def _date_notes(level: Level, date: object) -> tuple[str, ...]:
    if date or not level.is_forwarded or not level.envelope.date:
        return ()
    return (f"Its date “{shortened(level.envelope.date)}” could not be read: see that the date in the file is right.",)


def _submission(
    form: EmailComment, words: str, level: Level, *, doubts: tuple[str, ...], notes: tuple[str, ...]
) -> Submission:
    sender = level.envelope.sender
    given = sanitize_line(form.name)
    name, name_notes = agreed_name(given or first_name(sender), form.answer)
    doubts += tuple(f"the line “{label}” is there twice; see that the right one was taken" for label in form.repeated)
    return Submission(
        words,
        name,
        sanitize_line(form.article) or title_from_subject(level.envelope.subject),
        sanitize_line(form.in_reply_to),
        parse_date(level.envelope.date),
        True if asks_for_first_name(form.answer) else form.consent,
        sanitize_line(form.answer),
        level.envelope.known_as,
        is_sender_name=bool(name) and not given,
        doubts=doubts,
        notes=name_notes + notes,
    )


def _words(form: EmailComment, sender: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The comment's words, what is doubtful about them, and what was left out."""
    words, between, below = (unwrapped(sanitize(own_words(text))) for text in (form.words, form.between, form.below))
    if between:
        doubt = "some of its words stand between the lines of the form; see that all of them are the comment"
        return f"{words}\n\n{between}".strip(), (doubt,), ()
    if words and below:
        told = _LEFT_OUT.format(shortened(below))
        if is_signature(form.below, sender):
            return words, (), (told,)
        doubt = f"“{shortened(below)}” stands under the form and was left out; if it belongs to the comment, add it"
        return words, (doubt,), ()
    if below:
        return below, ("its words stand under the form; see that all of them are the comment, and no signature",), ()
    return words, (), ()
