"""Which Markdown files are published, by their front matter alone.

The build decides the same by ``documents.state_of``; this second opinion shares none of that, so that a check of the
finished site does not repeat the build's mistakes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from clinic.content.front_matter import MarkdownFile, day_in_name, page_key, read_markdown_file, slug_in_name
from clinic.models.base import Status
from clinic.models.types import EndMoment, Moment

MANUAL = "README.md"
"""The owner's manual, directly in the content folder: no part of the site."""
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)
_END: TypeAdapter[datetime] = TypeAdapter(EndMoment)


@dataclass(frozen=True)
class Written:
    """One Markdown file; ``key`` is its path under the content folder, ``unpublished`` the reason if it is that."""

    key: str
    file: MarkdownFile
    unpublished: str | None

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return str(self.file.front_matter.value.get("slug") or slug_in_name(Path(page_key(self.key)).stem))

    @property
    def is_hidden(self) -> bool:
        """Whether it is published at its own address alone."""
        return not self.unpublished and self.file.front_matter.value.get("status") == Status.HIDDEN.value


def read_written(content: Path, shown_as: str, now: datetime, context: Mapping[str, Any]) -> tuple[Written, ...]:
    """Every Markdown file under ``content`` but the manual, in the order of their paths.

    ``context`` gives the clinic's ``timezone``. A comment is unpublished with the article that it belongs to.
    """
    found: list[Written] = []
    for path in sorted(path for path in content.rglob("*.md") if path != content / MANUAL):
        key = path.relative_to(content).as_posix()
        file = read_markdown_file(path, f"{shown_as}/{key}")
        day = day_in_name(Path(page_key(key)).stem) if key.startswith("posts/") else None
        given = {**({"date": day} if day else {}), **file.front_matter.value}
        found.append(Written(key, file, next(_reasons(given, now, context), None)))
    articles = tuple(f"comments/{one.slug}/" for one in found if one.key.startswith("posts/") and one.unpublished)
    reason = "it answers an article that is not published"
    return tuple(replace(one, unpublished=reason) if one.key.startswith(articles) else one for one in found)


def _reasons(front_matter: Mapping[str, Any], now: datetime, context: Mapping[str, Any]) -> Iterator[str]:
    if front_matter.get("status") == Status.DRAFT.value:
        yield "draft"
    date = _moment(_MOMENT, front_matter.get("date"), context)
    if date and date > now:
        yield "scheduled"
    expires = _moment(_END, front_matter.get("expires"), context)
    if expires and expires <= now:
        yield "expired"


def _moment(kind: TypeAdapter[datetime], value: Any, context: Mapping[str, Any]) -> datetime | None:
    try:
        return kind.validate_python(value, context=dict(context)) if isinstance(value, str) else None
    except ValidationError:
        return None  # an error of the build, which publishes nothing then
