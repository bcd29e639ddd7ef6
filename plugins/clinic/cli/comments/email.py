"""Reads comments from e-mails saved as a file: one (.eml, RFC 5322), or a mailbox of them (.mbox, RFC 4155)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import (
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    MessageError,
)
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from itertools import islice
from typing import Any, TypeAlias

from clinic.cli.comments.html_text import html_text
from clinic.cli.comments.mail_comment import Envelope, has_form, read_text
from clinic.cli.comments.submission import Received, Submission, Unreadable
from clinic.domain.comments.mail_form import is_labelled
from clinic.models.comments import sanitize_line

AnyMail: TypeAlias = "Message[Any, Any]"
BAD_MAIL = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the library raises for e-mails that nothing but an attack or a broken program makes."""
NO_MAIL = "this is no e-mail; save the message from your e-mail program as an .eml file"
DAMAGED = "this e-mail is damaged, so that it cannot be read; save it again, or copy its words into a text file"
NO_WORDS = "there are no words in this e-mail"
LONGEST_HEADER = 2000
"""Characters of one header that are read: the library needs the square of their number for some."""
MOST_PARTS = 5000
MOST_DEPTH = 20
"""E-mails attached to e-mails."""
_HEADERS = frozenset({"from", "received", "mime-version", "message-id", "content-type", "return-path"})
"""One of them makes an e-mail; otherwise it may be a text that begins with "Name: …"."""
_MBOX = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]{3,200}\r?\n(?=[!-9;-~]+:)")
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_LENGTH = re.compile(rb"(\d{1,9})[ \t]*\r?\n(?=[!-9;-~]+:)")
_BASE64_DEFECTS = (InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect)
_WINDOWS = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
"""Read as windows-1252, as browsers do (WHATWG Encoding): Outlook writes its quotation marks under these names."""
_UNDECODED = "some of its letters could not be read; compare it with the e-mail"


class _Policy(EmailPolicy):
    def header_fetch_parse(self, name: str, value: str) -> Any:
        """The value of a header, of an endless one its beginning."""
        return super().header_fetch_parse(name, value[:LONGEST_HEADER])


_SHORT_HEADERS = _Policy(refold_source="none")


@dataclass(frozen=True)
class Part:
    """The text of one part of an e-mail, and whether all of it could be decoded."""

    text: str
    is_whole: bool = True


def read_emails(data: bytes) -> list[Received]:
    """Each comment in an e-mail or a mailbox, also of e-mails attached to one, or why there is none."""
    data = _without_length(data)
    starts = [found.start() for found in _MBOX.finditer(data)]
    if not starts:
        return _guarded(data, "", 0)
    received: list[Received] = []
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        line = data.count(b"\n", 0, start) + 1
        one = _ESCAPED_FROM.sub(rb"\1", data[start:end].partition(b"\n")[2])
        received += _guarded(one, f"line {line}" if len(starts) > 1 else "", 0)
    return received


def _without_length(data: bytes) -> bytes:
    """An e-mail without what Apple Mail keeps with it (.emlx): its length on the first line, its own notes behind."""
    found = _LENGTH.match(data)
    return data[found.end() : found.end() + int(found[1])] if found else data


def _guarded(data: bytes, where: str, depth: int) -> list[Received]:
    """The comments in one e-mail; whatever is wrong with it is one sentence."""
    try:
        return list(_comments(data, where, depth))
    except BAD_MAIL:
        return [Received(where, Unreadable(DAMAGED))]


def _comments(data: bytes, where: str, depth: int) -> Iterator[Received]:
    """The comment of an e-mail, then those of e-mails attached to it.

    Around attached ones its own words are those of who sent them on, unless they have the lines of a form.
    """
    message: Any = message_from_bytes(data, policy=_SHORT_HEADERS)  # an EmailMessage, as its policy makes them
    is_mail = not _HEADERS.isdisjoint(key.lower() for key in message)
    parts = _texts(message) if is_mail else [_file_text(data)]
    envelope = _envelope(message) if is_mail else Envelope()
    with_form = [part for part in parts if has_form(part.text, envelope)]
    attached = list(islice(_attached(message), MOST_PARTS)) if is_mail and depth < MOST_DEPTH else []
    places = (_place(where, "attached e-mail", number) for number in range(1, len(attached) + 1))
    inner = [one for place, data in zip(places, attached, strict=True) for one in _guarded(data, place, depth + 1)]
    if with_form or not any(isinstance(one.found, Submission) for one in inner):
        found = _read(with_form or (parts if is_mail else []), envelope)
        if not found:
            yield Received(where, Unreadable(NO_WORDS if is_mail else NO_MAIL))
        for number, one in enumerate(found, 1):
            yield Received(_place(where, "message", number) if len(found) > 1 else where, one)
    yield from inner


