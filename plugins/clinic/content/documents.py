"""The owner's Markdown files, each opened and parsed once: source text, front matter, body, state, diagnostics."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import PurePosixPath
from typing import Any, Generic, TypeAlias, TypeVar

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.front_matter import MarkdownFile, day_in_name, page_key, slug_in_name, slug_instead
from clinic.content.validation import validate_what_holds
from clinic.content.yaml_text import YamlText
from clinic.models.articles import ArticleFrontMatter, PageFrontMatter
from clinic.models.base import Status
from clinic.models.events import EventFrontMatter
from clinic.models.exercises import ExerciseFrontMatter
from clinic.models.location import LocationFrontMatter
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.service import ServiceFrontMatter
from clinic.models.types import KeyPath, is_slug, slug_like

AnyFrontMatter: TypeAlias = (
    ArticleFrontMatter
    | PageFrontMatter
    | ServiceFrontMatter
    | PractitionerFrontMatter
    | LocationFrontMatter
    | EventFrontMatter
    | ExerciseFrontMatter
)
AnyModel = TypeVar("AnyModel", bound=AnyFrontMatter)
Model_co = TypeVar("Model_co", bound=AnyFrontMatter, covariant=True)


class State(Enum):
    """Who sees a document. A publish has PUBLISHED and HIDDEN ones only; the preview shows the others too.

    NO_LOCATION is a page of a location that ``clinic.yaml`` does not have.
    """

    PUBLISHED = "published"
    HIDDEN = "hidden"
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"
    NO_LOCATION = "no location of this name"

    @property
    def is_public(self) -> bool:
        """Whether it is published, be it in no list."""
        return self in {State.PUBLISHED, State.HIDDEN}


def state_of(front_matter: AnyFrontMatter, now: datetime) -> State:
    """Who sees a document: to be a draft counts before a date to come, and that before a date that is past."""
    date: datetime | None = getattr(front_matter, "date", None)
    expires: datetime | None = getattr(front_matter, "expires", None)
    if front_matter.status is Status.DRAFT:
        return State.DRAFT
    if date and date > now:
        return State.SCHEDULED
    if expires and expires <= now:
        return State.EXPIRED
    return State.HIDDEN if front_matter.status is Status.HIDDEN else State.PUBLISHED


@dataclass(frozen=True)
class Document(Generic[Model_co]):
    """One Markdown file; ``key`` is its path under the content folder, with forward slashes.

    ``front_matter`` has stand-ins for what is wrong.
    """

    key: str
    file: MarkdownFile
    front_matter: Model_co
    state: State
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def name(self) -> str:
        """Its path as diagnostics show it: ``content/posts/x.md``."""
        return self.file.name

    @property
    def stem(self) -> str:
        """The name of the file without folders and ending; that of its folder, if it is called ``index.md``."""
        return PurePosixPath(self.page_key).stem

    @property
    def page_key(self) -> str:
        """``key``, or for ``pages/about/index.md`` that of the file in whose place it stands: ``pages/about.md``."""
        return page_key(self.key)

    @property
    def folder(self) -> str:
        """The first folder of ``key``: ``posts``, ``pages``, ``services`` and so on."""
        return self.key.partition("/")[0]

    @property
    def slug(self) -> str:
        """The last part of the address of its page."""
        return str(getattr(self.front_matter, "slug", self.stem))

    @property
    def date(self) -> datetime | None:
        """When an article is published; None on pages."""
        return getattr(self.front_matter, "date", None)

    @property
    def expires(self) -> datetime | None:
        """When an article is over."""
        return getattr(self.front_matter, "expires", None)

    @property
    def age(self) -> tuple[int, bool, int, str]:
        """What older files have less of: of two with one address, the newer is to be changed.

        The day, then whether its address was chosen, then the length of the name: that of a copy is longer.
        """
        is_chosen = "slug" in self.file.front_matter.value
        return (self.date.toordinal() if self.date else 0, is_chosen, len(self.key), self.key)

    def error(self, key_path: KeyPath, message: str) -> Diagnostic:
        """An error at the line of a key of the front matter."""
        return Diagnostic(self.name, self.file.front_matter.line(key_path), message)

    def warning(self, key_path: KeyPath, message: str) -> Diagnostic:
        """A warning at the line of a key of the front matter."""
        return Diagnostic(self.name, self.file.front_matter.line(key_path), message, Severity.WARNING)


@dataclass(frozen=True)
class DocumentReader:
    """What every file is read with: ``context`` for single values (time zone, country), and the time."""

    context: Mapping[str, Any]
    now: datetime

    def article(self, key: str, file: MarkdownFile) -> Document[ArticleFrontMatter]:
        """A file of ``posts/``; its name may give day and slug."""
        stem = PurePosixPath(page_key(key)).stem
        slug, day = slug_in_name(stem), day_in_name(stem)
        from_name: dict[str, Any] = {name: value for name, value in (("slug", slug), ("date", day)) if value}
        fallback = {"title": stem, "slug": slug or slug_instead(stem), "date": self.now}
        found = () if "slug" in file.front_matter.value else _nameless(file, stem)
        if found:  # it is not said as well that the name has no day
            from_name["date"] = self.now
        return self._read(key, file, ArticleFrontMatter, from_name, fallback, found)

    def page(self, key: str, file: MarkdownFile, generated: Mapping[str, str]) -> Document[PageFrontMatter]:
        """A file of ``pages/``; ``generated`` is what the facts know of its front matter."""
        stem = PurePosixPath(page_key(key)).stem
        slug = slug_like(stem)
        known = {**({"slug": slug} if is_slug(slug) else {}), **generated}
        renames = is_slug(slug) and slug != stem and "slug" not in file.front_matter.value
        found = _nameless(file, stem) or ((_rename(file, slug),) if renames else ())
        fallback = {"title": stem, "slug": slug_instead(stem), **known}
        return self._read(key, file, PageFrontMatter, known, fallback, found)

    def record(self, key: str, file: MarkdownFile, model: type[AnyModel]) -> Document[AnyModel]:
        """A file of ``services/``, ``team/``, ``events/`` or ``exercises/``, as its ``model``."""
        stem = PurePosixPath(page_key(key)).stem
        found = _nameless(file, stem) or (() if is_slug(stem) else (_rename(file, slug_like(stem)),))
        fallback = {"title": stem, **({"when": f"{self.now:%Y-%m-%d}"} if model is EventFrontMatter else {})}
        return self._read(key, file, model, {}, fallback, found)

    def location(
        self, key: str, file: MarkdownFile, generated: Mapping[str, str] | None
    ) -> Document[LocationFrontMatter]:
        """A file of ``locations/``; ``generated`` is None where ``clinic.yaml`` has no such location."""
        if generated is None:
            stand_in = LocationFrontMatter(title=PurePosixPath(page_key(key)).stem)
            return Document(key, file, stand_in, State.DRAFT if file.is_draft else State.NO_LOCATION)
        return self._read(key, file, LocationFrontMatter, generated, generated)

    def _read(
        self,
        key: str,
        file: MarkdownFile,
        model: type[AnyModel],
        known: Mapping[str, Any],
        fallback: Mapping[str, Any],
        found: tuple[Diagnostic, ...] = (),
    ) -> Document[AnyModel]:
        """``known`` may be overruled by what is written; ``fallback`` stands in for what is wrong."""
        given = {**known, **file.front_matter.value}
        # front matter that could not be read has its own diagnostic: no others for what it lacks
        written = YamlText({**fallback, **given} if file.diagnostics else given, file.front_matter.lines)
        front_matter, wrong, _ = validate_what_holds(model, written, file.name, self.context, fallback)
        state = state_of(front_matter, self.now)
        return Document(key, file, front_matter, state, (*file.diagnostics, *found, *wrong))


def _nameless(file: MarkdownFile, stem: str) -> tuple[Diagnostic, ...]:
    """Hugo and others call a home page, and the head of a list, ``index.md`` or ``_index.md``."""
    if stem.strip("_") != "index":
        return ()
    message = 'the name of this file becomes its address, and "index" says nothing; name it after what it is about'
    return (Diagnostic(file.name, 0, f"{message}, or move its words into pages/home.md or pages/blog.md"),)


def _rename(file: MarkdownFile, slug: str) -> Diagnostic:
    return Diagnostic(file.name, 0, f"the name of this file becomes its address; name it {slug}.md")
