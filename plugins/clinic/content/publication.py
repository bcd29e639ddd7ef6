"""Which Markdown files are published, by their front matter alone.

The build decides the same by ``documents.state_of``; this second opinion shares none of that, so that a check of the
finished site does not repeat the build's mistakes.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from clinic.content.front_matter import MarkdownFile, day_in_name, page_key, read_markdown_file, slug_in_name
from clinic.content.languages import language_of_file, without_language
from clinic.models.base import Status
from clinic.models.types import EndMoment, Moment

MANUAL = "README.md"
"""The owner's manual, directly in the content folder: no part of the site."""
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)
_END: TypeAdapter[datetime] = TypeAdapter(EndMoment)


_SECTIONS = {"posts": "post/", "pages": ""}
"""What stands before the last part of an address, where that is not the name of the folder."""


@dataclass(frozen=True)
class Written:
    """One Markdown file; ``key`` is its path under the content folder, ``unpublished`` the reason if it is that.

    ``slug`` is the last part of its address. ``language`` is empty for the clinic's own; ``beside`` are the languages
    that have a page of the same address but for their folder.
    """

    key: str
    file: MarkdownFile
    unpublished: str | None
    slug: str = ""
    language: str = ""
    beside: frozenset[str] = frozenset()

    @property
    def is_hidden(self) -> bool:
        """Whether it is published at its own address alone."""
        return not self.unpublished and self.file.front_matter.value.get("status") == Status.HIDDEN.value

    @cached_property
    def address(self) -> re.Pattern[str]:
        """Finds its address, in small letters, in the path of a file or in a link, and no other language's."""
        if not self.language and not self.beside:
            return re.compile(re.escape(f"/{self.slug}/".lower()))
        folder = self.key.partition("/")[0]
        before = f"/{self.language}" if self.language else "".join(f"(?<!/{other})" for other in sorted(self.beside))
        return re.compile(before + re.escape(f"/{_SECTIONS.get(folder, f'{folder}/')}{self.slug}/".lower()))


def slug_in(key: str, files: Mapping[str, MarkdownFile]) -> str:
    """The last part of the address of a file, of a translation that of what it translates; ``files`` are all by key."""
    given = files[key].front_matter.value
    original = str(given.get("translation_of") or without_language(key)).removeprefix("/").removeprefix("content/")
    if "slug" not in given and original in files and "translation_of" not in files[original].front_matter.value:
        key, given = original, files[original].front_matter.value
    return str(given.get("slug") or slug_in_name(Path(page_key(without_language(key))).stem))


def read_written(content: Path, shown_as: str, now: datetime, zone: tzinfo) -> tuple[Written, ...]:
    """Every Markdown file under ``content`` but the manual, in the order of their paths.

    ``zone`` is the clinic's time zone. A comment is unpublished with the article that it belongs to.
    """
    paths = sorted(path for path in content.rglob("*.md") if path != content / MANUAL)
    keys = {path.relative_to(content).as_posix(): path for path in paths}
    files = {key: read_markdown_file(path, f"{shown_as}/{key}") for key, path in keys.items()}
    found = [_written(key, files, now, zone) for key in files]
    languages: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for one in found:
        languages[one.key.partition("/")[0], one.slug].add(one.language)
    found = [
        replace(one, beside=frozenset(languages[one.key.partition("/")[0], one.slug] - {one.language, ""}))
        for one in found
    ]
    posts = [one for one in found if one.key.startswith("posts/")]
    shown = {one.slug for one in posts if not one.unpublished}  # its translation may be a draft
    articles = tuple(f"comments/{one.slug}/" for one in posts if one.unpublished and one.slug not in shown)
    reason = "it answers an article that is not published"
    return tuple(replace(one, unpublished=reason) if one.key.startswith(articles) else one for one in found)


def _written(key: str, files: Mapping[str, MarkdownFile], now: datetime, zone: tzinfo) -> Written:
    file = files[key]
    given = file.front_matter.value
    day = day_in_name(Path(page_key(without_language(key))).stem) if key.startswith("posts/") else None
    reason = next(_reasons({**({"date": day} if day else {}), **given}, now, zone), None)
    return Written(key, file, reason, slug_in(key, files), language_of_file(key, given.get("language")))


def _reasons(front_matter: Mapping[str, Any], now: datetime, zone: tzinfo) -> Iterator[str]:
    if front_matter.get("status") == Status.DRAFT.value:
        yield "draft"
    date = _moment(_MOMENT, front_matter.get("date"), zone)
    if date and date > now:
        yield "scheduled"
    expires = _moment(_END, front_matter.get("expires"), zone)
    if expires and expires <= now:
        yield "expired"


def _moment(kind: TypeAdapter[datetime], value: Any, zone: tzinfo) -> datetime | None:
    try:
        return kind.validate_python(value, context={"timezone": zone}) if isinstance(value, str) else None
    except ValidationError:
        return None  # an error of the build, which publishes nothing then
