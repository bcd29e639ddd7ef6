"""Reads a comment from an e-mail that was saved as a file (.eml, RFC 5322)."""

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from html.parser import HTMLParser

from clinic.cli.comments.submission import Submission, Unreadable, parse_date
from clinic.domain.comments.mail_form import parse_email_comment, title_from_subject
from clinic.models.comments import sanitize, sanitize_line

ANSWERED_MESSAGE = re.compile(
    r"^(?:On .{5,200}\n?.{0,200}\bwrote:|-{2,} ?Original Message ?-{2,}|_{20,}|From: .+\n(?:Sent|Date|To): )",
    re.MULTILINE,
)
"""Begins the message that is answered, which e-mail programs put below the writer's own words."""
SIGNATURE = re.compile(r"^(?:-- ?$|Sent from (?:my|Yahoo|Outlook|Samsung)\b|Get Outlook for )", re.MULTILINE)
"""RFC 3676, section 4.3, and what telephones add."""
QUOTED_LINE = re.compile(r"^[ \t]*>.*\n?", re.MULTILINE)
CONTINUATION = re.compile(r"[^\s>*+•\-\d]")
WRAPS_BEYOND = 60
SKIPPED_TAGS = frozenset({"script", "style", "head", "title", "blockquote", "template", "select"})
BREAKING_TAGS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table", "hr"})


def read_email(data: bytes) -> Submission:
    """Read an e-mail comment. Raises Unreadable where there is none in it."""
    message = message_from_bytes(data, policy=policy.default)
    if not message.keys():
        raise Unreadable("this is no e-mail; save the message from your e-mail program as an .eml file")
    form = parse_email_comment(sanitize(_text_of(message)))
    words = _own_words(form.words)
    if not words:
        raise Unreadable("there are no words in this e-mail")
    name = sanitize_line(form.name or _sender(message))
    article = form.article or title_from_subject(_header(message, "subject"))
    return Submission(words, name, article, form.in_reply_to, parse_date(_header(message, "date")), form.consent)


def _own_words(text: str) -> str:
    """Without what the writer did not write: the message they answered, their signature."""
    for end in (ANSWERED_MESSAGE, SIGNATURE):
        text = end.split(text, maxsplit=1)[0]
    return unwrapped(sanitize(QUOTED_LINE.sub("", text)))


def unwrapped(text: str) -> str:
    """Join the lines that a program broke at the edge of its window; short lines were meant."""
    lines: list[str] = []
    above = ""
    for line in text.split("\n"):
        if len(above) > WRAPS_BEYOND and CONTINUATION.match(line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
        above = line
    return "\n".join(lines).strip()


def _sender(message: EmailMessage) -> str:
    """The name that the writer's e-mail program gives them; never their address."""
    addresses = getattr(message["from"], "addresses", ())
    return str(addresses[0].display_name) if addresses else ""


def _header(message: EmailMessage, name: str) -> str:
    """A header as text, empty where it is missing or malformed."""
    try:
        return str(message.get(name, ""))
    except (MessageError, ValueError, IndexError):
        return ""


def _text_of(message: EmailMessage) -> str:
    """The text of the plain part, or else of the one in HTML."""
    part = message.get_body(("plain", "html"))
    if part is None:
        raise Unreadable("there are no words in this e-mail")
    try:
        content = str(part.get_content())
    except (LookupError, UnicodeError):
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(payload)
    if part.get_content_subtype() == "html":
        parser = TextParser()
        parser.feed(content)
        parser.close()
        return "\n".join(line.strip() for line in "".join(parser.parts).split("\n"))
    return _flowed(content) if part.get_param("format") == "flowed" else content


def _flowed(text: str) -> str:
    """Join lines that end with a space (RFC 3676, format=flowed)."""
    return re.sub(r"(?<!^--) \n(?![>\s])", " ", text.replace("\r\n", "\n"), flags=re.MULTILINE)


class TextParser(HTMLParser):
    """Collects the text of an HTML e-mail in ``parts``, without what it quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or something to skip."""
        quoted = "quote" in (dict(attrs).get("class") or "")
        if tag in SKIPPED_TAGS or (quoted and tag == "div") or (self._skipped and tag == self._skipped[0]):
            self._skipped.append(tag)
        if tag in BREAKING_TAGS:
            self.parts.append("\n- " if tag == "li" and not self._skipped else "\n")

    def handle_endtag(self, tag: str) -> None:
        """End what is skipped; an empty line follows a paragraph."""
        if self._skipped and tag == self._skipped[-1]:
            self._skipped.pop()
        elif tag == "p":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep text; line ends in HTML are spaces."""
        if not self._skipped:
            self.parts.append(re.sub(r"\s+", " ", data))
