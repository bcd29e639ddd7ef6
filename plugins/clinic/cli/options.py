"""What the commands' options have in common: how they are read, and how a command that writes ends."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from clinic.cli.disk import sentence
from clinic.cli.interrupts import INTERRUPTED, Interrupted, interruptible
from clinic.cli.lock import Busy

HIGHEST_PORT = 65_535
ADDRESS = re.compile(r"https?://(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d{1,5})?(?:/[\w.~%/-]*)?")
"""Of a site: a host, and a folder where it is in one; nothing that would break the links of its pages."""


def port_number(_context: click.Context, _option: click.Parameter, text: str) -> int:
    """The port; a bad one gets one message, without click's usage of options that the Makefile hides."""
    if text.isdecimal() and int(text) <= HIGHEST_PORT:
        return int(text)
    raise click.ClickException(f'"{text}" is no port: please give a number up to {HIGHEST_PORT}, such as 9000.')


def yes_or_no(_context: click.Context, option: click.Parameter, text: str) -> bool:
    """Whether it says yes; nothing is no."""
    if text.lower() not in {"", "yes", "no"}:
        typed = option.opts[0].lstrip("-").upper().replace("-", "_")
        raise click.ClickException(f"{typed}={text} is neither: please write yes, or leave it out.")
    return text.lower() == "yes"


def site_address(_context: click.Context, _option: click.Parameter, text: str) -> str:
    """The address that a site is built for; a bad one gets one message before anything is built. Empty for its own."""
    if not text or ADDRESS.fullmatch(text):
        return text
    raise click.ClickException(f'"{text}" is no address of a site: please write SITEURL=https://name.example/folder.')


def content_folder(root: Path, text: str, *, may_be_new: bool = False) -> Path:
    """The folder of the content, from the project's; one message where it is none, unless it ``may_be_new``."""
    if not text.strip():
        raise click.ClickException("CONTENT= names no folder: leave it out for content/, or write CONTENT=folder.")
    folder = root / text
    if folder.is_file():
        raise click.ClickException(f"{folder} is a file: please give the folder that clinic.yaml is in.")
    if not folder.is_dir() and not may_be_new:
        raise click.ClickException(f"There is no folder {folder} to take the content from.")
    if root.is_relative_to(folder.resolve()):
        raise click.ClickException(f"{folder} holds the whole project: please give the folder that clinic.yaml is in.")
    return Path(text)


def settings_file(context: click.Context, _option: click.Parameter | None, settings: Path) -> Path:
    """The file of settings; one message where the project's folder lacks it, as any other folder does."""
    root: Path = context.obj.root
    needed = (settings, settings.with_name("pelicanconf.py")) if settings.name == "publishconf.py" else (settings,)
    for name in needed:
        if not (root / name).is_file():
            hint = "go to the folder that holds it beside content/ (cd FOLDER), then run it again"
            raise click.ClickException(f"There is no {name} in {root}: {hint}.")
    return settings


def settings_option(default: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """The option that names the file of settings, from the project's folder."""
    path = click.Path(path_type=Path, readable=False)
    return click.option("--settings", type=path, callback=settings_file, default=default)


@contextmanager
def ends_in_a_sentence(
    context: click.Context, failed: str, stopped: str, outcome: Callable[[str], str] = str, *, err: bool = False
) -> Iterator[None]:
    """Do what is in the block; where the system refuses it (``failed``), or it is ``stopped``, one sentence says so.

    ``outcome`` gives what has happened by then in place of that; ``err``: what is printed goes to standard error.
    """
    try:
        with interruptible():
            yield
    except Busy as busy:
        raise click.ClickException(f"{failed}: {busy}") from busy
    except OSError as error:
        raise click.ClickException(f"{outcome(failed)}: {sentence(error)}.") from error
    except (Interrupted, click.Abort):
        click.echo(f"\n{outcome(stopped)}.", err=err)
        context.exit(INTERRUPTED)


def run_writing(context: click.Context, run: Callable[[], None]) -> None:
    """Run what asks and then writes."""
    with ends_in_a_sentence(context, "It could not be written", "Stopped; nothing was written"):
        run()
