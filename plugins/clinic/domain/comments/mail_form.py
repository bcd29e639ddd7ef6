"""The e-mail with which a visitor sends a comment: the lines to fill in, and reading them when it has arrived."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clinic.models.contact import mail_url
from clinic.models.words import N_, gettext

NAME, CONSENT = N_("Name to show"), N_("May we publish it with this name? (yes/no)")
REPLY, ARTICLE = N_("In reply to"), N_("Article")
_OWN_LABELS = (NAME, CONSENT)
"""Those that tell this e-mail from any other: "Article:" alone may be anybody's word."""
_MARKS = " \t>*_\xa0"
_SUBJECT = re.compile(r"\s*(?:(?:re|fwd?|aw|wg|sv|tr|rv|antw|ateb|ymlaen)\s*:\s*)*(.*)", re.IGNORECASE | re.DOTALL)
_HERE = N_("(Write your comment here.)")
_COMMENT_ON = N_("Comment on: {title}")
_YES = frozenset({
    "yes", "y", "yep", "yeah", "true", "on", "1", "agree", "agreed", "ok", "okay",
    "ja", "j", "jawohl", "einverstanden", "cewch", "cytuno", "cytunaf", "ydw", "iawn",
})  # fmt: skip
"""In the languages of the catalogues, whatever that of the site is: an answer is one's own words."""
_NO = frozenset({"no", "n", "nope", "false", "off", "0", "nein", "na", "nac", "nage", "naddo", "peidiwch"})
_POLITE = frozenset({
    "please", "thanks", "thank", "you", "of", "course", "sure", "absolutely", "certainly", "i", "we", "do", "agree",
    "am", "fine", "happy", "with", "that", "this", "it", "is", "to", "may", "can", "publish", "all", "good",
    "gladly", "by", "means", "kind", "regards", "very", "much", "and", "so", "go", "ahead", "x", "name",
    "bitte", "gern", "gerne", "danke", "natürlich", "klar", "ich", "bin", "damit", "sie", "dürfen", "das", "diolch",
    "os", "gwelwch", "yn", "dda", "wrth", "gwrs",
})  # fmt: skip
"""Words beside a yes that take nothing back from it."""
_FIRST_NAME = re.compile(r"\b(?:first|fore|given|christian)[ -]?name\b", re.IGNORECASE)


@dataclass(frozen=True)
class EmailComment:
    """A comment as sent. ``consent`` is None where the question was not answered; missing lines are empty.

    ``answer`` is what was written for ``consent``; ``between`` and ``below`` are lines that stand among and under those
    to fill in; ``repeated`` are labels that occur twice.
    """

    words: str
    name: str = ""
    consent: bool | None = None
    in_reply_to: str = ""
    article: str = ""
    answer: str = field(default="", compare=False)
    between: str = ""
    below: str = ""
    repeated: tuple[str, ...] = ()


def compose_url(address: str, title: str, article: str, in_reply_to: str | None = None) -> str:
    """The ``mailto:`` address (RFC 6068) of an e-mail with lines to fill in; ``article`` is the slug.

    Consent is a question without an answer: consent that is ticked beforehand is none (UK GDPR, recital 32).
    """
    here, name, consent, reply_to, about = map(gettext, (_HERE, NAME, CONSENT, REPLY, ARTICLE))
    reply = f"{reply_to}: {in_reply_to}\r\n" if in_reply_to else ""
    body = f"{here}\r\n\r\n\r\n{name}: \r\n{consent}: \r\n{reply}{about}: {article}\r\n"
    return mail_url(address, gettext(_COMMENT_ON, title=title), body)


def has_mail_form(text: str) -> bool:
    """Whether the lines to fill in are in it."""
    return any(label in _OWN_LABELS for label, _ in map(_labelled, _lines(text)))


def is_labelled(line: str) -> bool:
    """Whether it is one of the lines to fill in, so that nothing may be joined to it."""
    return bool(_labelled(line)[0])


