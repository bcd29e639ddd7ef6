"""A comment out of an e-mail, saved as a file (.eml, RFC 5322)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from clinic.cli.comments.submission import Received, Unreadable, moment_in
from clinic.domain.comments.mail_form import parse_email_comment, title_from_subject
from clinic.models.untrusted_text import sanitize, sanitize_line

if TYPE_CHECKING:
    from email.message import EmailMessage
# Where the writer's own words end and another letter begins, which e-mail programs put below them.
ANOTHER_LETTER = re.compile(
    r"^(?:On .{5,200}\n?.{0,200}\bwrote:|-{2,} ?Original Message ?-{2,}|_{20,}|From: .+\n(?:Sent|Date|To): )",
    re.MULTILINE,
)
# RFC 3676, section 4.3, and what telephones add.
SIGNATURE = re.compile(r"^(?:-- ?$|Sent from (?:my|Yahoo|Outlook|Samsung)\b|Get Outlook for )", re.MULTILINE)
QUOTED = re.compile(r"^[ \t]*>.*\n?", re.MULTILINE)
GOES_ON = re.compile(r"[^\s>*+•\-\d]")
WRAPS_BEYOND = 60
ASIDE = frozenset({"script", "style", "head", "title", "blockquote", "template", "select"})
BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table", "hr"})


def read_letter(data: bytes) -> Received:
    """Take the comment out. Raises Unreadable where there is none."""
    message = message_from_bytes(data, policy=policy.default)
    if not message.keys():
        raise Unreadable("this is no e-mail; save the message from your e-mail program as an .eml file")
    filled_in = parse_email_comment(sanitize(text_of(message)))
    words = own_words(filled_in.words)
    if not words:
        raise Unreadable("there are no words in this e-mail")
    return Received(
        words,
        sanitize_line(filled_in.name or sender(message)),
        filled_in.article or title_from_subject(header(message, "subject")),
        filled_in.in_reply_to,
        moment_in(header(message, "date")),
        filled_in.consent,
    )


def own_words(text: str) -> str:
    """Leave out what the writer did not write: the letter they answered, their signature."""
    for end in (ANOTHER_LETTER, SIGNATURE):
        text = end.split(text, maxsplit=1)[0]
    return unwrapped(sanitize(QUOTED.sub("", text)))


def unwrapped(text: str) -> str:
    """Join the lines that a program broke at the edge of its window; short lines were meant."""
    lines: list[str] = []
    above = ""
    for line in text.split("\n"):
        if len(above) > WRAPS_BEYOND and GOES_ON.match(line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
        above = line
    return "\n".join(lines).strip()


def sender(message: EmailMessage) -> str:
    """Give the name that the writer's e-mail program gives them; never their address."""
    addresses = getattr(message["from"], "addresses", ())
    return str(addresses[0].display_name) if addresses else ""


def header(message: EmailMessage, name: str) -> str:
    """Give a header as text, empty where it is missing."""
    try:
        return str(message.get(name, ""))
    except (MessageError, ValueError, IndexError):
        return ""


def text_of(message: EmailMessage) -> str:
    """Give the words of the letter: the plain part, or else the one in HTML."""
    part = message.get_body(("plain", "html"))
    if part is None:
        raise Unreadable("there are no words in this e-mail")
    try:
        content = str(part.get_content())
    except (LookupError, UnicodeError):
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(payload)
    if part.get_content_subtype() == "html":
        return text_in_html(content)
    return flowed(content) if part.get_param("format") == "flowed" else content


def flowed(text: str) -> str:
    """Join lines that end with a space (RFC 3676, format=flowed)."""
    return re.sub(r"(?<!^--) \n(?![>\s])", " ", text.replace("\r\n", "\n"), flags=re.MULTILINE)


class Words(HTMLParser):
    """Gathers the text of an HTML letter, without what it quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.aside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or something to leave out."""
        quoted = "quote" in (dict(attrs).get("class") or "")
        if tag in ASIDE or (quoted and tag == "div") or (self.aside and tag == self.aside[0]):
            self.aside.append(tag)
        if tag in BREAKS:
            self.parts.append("\n- " if tag == "li" and not self.aside else "\n")

    def handle_endtag(self, tag: str) -> None:
        """End it again; an empty line follows a paragraph."""
        if self.aside and tag == self.aside[-1]:
            self.aside.pop()
        elif tag == "p":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words; line ends in HTML are spaces."""
        if not self.aside:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_in_html(markup: str) -> str:
    """Give the text of a letter that has no plain part."""
    words = Words()
    words.feed(markup)
    words.close()
    return "\n".join(line.strip() for line in "".join(words.parts).split("\n"))
