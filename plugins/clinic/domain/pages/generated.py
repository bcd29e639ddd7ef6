"""Pages that are there because of the facts, whether or not the owner has written a file for them."""

from collections.abc import Iterator, Mapping, Sequence

from clinic.models.clinic import Clinic


def generated_front_matter(clinic: Clinic) -> Mapping[str, Mapping[str, str]]:
    """What the facts know of each such page's header, by its key: the path of the file that may add words to it.

    A further kind of page needs its lines here, its template and address in pelicanconf.py (``EXTRA_PATH_METADATA``),
    and its ``PageKind``.
    """
    return dict(_headers(clinic))


def _headers(clinic: Clinic) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "pages/search.md", {"title": "Search", "summary": "Find an article, a service or a person."}
    if clinic.has_location_pages:
        towns = tuple(dict.fromkeys(place.address.locality for place in clinic.locations.values()))
        yield "pages/locations.md", {"title": "Locations", "summary": f"Where to find us in {_together(towns)}."}
        for slug, place in clinic.locations.items():
            yield f"locations/{slug}.md", {"title": place.name or place.address.locality}
    if clinic.contact_form:
        yield "pages/thank-you.md", {"title": "Thank you", "summary": "Your message has been sent."}


def _together(words: Sequence[str]) -> str:
    """``Larkmouth, Tarn and Weir``."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
