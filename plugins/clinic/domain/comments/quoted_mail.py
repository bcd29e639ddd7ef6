"""An e-mail inside another one: forwarded, or answered; and what e-mail programs put under the writer's own words.

The words are those of Gmail, Outlook, Apple Mail and Thunderbird in the languages of western Europe.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

QUOTE_MARK = "\x1d"
"""A line with this alone begins what a program has marked as quoted in HTML, where no words need to say so."""
_FROM = "from|von|de|da|van|fra|från|od"
_DATE = "date|sent|datum|gesendet|envoyé|enviado|enviada|fecha|data|inviato|verzonden|dato|sendt|skickat"
_SUBJECT = "subject|betreff|objet|asunto|oggetto|onderwerp|emne|ämne|assunto"
_OTHER = "to|an|à|para|a|aan|til|till|cc|kopie|copie|reply-to|antwort an|importance|wichtigkeit|attachments"
_HEADER = re.compile(
    rf"(?:(?P<sender>{_FROM})|(?P<date>{_DATE})|(?P<subject>{_SUBJECT})|(?P<other>{_OTHER}))\s?:(?!//)\s*(?P<value>.*)",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"(?:[-_]{2,}\s*)?(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|"
    r"messaggio inoltrato|doorgestuurd bericht|mensagem encaminhada|videresendt (?:besked|melding)|vidarebefordrat .*)"
    r"(?:\s*[-_]{2,}| from .{1,80}[-_]{2,}|:)|"
    r"(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|"
    r"début du message (?:réexpédié|transféré)|"
    r"inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht)\s?:?",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"-{2,}\s*(?:original message|original appointment|ursprüngliche nachricht|originalnachricht|message d['’]origine|"
    r"mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original|ursprungligt meddelande)\s*-{2,}",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"(?:on\b.{5,250}\bwrote|am\b.{5,250}\bschrieb.{0,100}|le\b.{5,250}\ba écrit|el\b.{5,250}\bescribió|"
    r"il\b.{5,250}\bha scritto|op\b.{5,250}\bschreef.{0,100}|em\b.{5,250}\bescreveu|"
    r"(?:den|på)\b.{5,250}\bskrev.{0,100})\s?:",
    re.IGNORECASE,
)
_RULE = re.compile(r"[_─—-]{8,}")
_MARKS = " \t>*\xa0"
_FORWARDING_SUBJECT = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|enc|vb|vl|doorst)\s*:", re.IGNORECASE)
SIGNATURE = re.compile(
    r"^(?:-- ?|(?:Sent from|Sent with|Gesendet (?:von|mit)|Von meinem .{1,30} gesendet|Envoyé de|Enviado desde|"
    r"Inviato da|Verzonden vanaf|Verstuurd vanaf|Get Outlook for|Outlook für|Skickat från|Sendt fra)\b.*|"
    r"[_─]{10,}.*)$",
    re.MULTILINE | re.IGNORECASE,
)
"""RFC 3676, section 4.3, what telephones add, and the rule that Outlook draws."""
_CLOSING = re.compile(
    r"(?:(?:kind|best|warm|many)(?:est)? (?:regards|wishes|thanks)|regards|yours \w+|best|cheers|thanks|thank you|"
    r"(?:with )?love|mit freundlichen grüßen|(?:viele|liebe|beste) grüße|lg|mfg|cordialement|bien à vous|saludos|"
    r"cordiali saluti|met vriendelijke groet(?:en)?|slán|le meas)[,.!]?",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"\W*(?:(?:caution|warning|attention|external)\b.{0,300}\b(?:outside|external|organi[sz]ation)\b.*|"
    r"you don['’]t often get e-?mail from .*|some people who received this message don['’]t often .*)",
    re.IGNORECASE,
)
"""What the clinic's own e-mail service puts on top of messages from outside."""
_SMALL_PRINT = re.compile(
    r"confidential|vertraulich|intended (?:only )?for|disclaimer|virus|registered (?:in|office|number)|before printing|"
    r"privileged|www\.|https?://|\S@\S|(?:\d[ ()./-]{0,2}){7}",
    re.IGNORECASE,
)
MOST_LEVELS = 100
"""Messages in messages: more are an attack, or a mistake."""


class Quoting(Enum):
    """Why a message stands in another one. Outlook shows the same lines for both."""

    FORWARD = "forward"
    REPLY = "reply"
    EITHER = "either"


@dataclass(frozen=True)
class QuotedMail:
    """A message in a text: ``above`` is what stands over it, ``headers`` are its own (sender, date, subject)."""

    above: str
    text: str
    quoting: Quoting
    headers: Mapping[str, str] = field(default_factory=dict)

    def is_forward(self, subject: str) -> bool:
        """Whether it was sent on, so that it is what matters. ``subject`` is that of the e-mail around it."""
        if self.quoting is not Quoting.EITHER:
            return self.quoting is Quoting.FORWARD
        return bool(_FORWARDING_SUBJECT.match(subject)) or not own_words(self.above)


