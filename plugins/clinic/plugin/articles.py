"""An article: its header in full, who wrote it and what it is about, and the call to action at its foot."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from pelican.urlwrappers import Author, Category, Tag

from clinic.content.front_matter import day_in_name, slug_in_name, slug_instead, slug_of
from clinic.domain.booking.call_to_action import call_to_action_for
from clinic.domain.booking.campaign import Origin
from clinic.domain.booking.routing import ANY_SUBJECT, Subject, not_offered_error, service_for, unlisted_conditions
from clinic.domain.pages.urls import article_path
from clinic.models.articles import ArticleFrontMatter
from clinic.models.base import Status
from clinic.models.practitioner import Practitioner
from clinic.models.service import Service
from clinic.models.suggestions import suggestion
from clinic.plugin.context import Run
from clinic.plugin.documents import Metadata, Source, render, shared_metadata
from clinic.rendering.markdown.directive_views import BOOK_PAGE, approved_care_card
from clinic.rendering.markdown.renderer import Heading, Rendered
from clinic.rendering.text import reading_minutes

REFERENCES = "references"
"""The id of their heading in the component."""


def read_article(run: Run, source: Source, settings: Mapping[str, Any]) -> tuple[str, Metadata]:
    """The body with its call to action, and the metadata."""
    front_matter = _header(run, source)
    services = _services(run, source, front_matter)
    people = _people(run, source, front_matter)
    _check_conditions(run, source, front_matter)
    subject = _subject(run, front_matter, services, people)
    page = article_path(front_matter.slug)
    rendered = render(run, source.file, page, subject)
    if not source.file.body.strip() and not source.file.problems:
        source.problem(run, (), "the article is empty; write something below the header, or remove the file")
    metadata = shared_metadata(run, source, front_matter, rendered)
    if front_matter.references:
        metadata["headings"] = (*rendered.headings, Heading(2, REFERENCES, "References"))
    metadata |= {
        "template": "article",
        "slug": front_matter.slug,
        "date": front_matter.date.astimezone(run.clinic.zone),  # one zone, so that the order is that of days and years
        "services": services,
        "people": people,
        "subject": subject,
        "about": tuple((condition, service_for(run.clinic, condition)) for condition in front_matter.conditions),
        "minutes": reading_minutes(metadata["word_count"]),
    }
    cards = _care_cards(run, front_matter, rendered)
    # text, since Markup would escape the body
    html = (
        rendered.html
        + str(cards)
        + str(_foot(run, front_matter, rendered, subject, page))
        + str(_references(run, front_matter))
    )
    return html, metadata | _taxonomy(run, source, front_matter, settings)


def _header(run: Run, source: Source) -> ArticleFrontMatter:
    name = source.path.stem
    slug, day = slug_in_name(name), day_in_name(name)
    from_name = {key: value for key, value in (("slug", slug), ("date", day)) if value}
    fallback = {"title": name, "slug": slug or slug_instead(name), "date": run.now}
    return source.front_matter(run, ArticleFrontMatter, from_name, fallback)


def _taxonomy(run: Run, source: Source, front_matter: ArticleFrontMatter, settings: Mapping[str, Any]) -> Metadata:
    """The lists an article is in, as Pelican's objects; none that is empty, which Pelican cannot bear."""
    names = [person or name for name in front_matter.authors for person in (run.clinic.practitioner(name),)]
    found: Metadata = {}
    if names:
        found["authors"] = [_author(name, settings) for name in names]
    if front_matter.modified:
        found["modified"] = front_matter.modified
    if front_matter.status is Status.HIDDEN:  # it is in no list, so it leads to none: the list might not be there
        return found
    if tags := _addressable(run, source, "tags", front_matter.tags):
        found["tags"] = [Tag(tag, settings) for tag in tags]
    if front_matter.category and _addressable(run, source, "category", (front_matter.category,)):
        found["category"] = Category(front_matter.category, settings)
    return found


def _author(who: Practitioner | str, settings: Mapping[str, Any]) -> Author:
    """Pelican's, named as the person may be named; the address has no room for what a doctor is a doctor of."""
    if isinstance(who, str):
        return Author(who, settings)
    author = Author(who.name, settings)
    author.slug = Author(who.title, settings).slug
    return author


def _addressable(run: Run, source: Source, key: str, names: Sequence[str]) -> list[str]:
    """Those of the names whose lists can have an address."""
    for number, name in enumerate(names):
        if not slug_of(name):
            source.problem(run, (key, number), f'"{name}" cannot be part of an address; use a word with letters')
    return [name for name in names if slug_of(name)]


