"""The comment in an e-mail's text: the visitor's own e-mail, or that of a form service, sent on or not.

Form services send a label and a value for each field. Netlify, Web3Forms, Getform and Basin write ``name: Kit``, or a
table whose cells are lines here; Formspree the label on a line and the value under it; FormSubmit a rule between the
fields. Sources: the templates of e-mails in github.com/formspree/formspree, and e-mails that owners of forms showed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clinic.cli.comments.submission import (
    FIELD_NAMES,
    Submission,
    agreed_name,
    field_name,
    from_fields,
    shortened,
)
from clinic.cli.dates import parse_date
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
_NAMES = {name: key for key in ("words", "name", "article", "in_reply_to", "consent") for name in FIELD_NAMES[key]}
_OURS = {name: key for name, key in _NAMES.items() if name not in {"text", "words", "page", "subject", "first_name"}}
"""The names of fields that are read; words of everyday are left out, as a comment may begin a line with them."""
_CLOSING_FIELDS = frozenset({
    "email", "e_mail", "your_email", "website", "gotcha", "botcheck", "bot_field", "honeypot", "form_name", "ip",
    "ip_address", "user_agent", "referrer", "referer", "submitted_at", "created_at", "page_url", "site_url",
    "redirect", "next", "access_key", "from_name", "replyto",
})  # fmt: skip
"""Fields of our form that nobody should see, and what services add: they end a comment."""
_OPENING_FIELDS = _CLOSING_FIELDS | {
    "phone", "telephone", "subject", "date", "time", "id", "form", "title", "page", "preferred_time",
}  # fmt: skip
"""What may stand above a comment, too, but is no field where it stands inside of one."""
_FIELD = re.compile(r"([^\W_][\w ./()'’-]{0,60}?)\W{0,4}?(?:[:：]\W{0,3}?(?:\s+(\S.*))?|)", re.DOTALL)
_RULE = re.compile(r"[-_=─—*]{3,}")
_FOOTER = re.compile(
    r"(?:this form was )?submitted (?:at|on|from)\b|you (?:are receiving|received|can reply)\b|"
    r"this (?:e-?mail|message) was sent\b|sent (?:via|from|by|with)\b|powered by\b|"
    r"view (?:this|it|in|the|all|submission)\b|unsubscribe\b|manage\b|sponsor\b|reply (?:directly )?to this\b|"
    r"mark (?:this )?as spam\b|your friends from\b|copyright\b|©|\[?https?://",
    re.IGNORECASE,
)
_MARKS = " \t>*_|\xa0"


@dataclass(frozen=True)
class ServiceMail:
    """The fields by the names that FIELD_NAMES begins with, and what is doubtful about them, each with what to do."""

    fields: dict[str, str]
    doubts: tuple[str, ...] = ()


def parse_service_mail(text: str) -> ServiceMail | None:
    """The fields of a form in an e-mail's text; None where it is no such e-mail."""
    lines = [line.strip(_MARKS) for line in text.split("\n")]
    blocks = _blocks(lines)
    if "words" not in {key for key, _ in blocks} or not {"name", "article", "consent"} & {key for key, _ in blocks}:
        return None
    fields: dict[str, str] = {}
    doubts: list[str] = []
    for number, (key, block) in enumerate(blocks):
        value, rest = _value(key, block, is_last=number == len(blocks) - 1)
        if fields.get(key) and value and value != fields[key]:
            doubts.append(f"the e-mail has two fields “{key}”; see that the right one was taken")
        fields[key] = fields.get(key) or value
        if rest:
            doubts.append("other lines stand under the comment; see that all of the words are the person's")
    return ServiceMail(
        {FIELD_NAMES[key][0]: value for key, value in fields.items() if key}, tuple(dict.fromkeys(doubts))
    )


def _blocks(lines: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Each field with the lines up to the next one, by key; the key is empty for a field that is not ours."""
    blocks: list[tuple[str, list[str]]] = []
    for line in lines:
        label, value = _labelled(line, inside_words=bool(blocks) and blocks[-1][0] == "words")
        if label is not None:
            blocks.append((label, [value] if value else []))
        elif blocks:
            blocks[-1][1].append(line)
    return blocks


def _labelled(line: str, *, inside_words: bool) -> tuple[str | None, str]:
    """The key of the field that a line begins, None where it begins none, and the value on the line."""
    found = _FIELD.fullmatch(line) if 0 < len(line) < 5000 else None
    if not found:
        return None, ""
    name = field_name(found[1])
    if name in _OURS:
        return _OURS[name], found[2] or ""
    return ("", found[2] or "") if name in (_CLOSING_FIELDS if inside_words else _OPENING_FIELDS) else (None, "")


def _value(key: str, block: Sequence[str], *, is_last: bool) -> tuple[str, bool]:
    """The value in a field's lines, and whether they go on with what cannot be told from it."""
    kept: list[str] = []
    for line in block:
        if _RULE.fullmatch(line) and (any(kept) or key != "words"):
            return _joined(kept, key), False
        if is_last and _FOOTER.match(line):
            return _joined(kept, key), False
        kept.append(line)
    text = "\n".join(kept).strip()
    return _joined(kept, key), is_last and key == "words" and "\n\n" in text


def _joined(lines: Sequence[str], key: str) -> str:
    """The comment with all its lines; of any other field the first line that is not empty."""
    return "\n".join(lines).strip() if key == "words" else next((line for line in lines if line), "")


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
