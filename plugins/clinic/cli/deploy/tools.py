"""Programs of others and their secrets: what they print is kept from the terminal until every secret is out of it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from clinic.cli.deploy.outcome import DeployError
from clinic.cli.interrupts import POLL_SECONDS
from clinic.cli.lock import held

SECRETS = (
    "NETLIFY_AUTH_TOKEN", "CLOUDFLARE_API_TOKEN", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
    "AWS_ACCESS_KEY_ID", "DEPLOY_PASSWORD",
)  # fmt: skip
"""The variables of the environment that a deploy may read and nobody may see."""
_HIDDEN = "•••"
_TOO_SHORT = 4
"""Letters: a value as short as that stands in ordinary words."""
_IN_ADDRESS = re.compile(r"(?<=://)[^/\s@]+(?=@)")
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_LAST_LINES = 3


class Ended(NamedTuple):
    """A program that has ended: its exit code, and what it printed, without secrets."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Its last lines, on one: what went wrong, in its own words."""
        lines = [line.strip(" ✘│[]") for line in (self.err or self.out).splitlines() if line.strip(" ✘│[]─")]
        return " ".join(lines[-_LAST_LINES:])[-400:] or f"it ended with code {self.code} and without a word"


def scrubbed(text: str) -> str:
    """The text without the value of any secret, and without the user and password of any address in it."""
    for value in (os.environ.get(name, "") for name in SECRETS):
        if len(value) >= _TOO_SHORT:
            text = text.replace(value, _HIDDEN)
    return _IN_ADDRESS.sub(_HIDDEN, _ESCAPES.sub("", text))


def secret(name: str, whose: str, how: str) -> str:
    """The value of a variable. Raises DeployError that says whose it is and how to get one."""
    if value := os.environ.get(name, "").strip():
        return value
    raise DeployError(
        f"{name} is not set, and {whose} lets nobody in without it: {how}, then run "
        f'export {name}="…" in this terminal (in PowerShell $env:{name}="…") and deploy again.'
    )


def program(name: str, how: str) -> str:
    """The path of a program. Raises DeployError that says how to get it."""
    if path := shutil.which(name):
        return path
    raise DeployError(f"The program {name} is not on this machine: {how}, then deploy again.")


def run(
    command: Sequence[str],
    *,
    folder: Path | None = None,
    given: Mapping[str, str] | None = None,
    text: str | None = None,
    secrets: Sequence[str] = (),
    as_printed: bool = False,
) -> Ended:
    """Run a program to its end; it never outlives this process, and never asks anything.

    ``given`` is laid over its environment, ``text`` is its standard input. Of the secrets it has those of ``secrets``
    alone. What it printed may be shown, but ``as_printed``. Raises DeployError where it cannot be started.
    """
    environment = {name: value for name, value in os.environ.items() if name not in SECRETS or name in secrets}
    try:
        process = subprocess.Popen(  # noqa: S603 -- a list, whose parts the model of the host has checked
            list(command),
            cwd=folder,
            env=environment | {"LC_ALL": "C.UTF-8"} | dict(given or {}),
            stdin=subprocess.PIPE if text is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
            # A program that outlives a killed deploy keeps the lock, so that the next deploy does not cross it.
            pass_fds=held(),
        )
    except OSError as error:
        raise DeployError(f"{command[0]} could not be started: {error.strerror or error}.") from error
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                out, err = process.communicate(text, POLL_SECONDS)
                return Ended(process.returncode, *(text if as_printed else scrubbed(text) for text in (out, err)))
            text = None
    except BaseException:
        _end(process)
        raise


def _end(process: subprocess.Popen[str]) -> None:
    """End it, and where the system has process groups what it has started."""
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.terminate()
        else:
            os.killpg(process.pid, 15)
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)
        return
    process.kill()
    process.wait()
