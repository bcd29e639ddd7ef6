"""The people who work at the clinic."""

from enum import IntEnum

from clinic.domain.pages.page import PageFacts, PageKind
from clinic.domain.pages.urls import practitioner_path
from clinic.models.practitioner import Practitioner
from clinic.models.registers import Registration
from clinic.rendering.head.structured_data.nodes import Node, Site, node, reference


class Detail(IntEnum):
    """How much of a person the page shows: the name alone, a card, or their own page."""

    NAME = 0
    CARD = 1
    PROFILE = 2


def people_nodes(site: Site, page: PageFacts) -> list[Node]:
    """Everyone the page names, each once: who it is about, wrote it, checked it, is listed on it, or answers on it."""
    answering = (comment.answer_by for comment in page.discussion.comments) if page.discussion else ()
    named = (page.practitioner, *page.authors, page.reviewed_by, *page.team, *answering)
    people = {person.slug: person for person in named if person}
    return [person_node(site, person, shown_detail(page, person)) for person in people.values()]


def shown_detail(page: PageFacts, person: Practitioner) -> Detail:
    """Articles end with a card of each author, and their own lists begin with it; a reviewer is only named."""
    if person == page.practitioner:
        return Detail.PROFILE
    carded = person in page.team or (page.kind in {PageKind.ARTICLE, PageKind.AUTHOR} and person in page.authors)
    return Detail.CARD if carded else Detail.NAME


def person_node(site: Site, person: Practitioner, detail: Detail) -> Node:
    """schema.org Person (Google ProfilePage, Article ``author``), with no more than the page shows."""
    return node(
        "Person",
        site.person_id(person.slug),
        **_named(person),
        url=site.url(practitioner_path(person.slug)),
        worksFor=reference(site.clinic_id) if person.left is None else None,
        **(_card(site, person) if detail >= Detail.CARD else {}),
        **(_profile(site, person) if detail >= Detail.PROFILE else {}),
    )


def byline(site: Site, person: Practitioner) -> Node:
    """A reference that carries ``name`` and ``url`` with it, for readers that do not follow it (Google Article)."""
    url = site.url(practitioner_path(person.slug))
    return node("Person", site.person_id(person.slug), **_named(person), url=url)


def _named(person: Practitioner) -> dict[str, object]:
    """Google Article: ``author.name`` is the name alone; a title goes into schema.org ``honorificPrefix``."""
    doctor_of = person.doctor_of
    return {
        "name": person.plain_name,
        "honorificPrefix": "Dr" if person.plain_name != person.title else None,
        "honorificSuffix": doctor_of,
    }


def _card(site: Site, person: Practitioner) -> dict[str, object]:
    """schema.org Person: what a card shows."""
    return {
        "jobTitle": person.role,
        "description": person.summary,
        "image": site.image_url(person.image),
        "identifier": [_register_number(found) for found in person.registration],
    }


def _profile(site: Site, person: Practitioner) -> dict[str, object]:
    """schema.org Person: what only their own page has room for."""
    return {
        "telephone": person.phone.e164 if person.phone else None,
        "email": person.email,
        "hasCredential": [*map(registered_node, person.registration), *map(_qualification, person.qualifications)],
        "memberOf": [node("Organization", name=name) for name in person.member_of],
        "workLocation": [reference(address) for address in _workplaces(site, person)],
        "knowsLanguage": list(person.languages),
        "sameAs": list(person.social),
    }


def _workplaces(site: Site, person: Practitioner) -> list[str]:
    """The nodes of the locations where they work; a clinic with one location is that business itself."""
    places = [slug for slug in person.workplaces if slug in site.clinic.locations]
    alone = len(site.clinic.locations) == 1
    return [site.clinic_id if alone else site.location_id(slug) for slug in places]


def _register_number(registration: Registration) -> Node:
    """schema.org PropertyValue (Thing ``identifier``): the register and the number in it."""
    return node("PropertyValue", propertyID=registration.name, value=registration.number, url=registration.link)


def registered_node(registration: Registration) -> Node:
    """schema.org EducationalOccupationalCredential, ``recognizedBy`` the body that keeps the register."""
    register = registration.register
    return node(
        "EducationalOccupationalCredential",
        credentialCategory=registration.number_kind,
        name=f"{registration.name} {registration.number}",
        recognizedBy=node(
            "Organization", name=registration.name, alternateName=register.abbreviation if register else None
        ),
        url=registration.link,
    )


def _qualification(name: str) -> Node:
    """schema.org EducationalOccupationalCredential (Person ``hasCredential``)."""
    return node("EducationalOccupationalCredential", name=name)