def _people(run: Run, source: Source, front_matter: ArticleFrontMatter) -> tuple[Practitioner, ...]:
    """Who wrote it, as far as they have files in ``team/``."""
    key = "authors" if "authors" in source.file.front_matter.value else "author"
    found = [known_person(run, source, (key, number), name) for number, name in enumerate(front_matter.authors)]
    return tuple(person for person in found if person)


def known_person(run: Run, source: Source, place: tuple[str | int, ...], name: str) -> Practitioner | None:
    """The person of this name or file name; a problem at ``place`` of the header if there is none."""
    person = run.clinic.practitioner(name)
    if person is None and slug_of(name) not in run.folder.unreadable["team"]:
        names = [known.name for known in run.clinic.team.values()]
        what = "author" if str(place[0]).startswith("author") else "reviewer"
        near = suggestion(name, names) or f"; make a file for this person: team/{slug_of(name)}.md"
        source.problem(run, place, f'unknown {what} "{name}"{near}')
    return person


def _services(run: Run, source: Source, front_matter: ArticleFrontMatter) -> tuple[Service, ...]:
    """What it is about; the service that its booking names comes first only if it names no other."""
    places: dict[str, tuple[str | int, ...]] = {}
    if front_matter.booking and front_matter.booking != "none":
        places[front_matter.booking] = ("booking",)
    places |= {name: ("services", number) for number, name in enumerate(front_matter.services)}
    found = {name: _known_service(run, source, place, name) for name, place in places.items()}
    ordered = dict.fromkeys([*front_matter.services, *found])
    return tuple(service for name in ordered if (service := found[name]))


def _known_service(run: Run, source: Source, place: tuple[str | int, ...], name: str) -> Service | None:
    service = run.clinic.service(name)
    if service is None and slug_of(name) not in run.folder.unreadable["services"]:
        near = suggestion(name, run.clinic.services) or f"; make a file for it: services/{slug_of(name)}.md"
        source.problem(run, place, f'unknown service "{name}"{near}')
    if run.folder.team_is_whole and (fault := not_offered_error(run.clinic, service)):
        source.problem(run, place, fault)
    return service


def _check_conditions(run: Run, source: Source, front_matter: ArticleFrontMatter) -> None:
    """A reader with the condition is sent to the clinic as a whole; the owner may want to know."""
    for condition in unlisted_conditions(run.clinic, front_matter.conditions):
        place = ("conditions", front_matter.conditions.index(condition))
        message = f'no service and no person names "{condition}" under "conditions"; this article leads to none of them'
        source.note(run, place, message)


def _subject(
    run: Run, front_matter: ArticleFrontMatter, services: tuple[Service, ...], people: tuple[Practitioner, ...]
) -> Subject:
    """What decides its calls to action; ``booking: none`` asks for no more than the clinic's own."""
    if front_matter.booking == "none":
        return ANY_SUBJECT
    booking = run.clinic.service(front_matter.booking) if front_matter.booking else None
    return Subject(services, front_matter.conditions, booking, people[0] if len(people) == 1 else None)


def _references(run: Run, front_matter: ArticleFrontMatter) -> Markup:
    """What it leans on, at its very end; a part of the body, so that feeds have it too."""
    return (
        run.components.render("references", citations=front_matter.references)
        if front_matter.references
        else Markup("")
    )


def _care_cards(run: Run, front_matter: ArticleFrontMatter, rendered: Rendered) -> Markup:
    """The care cards that an article on these conditions must carry, after its text unless it shows them itself."""
    shown = {directive.option("card") for directive in rendered.directives}
    cards = run.clinic.care_cards_for(front_matter.conditions)
    missing = [card for slug, card in cards.items() if slug not in shown]
    return Markup("").join(approved_care_card(run.clinic, run.components.render, card) for card in missing)


def _foot(run: Run, front_matter: ArticleFrontMatter, rendered: Rendered, subject: Subject, page: str) -> Markup:
    """The call to action at the end of an article that has none of its own."""
    if front_matter.booking == "none" or any(directive.name == "booking" for directive in rendered.directives):
        return Markup("")
    action = call_to_action_for(run.clinic, BOOK_PAGE, subject=subject, origin=Origin(page, "foot"))
    return run.components.render("call_to_action", heading=None, body=Markup(""), action=action)
