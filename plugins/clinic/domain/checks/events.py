"""Whether events agree with the rest of the facts: where they take place, and who holds them."""

from collections.abc import Iterator

from clinic.domain.checks import Finding
from clinic.domain.events import ONLINE, occurrences
from clinic.models.clinic import Clinic
from clinic.models.events import Event
from clinic.models.suggestions import join_or, suggestion
from clinic.models.types import is_slug


def event_findings(clinic: Clinic, *, team_is_whole: bool) -> Iterator[Finding]:
    """Every event whose place or people are not known; a word without spaces and capitals means a location."""
    for slug, event in clinic.events.items():
        record, where = f"events/{slug}", event.where
        if where is None and len(clinic.locations) > 1:
            known = join_or((*clinic.locations, ONLINE))
            message = f'it is not said where this takes place; add "where" with {known}, or the name of another place'
            yield Finding(record, ("title",), message)
        elif where and is_slug(where) and where != ONLINE and where not in clinic.locations:
            how = suggestion(where, (*clinic.locations, ONLINE))
            message = f'unknown location "{where}"{how}; another place has its name and its address'
            yield Finding(record, ("where",), message)
        yield from _left_out_days(record, event)
        for number, name in enumerate(event.practitioners if team_is_whole else ()):
            if name not in clinic.team:
                how = suggestion(name, clinic.team) or f"; make a file for this person: team/{name}.md"
                yield Finding(record, ("practitioners", number), f'unknown person "{name}"{how}')


def _left_out_days(record: str, event: Event) -> Iterator[Finding]:
    """A day that is left out must be one on which it would take place, or the wrong one is left in."""
    for number, day in enumerate(event.not_on):
        whole = event.model_copy(update={"not_on": (), "until": day})
        if not any(found.first == day for found in occurrences(whole)):
            message = f"{day} is none of the days on which this takes place; correct it, or remove it"
            yield Finding(record, ("not_on", number), message)
