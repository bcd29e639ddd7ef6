"""How often what an article says is checked, and when it is due again."""

from calendar import monthrange
from datetime import date

from clinic.models.articles import MONTHS_IN_YEAR


def next_review(reviewed: date, every: int) -> date:
    """The day, that many months later, by which the content is to be reviewed again."""
    years, month = divmod(reviewed.month - 1 + every, MONTHS_IN_YEAR)
    year = reviewed.year + years
    return date(year, month + 1, min(reviewed.day, monthrange(year, month + 1)[1]))
