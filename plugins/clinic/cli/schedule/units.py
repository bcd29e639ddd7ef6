"""What the timers of Linux, macOS and Windows need: every quarter of an hour they ask whether a moment has come."""

import hashlib
import plistlib
import re
from pathlib import Path
from typing import NamedTuple

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
