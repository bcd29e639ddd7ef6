"""Find the servers that the tests of deploys use, or install them: `python -m tests.install_servers`."""

from __future__ import annotations

import os
import shutil
import sys

from tests.install_browser import as_root, run

PACKAGES = {"sshd": "openssh-server", "rsync": "rsync", "nginx": "nginx-light", "caddy": "caddy", "git": "git"}
"""Programs, and the packages of Debian and Ubuntu that bring them."""
FOLDERS = "/usr/sbin:/usr/local/sbin:/opt/homebrew/bin"


def missing() -> list[str]:
    """Give the programs that are not there."""
    path = f"{os.environ.get('PATH', '')}{os.pathsep}{FOLDERS}"
    return [program for program in PACKAGES if not shutil.which(program, path=path)]


def install(programs: list[str]) -> None:
    """Install the packages of these programs."""
    print(f"Installing what the tests of deploys use: {', '.join(programs)} …")
    root = as_root()
    if root is None or not shutil.which("apt-get"):
        return
    run([*root, "apt-get", "update", "-qq"])
    # At run level 1 Debian's packages do not start the servers that they bring.
    environment = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"]
    packages = [PACKAGES[program] for program in programs]
    run([*root, *environment, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])


def main() -> int:
    """Make sure that they are there."""
    if there_not := missing():
        install(there_not)
    if there_not := missing():
        packages = ", ".join(PACKAGES[program] for program in there_not)
        print(f"Please install {packages}, which the tests of deploys use, then try again.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
