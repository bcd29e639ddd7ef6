"""Which of the owner's Markdown files are for visitors, told from their headers alone.

The build decides the same on its own way from file to page; this second opinion knows nothing of Pelican, so that a
check of the finished site does not repeat the build's mistakes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from clinic.content.front_matter import MarkdownFile, day_in_name, read_markdown_file, slug_in_name
from clinic.models.base import Status
from clinic.models.types import EndMoment, Moment

MANUAL = "README.md"
"""The owner's manual, directly in the content folder: no part of the site."""
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)
_END: TypeAdapter[datetime] = TypeAdapter(EndMoment)


@dataclass(frozen=True)
class Written:
    """One Markdown file; ``key`` is its path under the content folder, ``withheld`` why nobody is to see it yet."""

    key: str
    file: MarkdownFile
    unpublished: str | None

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return str(self.file.front_matter.value.get("slug") or slug_in_name(Path(self.key).stem))

    @property
    def is_hidden(self) -> bool:
        """Whether it is published at its own address alone."""
        return not self.unpublished and self.file.front_matter.value.get("status") == Status.HIDDEN.value


def read_written(content: Path, shown_as: str, now: datetime, context: Mapping[str, Any]) -> tuple[Written, ...]:
    """Every Markdown file under ``content`` but the manual, in the order of their paths.

    ``context`` gives the clinic's ``timezone``. A comment is withheld with the article that it belongs to.
    """
    paths = sorted(path for path in content.rglob("*.md") if path != content / MANUAL)
    found = tuple(_read(path, content, shown_as, now, context) for path in paths)
    silent = {written.slug for written in found if written.key.startswith("posts/") and written.unpublished}
    return tuple(_with_its_article(written, silent) for written in found)


def _read(path: Path, content: Path, shown_as: str, now: datetime, context: Mapping[str, Any]) -> Written:
    key = path.relative_to(content).as_posix()
    file = read_markdown_file(path, f"{shown_as}/{key}")
    day = day_in_name(path.stem) if key.startswith("posts/") else None
    given = {**({"date": day} if day else {}), **file.front_matter.value}
    return Written(key, file, next(_reasons(given, now, context), None))


def _with_its_article(written: Written, silent: set[str]) -> Written:
    folder, _, rest = written.key.partition("/")
    if folder == "comments" and rest.partition("/")[0] in silent:
        return Written(written.key, written.file, "it answers an article that is not published")
    return written


def _reasons(front_matter: Mapping[str, Any], now: datetime, context: Mapping[str, Any]) -> Iterator[str]:
    if front_matter.get("status") == Status.DRAFT.value:
        yield "draft"
    date, expires = (
        _moment(_MOMENT, front_matter.get("date"), context),
        _moment(_END, front_matter.get("expires"), context),
    )
    if date and date > now:
        yield "scheduled"
    if expires and expires <= now:
        yield "expired"


def _moment(kind: TypeAdapter[datetime], value: Any, context: Mapping[str, Any]) -> datetime | None:
    try:
        return kind.validate_python(value, context=dict(context)) if isinstance(value, str) else None
    except ValidationError:
        return None  # a problem that the build tells; nothing is published then
