"""Dates and times as a British reader expects them, whatever the machine's locale is."""

from datetime import date, datetime, time

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: date) -> str:
    """``11 November 2025``."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """``November 2025``."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def day_and_time(value: datetime) -> str:
    """``11 November 2025 at 9:30am``."""
    return f"{day(value)} at {clock(value.time())}"


def clock(value: time) -> str:
    """``9am``, ``5:30pm``: the NHS style for times."""
    hour = value.hour % 12 or 12
    minutes = f":{value.minute:02d}" if value.minute else ""
    return f"{hour}{minutes}{'am' if value.hour < 12 else 'pm'}"
