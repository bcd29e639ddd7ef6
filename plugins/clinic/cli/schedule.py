"""`schedule`: the timer that publishes at the right moments: shown, installed, removed, and what it is there for.

Every quarter of an hour the timer of Linux, macOS or Windows asks whether such a moment has come.
"""

import hashlib
import os
import plistlib
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click

from clinic.cli.build import PLUGINS, Project
from clinic.cli.deploy.command import Order, deploy, has_failed
from clinic.cli.disk import write_whole
from clinic.cli.options import run_writing, yes_or_no
from clinic.cli.publish.release import Wanted, publish
from clinic.content.clinic import read_clinic_yaml
from clinic.content.clock import utc_now
from clinic.domain.schedule import Rebuild
from clinic.models.language import write_to_owner
from clinic.rendering.dates import last_moment
from clinic.rendering.files.hosting import NEXT_BUILD, read_next_build

EVERY_MINUTES = 15


class Job(NamedTuple):
    """The command of a project, as a list; ``path`` is the PATH in which programs are found."""

    root: Path
    command: tuple[str, ...]
    plugins: str
    path: str

    @property
    def name(self) -> str:
        """Of the timer: another for each folder on this machine."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.root.name.lower()).strip("-") or "site"
        return f"clinic-{slug}-{hashlib.sha256(str(self.root).encode()).hexdigest()[:6]}"

    @property
    def secrets(self) -> str:
        """The file that may hold the variables of a deploy, from the user's home folder."""
        return f".config/{self.name}.env"


def systemd_service(job: Job) -> str:
    """A service of the user (systemd.service(5), systemd.syntax(7))."""
    command = " ".join(f'"{_systemd(part)}"' for part in job.command)
    return f"""\
[Unit]
Description=Publish the website in {_systemd(str(job.root))} when a moment has come
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={str(job.root).replace("%", "%%")}
Environment="PYTHONPATH={_systemd(job.plugins)}" "PYTHONUTF8=1" "PATH={_systemd(job.path)}"
EnvironmentFile=-%h/{job.secrets}
ExecStart={command}
"""


def systemd_timer(job: Job) -> str:
    """Its timer, which makes up for what it missed while the machine was off (systemd.timer(5), ``Persistent``)."""
    return f"""\
[Unit]
Description=Look whether the website in {_systemd(str(job.root))} must be published again

[Timer]
OnCalendar=*:0/{EVERY_MINUTES}:20
Persistent=true

[Install]
WantedBy=timers.target
"""


def launchd_agent(job: Job) -> str:
    """An agent of the user (launchd.plist(5)); it runs once after the machine has slept past its time."""
    # launchd reads no file of variables, so a shell does.
    script = f'set -a; [ -f "$HOME/{job.secrets}" ] && . "$HOME/{job.secrets}"; exec "$@"'
    entry = {
        "Label": job.name,
        "ProgramArguments": ["/bin/sh", "-c", script, "sh", *job.command],
        "WorkingDirectory": str(job.root),
        "EnvironmentVariables": {"PYTHONPATH": job.plugins, "PYTHONUTF8": "1", "PATH": job.path},
        "StartInterval": EVERY_MINUTES * 60,
        "StandardOutPath": str(job.root / ".cache" / "schedule.log"),
        "StandardErrorPath": str(job.root / ".cache" / "schedule.log"),
    }
    return plistlib.dumps(entry).decode()


def windows_script(job: Job) -> str:
    """What the Task Scheduler runs: it sets no variables itself."""
    quoted = " ".join(f'"{part}"'.replace("%", "%%") for part in job.command)
    lines = ("@echo off", f'cd /d "{job.root}"', f'set "PYTHONPATH={job.plugins}"', "set PYTHONUTF8=1", quoted)
    return "".join(f"{line}\r\n" for line in lines)


