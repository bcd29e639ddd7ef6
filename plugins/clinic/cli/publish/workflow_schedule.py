"""Keeps the schedule of the publishing workflow in step with the moments at which the site becomes wrong."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from clinic.rendering.dates import day_and_time
from clinic.rendering.files.rebuild_schedule import NEXT_BUILD, read_next_build

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from clinic.domain.schedule import Rebuild
WORKFLOW = ".github/workflows/publish.yml"
MOST = 50
"""So many moments are scheduled; each publish moves the window on."""
_MINUTE = timedelta(minutes=1)
_KEPT = re.compile(
    r"(?P<begin>^(?P<indent> *)# next builds: .*\n)(?:^ *- cron: .*\n)*(?P<end>^ *# end of next builds)", re.MULTILINE
)


def keep_schedule(root: Path, zone: ZoneInfo) -> None:
    """Write the next moments into the workflow, if the project has one, and say which is the first."""
    file = root / NEXT_BUILD
    ahead = read_next_build(file.read_text("utf-8")) if file.is_file() else ()
    workflow = root / WORKFLOW
    before = workflow.read_text("utf-8") if workflow.is_file() else ""
    after = with_schedule(before, ahead)
    if ahead:
        click.echo(f"This site is right until {day_and_time(ahead[0].at.astimezone(zone))}: then {ahead[0].reason}.")
    if after != before:
        workflow.write_text(after, "utf-8")
        click.echo(f"The times of the next builds are in {WORKFLOW}: commit it with your texts.")
    elif ahead and not before:
        click.echo(f"Publish again then, or let a scheduler do so; all such moments are in {NEXT_BUILD}.")


def with_schedule(workflow: str, rebuilds: Iterable[Rebuild]) -> str:
    """The workflow with a ``cron`` line for each of the next moments between its two comments.

    GitHub reads them in UTC, without a year (``on.schedule``); a build that comes again a year later does no harm.
    """
    moments = sorted({whole_minute(rebuild.at) for rebuild in rebuilds})[:MOST]

    def filled(kept: re.Match[str]) -> str:
        lines = dict.fromkeys(f"{kept['indent']}- cron: '{cron(moment)}'\n" for moment in moments)
        return f"{kept['begin']}{''.join(lines)}{kept['end']}"

    return _KEPT.sub(filled, workflow)


def cron(moment: datetime) -> str:
    """``30 8 5 4 *`` for 5 April, 8:30 UTC."""
    return f"{moment.minute} {moment.hour} {moment.day} {moment.month} *"


def whole_minute(moment: datetime) -> datetime:
    """The first whole minute, in UTC, at which the moment has come."""
    utc = moment.astimezone(UTC)
    return utc.replace(second=0, microsecond=0) + _MINUTE * math.ceil((utc.second + utc.microsecond / 1e6) / 60)
