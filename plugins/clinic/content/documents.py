"""The owner's Markdown files, each opened and parsed once: source text, front matter, body, state, diagnostics."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import PurePosixPath
from typing import Any, Generic, TypeAlias, TypeVar

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.front_matter import MarkdownFile, day_in_name, page_key, slug_in_name, slug_instead
from clinic.content.languages import kind_of_words
from clinic.content.validation import validate_what_holds
from clinic.content.yaml_in_language import said_in
from clinic.content.yaml_text import YamlText
from clinic.domain.pages.urls import HOME, path_in_folder
from clinic.models.articles import ArticleFrontMatter, PageFrontMatter
from clinic.models.base import Status
from clinic.models.events import EventFrontMatter
from clinic.models.exercises import ExerciseFrontMatter
from clinic.models.location import LocationFrontMatter
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.service import ServiceFrontMatter
from clinic.models.types import LONGEST_SLUG, KeyPath, is_slug, slug_like

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
HOME_PAGE = "pages/home.md"


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

    ``front_matter`` has stand-ins for what is wrong. ``place`` is the ``page_key`` of the page that it translates.
    """

    key: str
    file: MarkdownFile
    front_matter: Model_co
    state: State
    diagnostics: tuple[Diagnostic, ...] = ()
    place: str = ""

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
        """``key``, or that of the file in whose place it stands: ``pages/about.md`` for ``pages/about/index.md``.

        A translation stands in the place of what it translates: it has the same for ``pages/about.cy.md``.
        """
        return self.place or page_key(self.key)

    @property
    def folder(self) -> str:
        """The first folder of ``key``: ``posts``, ``pages``, ``services`` and so on."""
        return self.key.partition("/")[0]

    @property
    def slug(self) -> str:
        """The last part of the address of its page."""
        return str(getattr(self.front_matter, "slug", self.stem))

    @property
    def path(self) -> str:
        """The path of its page from the root of the pages in its language."""
        if self.page_key == HOME_PAGE:
            return HOME
        return path_in_folder(self.folder, self.slug)

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


_WORDS: Mapping[str, frozenset[str]] = {
    "services": frozenset({"conditions", "questions"}),
    "team": frozenset({"role", "qualifications", "member_of", "languages", "conditions"}),
    "locations": frozenset({"image"}),
    "events": frozenset(),
    "exercises": frozenset({"times", "hold", "how_often", "feel", "stop"}),
}
"""Keys of a record that are words, beside those of every file; all others are facts, and stand in one file."""
_WORDS_OF_ALL = frozenset(
    {"title", "summary", "image_alt", "status", "aliases", "others", "claims", "language", "translation_of"}
)
_NOT_HANDED_ON = frozenset({"status", "aliases", "others", "claims", "language", "translation_of"})
"""Keys that are of one file, and not of its translations."""
_OF_EVERY_LANGUAGE = ("author", "authors", "services", "booking", "comments")
"""Keys of an article that name records; a translation has them of what it translates, unless it has its own."""


