"""Timetables from a few lines of clinic.yaml."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clinic.content.yaml_text import read_yaml
from clinic.domain.clinic_on_day import ClinicOnDay
from clinic.models.clinic import Clinic

if TYPE_CHECKING:
    from clinic.domain.hours.timetable import Timetable

TODAY = date(2026, 3, 2)
WEEK = 'opening_hours: {monday: "09:00-17:30", tuesday: "09:00-12:30, 13:30-17:30", friday: "09:00-13:00"}'


def clinic_with(*of_the_location: str, clinic: str = "", today: date = TODAY, week: str = WEEK) -> ClinicOnDay:
    """A clinic with one location, whose lines these are, below the week."""
    lines = "\n".join(f"    {line}" for line in (week, *of_the_location))
    text = "name: Least\nurl: https://example.com\nphone: +44 1632 960199"
    text += "\nlocations:\n  here:\n    address: {locality: Here}"
    value = read_yaml(f"{text}\n{lines}\n{clinic}").value
    return ClinicOnDay.on(today, Clinic.model_validate(value, context={"country": value.get("country", "GB")}))


def timetable_with(*of_the_location: str, clinic: str = "", today: date = TODAY, week: str = WEEK) -> Timetable:
    """The hours of its location."""
    timetable = clinic_with(*of_the_location, clinic=clinic, today=today, week=week).home_location.timetable
    assert timetable
    return timetable
