"""Hours and days are taken as people write them; what may be read in two ways is told in one sentence."""

from __future__ import annotations

import pytest

from clinic.content.clinic import DEFAULT_CONTEXT
from clinic.content.validation import validate
from clinic.content.yaml_text import read_yaml
from clinic.models.clinic import ClinicFile
from clinic.models.opening_hours import HoursOfDay, OpeningHours
from clinic.models.weekdays import Weekday, days_named

SPELLINGS = {
    ("09:00–17:30",): (
        "09:00-17:30|9:00-17:30|9am-5:30pm|9 am – 5.30 pm|09:00 to 17:30|0900-1730|0900hrs - 1730hrs|9h-17h30"
        "|from 9 a.m. to 5.30 p.m.|Open 9am until 5.30pm|9AM—5:30PM|09.00−17.30|9:00-5:30pm"
    ),
    ("09:00–12:30", "13:30–17:00"): (
        "09:00-12:30, 13:30-17:00|09:00-12:30 and 13:30-17:00|9am-12:30 & 1:30pm-5pm|9am-12.30pm / 13:30-17:00"
        "|13:30-17:00; 09:00-12:30|9am-12.30pm, then 1.30pm-5pm"
    ),
    ("09:00–12:00",): "9am-noon|9am to midday|09:00 - 12 noon",
    ("24 hours",): (
        "24 hours|24h|24/7|open 24 hours|Open 24 hours a day|24-hours|all day|round the clock|00:00-24:00|0:00-24:00"
        "|00:00-23:59|midnight to midnight"
    ),
    ("18:00–00:00",): "18:00-24:00|18:00-00:00|18:00-23:59|6pm-midnight|6pm until midnight|6pm till 12am",
    ("22:00–02:00",): "22:00-02:00|10pm-2am|22:00 to 2am|10 p.m. – 2 a.m.",
    ("00:00–02:00", "20:00–00:00"): "midnight-2am, 8pm-midnight",
    ("18:30–08:00",): "6:30pm-8am",
    (): "closed|Closed|closed all day|shut",
}
MORNING, FIRST = (
    "has a morning behind a night, of this day or of the next; write",
    "first, or on the line of the next day",
)
DOUBTFUL = {
    "8pm-midnight, midnight-2am": "may be one night or not; write 20:00-02:00 if it is, else 00:00 first",
    "09:00-05:30": "closes before it opens; write 09:00-17:30, or, if it is open through the night, 9am-5:30am",
    "17:30-13:00": "closes before it opens; correct one of them, or, if it is open through the night, 5:30pm-1pm",
    "8pm-11:00": "closes before it opens; write 20:00-23:00, or, if it is open through the night, 8pm-11am",
    "1:30-5:30": "may be in the morning or in the afternoon; write 1:30pm-5:30pm, or 1:30am-5:30am",
    "2:00-5pm": "may be in the morning or in the afternoon; write 2pm-5pm, or 2am-5pm",
    "22:00-02:00, 01:00-05:00": f"{MORNING} 01:00-05:00 {FIRST}",
    "8pm-midnight, 00:30-2am": f"{MORNING} 00:30-02:00 {FIRST}",
    "00:00-00:00": "begins and ends at the same time; write 24 hours, closed, or when it closes",
    "9am-9am": "begins and ends at the same time; write 24 hours, closed, or when it closes",
}
UNREADABLE = [
    "9-5",
    "25:00-26:00",
    "24:00-02:00",
    "13pm-2pm",
    "9:60-10:00",
    "until midnight",
    "9am till late",
    "09:00-",
    "-",
]
WEEKDAYS = "mon tue wed thu fri"


def hours_of(text: str) -> HoursOfDay:
    return HoursOfDay.model_validate(text)


def messages(lines: str) -> list[str]:
    """What the owner of these opening hours is told."""
    _, found, _ = validate(OpeningHours, read_yaml(lines), "clinic.yaml", DEFAULT_CONTEXT)
    return [f"{diagnostic.line}: {diagnostic.message}" for diagnostic in found]


