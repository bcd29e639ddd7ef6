"""Practitioners, as schema.org Person."""

from clinic.domain.pages.page import PageFacts, PageKind
from clinic.domain.pages.urls import practitioner_path
from clinic.models.person_name import PersonName
from clinic.models.practitioner import Practitioner, uses_doctor_title
from clinic.models.registers import Registration
from clinic.rendering.structured_data.nodes import MANY, Node, Site, node, reference


def practitioner_nodes(site: Site, page: PageFacts) -> list[Node]:
    """Every practitioner the page names, once: its subject, authors, reviewer, those it lists or who answer on it."""
    answering = (comment.answer_by for comment in page.discussion.comments) if page.discussion else ()
    named = (page.practitioner, *page.authors, page.reviewed_by, *page.team, *answering)
    practitioners = {found.slug: found for found in named if found}
    return [_person_node(site, page, found) for found in practitioners.values()]


def _person_node(site: Site, page: PageFacts, practitioner: Practitioner) -> Node:
    """schema.org Person (Google ProfilePage, Article ``author``), with no more than the page shows."""
    # A card for the authors of an article, on their own lists, and for a team; a reviewer is only named.
    authors = page.authors if page.kind in {PageKind.ARTICLE, PageKind.AUTHOR} else ()
    team = page.team if len(page.team) <= MANY else ()
    is_profile = practitioner == page.practitioner
    return node(
        "Person",
        site.person_id(practitioner.slug),
        **_named(practitioner),
        url=site.url(practitioner_path(practitioner.slug)),
        worksFor=reference(site.clinic_id) if practitioner.left is None else None,
        **(_card(site, practitioner) if is_profile or practitioner in (*team, *authors) else {}),
        **(_profile(site, practitioner) if is_profile else {}),
    )


def byline(site: Site, practitioner: Practitioner) -> Node:
    """A reference with ``name`` and ``url``, for readers that do not follow it (Google Article ``author``)."""
    url = site.url(practitioner_path(practitioner.slug))
    return node("Person", site.person_id(practitioner.slug), **_named(practitioner), url=url)


def _named(practitioner: Practitioner) -> dict[str, object]:
    """Google Article: ``author.name`` is the name alone; schema.org has ``honorificPrefix`` and ``honorificSuffix``."""
    name = PersonName.parse(practitioner.title)
    return {
        "name": practitioner.plain_name,
        "honorificPrefix": "Dr" if uses_doctor_title(name.prefix) else name.prefix,
        "honorificSuffix": practitioner.doctor_of or name.suffix,
    }


def _card(site: Site, practitioner: Practitioner) -> dict[str, object]:
    """schema.org Person: the properties that a card shows, with a PropertyValue for each register."""
    return {
        "jobTitle": practitioner.role,
        "description": practitioner.summary,
        "image": site.image_url(practitioner.image),
        "identifier": [
            node("PropertyValue", propertyID=found.name, value=found.number, url=found.link)
            for found in practitioner.registration
        ],
    }


def _profile(site: Site, practitioner: Practitioner) -> dict[str, object]:
    """schema.org Person: what only their own page shows. A clinic's only location, where they work, is the clinic."""
    # schema.org ``workLocation`` is a Place, which an online business is not
    known = site.clinic.locations
    locations = [slug for slug in practitioner.workplaces if slug in known and not known[slug].online]
    only = len(site.clinic.locations) == 1
    return {
        "telephone": practitioner.phone.e164 if practitioner.phone else None,
        "email": practitioner.email,
        "hasCredential": [
            *map(registered_node, practitioner.registration),
            *(node("EducationalOccupationalCredential", name=name) for name in practitioner.qualifications),
        ],
        "memberOf": [node("Organization", name=name) for name in practitioner.member_of],
        "workLocation": [reference(site.clinic_id if only else site.location_id(slug)) for slug in locations],
        "knowsLanguage": list(practitioner.languages),
        "sameAs": list(practitioner.social),
    }


def registered_node(registration: Registration) -> Node:
    """schema.org EducationalOccupationalCredential, ``recognizedBy`` the body that keeps the register."""
    abbreviation = registration.register.abbreviation if registration.register else None
    return node(
        "EducationalOccupationalCredential",
        credentialCategory=registration.number_kind,
        name=f"{registration.name} {registration.number}",
        recognizedBy=node("Organization", name=registration.name, alternateName=abbreviation),
        url=registration.link,
    )
