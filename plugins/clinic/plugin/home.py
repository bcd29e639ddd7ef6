"""The bands of the home page, as ``home: sections`` of clinic.yaml has them, and what is wrong with that list."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.domain import events
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.models.base import Status
from clinic.models.frame import TEXT, Section
from clinic.models.suggestions import suggestion
from clinic.models.types import slug_like
from clinic.plugin.context import Context
from clinic.plugin.documents import ReadDocument
from clinic.rendering.markdown.tokens import Heading
from clinic.rendering.text import parts_by_heading, plain_text

HOME_PAGE = "pages/home.md"
_ON_SURFACE = frozenset({TEXT, "team", "locations"})
"""Bands on the second background, where that of the band above is the first."""
_OFTEN_EMPTY = frozenset({"notice", "events", TEXT})
"""Nothing is said where these are empty: notices and events come and go, and what home.md says is told by itself."""
_HOW_TO_FILL = {
    "services": 'no service is listed; add a file to services/, or take "services" out',
    "testimonials": 'there are no testimonials; add some under "testimonials", or take "testimonials" out',
    "events": 'nothing is coming up; add a file to events/, or take "events" out',
    "articles": 'no article is published; write one in posts/, or take "articles" out',
    "team": 'nobody is listed; add a file to team/, or take "team" out',
    "prices": 'no service has a price; add "prices" to a file in services/, or take "prices" out',
}


_NOTHING = Markup("")


@dataclass(frozen=True)
class Band:
    """One band: the name of its partial template, whether it is on the second background, and of a text its HTML.

    ``heading_id`` is the id of the first heading in the HTML of a text, empty without one. ``has_label``: whether a
    text stands under the theme's own words; a part that the owner names by its heading has that.
    """

    name: str
    is_on_surface: bool = False
    html: Markup = _NOTHING
    heading_id: str = ""
    has_label: bool = True


def bands_of(
    sections: Sequence[Section], headings: Iterable[Heading], html: str, empty: Collection[str]
) -> tuple[Band, ...]:
    """The bands that show something, in their order; ``html`` is the text of home.md, ``empty`` what has nothing."""
    parts = _parts(sections, headings, html)
    found: list[Band] = []
    for section in sections:
        heading_id, text = parts.get(section, ("", ""))
        if section.name in empty or (section.name == TEXT and not text.strip()):
            continue
        is_on_surface = section.name in _ON_SURFACE and not (found and found[-1].is_on_surface)
        found.append(Band(section.name, is_on_surface, Markup(text), heading_id, not section.heading))  # noqa: S704 (the owner's Markdown)
    return tuple(found)


def _parts(sections: Sequence[Section], headings: Iterable[Heading], html: str) -> dict[Section, tuple[str, str]]:
    """The text of each section of text, after the id of its first heading; ``text`` alone has what none names."""
    names = {heading.id: slug_like(heading.name) for heading in headings if heading.level == 2}
    split = parts_by_heading(html, names)
    taken: dict[Section, tuple[str, str]] = {}
    for section in sections:
        wanted = slug_like(section.heading or "")
        for part in split:
            if section.heading and names.get(part[0]) == wanted:
                taken.setdefault(section, part)
    rest = [part for part in split if part not in taken.values()]
    if rest:
        begins_with = next((id_ for id_, text in rest if text.strip()), "")
        taken[Section(TEXT)] = begins_with, "".join(text for _, text in rest)
    return taken


def empty_sections(clinic: ClinicOnDay, *, has_articles: bool) -> frozenset[str]:
    """The sections that have nothing to show today, but for those of text."""
    services = [service for service in clinic.services.values() if service.status is not Status.HIDDEN]
    shown = {
        "services": services,
        "testimonials": clinic.testimonials,
        "events": events.listed(clinic),
        "articles": has_articles,
        "team": [person for person in clinic.staff if person.status is not Status.HIDDEN],
        "prices": [service for service in services if service.price_texts()],
        "notice": clinic.notices,
    }
    return frozenset(name for name, found in shown.items() if not found)


def empty_diagnostics(context: Context, *, has_articles: bool) -> Iterator[Diagnostic]:
    """Sections that the owner asks for and that have nothing to show."""
    facts, clinic = context.content.clinic_yaml, context.clinic
    if not facts.holds or "home" not in facts.written.value:
        return
    empty = empty_sections(clinic, has_articles=has_articles) - _OFTEN_EMPTY
    for number, section in enumerate(clinic.home.sections):
        if section.name in empty:
            message = f'the home page has nothing to show for "{section.name}": {_HOW_TO_FILL[section.name]}'
            yield Diagnostic(facts.name, facts.line(("home", "sections", number)), message, Severity.WARNING)


def text_diagnostics(context: Context, read: ReadDocument, html: str) -> Iterator[Diagnostic]:
    """Headings that ``sections`` names and home.md does not have, and what home.md says and no section shows."""
    facts, sections = context.content.clinic_yaml, context.clinic.home.sections
    if read.document.page_key != HOME_PAGE or "home" in facts.faulty:
        return
    outermost = {id_ for id_, _ in parts_by_heading(html, [heading.id for heading in read.headings])}
    headings = [heading for heading in read.headings if heading.id in outermost]
    known = [slug_like(heading.name) for heading in headings]
    is_written = not context.content.language_folder or read.document.file.is_written
    for number, section in enumerate(sections):
        if is_written and section.heading and slug_like(section.heading) not in known:
            names = [heading.name for heading in headings]
            how = suggestion(section.heading, names) or "; write one there: ## and its words"
            if section.heading in context.foreign.texts:
                own, here = context.foreign.language, context.clinic.language
                how = f'; write the words of one in both languages: "text: {{{own}: {section.heading}, {here}: …}}"'
            where = read.name if context.content.language_folder else HOME_PAGE
            message = f'there is no heading "{section.heading}" in {where}{how}'
            yield Diagnostic(facts.name, facts.line(("home", "sections", number, TEXT)), message)
    left = plain_text(_parts(sections, headings, html).get(Section(TEXT), ("", ""))[1])
    if left and Section(TEXT) not in sections:
        words = " ".join(left.split()[:8])
        message = f'no section of the home page shows these words: "{words} …"; add "text" to "sections" in clinic.yaml'
        yield Diagnostic(read.name, read.document.file.body_line, message, Severity.WARNING)
