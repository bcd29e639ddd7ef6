"""When an article or a page was reviewed, and when it is to be reviewed again."""

from calendar import monthrange
from datetime import date

from clinic.models.articles import MONTHS_IN_YEAR, FrontMatter
from clinic.models.base import Record
from clinic.models.clinic import Clinic


def day_reviewed(front_matter: Record) -> date | None:
    """The day of the review that front matter gives; None where it gives none, or is of a kind that has none."""
    return front_matter.reviewed.date() if isinstance(front_matter, FrontMatter) and front_matter.reviewed else None


def review_due(front_matter: Record, clinic: Clinic) -> date | None:
    """The day by which it is to be reviewed again, as its front matter or else the clinic says how often."""
    reviewed = day_reviewed(front_matter)
    every = front_matter.review_every if isinstance(front_matter, FrontMatter) else None
    every = every or clinic.reviews.every
    return next_review(reviewed, every) if reviewed and every else None


def next_review(reviewed: date, every: int) -> date:
    """The day, that many months later, by which the content is to be reviewed again."""
    years, month = divmod(reviewed.month - 1 + every, MONTHS_IN_YEAR)
    year = reviewed.year + years
    return date(year, month + 1, min(reviewed.day, monthrange(year, month + 1)[1]))
