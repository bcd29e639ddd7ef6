"""When what an article or a page says was checked, and when it is due again."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from clinic.domain.schedule import Rebuild, next_review, start_of_day
from clinic.models.clinic import Clinic
from clinic.plugin.context import Run
from clinic.plugin.documents import AnyFrontMatter
from clinic.rendering.dates import day, month


def day_reviewed(front_matter: AnyFrontMatter) -> date | None:
    """The day of the review that the header tells of."""
    reviewed: datetime | None = getattr(front_matter, "reviewed", None)
    return reviewed.date() if reviewed else None


def review_due(front_matter: AnyFrontMatter, clinic: Clinic) -> date | None:
    """The day by which it is to be reviewed again, as the header or else the clinic says how often."""
    reviewed = day_reviewed(front_matter)
    every: int | None = getattr(front_matter, "review_every", None) or clinic.reviews.every
    return next_review(reviewed, every) if reviewed and every else None


def note_overdue_reviews(run: Run, contents: Iterable[Any]) -> None:
    """Tell of everything published whose review is overdue; it is still shown, so nothing stops."""
    for content in contents:
        reviewed, due = day_reviewed(content.front_matter), review_due(content.front_matter, run.clinic)
        if due:
            run.rebuilds.append(Rebuild(start_of_day(due, run.clinic.zone), f"the review of “{content.title}” is due"))
        if reviewed and due and due < run.now.date():
            message = (
                f"this was reviewed on {day(reviewed)} and was due again by {month(due)}; "
                'check what it says, then change "reviewed"'
            )
            content.source.note(run, ("reviewed",), message)