def _systemd(text: str) -> str:
    """In double quotes: ``%`` begins a specifier, ``$`` a variable."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")


def show(project: Project) -> None:
    """Say which moments are to come, and what would be installed; nothing is written."""
    moments = _moments(project.root)
    facts = read_clinic_yaml(project.content_folder).facts
    write_to_owner(facts.language, facts.country)
    if not moments:
        click.echo(
            f"Nothing is to come, or nothing has been published yet: {NEXT_BUILD} says when, after make publish."
        )
    for each in moments[:5]:
        late = "  (it has passed: run make publish)" if each.at <= utc_now() else ""
        click.echo(f"  {last_moment(each.at.astimezone(facts.zone))}: {each.reason}{late}")
    if len(moments) > 5:
        click.echo(f"  … and {len(moments) - 5} more in {NEXT_BUILD}")
    job = _job(project)
    click.echo(
        f"\nmake schedule INSTALL=yes lets this machine look every {EVERY_MINUTES} minutes whether such a moment has "
        "come; then it publishes what is in the folder, and deploys it. It would write:"
    )
    for path, text in _files(job).items():
        click.echo(f"\n{path}\n{text}", nl=False)


def install(project: Project) -> None:
    """Write the files of the timer, and start it; one that cannot be started leaves none. Raises OSError."""
    job = _job(project)
    files = _files(job)
    for path, text in files.items():
        write_whole(path, text)
        click.echo(f"Written: {path}")
    try:
        _start(_starts(job))
    except click.ClickException:
        for path in files:
            path.unlink(missing_ok=True)
        click.echo("They were taken away again.")
        raise
    if sys.platform not in {"win32", "darwin"}:
        click.echo("So that it also runs while nobody is logged in: loginctl enable-linger")
    click.secho("From now on this machine publishes when a moment has come, while it is on.", fg="green")
    click.echo(f"What a deploy needs (such as NETLIFY_AUTH_TOKEN=…, a line each) belongs in ~/{job.secrets}.")


def _starts(job: Job) -> Sequence[Sequence[str]]:
    """The commands that start the timer on this system."""
    if sys.platform == "win32":
        task = ("schtasks", "/Create", "/F", "/SC", "MINUTE", "/MO", str(EVERY_MINUTES), "/TN", job.name, "/TR")
        return [(*task, f'"{next(iter(_files(job)))}"')]
    if sys.platform == "darwin":
        domain = f"gui/{os.getuid()}"
        subprocess.run(["launchctl", "bootout", f"{domain}/{job.name}"], capture_output=True, check=False)  # noqa: S603, S607 -- macOS's own
        return [("launchctl", "bootstrap", domain, str(next(iter(_files(job)))))]
    user = ("systemctl", "--user")
    return [(*user, "daemon-reload"), (*user, "enable", "--now", f"{job.name}.timer")]


def remove(project: Project) -> None:
    """Stop the timer, and take its files away. Raises OSError."""
    job = _job(project)
    if sys.platform == "win32":
        ends: Sequence[str] = ("schtasks", "/Delete", "/F", "/TN", job.name)
    elif sys.platform == "darwin":
        ends = ("launchctl", "bootout", f"gui/{os.getuid()}/{job.name}")
    else:
        ends = ("systemctl", "--user", "disable", "--now", f"{job.name}.timer")
    if shutil.which(ends[0]):
        subprocess.run(ends, capture_output=True, check=False)  # noqa: S603 -- the system's own
    there = [path for path in _files(job) if path.exists()]
    for path in there:
        path.unlink()
    click.echo("This machine no longer publishes by itself." if there else "There was no timer for this site.")


def publish_if_due(project: Project) -> int:
    """What the timer does: publish and deploy if a moment has come; give the exit code.

    A deploy that has failed, as while the machine was offline, is tried again.
    """
    now = utc_now()
    due = [each for each in _moments(project.root) if each.at <= now]
    if due:
        click.echo(f"{due[0].reason}, since {due[0].at:%Y-%m-%d %H:%M} UTC.")
        if code := publish(project, Wanted(Path("publishconf.py"), Path("output"))):
            return code
    elif has_failed(project.root):
        click.echo("The last deploy has failed; here it is again.")
    else:
        click.echo("Nothing to do: no moment has come since the last publish.")
        return 0
    return 0 if read_clinic_yaml(project.content_folder).facts.host is None else deploy(project, Order())


def _moments(root: Path) -> tuple[Rebuild, ...]:
    """What the last publish left; a file that cannot be read counts as a moment that has come."""
    try:
        return read_next_build((root / NEXT_BUILD).read_text("utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError):
        return (Rebuild(datetime.fromtimestamp(0, utc_now().tzinfo), f"{NEXT_BUILD} cannot be read"),)


def _job(project: Project) -> Job:
    command = (sys.executable, "-m", "clinic.cli", "--project", str(project.root), "--content", str(project.content))
    return Job(project.root, (*command, "schedule", "--run", "yes"), PLUGINS, os.environ.get("PATH", os.defpath))


def _files(job: Job) -> Mapping[Path, str]:
    """The files of the timer on this system, by their paths."""
    home = Path.home()
    if sys.platform == "win32":
        return {job.root / ".cache" / f"{job.name}.cmd": windows_script(job)}
    if sys.platform == "darwin":
        return {home / "Library" / "LaunchAgents" / f"{job.name}.plist": launchd_agent(job)}
    units = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "systemd" / "user"
    return {
        units / f"{job.name}.service": systemd_service(job),
        units / f"{job.name}.timer": systemd_timer(job),
    }


def _start(commands: Sequence[Sequence[str]]) -> None:
    """Run the system's own commands. Raises ClickException with what it said."""
    for command in commands:
        if not shutil.which(command[0]):
            raise click.ClickException(
                f"This system has no {command[0]}, so no timer could be started; let another scheduler run "
                "make schedule RUN=yes every quarter of an hour."
            )
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- the system's own
        if done.returncode:
            said = (done.stderr.strip() or done.stdout.strip()).replace("\n", " ")
            raise click.ClickException(f"The timer could not be started: {command[0]} said: {said}")


@click.command("schedule")
@click.option("--install", "installs", callback=yes_or_no, default="", help="yes starts the timer of this machine.")
@click.option("--remove", "removes", callback=yes_or_no, default="", help="yes takes it away.")
@click.option("--run", "runs", callback=yes_or_no, default="", help="yes does what the timer does.")
@click.pass_context
def schedule_command(context: click.Context, *, installs: bool, removes: bool, runs: bool) -> None:
    """Publish and deploy by itself at the moments at which the site would become wrong."""
    if installs + removes + runs > 1:
        raise click.ClickException("Write one of INSTALL=yes, REMOVE=yes and RUN=yes.")
    if runs:
        context.exit(publish_if_due(context.obj))
    chosen = install if installs else remove if removes else show
    run_writing(context, lambda: chosen(context.obj))
