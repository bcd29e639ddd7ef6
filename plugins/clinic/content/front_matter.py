"""A Markdown file taken apart: YAML front matter between two lines of three hyphens, and the body below it."""

import errno
import os
import posixpath
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from unidecode import unidecode

from clinic.content.diagnostics import Diagnostic
from clinic.content.yaml_text import YamlError, YamlText, read_yaml, without_control_characters
from clinic.models.base import Status

NOT_UTF_8 = "this file is not saved as UTF-8 text; save it again with that encoding"
LARGEST_TEXT = 2_000_000
"""Bytes of a file of words: the longest page has a tenth of them."""
LONGEST_BODY = 300_000
"""Characters: a book of a hundred pages, whose reading would not end for any visitor."""
_RULE = "---"
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")
_EMPTY = YamlText({}, {(): 1})
_FOLDER_PAGE = "index.md"
_TARGETS = tuple(
    re.compile(
        rf"""(?P<before>{before})(?![{{/#]|[A-Za-z][\w+.-]*:)(?P<path>(?:[^()\n<>"']|\([^()\n<>"']*\))+?)"""
        r"""(?=\s*(?:[>)]|["'])|\s+["'])"""
    )
    for before in (r"\]\(\s*<?", r"src=(?<=\bsrc=)[\"']")  # each begins with letters, which are found at once
)
"""Where a link or an image of Markdown, or an image of HTML, leads, if that is no address of another kind."""


@dataclass(frozen=True)
class MarkdownFile:
    """A file as typed. ``name`` is its path as diagnostics show it; ``body`` begins at line ``body_line``.

    A page that follows from the facts may have no file: it is empty, and not ``is_written``.
    """

    name: str
    text: str
    front_matter: YamlText = _EMPTY
    body: str = ""
    body_line: int = 1
    diagnostics: tuple[Diagnostic, ...] = ()
    is_written: bool = True

    @property
    def is_draft(self) -> bool:
        """Whether its front matter says so."""
        return self.front_matter.value.get("status") == Status.DRAFT.value

    def line_with(self, words: str) -> int:
        """The first line of the body that holds ``words``, or that where the body begins."""
        before, found, _ = self.body.partition(words)
        return self.body_line + (before.count("\n") if found else 0)


def read_markdown_file(path: Path, name: str, first_key: str = "title") -> MarkdownFile:
    """Open and parse the file at ``path``; its diagnostics call it ``name``. Never raises for what a file may hold.

    ``first_key`` is the key that front matter of its kind begins with, for the message that asks for some.
    """
    try:
        data = read_text_bytes(path)
        return split_markdown(decoded(data), name, first_key)
    except OSError as error:
        return MarkdownFile(name, "", diagnostics=(Diagnostic(name, 0, not_opened(error)),))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return MarkdownFile(name, "", diagnostics=(Diagnostic(name, line, NOT_UTF_8),))


class TooLargeError(OSError):
    """A file of words that is none."""


def read_text_bytes(path: Path) -> bytes:
    """What is in a file of words; one that is too large is not opened. Raises OSError."""
    if path.stat().st_size > LARGEST_TEXT:
        raise TooLargeError
    return path.read_bytes()


def decoded(data: bytes) -> str:
    """The text of a file of UTF-8 with whatever line ends, without invisible characters.

    Raises UnicodeDecodeError, also where every other byte is nought: that is UTF-16.
    """
    text = data.decode("utf-8-sig")
    if text.count("\0") > len(text) // 4:
        raise UnicodeDecodeError("utf-8", data, data.index(b"\0"), data.index(b"\0") + 1, "UTF-16")
    return without_control_characters(text.replace("\r\n", "\n").replace("\r", "\n"))


def not_opened(error: OSError) -> str:
    """The message about a file or folder that cannot be opened."""
    match error:
        case TooLargeError():
            most = f"{LARGEST_TEXT // 1_000_000} MB"
            return f"this file is larger than {most}, as no text is; take out what is none, or make several files of it"
        case PermissionError():
            return "this may not be opened by you; give yourself the right to read it, or remove it"
        case FileNotFoundError():
            return "this is a link to something that is not there; put the file itself here, or remove the link"
        case IsADirectoryError():
            return "this is a folder where a file should be; rename it, and write the file"
        case OSError(errno=errno.ELOOP):
            return "this is a link that leads back to itself; put the file itself here, or remove the link"
    return f"this cannot be opened ({error.strerror or error}); save it anew, or remove it"


