"""What the name of a file says: the day at its beginning, and the last part of an address."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from unidecode import unidecode

from clinic.content.diagnostics import Diagnostic
from clinic.content.yaml_errors import YamlError
from clinic.content.yaml_text import YamlText, read_yaml
from clinic.models.base import Status

NOT_UTF_8 = "this file is not saved as UTF-8 text; save it again with that encoding"
_RULE = "---"
_EMPTY = YamlText({}, {(): 1})


@dataclass(frozen=True)
class MarkdownFile:
    """``body_line`` is the line of the file at which ``body`` begins."""

    name: str
    front_matter: YamlText
    body: str
    body_line: int
    problems: tuple[Diagnostic, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether its header says so; a draft may have other faults that nobody needs to hear of yet."""
        return self.front_matter.value.get("status") == Status.DRAFT.value

    def line_with(self, words: str) -> int:
        """The first line of the body that holds ``words``, or that where the body begins."""
        before, found, _ = self.body.partition(words)
        return self.body_line + (before.count("\n") if found else 0)


def read_markdown_file(path: Path, name: str, first_key: str = "title") -> MarkdownFile:
    """Read the file at ``path``; problems name it ``name``. Never raises for what a file may hold.

    ``first_key`` is what a header of its kind begins with.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return MarkdownFile(name, _EMPTY, "", 1, (Diagnostic(name, line, NOT_UTF_8),))
    return split_markdown(text, name, first_key)


def missing_markdown_file(name: str) -> MarkdownFile:
    """What a file that is not there says: nothing."""
    return MarkdownFile(name, _EMPTY, "", 1)


def split_markdown(text: str, name: str, first_key: str = "title") -> MarkdownFile:
    """Take ``text`` apart. Blank lines before the header are forgiven."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != _RULE:
        message = (
            f'the header is missing; begin the file with a line "{_RULE}", then lines like "{first_key}: …", '
            f'then "{_RULE}"'
        )
        return MarkdownFile(name, _EMPTY, text, 1, (Diagnostic(name, start + 1, message),))
    unclosed = Diagnostic(
        name, start + 1, f'the header that begins here does not close; put a line "{_RULE}" under its last key'
    )
    end = next((number for number in range(start + 1, len(lines)) if lines[number].rstrip() == _RULE), None)
    if end is None:
        return MarkdownFile(name, _EMPTY, "", len(lines), (unclosed,))
    body = "\n".join(lines[end + 1 :])
    try:
        front_matter = read_yaml("\n".join(lines[start + 1 : end]), first_line=start + 2)
    except YamlError as fault:
        # Past an empty line it is the text that was read: the line of hyphens found was one of its own.
        in_text = any(not line.strip() for line in lines[start + 1 : fault.line])
        problem = unclosed if in_text else Diagnostic(name, fault.line, fault.message)
        return MarkdownFile(name, _EMPTY, body, end + 2, (problem,))
    return MarkdownFile(name, front_matter, body, end + 2)


_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")


def day_in_name(stem: str) -> str | None:
    """``2025-11-11`` in ``2025-11-11-ankles``, as it is written."""
    found = _DATED.fullmatch(stem)
    return found.group(1) if found else None


def slug_in_name(stem: str) -> str:
    """``ankles`` in ``2025-11-11-ankles``: the last part of the address, unless the header says another.

    Empty where no letters are left for one.
    """
    found = _DATED.fullmatch(stem)
    return slug_of(found.group(2) if found else stem).strip("-")


def slug_instead(stem: str) -> str:
    """What stands in where a name has no letters for a slug: another one for each name."""
    return stem.encode().hex()


def slug_of(words: str) -> str:
    """``Café & Knie`` as ``cafe-knie``: as Pelican does it, with hyphens for underscores too. May be empty."""
    latin = unidecode(unicodedata.normalize("NFKC", words.strip()))
    return re.sub(r"[-\s_]+", "-", re.sub(r"[^\w\s-]", "", latin)).lower()
