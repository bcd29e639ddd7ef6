"""Every command of this site on Windows, macOS and Linux, without make: `python site.py` lists them.

`python site.py post TITLE="Five ways"` is `make post TITLE="Five ways"`; `--title "Five ways"` is the same. The
environment in .venv/ is made here for both. Only Python's own modules are used, and nothing that Python 3.8 cannot
read, so that an old Python is told what it lacks.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
RUNTIME, TOOLS = VENV / ".runtime", VENV / ".dev"
"""Stamps, each younger than the requirements that the environment was made from; the Makefile goes by them too."""
PYTHON = VENV.joinpath("Scripts", "python.exe") if os.name == "nt" else VENV.joinpath("bin", "python")
LOG = VENV / "pip.log"
OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11", "python3")
"""Looked for where the Python that runs this is too old, as that of macOS is."""
IS_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"
SET_UP = "environment"
"""What make asks for: `environment` alone, or `environment tools` with the tools for the tests."""
VENV_FAILED = (
    "The environment could not be made in .venv/: please see that there is room on the disk, that you may write in "
    "this folder, and that no preview is running, then run it again."
)
PIP = """
import ensurepip, pathlib, sysconfig, zipfile
folder = sysconfig.get_config_var("WHEEL_PKG_DIR") or pathlib.Path(ensurepip.__file__).with_name("_bundled")
(wheel,) = pathlib.Path(folder).glob("pip-*.whl")
zipfile.ZipFile(wheel).extractall(sysconfig.get_path("purelib"))
"""
"""Unpacks the pip that every Python brings (Debian keeps it in a folder of its own) into the environment."""
NO_PACKAGES = (
    "The packages that the site needs could not be fetched: please see that there is a connection to the internet, "
    "then run it again. (What pip said is in .venv/pip.log.)"
)
LISTED = re.compile(r"^([a-z-]+):.*## (.*)\n((?:\t.*\n)*)", re.MULTILINE)
"""A target of the Makefile with its sentence and its recipe."""
TYPED = re.compile(r"([A-Z][A-Z_]*)=(.*)", re.DOTALL)
OPTIONS = {"SITEURL": "--site-url"}
"""Words of make whose option is not simply the same in small letters."""


class Failed(Exception):
    """What went wrong, in a sentence, and what to do."""


def main(words: list[str]) -> int:
    """Do what the words of the command line ask for; give the exit code."""
    try:
        if words[:1] == [SET_UP]:
            make_environment(with_tools="tools" in words)
            return 0
        if not words or words[0] in ("help", "-h", "--help"):
            print(listing())
            return 0
        command = arguments(words, commands())
        make_environment()
        return run([str(PYTHON), "-m", "clinic.cli", *command])
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def commands() -> dict[str, str]:
    """The owner's commands, each with what it does: the targets of the Makefile that call our command line."""
    found = LISTED.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    return {name: about for name, about, recipe in found if "$(CLI)" in recipe}


def listing() -> str:
    """What `python site.py` says: all commands, and how words are given."""
    lines = ["  python site.py {:<10} {}".format(name, about) for name, about in commands().items()]
    return "\n".join([*lines, "", '  What a command is given is written behind it: post TITLE="Five ways".'])


def arguments(words: list[str], known: dict[str, str]) -> list[str]:
    """The arguments of `python -m clinic.cli` for words such as ``["post", "TITLE=Five ways"]``.

    ``KEY=value`` becomes ``--key value``, and is left out where the value is empty, as make has it; CONTENT, which all
    commands have, comes first. Raises Failed where no command of the table ``known`` is named.
    """
    given, content = [], "content"
    rest = iter(words)
    for word in rest:
        typed = TYPED.fullmatch(word)
        if word == "--content":
            content = next(rest, "")
        elif word.startswith("--") and "=" not in word:
            given += [word, *[value for value in (next(rest, None),) if value is not None]]
        elif typed and typed.group(1) == "CONTENT":
            content = typed.group(2)
        elif typed and typed.group(2):
            given += [OPTIONS.get(typed.group(1), "--" + typed.group(1).lower().replace("_", "-")), typed.group(2)]
        elif not typed:
            given.append(word)
    name = given[0] if given else ""
    if name not in known:
        raise Failed('There is no command "{}"; these are there: {}.'.format(name, ", ".join(known)))
    return ["--content", content, *given]


def run(command: list[str]) -> int:
    """Run a command in the environment to its end, with Ctrl-C for it alone; give its exit code."""
    # Windows would read and print in the encoding of its language.
    os.environ.update(PYTHONPATH=str(ROOT / "plugins"), PYTHONUTF8="1")
    os.chdir(ROOT)
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 -- as shells do with `exec`
    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # it has met the command too, which ends by itself
            pass


