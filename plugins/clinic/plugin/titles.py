"""Whether the owner's words call someone of the team a doctor and leave patients to guess of what."""

from clinic.domain.checks.professional_titles import unexplained_doctor
from clinic.models.practitioner import Practitioner, doctoral_qualification
from clinic.plugin.context import Run
from clinic.plugin.documents import Source

_KEYS = ("title", "summary")


def check_doctors(run: Run, source: Source) -> None:
    """The first "Dr" before a name in each text is followed at once by the qualification (ASA, "Use of the term Dr").

    Looked at are the body, and what the header shows of itself. A person's own file shows their name by itself.
    """
    for person in run.clinic.team.values():
        if person.is_medical_doctor:
            continue
        for key in _KEYS:
            if source.key != f"team/{person.slug}.md" or key != "title":
                _check(
                    run,
                    source,
                    person,
                    str(source.file.front_matter.value.get(key, "")),
                    source.file.front_matter.line((key,)),
                )
        _check(run, source, person, source.file.body, source.file.body_line)


def _check(run: Run, source: Source, person: Practitioner, text: str, first_line: int) -> None:
    known = doctoral_qualification(person.qualifications)
    found = unexplained_doctor(text, person.title, known)
    if found is None:
        return
    called, line = found
    how = (
        f'write "{called} ({known})"'
        if known
        else f'leave "Dr" out, or add of what to "qualifications" in team/{person.slug}.md'
    )
    message = f'"{called}" does not say what kind of doctor this is; {how}'
    run.problems.add(source.file.name, first_line + line, message)
