"""The people who work at the clinic."""

from enum import IntEnum

from clinic.facts.addresses import practitioner_path
from clinic.facts.pages import PageFacts, PageKind
from clinic.facts.team import Practitioner, Registration
from clinic.rendering.structured_data.nodes import Node, node, reference
from clinic.rendering.structured_data.site import Site


class Detail(IntEnum):
    """How much of a person the page shows: the name alone, a card, or their own page."""

    NAME = 0
    CARD = 1
    PROFILE = 2


def people_nodes(site: Site, page: PageFacts) -> list[Node]:
    """Everyone the page names, each once: who it is about, who wrote it, who checked it, who is listed on it."""
    named = (page.practitioner, *page.authors, page.reviewed_by, *page.team)
    people = {person.slug: person for person in named if person}
    return [person_node(site, person, shown_detail(page, person)) for person in people.values()]


def shown_detail(page: PageFacts, person: Practitioner) -> Detail:
    """Articles end with a card of each author, lists of people are cards; a reviewer is only named."""
    if person == page.practitioner:
        return Detail.PROFILE
    carded = person in page.team or (page.kind is PageKind.ARTICLE and person in page.authors)
    return Detail.CARD if carded else Detail.NAME


def person_node(site: Site, person: Practitioner, detail: Detail) -> Node:
    """schema.org Person (Google ProfilePage, Article ``author``), with no more than the page shows."""
    return node(
        "Person",
        site.person_id(person.slug),
        name=person.name,
        url=site.url(practitioner_path(person.slug)),
        worksFor=reference(site.clinic_id) if person.left is None else None,
        **(_card(site, person) if detail >= Detail.CARD else {}),
        **(_profile(person) if detail >= Detail.PROFILE else {}),
    )


def byline(site: Site, person: Practitioner) -> Node:
    """A reference that carries ``name`` and ``url`` with it, for readers that do not follow it (Google Article)."""
    url = site.url(practitioner_path(person.slug))
    return node("Person", site.person_id(person.slug), name=person.name, url=url)


def _card(site: Site, person: Practitioner) -> dict[str, object]:
    """schema.org Person: what a card shows."""
    return {
        "jobTitle": person.role,
        "description": person.summary,
        "image": site.picture_url(person.image),
        "identifier": _register_number(person.registration),
    }


def _profile(person: Practitioner) -> dict[str, object]:
    """schema.org Person: what only their own page has room for."""
    return {
        "telephone": person.phone.e164 if person.phone else None,
        "email": person.email,
        "hasCredential": [*_registered(person.registration), *map(_qualification, person.qualifications)],
        "knowsLanguage": list(person.languages),
        "sameAs": list(person.social),
    }


def _register_number(registration: Registration | None) -> Node | None:
    """schema.org PropertyValue (Thing ``identifier``): the register and the number in it."""
    if registration is None:
        return None
    return node("PropertyValue", propertyID=registration.body, value=registration.number, url=registration.url)


def _registered(registration: Registration | None) -> list[Node]:
    """schema.org EducationalOccupationalCredential, ``recognizedBy`` the body that keeps the register."""
    if registration is None:
        return []
    return [
        node(
            "EducationalOccupationalCredential",
            credentialCategory="registration",
            name=f"{registration.body} {registration.number}",
            recognizedBy=node("Organization", name=registration.body),
            url=registration.url,
        )
    ]


def _qualification(name: str) -> Node:
    """schema.org EducationalOccupationalCredential (Person ``hasCredential``)."""
    return node("EducationalOccupationalCredential", name=name)