@lru_cache(maxsize=2**14)
def page_key(key: str) -> str:
    """``posts/knee.md`` for ``posts/knee/index.md``: a folder for one page and its images (Hugo's page bundles)."""
    path = PurePosixPath(key)
    return f"{path.parent}.md" if path.name.casefold() == _FOLDER_PAGE and len(path.parts) > 2 else key


def with_files_beside(file: MarkdownFile, key: str, files: Collection[str]) -> MarkdownFile:
    """The file with files beside it named from the content folder, as everything else expects.

    ``key`` is its own; of ``files``, the keys of all, ``photo.jpg`` means the one in the same folder.
    """
    folder = posixpath.dirname(key)

    def beside(target: str) -> str | None:
        path = posixpath.normpath(f"{folder}/{unquote(target)}")
        return path if path in files and not path.endswith(".md") else None

    def named(match: re.Match[str]) -> str:
        path = beside(match["path"])
        return f"{match['before']}{{static}}/{quote(path)}" if path else match.group()

    given, body = file.front_matter.value, file.body
    for target in _TARGETS:
        body = target.sub(named, body)
    image = given.get("image")
    own = beside(image) if isinstance(image, str) and image not in files else None
    if body == file.body and not own:
        return file
    front_matter = YamlText({**given, "image": own}, file.front_matter.lines) if own else file.front_matter
    return replace(file, body=body, front_matter=front_matter)


def split_markdown(text: str, name: str, first_key: str = "title") -> MarkdownFile:
    """Parse ``text``. Blank lines before the front matter are allowed."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != _RULE:
        message = f'the header is missing; begin the file with a line "{_RULE}", then lines like "{first_key}: …", then'
        return MarkdownFile(name, text, body=text, diagnostics=(Diagnostic(name, start + 1, f'{message} "{_RULE}"'),))
    message = f'the header that begins here does not close; put a line "{_RULE}" under its last key'
    unclosed = Diagnostic(name, start + 1, message)
    end = next((number for number in range(start + 1, len(lines)) if lines[number].rstrip() == _RULE), None)
    if end is None:
        return MarkdownFile(name, text, body_line=len(lines), diagnostics=(unclosed,))
    body = "\n".join(lines[end + 1 :])
    too_long: tuple[Diagnostic, ...] = ()
    if len(body) > LONGEST_BODY:
        message = f"this text has {len(body):,} characters, and {LONGEST_BODY:,} are the most; make several of it"
        body, too_long = "", (Diagnostic(name, end + 2, message),)
    try:
        front_matter = read_yaml("\n".join(lines[start + 1 : end]), first_line=start + 2)
    except YamlError as error:
        # Past an empty line it is the text that was read: the line of hyphens found was one of its own.
        in_text = any(not line.strip() for line in lines[start + 1 : error.line])
        found = unclosed if in_text else Diagnostic(name, error.line, error.message)
        return MarkdownFile(name, text, _EMPTY, body, end + 2, (found, *too_long))
    return MarkdownFile(name, text, front_matter, body, end + 2, too_long)


def day_in_name(stem: str) -> str | None:
    """``2025-11-11`` in ``2025-11-11-ankles``, as it is written."""
    found = _DATED.fullmatch(stem)
    return found.group(1) if found else None


def slug_in_name(stem: str) -> str:
    """``ankles`` in ``2025-11-11-ankles``: the last part of the address, unless the front matter gives another.

    Empty where no letters are left for one.
    """
    found = _DATED.fullmatch(stem)
    return slug_of(found.group(2) if found else stem).strip("-")


def slug_instead(stem: str) -> str:
    """What stands in where a name has no letters for a slug, or too many: another one for each name."""
    return blake2b(os.fsencode(stem), digest_size=16).hexdigest()


@lru_cache(maxsize=10_000)  # every article names its lists
def slug_of(words: str) -> str:
    """``Café & Knie`` as ``cafe-knie``: as Pelican does it, with hyphens for underscores too. May be empty."""
    latin = unidecode(unicodedata.normalize("NFKC", words.strip()))
    return re.sub(r"[-\s_]+", "-", re.sub(r"[^\w\s-]", "", latin)).lower()