def _place(where: str, what: str, number: int) -> str:
    return ", ".join(part for part in (where, f"{what} {number}") if part)


def _read(parts: Sequence[Part], envelope: Envelope) -> list[Submission]:
    """The comments in the first of these texts that has one."""
    for part in parts:
        if found := read_text(part.text, envelope):
            return found if part.is_whole else [replace(one, doubts=(*one.doubts, _UNDECODED)) for one in found]
    return []


def _envelope(message: EmailMessage) -> Envelope:
    # "Sent" is what Outlook calls it where somebody has copied an e-mail with its headers into a file.
    date = _header(message, "date") or _header(message, "sent")
    return Envelope.of(_header(message, "from"), _header(message, "subject"), date)


def _header(message: EmailMessage, name: str) -> str:
    """A header as text, empty where it is missing or malformed."""
    try:
        return str(message.get(name, ""))
    except BAD_MAIL:
        pass
    try:
        raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
        return sanitize_line(str(make_header(decode_header(str(raw)))))
    except BAD_MAIL:
        return ""


def _leaves(message: AnyMail) -> Iterator[AnyMail]:
    """The parts that hold no other parts, in their order; without recursion, as an attack may nest them deep."""
    waiting: list[AnyMail] = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += [one for one in reversed(inner) if isinstance(one, Message)]
        else:
            yield part


def _texts(message: EmailMessage) -> list[Part]:
    """The plain text of an e-mail, and that of its HTML, each of all its parts, where there is any."""
    leaves = [part for part in islice(_leaves(message), MOST_PARTS) if part.get_content_disposition() != "attachment"]
    kinds = ([part for part in leaves if part.get_content_type() == kind] for kind in ("text/plain", "text/html"))
    return [_together([_text(part) for part in parts]) for parts in kinds if parts]


def _together(parts: Sequence[Part]) -> Part:
    return Part("\n".join(part.text for part in parts), all(part.is_whole for part in parts))


def _text(part: AnyMail) -> Part:
    """The text of a part in plain text or HTML."""
    data = part.get_payload(decode=True)
    text, is_whole = _decoded(data if isinstance(data, bytes) else b"", part.get_content_charset() or "us-ascii")
    is_whole = is_whole and not any(isinstance(defect, _BASE64_DEFECTS) for defect in part.defects)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.get_content_subtype() == "html":
        return Part(html_text(text), is_whole)
    return Part(_flowed(text) if str(part.get_param("format")).lower() == "flowed" else text, is_whole)


def _decoded(data: bytes, charset: str) -> tuple[str, bool]:
    """The text in the charset that it says, else in UTF-8 or that of Windows; and whether no letter was lost."""
    named = charset.lower()
    for encoding in ("utf-8", "cp1252") if named in _WINDOWS else (named, "utf-8", "cp1252"):
        try:
            return data.decode(encoding), True
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace"), False


def _flowed(text: str) -> str:
    """Join lines that end with a space (RFC 3676, format=flowed), but for a signature's and those of a form."""
    parts: list[str] = []
    is_open = False
    for line in text.split("\n"):
        is_joined = is_open and line and not line.startswith((">", " ")) and not is_labelled(line)
        parts += ("" if is_joined or not parts else "\n", line)
        is_open = line.endswith(" ") and line != "-- " and not is_labelled(line) and not line.startswith(">")
    return "".join(parts)


def _file_text(data: bytes) -> Part:
    """A file that is no e-mail, as text: what somebody has copied out of one, or a page that was saved."""
    text, is_whole = _decoded(data, "utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Part(html_text(text) if text.lstrip()[:1] == "<" else text, is_whole)


def _attached(message: EmailMessage) -> Iterator[bytes]:
    """E-mails attached to this one, as they were."""
    for part in _leaves(message):
        inner = part.get_payload()
        if part.get_content_maintype() == "message" and isinstance(inner, list):
            yield from (_attached_bytes(part, one) for one in inner if isinstance(one, Message))
        elif (part.get_filename() or "").lower().endswith(".eml"):
            data = part.get_payload(decode=True)
            yield data if isinstance(data, bytes) else b""


def _attached_bytes(part: AnyMail, inner: AnyMail) -> bytes:
    """An attached e-mail; some programs encode it against the rule (RFC 2046, section 5.2.1), so it has no headers."""
    encoding = str(part.get("content-transfer-encoding", "")).lower()
    if not inner.keys() and encoding in {"base64", "quoted-printable"}:
        inner["Content-Transfer-Encoding"] = encoding
        data = inner.get_payload(decode=True)
        return data if isinstance(data, bytes) else b""
    return inner.as_bytes()
