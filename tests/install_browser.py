"""Find the Chromium that drives the tests, or install one: `python tests/install_browser.py`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# The headless shell has no windows to keep: the tests take it half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Chromium's own sandbox refuses to run as root, which is who a container's tests are; they open our own pages only.
ARGUMENTS = ("--no-sandbox",)


def system_browser() -> str | None:
    """Give the path of a browser of the system's that starts. `CHROMIUM` in the environment goes first."""
    found = (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *MAC_BROWSERS)
    return next((path for path in found if path and starts(path)), None)


def starts(path: str) -> bool:
    """Whether it starts: on some systems `chromium-browser` is only a note that says where to get it."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwrights_browser() -> str | None:
    """Give the browser that Playwright has downloaded, if it has."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Install a browser from the system's packages, else by Playwright's download."""
    print("There is no Chromium on this machine: installing one …")
    root = as_root()
    if root is not None and shutil.which("apt-get"):
        run([*root, "apt-get", "update", "-qq"])
        install_package = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq"]
        for package in NAMES[:2]:  # the first is in Debian alone
            if not system_browser():
                run([*install_package, package])
    if not system_browser():
        # The libraries that it needs come from the system's packages too.
        run([sys.executable, "-m", "playwright", "install", *(["--with-deps"] if root is not None else []), "chromium"])


def as_root() -> list[str] | None:
    """Give what goes in front of a command to run it as root; None if that would need a password."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and run(["sudo", "-n", "true"]) else None


def run(command: list[str]) -> bool:
    """Run a command, its news on our terminal, and say whether it succeeded."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 0


def find_browser() -> str | None:
    """Give the path of the browser that the tests will drive."""
    return system_browser() or playwrights_browser()


def main() -> int:
    """Make sure that there is a browser."""
    if not find_browser():
        install()
    found = find_browser()
    if not found:
        print(
            "No Chromium could be installed. Please install Chromium or Google Chrome, then try again.", file=sys.stderr
        )
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