def make_environment(*, with_tools: bool = False) -> None:
    """Make .venv/ with the pinned packages, unless it is up to date. Raises Failed."""
    is_new = not is_there(RUNTIME, "requirements.txt")
    lacks_tools = with_tools and (is_new or not is_there(TOOLS, "requirements-dev.txt"))
    if is_new:
        begin_environment()
    elif lacks_tools:
        print("Adding the tools for the tests …", flush=True)
    if is_new or lacks_tools:
        # That of the tools names all of the other: one installation takes half the time of two.
        install("requirements-dev.txt" if lacks_tools else "requirements.txt")
    if is_new:
        RUNTIME.touch()
    if with_tools:
        TOOLS.touch()


def is_there(stamp: Path, requirements: str) -> bool:
    """Whether what the stamp stands for is no older than its requirements, and has a Python that runs."""
    if not stamp.exists() or stamp.stat().st_mtime < (ROOT / requirements).stat().st_mtime:
        return False
    return answers(str(PYTHON), "print(1)")


def begin_environment() -> None:
    """An environment with no packages; one that is out of date is made anew, so that nothing of it is left."""
    if VENV.is_symlink():
        # To empty it would take it from whatever else uses it.
        raise Failed(
            "The environment in .venv/ is a link to {}, which is out of date and may be in use elsewhere: bring it "
            "up to date there, or remove the link .venv, then run it again.".format(VENV.resolve())
        )
    python = python_to_use()
    if not answers(python, "import ensurepip"):
        add_debians_venv()
    print("Making the environment in .venv/ (once; a minute or so) …", flush=True)
    if not succeeds([python, "-m", "venv", "--clear", "--without-pip", str(VENV)]) or not add_pip():
        raise Failed(VENV_FAILED)


def add_pip() -> bool:
    """Put pip into the environment, and say whether it is there.

    The one that Python brings is unpacked, which is all that its installation needs; ``ensurepip`` also compiles all
    of its modules, of which few are used, and that takes longer than to install a package or two.
    """
    return answers(str(PYTHON), PIP) or succeeds([str(PYTHON), "-m", "ensurepip"])


def python_to_use() -> str:
    """A Python that is new enough: the one that runs this, or another that is installed. Raises Failed."""
    # That of .venv/ itself would be taken away while it runs.
    running = getattr(sys, "_base_executable", None) or sys.executable
    found = running if sys.version_info >= OLDEST else None
    for name in () if found else NEWER_PYTHONS:
        python = shutil.which(name)
        if python and answers(python, IS_ENOUGH):
            found = python
            break
    if not found:
        raise Failed("The site needs Python 3.11 or newer: please install it from python.org, then run it again.")
    return found


def add_debians_venv() -> None:
    """What Debian and Ubuntu leave out of Python. Raises Failed where it cannot be installed without a question."""
    print("Installing python3-venv, which Debian and Ubuntu leave out of Python …", flush=True)
    as_root = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    for step in (["update"], ["install", "-y", "python3-venv"]):
        if not succeeds([*as_root, "apt-get", *step]):
            raise Failed("Please install python3-venv (sudo apt-get install python3-venv), then run it again.")


def install(requirements: str) -> None:
    """Install pinned packages; what pip says goes to a log, for whoever looks after the site. Raises Failed.

    The files name whatever a package needs, so pip asks no more. None is compiled: of the telephone numbers and
    holidays of all countries, a site needs those of one.
    """
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2", "--require-hashes"]
    pip += ["--no-compile", "--no-deps"]
    try:
        with LOG.open("wb") as log:
            failed = subprocess.run(
                [str(PYTHON), *pip, "-r", str(ROOT / requirements)], stdout=log, stderr=subprocess.STDOUT, check=False
            ).returncode
    except OSError as error:
        raise Failed(
            "The packages could not be put into .venv/: {}; see to that, then run it again.".format(error)
        ) from error
    if failed:
        raise Failed(NO_PACKAGES)


def answers(python: str, code: str) -> bool:
    """Whether this Python is there and runs the code without an error."""
    return succeeds([python, "-c", code])


def succeeds(command: list[str]) -> bool:
    """Run a command without a word, and give whether it is there and went well."""
    nothing = subprocess.DEVNULL
    try:
        return subprocess.run(command, stdin=nothing, stdout=nothing, stderr=nothing, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console of Windows may lack "…"
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
elif __name__ == "site":
    # Somebody has this folder in PYTHONPATH, and Python, which begins with `import site`, has found this one: give it
    # its own. (Python 3.11 and later look into their frozen modules first, unless a debugger switches them off.)
    import importlib.machinery
    import importlib.util

    _elsewhere = [folder for folder in sys.path if Path(folder or ".").resolve() != ROOT]
    _spec = importlib.machinery.PathFinder.find_spec("site", _elsewhere)
    if _spec and _spec.loader:
        sys.modules["site"] = importlib.util.module_from_spec(_spec)
        _spec.loader.exec_module(sys.modules["site"])