def parse_email_comment(text: str) -> EmailComment:
    """The filled in lines of an e-mail's text; what stands above them is the comment."""
    lines = _lines(text)
    at = [number for number, line in enumerate(lines) if is_labelled(line)]
    if not at:
        return EmailComment(_without_invitation(text))
    found, used, repeated = _values(lines, at)
    words = _without_invitation("\n".join(lines[: at[0]]))
    between = _rest(lines, range(at[0], at[-1]), used)
    below = _rest(lines, range(at[-1], len(lines)), used)
    answer = found.get(CONSENT, "")
    name, reply, article = (found.get(label, "") for label in (NAME, REPLY, ARTICLE))
    return EmailComment(words, name, parse_consent(answer), reply, article, answer, between, below, repeated)


def parse_consent(answer: str) -> bool | None:
    """True for yes, False for no, None for anything else, as for a yes with a condition."""
    words = re.findall(r"\w+", answer.lower())
    if words and words[0] in _NO:
        return None if words[:2] == ["no", "problem"] else False
    return True if words and words[0] in _YES and not set(words[1:]) - _POLITE - _YES else None


def asks_for_first_name(answer: str) -> bool:
    """Whether an answer agrees to the first name alone: ``Yes, but only my first name``."""
    words = re.findall(r"\w+", answer.lower())
    if not words or words[0] not in _YES:
        return False
    rest = set(re.findall(r"\w+", _FIRST_NAME.sub(" ", answer).lower()))
    return bool(_FIRST_NAME.search(answer)) and not rest - _POLITE - _YES - {"but", "only", "just", "my", "the", "use"}


def title_from_subject(subject: str) -> str:
    """The title that a subject line names: ``Re: Comment on: Ankles`` is ``Ankles``."""
    found = _SUBJECT.fullmatch(subject)
    subject = " ".join(found.group(1).split()) if found else ""
    for known in _spellings(_COMMENT_ON):
        before = known.partition("{title}")[0].strip(" :")
        subject = re.sub(rf"^{re.escape(before)}\s*:\s*", "", subject, flags=re.IGNORECASE)
    return subject


def _spellings(label: str) -> tuple[str, ...]:
    """A label in English, and as the site has it."""
    return tuple(dict.fromkeys((gettext(label), label)))


def _labels() -> dict[str, str]:
    """The English label by what may stand in the e-mail, in small letters."""
    return {spelling.lower(): label for label in (NAME, CONSENT, REPLY, ARTICLE) for spelling in _spellings(label)}


def _without_invitation(text: str) -> str:
    for words in _spellings(_HERE):
        text = text.replace(words, "")
    return text.strip()


def _lines(text: str) -> list[str]:
    """Of the longest label, which a program may have broken at the edge of its window, each is on one line again."""
    for label in _spellings(CONSENT):
        broken = r"[\s>*_]+".join(map(re.escape, label.split()))
        text = label.join(re.split(broken, text, flags=re.IGNORECASE))
    return text.split("\n")


def _labelled(line: str) -> tuple[str, str]:
    """The label that a line begins with, and the value behind it; both empty where it is no such line."""
    label, colon, value = line.partition(":")
    known = _labels().get(" ".join(label.replace("\xa0", " ").strip(_MARKS).lower().split()), "")
    return (known, value.strip(_MARKS)) if known and colon else ("", "")


def _values(lines: Sequence[str], at: Sequence[int]) -> tuple[Mapping[str, str], set[int], tuple[str, ...]]:
    """The values by label, the numbers of the lines that they stand in, and the labels with two different values."""
    found: dict[str, str] = {}
    used: set[int] = set(at)
    repeated: list[str] = []
    for number in at:
        label, value = _labelled(lines[number])
        following = number + 1
        if not value and following < len(lines) and following not in at:
            value = _value_in_next_line(label, lines[following].strip(_MARKS))
            used |= {following} if value else set()
        if found.get(label) and value and found[label] != value:
            repeated.append(label)
        found[label] = found.get(label) or value
    return found, used, tuple(dict.fromkeys(repeated))


def _value_in_next_line(label: str, line: str) -> str:
    """The line right under an empty label as its value, where it can be one: a signature may stand there, too."""
    if label == CONSENT:
        return line if re.match(rf"(?:{'|'.join(_YES | _NO)})\b", line, re.IGNORECASE) else ""
    if label == NAME:
        return line if len(line.split()) <= 4 else ""
    return line if re.fullmatch(r"[\w./:-]+", line) and "-" in line else ""


def _rest(lines: Sequence[str], numbers: range, used: set[int]) -> str:
    return _without_invitation("\n".join(lines[number] for number in numbers if number not in used))
