"""The pictures of the owner's manual: what she sees, of an invented clinic, with the real commands and a real browser.

``PYTHONPATH=plugins python -m tests.docs.pictures`` makes them again in ``plugins/guide/``, all within ``LARGEST``.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.install_browser import ARGUMENTS, system_browser
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

FOLDER = ROOT / "plugins" / "guide"
LARGEST = 400_000
"""Bytes of all pictures together."""
WINDOW = {"width": 900, "height": 600}
START = (
    "start", "--name", "Quay Osteopathy", "--profession", "osteopathy", "--place", "Larkmouth",
    "--phone", "01632 960199", "--url", "https://quay.example.com",
)  # fmt: skip
POST = ("post", "--title", "Five ways to help your neck")
TEXT = """---
title: Five ways to help your neck
summary: Small changes at the desk that add up.
{more}---

Necks like to move. Here is what helps most people who sit all day.

## Raise the screen

The top of the screen at the height of your eyes: a pile of books will do.

## Get up every half hour

A glass of water is a good reason.
"""


def command(project: Path, *arguments: str) -> list[str]:
    """A command of ours on this project."""
    return [sys.executable, "-m", "clinic.cli", "--project", str(project), *arguments]


def environment() -> dict[str, str]:
    """Our package, and UTF-8, as the program for the owner has them."""
    return os.environ | {"PYTHONPATH": str(ROOT / "plugins"), "PYTHONUTF8": "1", "EDITOR": "", "VISUAL": ""}


@contextmanager
def previewing(project: Path) -> Iterator[tuple[str, IO[str]]]:
    """A preview whose first build is done: its address, and what it goes on to say."""
    arguments = command(project, "preview", "--port", "0")
    with subprocess.Popen(arguments, env=environment(), stdout=subprocess.PIPE, text=True, encoding="utf-8") as running:
        assert running.stdout
        address = wait_for(running.stdout, r"http://localhost:\d+")
        wait_for(running.stdout, r"Built in")
        yield address, running.stdout
        running.terminate()
        running.communicate()


def wait_for(said: IO[str], pattern: str) -> str:
    """The next words that fit, of a line that comes. Raises RuntimeError where none does."""
    for line in said:
        if found := re.search(pattern, line):
            return found[0]
    message = f"the preview never said {pattern}"
    raise RuntimeError(message)


def keep(page: Page, name: str) -> None:
    """Take a picture of what the window shows."""
    page.wait_for_timeout(500)
    Image.open(io.BytesIO(page.screenshot())).save(FOLDER / f"{name}.webp", quality=70, method=6)


def main() -> None:
    """Make all pictures: a new clinic, its first post as a draft, and what a mistake looks like."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = Path(folder)
        for name in ("theme", "plugins", "pelicanconf.py", "publishconf.py"):
            (project / name).symlink_to(ROOT / name)
        for words in (START, POST):
            subprocess.run(command(project, *words), env=environment(), check=True)
        [post] = (project / "content" / "posts").glob("*-neck.md")
        browser = playwright.chromium.launch(executable_path=system_browser(), args=ARGUMENTS)
        page = browser.new_page(viewport=WINDOW)  # type: ignore[arg-type]  # the library's own kind of dict
        with previewing(project) as (address, said):
            page.goto(address)
            keep(page, "new-clinic")
            post.write_text(TEXT.format(more="status: draft\n"), "utf-8")
            wait_for(said, r"Built in")
            page.goto(f"{address}/post/five-ways-to-help-your-neck/")
            keep(page, "draft")
            post.write_text(TEXT.format(more="status: drafft\n"), "utf-8")
            wait_for(said, r"to mend")
            page.goto(f"{address}/")
            keep(page, "mistake")
        browser.close()
    size = sum(file.stat().st_size for file in FOLDER.glob("*.webp"))
    sys.stdout.write(f"{size} bytes in {FOLDER.relative_to(ROOT)}/\n")


if __name__ == "__main__":
    main()