@dataclass(frozen=True)
class DocumentReader:
    """What every file is read with: ``context`` for single values (time zone, country), and the time.

    ``language`` is that of the files and ``own`` that of the clinic (BCP 47). ``places`` is as ``Spoken.places``;
    ``originals`` are the documents that files translate, by the key of the translation.
    """

    context: Mapping[str, Any]
    now: datetime
    language: str = "en"
    own: str = "en"
    places: dict[str, str] = field(default_factory=dict)
    originals: Mapping[str, Document[Any]] = field(default_factory=dict)

    def place(self, key: str) -> str:
        """The key of the page in whose place a file stands (``Document.page_key``)."""
        return self.places.get(key) or page_key(key)

    def add_place(self, key: str, place: str) -> None:
        """Let a page that has no file stand in the place of another."""
        if key != place:
            self.places[key] = place

    def article(self, key: str, file: MarkdownFile) -> Document[ArticleFrontMatter]:
        """A file of ``posts/``; its name may give day and slug, and what it translates both."""
        original = self.originals.get(key)
        stem = PurePosixPath(self.place(key)).stem
        own_stem = PurePosixPath(page_key(key)).stem
        slug, day = slug_in_name(stem), day_in_name(own_stem) or day_in_name(stem)
        known: dict[str, Any] = {name: value for name, value in (("slug", slug), ("date", day)) if value}
        if original:
            given = original.file.front_matter.value
            known |= {"slug": original.slug, "date": day_in_name(own_stem) or original.front_matter.date}
            known |= {name: given[name] for name in _OF_EVERY_LANGUAGE if name in given}
            known = _without_other_author({**known, **_image_of(original, file)}, file)
        fallback = {"title": stem, "slug": known.get("slug") or slug_instead(stem), "date": self.now}
        found = () if "slug" in file.front_matter.value else _nameless(file, stem)
        if found:  # it is not said as well that the name has no day
            known["date"] = self.now
        return self._read(key, file, ArticleFrontMatter, known, fallback, found)

    def page(self, key: str, file: MarkdownFile, generated: Mapping[str, str]) -> Document[PageFrontMatter]:
        """A file of ``pages/``; ``generated`` is what the facts know of its front matter."""
        stem, original = PurePosixPath(self.place(key)).stem, self.originals.get(key)
        slug = original.slug if original else slug_like(stem)
        known = {**({"slug": slug} if is_slug(slug) else {}), **generated}
        fallback = {"title": stem, "slug": slug_instead(stem), **known}  # the image of an original may be wrong
        known |= _image_of(original, file) if original else {}
        renames = not original and is_slug(slug) and slug != stem and "slug" not in file.front_matter.value
        found = _nameless(file, stem) or ((_rename(file, slug),) if renames else ())
        return self._read(key, file, PageFrontMatter, known, fallback, found)

    def record(self, key: str, file: MarkdownFile, model: type[AnyModel]) -> Document[AnyModel]:
        """A file of ``services/``, ``team/``, ``events/`` or ``exercises/``, as its ``model``.

        A translation has the facts of what it translates.
        """
        stem, original = PurePosixPath(self.place(key)).stem, self.originals.get(key)
        found = _nameless(file, stem) or (() if is_slug(stem) else (_rename(file, slug_like(stem)),))
        fallback = {"title": stem, **({"when": f"{self.now:%Y-%m-%d}"} if model is EventFrontMatter else {})}
        if original is None:
            return self._read(key, file, model, {}, fallback, found)
        said = said_in(original.file.front_matter, self.language, self.own).text.value
        known = {name: value for name, value in said.items() if name not in _NOT_HANDED_ON}
        words = _WORDS_OF_ALL | _WORDS[kind_of_words(key)]
        again = [name for name in file.front_matter.value if name in model.model_fields and name not in words]
        found = (*found, *(_fact_again(file, name, original) for name in again))
        return self._read(key, file, model, known, fallback, found, again)

    def location(
        self, key: str, file: MarkdownFile, generated: Mapping[str, str] | None
    ) -> Document[LocationFrontMatter]:
        """A file of ``locations/``; ``generated`` is None where ``clinic.yaml`` has no such location."""
        if generated is None:
            stand_in = LocationFrontMatter(title=PurePosixPath(self.place(key)).stem)
            state = State.DRAFT if file.is_draft else State.NO_LOCATION
            return Document(key, file, stand_in, state, place=self.places.get(key, ""))
        return self._read(key, file, LocationFrontMatter, generated, generated)

    def _read(
        self,
        key: str,
        file: MarkdownFile,
        model: type[AnyModel],
        known: Mapping[str, Any],
        fallback: Mapping[str, Any],
        found: tuple[Diagnostic, ...] = (),
        left_out: Collection[str] = (),
    ) -> Document[AnyModel]:
        """``known`` may be overruled by what is written, but for what is ``left_out``; ``fallback`` stands in."""
        if len(fallback.get("slug", "")) > LONGEST_SLUG:
            fallback = {**fallback, "slug": slug_instead(fallback["slug"])}
        said = said_in(file.front_matter, self.language, self.own)
        given = {**known, **{name: value for name, value in said.text.value.items() if name not in left_out}}
        # front matter that could not be read has its own diagnostic: no others for what it lacks
        written = YamlText({**fallback, **given} if file.diagnostics else given, said.text.lines)
        front_matter, wrong, _ = validate_what_holds(model, written, file.name, self.context, fallback)
        state = state_of(front_matter, self.now)
        by_language = (Diagnostic(file.name, file.front_matter.line(path), message) for path, message in said.wrong)
        diagnostics = (*file.diagnostics, *found, *by_language, *wrong)
        return Document(key, file, front_matter, state, diagnostics, self.places.get(key, ""))


def _without_other_author(known: dict[str, Any], file: MarkdownFile) -> dict[str, Any]:
    """``author`` and ``authors`` are one key: of what is translated neither holds where the translation has one."""
    has_own = {"author", "authors"} & file.front_matter.value.keys()
    return {name: value for name, value in known.items() if not (has_own and name in {"author", "authors"})}


def _image_of(original: Document[Any], file: MarkdownFile) -> dict[str, Any]:
    """The image of what is translated, where the translation has words for it and none of its own."""
    given, image = file.front_matter.value, original.file.front_matter.value.get("image")
    if not image or "image_alt" not in given or "image" in given:
        return {}
    focus = original.file.front_matter.value.get("image_focus")
    return {"image": image, **({"image_focus": focus} if focus else {})}


def _fact_again(file: MarkdownFile, name: str, original: Document[Any]) -> Diagnostic:
    """A fact in the translation of a record: of two one would be wrong one day."""
    message = f'"{name}" holds in every language and stands in {original.name}; take it out here'
    return Diagnostic(file.name, file.front_matter.line((name,)), message)


def _nameless(file: MarkdownFile, stem: str) -> tuple[Diagnostic, ...]:
    """Hugo and others call a home page, and the head of a list, ``index.md`` or ``_index.md``."""
    if stem.strip("_") != "index":
        return ()
    message = 'the name of this file becomes its address, and "index" says nothing; name it after what it is about'
    return (Diagnostic(file.name, 0, f"{message}, or move its words into pages/home.md or pages/blog.md"),)


def _rename(file: MarkdownFile, slug: str) -> Diagnostic:
    return Diagnostic(file.name, 0, f"the name of this file becomes its address; name it {slug}.md")