def short(days: tuple[Weekday, ...]) -> str:
    return " ".join(day.value[:3] for day in days)


@pytest.mark.parametrize(
    ("text", "periods"), [(text, periods) for periods, texts in SPELLINGS.items() for text in texts.split("|")]
)
def test_hours_are_taken_as_people_write_them(text: str, periods: tuple[str, ...]) -> None:
    hours = hours_of(text)
    assert tuple(str(period) for period in hours.periods) == periods
    assert not hours.by_appointment


@pytest.mark.parametrize(("text", "what"), DOUBTFUL.items())
def test_hours_that_may_mean_two_things_are_told_with_what_to_write(text: str, what: str) -> None:
    (message,) = messages(f'tuesday: "{text}"')
    assert message.replace('"', "") == f"1: tuesday: {text} {what}"


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_time_gets_one_sentence(text: str) -> None:
    (message,) = messages(f'tuesday: "{text}"')
    assert "; write " in message


@pytest.mark.parametrize(
    ("text", "periods"),
    {
        "by appointment": [],
        "By appointment only": [],
        "appointment only": [],
        "by prior arrangement": [],
        "09:00-12:00, then by appointment": ["09:00–12:00"],
        "9am-noon and by appointment": ["09:00–12:00"],
        "09:00-12:00 or by appointment": ["09:00–12:00"],
    }.items(),
)
def test_a_day_may_be_by_appointment_alone_or_beside_hours(text: str, periods: list[str]) -> None:
    hours = hours_of(text)
    assert (hours.by_appointment, hours.is_closed) == (True, False)
    assert [str(period) for period in hours.periods] == periods


@pytest.mark.parametrize(
    "text", ["09:00-12:00 by appointment", "by appointment 9am-5pm", "09:00-12:00, by appointment only"]
)
def test_hours_by_appointment_are_told_apart_from_hours_and_appointments(text: str) -> None:
    (message,) = messages(f"monday: {text}")
    assert message.endswith('write "by appointment" alone, or after the hours: 09:00-12:00, then by appointment')


@pytest.mark.parametrize(
    ("lines", "periods"),
    [
        ("monday: {opens: '18:00', closes: '24:00'}", ["18:00–00:00"]),
        ("monday: [{opens: 9am, closes: noon}, 13:30-17:00]", ["09:00–12:00", "13:30–17:00"]),
        ("monday: [9am-noon, by appointment]", ["09:00–12:00"]),
        ("monday: {open: 9am, close: 5pm}", ["09:00–17:00"]),
    ],
)
def test_hours_may_be_written_in_several_lines(lines: str, periods: list[str]) -> None:
    assert messages(lines) == []
    assert [str(period) for period in OpeningHours.model_validate(read_yaml(lines).value).monday.periods] == periods


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("monday: {opens: '09:00'}", '"closes" is missing under "monday"'),
        ("monday: {opens: 9am, closes: late}", '"late" is not a time'),
        ("monday: {opens: 9am, closed: 5pm, closes: 5pm}", 'unknown key "closed"; did you mean "closes"?'),
        ("monday: [[9am-5pm]]", "has one time of being open in each line"),
        ("monday: 09:00-12:00, 11:00-13:00", "overlap; let one end before the next begins"),
        ("monday: 22:00-02:00, 23:00-23:30", "overlap; let one end before the next begins"),
    ],
)
def test_what_is_wrong_inside_a_day_is_told_once(lines: str, said: str) -> None:
    (message,) = messages(lines)
    assert said in message


DAYS = {
    WEEKDAYS: "monday-friday|Mon-Fri|Mon – Fri|mon to fri|Mon. - Fri.|weekdays|monday_to_friday",
    "sat sun": "weekends|sat & sun|Saturday and Sunday|sat/sun",
    f"{WEEKDAYS} sat sun": "every day|everyday|daily|mon-sun|7 days a week",
    "mon fri sat sun": "fri-mon",
    "mon wed fri": "mon, wed and fri",
    "tue wed thu sat": "tues-thurs, saturday",
    f"{WEEKDAYS} sat": "weekdays and saturday",
    "tue": "Tuesdays",
    "": "munday|thurday|mon-wed (mornings)|bank holidays|",
}


