"""What the owner puts on the home page and into the menus: ``home``, ``menu`` and ``footer`` in clinic.yaml."""

from collections.abc import Callable, Hashable
from typing import Annotated, Any, NamedTuple, Self, TypeAlias

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.suggestions import suggestion
from clinic.models.types import NO_URL, comma_parts, is_url

PROMISE, TEXT, CLOSING = "promise", "text", "closing"
SECTION_NAMES = (
    PROMISE, "services", TEXT, "testimonials", "events", "articles", "team", "prices", "locations", "notice", CLOSING
)  # fmt: skip


class Section(NamedTuple):
    """A band of the home page; ``heading`` names the part of home.md that a band of text shows, None all the rest."""

    name: str
    heading: str | None = None

    def __str__(self) -> str:
        return f"{self.name}: {self.heading}" if self.heading else self.name


DEFAULT_SECTIONS = tuple(
    map(Section, ("promise", "services", "text", "testimonials", "events", "articles", "locations", "closing"))
)


class MenuItem(NamedTuple):
    """A line of a menu.

    ``words`` are the owner's own, None for those of the page. ``page`` is a page as she names it (path, title or file);
    of an address elsewhere it is None, and ``url`` has it.
    """

    words: str | None
    page: str | None
    url: str | None = None


class _Given(NamedTuple):
    """An item of a list as it was typed; ``is_again``: whether an earlier one means the same."""

    value: Any
    is_again: bool


def _once(meaning: Callable[[Any], Hashable]) -> BeforeValidator:
    """The validator of a list of which each item says something else, so that each repeat has a line of its own."""

    def listed(value: Any) -> Any:
        items = comma_parts(value) if isinstance(value, str) else value
        if isinstance(items, dict):  # the hyphens before its lines left out
            items = [{key: item} for key, item in items.items()]
        if not isinstance(items, list | tuple):
            return items
        meanings = [meaning(item) for item in items]
        return [_Given(item, meanings[number] in meanings[:number]) for number, item in enumerate(items)]

    return BeforeValidator(listed)


def _plain(value: Any) -> Hashable:
    return repr(value).casefold()


def _target(value: Any) -> Hashable:
    """Where an item of a menu leads, however it is called."""
    found = next(iter(value.values())) if isinstance(value, dict) and value else value
    return str(found).strip("/ ").casefold()


def _section(given: Any) -> Any:
    if not isinstance(given, _Given):
        return given
    value, heading = given.value, None
    if isinstance(value, tuple):  # one that has been dumped
        return Section(*value)
    if isinstance(value, dict):
        if len(value) != 1:
            raise RecordError("", 'one line of "sections" is one band; begin each on a line of its own, with "- "')
        [(value, heading)] = value.items()
        if value != TEXT or not isinstance(heading, str) or not heading:
            raise RecordError("", f'nothing stands behind "{value}:" here; write "- {value}"')
    if not isinstance(value, str) or value not in SECTION_NAMES:
        raise RecordError("", f'the home page has no section "{value}"{suggestion(str(value), SECTION_NAMES)}')
    if given.is_again:
        again = f"{value}: {heading}" if heading else value
        raise RecordError("", f'"{again}" stands twice in "sections"; keep one of the two')
    return Section(value, heading)


def _item(given: Any) -> Any:
    if not isinstance(given, _Given):
        return given
    if isinstance(given.value, tuple):
        return MenuItem(*given.value)
    words, value = _words_and_target(given.value)
    if given.is_again:
        raise RecordError("", f'"{value}" stands twice in this menu; keep one of the two')
    if is_url(value) and words is None:
        raise RecordError("", f'an address needs its words before it; write "Patient login: {value}"')
    if "://" in value and not is_url(value):
        raise RecordError("", f'"{value}" {NO_URL}')
    return MenuItem(words, None, value) if is_url(value) else MenuItem(words, value)


def _words_and_target(value: Any) -> tuple[str | None, str]:
    """The words before the colon of a line, if there is one, and what stands behind it."""
    words = None
    if isinstance(value, dict) and value:
        if len(value) > 1:
            raise RecordError("", 'one line of a menu leads to one page; begin each on a line of its own, with "- "')
        [(words, value)] = value.items()
    if not isinstance(value, str) or not value:
        name = f'"{words}"' if words else "this line of the menu"
        raise RecordError("", f"{name} leads nowhere; write words, a colon, and a page or an address with https://")
    return words, value


Sections: TypeAlias = Annotated[tuple[Annotated[Any, PlainValidator(_section)], ...], _once(_plain)]
Menu: TypeAlias = Annotated[tuple[Annotated[Any, PlainValidator(_item)], ...], _once(_target)]


class Home(Record):
    """``home`` in clinic.yaml."""

    sections: Sections = Field(
        default=DEFAULT_SECTIONS,
        description=f"its bands in your order, of {', '.join(SECTION_NAMES)}; or text: and a heading of home.md",
    )

    def shows(self, name: str) -> bool:
        """Whether a section of this name is among them."""
        return any(section.name == name for section in self.sections)

    @model_validator(mode="after")
    def _has_headline(self) -> Self:
        """A page has one headline (WCAG 2.4.6), and the promise is that of the home page."""
        if not self.shows(PROMISE):
            raise RecordError("sections", 'the home page has no headline without "promise"; add it to "sections"')
        return self
