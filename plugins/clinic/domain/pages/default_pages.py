"""The pages that every site must have, made from the facts where the owner has no file for one."""

from collections.abc import Collection, Iterator, Mapping

from clinic.domain.booking.call_to_action import ways_to_ask
from clinic.models.booking import BookingMethod
from clinic.models.clinic import Clinic
from clinic.models.legal import imprint_law
from clinic.models.suggestions import join_or

IMPRINT = "pages/imprint.md"
_OWN_IMPRINTS = frozenset({IMPRINT, "pages/impressum.md"})
"""The files in which an owner may write it, under its English or its German name."""
_WAYS: Mapping[BookingMethod, str] = {
    BookingMethod.PHONE: "by phone",
    BookingMethod.TEXT: "by text message",
    BookingMethod.WHATSAPP: "on WhatsApp",
    BookingMethod.EMAIL: "by e-mail",
}


def default_front_matter(
    clinic: Clinic, written: Collection[str] = (), *, has_articles: bool
) -> Mapping[str, Mapping[str, str]]:
    """The front matter of the required pages, by the path of the file that would stand in place of each.

    ``written`` are the keys of the owner's pages; ``has_articles``: whether the blog lists any; an empty one is in no
    menu. A written file replaces all of it: nothing here is added to what an owner says.
    """
    found = {
        "pages/home.md": _home(clinic),
        "pages/blog.md": {"title": "Articles", "summary": f"Articles from {clinic.name}."},
        "pages/contact.md": {"title": "Contact us", "menu": "Contact", "summary": _contact(clinic)},
        "pages/book.md": {"title": "Book an appointment", "summary": _book(clinic)},
        "pages/privacy.md": {"title": "Privacy", "summary": f"What {clinic.name} learns about you from this website."},
        "pages/accessibility.md": {
            "title": "Accessibility",
            "summary": "How this website is made to work for everyone, and what to do if something gets in your way.",
        },
        "pages/not-found.md": {
            "title": "We can’t find that page",
            "summary": "The page may have moved. Here is how to find what you need.",
        },
    }
    if has_articles:
        found["pages/blog.md"]["menu"] = "Articles"
    if clinic.services:
        found["pages/services.md"] = {"title": "Our services", "menu": "Services", "summary": _offers(clinic)}
    if clinic.team:
        found["pages/team.md"] = {"title": "Our team", "menu": "Team", "summary": f"The people at {clinic.name}."}
    if (law := imprint_law(clinic.country)) and not _OWN_IMPRINTS.intersection(written):
        found[IMPRINT] = {"title": "Imprint", "summary": f"Who provides this website ({law})."}
    return found


def missing_in_imprint(clinic: Clinic) -> tuple[str, ...]:
    """What § 5(1) DDG asks of everybody and the facts do not have, in the words of an error message."""
    address = clinic.home_location.address
    known = {
        '"name" under "legal", the person or company behind the site': clinic.legal.name,
        '"street" and "postcode" under "address"': address and address.street and address.postcode,
        '"email"': clinic.email,
    }
    return tuple(what for what, value in known.items() if not value)


def _home(clinic: Clinic) -> dict[str, str]:
    """The clinic's own words, else its name and how to come to an appointment."""
    summary = clinic.description or f"Book an appointment {_where(clinic)}{_by(_asked(clinic))}."
    return {"title": clinic.strapline or f"Welcome to {clinic.name}", "summary": summary}


def _where(clinic: Clinic) -> str:
    return clinic.home_location.in_words if len(clinic.locations) == 1 else f"at {clinic.name}"


def _offers(clinic: Clinic) -> str:
    where = f" {clinic.home_location.in_words}" if len(clinic.locations) == 1 else ""
    return f"What {clinic.name} offers{where}."


def _contact(clinic: Clinic) -> str:
    return f"How to reach {clinic.name}{_by(_asked(clinic))}."


def _book(clinic: Clinic) -> str:
    online = ["online"] if clinic.booking.online_url else []
    return f"Book an appointment at {clinic.name}{_by([*online, *_asked(clinic)])}."


def _asked(clinic: Clinic) -> Iterator[str]:
    """The ways to ask for an appointment, in the owner's order."""
    return (_WAYS[way.method] for way in ways_to_ask(clinic, "an appointment"))


def _by(ways: Collection[str] | Iterator[str]) -> str:
    listed = [*ways]
    return f": {join_or(listed)}" if listed else ""