@pytest.mark.parametrize(("key", "days"), [(key, days) for days, keys in DAYS.items() for key in keys.split("|")])
def test_a_key_may_name_several_days(key: str, days: str) -> None:
    assert short(days_named(key)) == days


@pytest.mark.parametrize(
    ("lines", "hours"),
    [
        ("weekdays: 9am-5pm\nfriday: 9am-1pm", ["9", "9", "9", "9", "9 until 1", "", ""]),
        ("friday: 9am-1pm\nmon-fri: 9am-5pm", ["9", "9", "9", "9", "9 until 1", "", ""]),
        ("every day: 9am-5pm\nweekends: closed", ["9"] * 5 + ["", ""]),
        (
            "every day: 9am-5pm\nweekdays: 9am-1pm\nwed: closed",
            ["9 until 1", "9 until 1", "", "9 until 1", "9 until 1", "9", "9"],
        ),
        ("monday-friday: 9am-5pm\nweekdays: 9am-5pm", ["9"] * 5 + ["", ""]),
    ],
)
def test_the_key_that_names_fewer_days_stands_against_one_that_names_more(lines: str, hours: list[str]) -> None:
    assert messages(lines) == []
    words = {"09:00–17:00": "9", "09:00–13:00": "9 until 1"}
    week = OpeningHours.model_validate(read_yaml(lines).value).week()
    assert [" ".join(words[str(period)] for period in day.periods) for day in week.values()] == hours


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            "mon-wed: 9am-5pm\ntue-thu: 9am-1pm",
            [
                (
                    '1: mon-wed: "mon-wed" and "tue-thu" both say when it is open on Tuesday and Wednesday; '
                    "name them in one of these, or on a line of their own"
                )
            ],
        ),
        (
            "mon: 9am-5pm\nmonday: 9am-1pm",
            ['2: monday: "mon" and "monday" both say when it is open on Monday; keep one'],
        ),
        ("tuesday: closed\nweekdays: mornings\nsat: 9-5", ["2: weekdays:", "3: sat:"]),
        (
            "weekdays (summer): 9am-5pm",
            ['1: "weekdays (summer)" is not a key here; write days alone, such as monday-friday, weekdays or saturday'],
        ),
        ("wedensday: 9am-5pm", ['1: unknown key "wedensday"; did you mean "wednesday"?']),
        ("bank holidays: closed", ['1: "bank holidays" is not a key here; write "bank_holidays" beside']),
    ],
)
def test_what_is_wrong_with_several_days_is_told_once_at_their_line(lines: str, told: list[str]) -> None:
    found = messages(lines)
    assert len(found) == len(told)
    assert all(message.startswith(beginning) for message, beginning in zip(found, told, strict=True))


@pytest.mark.parametrize("hours", ["by appointment", "By appointment only", "24 hours", "24/7"])
def test_a_whole_week_may_be_one_line_where_no_day_differs(hours: str) -> None:
    assert len({*OpeningHours.model_validate(hours).week().values()}) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "locations: {here: {address: {locality: Here}, opening_hours: 9am-5pm}}",
            (
                'opening_hours: "9am-5pm" does not say on which days; '
                'write lines under it, such as "weekdays: 09:00-17:30", or by appointment, or 24 hours'
            ),
        ),
        (
            "locations: {here: {address: {locality: Here}}}\nopening_hours: by appointment",
            '"opening_hours" is not a key here; write it under a location, below "locations"',
        ),
    ],
)
def test_hours_without_days_or_without_a_location_are_told(line: str, told: str) -> None:
    text = f"name: Least\nurl: https://least.example.com\nphone: 01632 960199\n{line}\n"
    _, found, _ = validate(ClinicFile, read_yaml(text), "clinic.yaml", DEFAULT_CONTEXT)
    assert [diagnostic.message for diagnostic in found] == [told]
