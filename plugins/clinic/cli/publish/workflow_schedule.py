"""Keeps the schedule of the publishing workflow at the moments at which the site would become wrong by itself."""

import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from clinic.cli.disk import write_whole
from clinic.domain.schedule import Rebuild
from clinic.rendering.dates import last_moment
from clinic.rendering.files.hosting import NEXT_BUILD, read_next_build

WORKFLOW = ".github/workflows/publish.yml"
MOST_MOMENTS = 50  # enough: each publish moves the window on
_MINUTE = timedelta(minutes=1)
_SCHEDULE = re.compile(
    r"(?P<begin>^(?P<indent> *)# next builds: .*\n)(?:^ *- cron: .*\n)*(?P<end>^ *# end of next builds)", re.MULTILINE
)


def keep_schedule(root: Path, zone: ZoneInfo) -> str:
    """Write the next moments into the workflow, if the project has one, and say which is the first.

    Gives the sentence that says until when the site is right; it is empty where nothing is to come.
    """
    file, workflow = root / NEXT_BUILD, root / WORKFLOW
    rebuilds = read_next_build(file.read_text("utf-8")) if file.is_file() else ()
    before = workflow.read_text("utf-8") if workflow.is_file() else ""
    after = with_schedule(before, rebuilds)
    right_until = ""
    if rebuilds:
        right_until = (
            f"This site is right until {last_moment(rebuilds[0].at.astimezone(zone))}: then {rebuilds[0].reason}."
        )
        click.echo(right_until)
    if after != before:
        write_whole(workflow, after)
        click.echo(f"The times of the next builds are in {WORKFLOW}: commit it with your texts.")
    elif rebuilds and not before:
        click.echo(f"Publish again then, or let a scheduler do so; all such moments are in {NEXT_BUILD}.")
    return right_until


def with_schedule(workflow: str, rebuilds: Iterable[Rebuild]) -> str:
    """The workflow's text with a ``cron`` line for each of the next moments between its two comments.

    GitHub reads them in UTC, without a year (``on.schedule``); a build that comes again a year later does no harm.
    """
    moments = sorted({_whole_minute(rebuild.at) for rebuild in rebuilds})[:MOST_MOMENTS]

    def filled(found: re.Match[str]) -> str:
        times = dict.fromkeys(f"{at.minute} {at.hour} {at.day} {at.month} *" for at in moments)
        lines = (f"{found['indent']}- cron: '{time}'\n" for time in times)
        return f"{found['begin']}{''.join(lines)}{found['end']}"

    return _SCHEDULE.sub(filled, workflow)


def _whole_minute(moment: datetime) -> datetime:
    """The first whole minute, in UTC, at which the moment has come."""
    utc = moment.astimezone(UTC)
    return utc.replace(second=0, microsecond=0) + _MINUTE * math.ceil((utc.second + utc.microsecond / 1e6) / 60)
