"""Whether fees, and the two ways to book, agree with the services that they name."""

from collections.abc import Collection, Iterator

from clinic.domain.checks import Finding
from clinic.models.clinic import Clinic
from clinic.models.suggestions import suggestion
from clinic.models.types import KeyPath


def offer_findings(clinic: Clinic, absent: Collection[str]) -> Iterator[Finding]:
    """Names of services that are not there; naming one that is ``absent``, being wrong or a draft, is no error."""
    for number, fee in enumerate(clinic.fees):
        for place, slug in enumerate(fee.services):
            yield from _unknown(clinic, absent, ("fees", number, "services", place), slug)
    for key, visit in (("first_visit", clinic.first_visit), ("returning", clinic.returning)):
        if visit and visit.service:
            yield from _unknown(clinic, absent, (key, "service"), visit.service)
    first, again = clinic.first_visit, clinic.returning
    if first and again and first.service and first.service == again.service:
        message = '"first_visit" and "returning" name the same service; name another, or take one of the two out'
        yield Finding("clinic", ("returning", "service"), message)


def _unknown(clinic: Clinic, absent: Collection[str], key_path: KeyPath, slug: str) -> Iterator[Finding]:
    if slug not in clinic.services and slug not in absent:
        how = suggestion(slug, clinic.services) or f"; make a file for it: services/{slug}.md"
        yield Finding("clinic", key_path, f'unknown service "{slug}"{how}')
