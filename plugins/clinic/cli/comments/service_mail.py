"""Reads the e-mail in which a form service sends what somebody wrote: a label and a value for each field.

Netlify, Web3Forms, Getform and Basin write ``name: Kit``, or a table whose cells are lines here; Formspree the label on
a line and the value under it; FormSubmit a rule between the fields. Sources: the templates of e-mails in
github.com/formspree/formspree, and e-mails that owners of forms have shown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clinic.cli.comments.submission import FIELD_NAMES, field_name

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
