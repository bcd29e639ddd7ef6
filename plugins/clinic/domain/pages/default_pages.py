"""The pages that every site must have, made from the facts where the owner has no file for one."""

from collections.abc import Collection, Mapping, Sequence

from clinic.domain.booking.booking_words import BookingWords
from clinic.domain.booking.call_to_action import ways_to_ask
from clinic.domain.booking.routing import BookingTarget
from clinic.models.booking import BookingMethod
from clinic.models.clinic import Clinic
from clinic.models.legal import imprint_law
from clinic.models.service import Service
from clinic.models.words import N_, gettext, in_choice, pgettext

IMPRINT = "pages/imprint.md"
OWN_IMPRINTS = frozenset({IMPRINT, "pages/impressum.md"})
"""The files in which an owner may write it, under its English or its German name."""
_WAYS: Mapping[BookingMethod, str] = {
    BookingMethod.PHONE: N_("by phone"),
    BookingMethod.TEXT: N_("by text message"),
    BookingMethod.WHATSAPP: N_("on WhatsApp"),
    BookingMethod.EMAIL: N_("by e-mail"),
}


def default_front_matter(
    clinic: Clinic, written: Collection[str] = (), *, has_articles: bool
) -> Mapping[str, Mapping[str, str]]:
    """The front matter of the required pages, by the path of the file that would stand in place of each.

    ``written`` are the keys of the owner's pages; ``has_articles``: whether the blog lists any; an empty one is in no
    menu, nor is a team that is one name. A written file replaces all of it: nothing here is added to what an owner
    says.
    """
    name = clinic.name
    found = {
        "pages/home.md": _home(clinic),
        "pages/blog.md": _page(gettext("Articles"), gettext("Articles from {clinic}.", clinic=name)),
        "pages/contact.md": _page(gettext("Contact us"), _contact(clinic), menu=gettext("Contact")),
        "pages/book.md": _page(gettext("Book an appointment"), _book(clinic)),
        "pages/privacy.md": _page(
            gettext("Privacy"), gettext("What {clinic} learns about you from this website.", clinic=name)
        ),
        "pages/accessibility.md": _page(
            gettext("Accessibility"),
            gettext("How this website is made to work for everyone, and what to do if something gets in your way."),
        ),
        "pages/not-found.md": _page(
            gettext("We can’t find that page"), gettext("The page may have moved. Here is how to find what you need.")
        ),
    }
    if has_articles:
        found["pages/blog.md"]["menu"] = gettext("Articles")
    if clinic.services:
        found["pages/services.md"] = _page(gettext("Our services"), _offers(clinic), menu=gettext("Services"))
    if clinic.team:
        people = gettext("The people at {clinic}.", clinic=name)
        found["pages/team.md"] = _page(gettext("Our team"), people, menu=gettext("Team") if _says_who(clinic) else None)
    if (law := imprint_law(clinic.country)) and not OWN_IMPRINTS.intersection(written):
        found[IMPRINT] = _page(gettext("Imprint"), gettext("Who provides this website ({law}).", law=law))
    return found


def default_description(clinic: Clinic, key: str, service: Service | None = None) -> str:
    """What search engines may say of a page that its owner has left without words, by the key of its file.

    That is the summary of the page that would stand in its place, or how a ``service`` is booked; empty for others.
    """
    if service:
        target = BookingTarget(service=service)
        return BookingWords.of(target, target).heading(clinic.name)
    return default_front_matter(clinic, has_articles=True).get(key, {}).get("summary", "")


def _says_who(clinic: Clinic) -> bool:
    """Whether the page of the team says more than one name."""
    told = ("role", "summary", "image", "registration", "qualifications")
    return len(clinic.staff) > 1 or any(getattr(one, key) for one in clinic.staff for key in told)


def _page(title: str, summary: str, *, menu: str | None = None) -> dict[str, str]:
    return {"title": title, "summary": summary, **({"menu": menu} if menu else {})}


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
    title = clinic.strapline or gettext("Welcome to {clinic}", clinic=clinic.name)
    return _page(title, clinic.description or _invitation(clinic, _asked(clinic)))


def _invitation(clinic: Clinic, ways: Sequence[str]) -> str:
    """Where to book an appointment: at the only location, else at the clinic; and by which ways."""
    if len(clinic.locations) > 1:
        return _book_at(clinic, ways)
    where = clinic.home_location.in_words
    if not ways:
        return gettext("Book an appointment {where}.", where=where)
    # Translators: where and how: "Book an appointment in Larkmouth: by phone or by e-mail."
    return gettext("Book an appointment {where}: {ways}.", where=where, ways=in_choice(ways))


def _book(clinic: Clinic) -> str:
    # Translators: a way to book: "Book an appointment at Quay Clinic: online, by phone or by e-mail."
    online = [pgettext("how", "online")] if clinic.booking.online_url else []
    return _book_at(clinic, [*online, *_asked(clinic)])


def _book_at(clinic: Clinic, ways: Sequence[str]) -> str:
    if not ways:
        return gettext("Book an appointment at {clinic}.", clinic=clinic.name)
    return gettext("Book an appointment at {clinic}: {ways}.", clinic=clinic.name, ways=in_choice(ways))


def _offers(clinic: Clinic) -> str:
    if len(clinic.locations) > 1:
        return gettext("What {clinic} offers.", clinic=clinic.name)
    # Translators: the clinic and where it is: "What Quay Clinic offers in Larkmouth."
    return gettext("What {clinic} offers {where}.", clinic=clinic.name, where=clinic.home_location.in_words)


def _contact(clinic: Clinic) -> str:
    ways = _asked(clinic)
    if not ways:
        return gettext("How to reach {clinic}.", clinic=clinic.name)
    return gettext("How to reach {clinic}: {ways}.", clinic=clinic.name, ways=in_choice(ways))


def _asked(clinic: Clinic) -> list[str]:
    """The ways to ask for an appointment, in the owner's order."""
    return [gettext(_WAYS[way.method]) for way in ways_to_ask(clinic, "")]