def split_quoted(text: str) -> QuotedMail | None:
    """The first message that a text quotes, None where it quotes none."""
    lines = text.split("\n")
    bare = [line.strip(_MARKS) for line in lines]
    for number, line in enumerate(bare):
        found = _begins(bare, number) if line else None
        if found:
            quoting, body = found
            headers, body = _headers(bare, body)
            return QuotedMail("\n".join(lines[:number]), _unmarked(lines[body:]), quoting, headers)
    return None


def own_words(text: str) -> str:
    """A text without what its writer did not write: a signature, quoted lines, warnings of an e-mail service."""
    above = SIGNATURE.split(text, maxsplit=1)[0].split("\n")
    return "\n".join(line for line in above if line.lstrip(" \t")[:1] != ">" and not _BANNER.fullmatch(line)).strip()


def is_signature(text: str, sender: str) -> bool:
    """Whether a text under a comment can be told to be none: a signature, a farewell, small print, a quotation.

    ``sender`` is the whole name of who sent it.
    """
    rest = own_words(text)
    first = next((line.strip(_MARKS) for line in rest.split("\n") if line.strip(_MARKS)), "")
    names = {name.casefold() for name in re.findall(r"\w{2,}", sender)}
    is_name = bool(first) and bool(names & {name.casefold() for name in re.findall(r"\w+", first)}) and len(first) < 60
    return not first or is_name or bool(_CLOSING.fullmatch(first)) or bool(_SMALL_PRINT.search(rest))


def ends_with_signature(text: str, names: Sequence[str]) -> bool:
    """Whether lines follow on a farewell, or on a line with one of these names alone: who it is, where they work."""
    lines = [line.strip(_MARKS) for line in text.split("\n") if line.strip(_MARKS)]
    known = {name.casefold() for name in names if name}
    ends = [at for at, line in enumerate(lines) if line.strip(",.").casefold() in known or _CLOSING.fullmatch(line)]
    return bool(ends) and ends[-1] > 0 and ends[-1] < len(lines) - 1 and len(lines[-1]) < 60


def _begins(bare: Sequence[str], number: int) -> tuple[Quoting, int] | None:
    """Why a message begins at this line, and the line at which its headers or its text do."""
    line = bare[number]
    if _FORWARDED.fullmatch(line):
        return Quoting.FORWARD, number + 1
    if _ORIGINAL.fullmatch(line):
        return Quoting.EITHER, number + 1
    if _is_header_block(bare, number):
        return Quoting.EITHER, number
    if line == QUOTE_MARK or _RULE.fullmatch(line):
        following = next((at for at in range(number + 1, len(bare)) if bare[at]), None)
        inner = _begins(bare, following) if following and not _RULE.fullmatch(bare[following]) else None
        return inner or ((Quoting.REPLY, number + 1) if line == QUOTE_MARK else None)
    for lines in (1, 2):
        if len(line) > 1 and _ANSWERED.fullmatch(" ".join(bare[number : number + lines])):
            return Quoting.REPLY, number + lines
    return None


def _is_header_block(bare: Sequence[str], number: int) -> bool:
    """Whether at least three headers, the first of them the sender or the date, stand here in a row."""
    first = _HEADER.fullmatch(bare[number])
    if not first or not (first["sender"] or first["date"]):
        return False
    kinds = [_kind(found) for line in bare[number : number + 9] if (found := _HEADER.fullmatch(line))]
    return len(kinds) >= 3 and len({"sender", "date", "subject"} & set(kinds)) >= 2


def _kind(header: re.Match[str]) -> str:
    return next(kind for kind in ("sender", "date", "subject", "other") if header[kind])


def _headers(bare: Sequence[str], number: int) -> tuple[dict[str, str], int]:
    """The headers that begin at a line or under it, and the first line behind them."""
    headers: dict[str, str] = {}
    at, last = number, ""
    while at < len(bare):
        line = bare[at]
        found = _HEADER.fullmatch(line)
        if found and (_kind(found) == "other" or _kind(found) not in headers):
            last = _kind(found)
            headers[last] = found["value"].strip(_MARKS)
        elif line and not (last == "other" and "@" in line):
            break
        at += 1
    return ({key: value for key, value in headers.items() if key != "other"}, at) if headers else ({}, number)


def _unmarked(lines: Sequence[str]) -> str:
    """The text without the first mark of quotation, where each line has one; what follows without is not part of it."""
    first = next((line for line in lines if line.strip()), "")
    if not first.lstrip().startswith(">"):
        return "\n".join(lines)
    end = next((at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith(">")), len(lines))
    return "\n".join(line.lstrip()[1:].removeprefix(" ") for line in lines[:end])
