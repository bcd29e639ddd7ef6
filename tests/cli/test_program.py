"""`python site.py` is every command on every system, and makes the environment as make does."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from clinic.cli.commands import COMMANDS, cli
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

SOURCE = (ROOT / "site.py").read_text("utf-8")


@pytest.fixture(scope="module")
def program() -> ModuleType:
    """The program as a module; not under its name, which is that of a module of Python."""
    spec = importlib.util.spec_from_file_location("program", ROOT / "site.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("words", "given"),
    [
        (["preview"], ["--content", "content", "preview"]),
        (["preview", "PORT=9000", "OPEN=yes"], ["--content", "content", "preview", "--port", "9000", "--open", "yes"]),
        (["publish", "SITEURL=https://x.example/a=b"],
         ["--content", "content", "publish", "--site-url", "https://x.example/a=b"]),
        (["CONTENT=C:\\My clinic\\content", "html"], ["--content", "C:\\My clinic\\content", "html"]),
        (["html", "--content", "other"], ["--content", "other", "html"]),
        (["html", "CONTENT="], ["--content", "", "html"]),
        (["post", "TITLE=Five “ways”\n& more"], ["--content", "content", "post", "--title", "Five “ways”\n& more"]),
        (["post", "--title", "E=mc²"], ["--content", "content", "post", "--title", "E=mc²"]),
        (["start", "NAME=Quay", "PHONE="], ["--content", "content", "start", "--name", "Quay"]),
        (["publish", "DRY_RUN=yes"], ["--content", "content", "publish", "--dry-run", "yes"]),
    ],
)  # fmt: skip
def test_what_is_written_for_make_or_as_an_option_is_the_same(
    program: ModuleType, words: list[str], given: list[str]
) -> None:
    assert program.arguments(words, COMMANDS) == given


def test_it_has_every_command_and_each_takes_what_make_gives_it(program: ModuleType) -> None:
    assert set(program.commands()) == set(COMMANDS)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for name, _about, recipe in program.LISTED.findall(makefile):
        if name in COMMANDS:
            command = cli.get_command(click.Context(cli), name)
            assert command
            options = {option for parameter in command.params for option in parameter.opts}
            assert set(re.findall(r"--[a-z-]+", recipe)) <= options, name


@pytest.mark.parametrize("words", [["prevew"], ["TITLE=x"], ["test"]])
def test_a_command_that_is_none_is_one_sentence(
    program: ModuleType, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(words) == 1
    said = capsys.readouterr().err
    assert said.startswith("There is no command ")
    assert said.count("\n") == 1
    assert "preview, " in said


def test_without_a_word_it_lists_the_commands_and_makes_nothing(
    program: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "make_environment", lambda: pytest.fail("nothing was asked for"))
    assert program.main([]) == 0
    said = capsys.readouterr().out
    assert all(f"python site.py {name} " in said for name in COMMANDS)


@pytest.fixture
def folder(program: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[list[str]]]:
    """Lets the program begin in an empty folder; gives what it runs, where all goes well but what is ``failing``."""

    def begin(failing: str = "nothing") -> list[list[str]]:
        ran: list[list[str]] = []
        venv = tmp_path / ".venv"

        def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[bytes]:
            ran.append(command)
            if "venv" in command and failing != "venv":
                venv.mkdir(exist_ok=True)
            return subprocess.CompletedProcess(command, int(failing in command))

        for name in ("requirements.txt", "requirements-dev.txt"):
            (tmp_path / name).touch()
        for name, path in {"ROOT": tmp_path, "VENV": venv, "RUNTIME": venv / ".runtime", "TOOLS": venv / ".dev",
                           "LOG": venv / "pip.log"}.items():  # fmt: skip
            monkeypatch.setattr(program, name, path)
        monkeypatch.setattr(program.subprocess, "run", run)
        return ran

    return begin


@pytest.mark.parametrize(
    ("failing", "sentence"),
    [
        ("venv", "The environment could not be made in .venv/: please see that there is room on the disk"),
        ("pip", "The packages that the site needs could not be fetched: please see that there is a connection"),
    ],
)
def test_an_environment_that_cannot_be_made_is_one_sentence_and_is_made_the_next_time(
    program: ModuleType,
    folder: Callable[..., list[list[str]]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    failing: str,
    sentence: str,
) -> None:
    folder(failing)
    assert program.main(["environment"]) == 1
    assert capsys.readouterr().err.startswith(sentence)
    assert not (tmp_path / ".venv" / ".runtime").exists()
    folder()
    assert program.main(["environment", "tools"]) == 0
    assert (tmp_path / ".venv" / ".runtime").exists()
    assert (tmp_path / ".venv" / ".dev").exists()


def test_where_the_pip_that_python_brings_is_not_found_ensurepip_finds_it(
    program: ModuleType, folder: Callable[..., list[list[str]]]
) -> None:
    ran = folder(program.PIP)
    program.make_environment()
    assert [command[-1] for command in ran if "ensurepip" in command] == ["ensurepip"]


def test_one_that_is_up_to_date_is_left_alone_and_one_that_is_not_is_made_anew(
    program: ModuleType, folder: Callable[..., list[list[str]]], tmp_path: Path
) -> None:
    folder()
    program.make_environment()
    ran = folder()
    os.utime(tmp_path / "requirements.txt", (0, 0))
    program.make_environment()
    assert not [command for command in ran if "venv" in command or "pip" in command]
    os.utime(tmp_path / ".venv" / ".runtime", (0, 0))
    os.utime(tmp_path / "requirements.txt")
    program.make_environment()
    assert [command for command in ran if "--clear" in command]


def test_a_new_environment_with_the_tools_takes_one_installation(
    program: ModuleType, folder: Callable[..., list[list[str]]], tmp_path: Path
) -> None:
    def installed(ran: list[list[str]]) -> list[str]:
        return [Path(command[-1]).name for command in ran if "pip" in command]

    ran = folder()
    program.make_environment(with_tools=True)
    assert installed(ran) == ["requirements-dev.txt"]
    shutil.rmtree(tmp_path / ".venv")
    program.make_environment()
    program.make_environment(with_tools=True)
    program.make_environment(with_tools=True)
    assert installed(ran) == ["requirements-dev.txt", "requirements.txt", "requirements-dev.txt"]


def test_what_the_site_needs_is_all_among_what_the_tests_need() -> None:
    site, tools = ((ROOT / f"requirements{part}.txt").read_text("utf-8").splitlines() for part in ("", "-dev"))
    assert {line for line in site if "==" in line} <= set(tools)


def test_an_environment_that_is_a_link_is_never_emptied(
    program: ModuleType, folder: Callable[..., list[list[str]]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It belongs to another folder, in which somebody may be at work."""
    ran = folder()
    (tmp_path / "theirs").mkdir()
    (tmp_path / ".venv").symlink_to(tmp_path / "theirs", target_is_directory=True)
    assert program.main(["environment"]) == 1
    assert "is a link to" in capsys.readouterr().err
    assert ran == []


def test_a_python_that_is_too_old_can_read_it() -> None:
    ast.parse(SOURCE, feature_version=(3, 8))
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert imported <= sys.stdlib_module_names


@pytest.mark.site  # it starts Python, though none of our commands
@pytest.mark.parametrize("flags", [[], ["-X", "frozen_modules=off"]])
def test_pythons_own_module_of_this_name_is_still_found(flags: list[str]) -> None:
    """Where the folder of the project is in PYTHONPATH, as some editors have it, Python begins with this file."""
    code = "import site; print(site.getsitepackages(), site.__file__)"
    ended = [
        subprocess.run(
            [sys.executable, *flags, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, capture_output=True,
            text=True, check=False,
        )
        for path in (str(ROOT), str(ROOT / "plugins"))
    ]  # fmt: skip
    assert ended[0].stdout == ended[1].stdout != ""
    assert ended[0].stderr == ""
