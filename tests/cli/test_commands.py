"""What the command line promises for values that it cannot use: one sentence, without click's usage."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from clinic.cli.commands import COMMANDS, cli
from clinic.cli.options import ADDRESS
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_what_may_not_be_read_is_left_to_our_own_sentences() -> None:
    """Click would refuse it first, with a sentence for programmers."""
    context = click.Context(cli)
    commands = [command for name in COMMANDS if (command := cli.get_command(context, name))]
    paths = [each.type for command in (cli, *commands) for each in command.params if isinstance(each.type, click.Path)]
    assert len(paths) > 5
    assert not [path for path in paths if path.readable]


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "80 80", "", "²"])
def test_a_port_that_is_none_is_one_sentence(project: Path, port: str) -> None:
    ended = CliRunner().invoke(cli, ["--project", str(project), "preview", "--port", port])
    assert ended.exit_code == 1
    assert ended.output == f'Error: "{port}" is no port: please give a number up to 65535, such as 9000.\n'


@pytest.mark.parametrize("command", ["preview", "publish", "comment", "styleguide"])
def test_content_that_is_not_there_is_one_sentence(project: Path, command: str) -> None:
    ended = CliRunner().invoke(cli, ["--project", str(project), "--content", "nowhere", command])
    assert ended.exit_code == 1
    assert ended.output == f"Error: There is no folder {project / 'nowhere'} to take the content from.\n"


@pytest.mark.parametrize("command", ["preview", "admin", "html", "check", "publish", "share", "styleguide"])
def test_a_folder_without_settings_is_one_sentence(tmp_path: Path, command: str) -> None:
    (tmp_path / "content").mkdir()
    ended = CliRunner().invoke(cli, ["--project", str(tmp_path), command])
    name = "publishconf.py" if command in {"check", "publish"} else "pelicanconf.py"
    hint = "go to the folder that holds it beside content/ (cd FOLDER), then run it again"
    assert (ended.exit_code, ended.output) == (1, f"Error: There is no {name} in {tmp_path}: {hint}.\n")


@pytest.mark.site
@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that somebody is in")
def test_a_folder_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    gone = 'import os, runpy; os.rmdir(os.getcwd()); runpy.run_module("clinic.cli", run_name="__main__")'
    environment = os.environ | {"PYTHONPATH": str(ROOT / "plugins")}
    ended = subprocess.run(
        [sys.executable, "-c", gone], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    sentence = "Error: This folder is no longer there: go to the project's (cd FOLDER), then run it again.\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", sentence)


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
def test_make_html_says_the_same(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    make = ["make", "--old-file=.venv/.runtime", "html", "CONTENT=no where"]  # without making the environment
    outside = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}  # these tests run in one
    ended = subprocess.run(
        make, cwd=tmp_path, env=outside, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ended.returncode != 0
    assert ended.stdout == ""
    assert ended.stderr.splitlines()[0] == "There is no folder no where to take the content from."


@pytest.mark.parametrize("command", ["preview", "html", "publish", "comment", "styleguide"])
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "CONTENT= names no folder: leave it out for content/, or write CONTENT=folder."),
        (" ", "CONTENT= names no folder: leave it out for content/, or write CONTENT=folder."),
        ("pelicanconf.py", "{0}/pelicanconf.py is a file: please give the folder that clinic.yaml is in."),
        (".", "{0} holds the whole project: please give the folder that clinic.yaml is in."),
        ("..", "{0}/.. holds the whole project: please give the folder that clinic.yaml is in."),
    ],
)
def test_content_that_is_no_folder_of_content_is_one_sentence(
    project: Path, command: str, content: str, sentence: str
) -> None:
    ended = CliRunner().invoke(cli, ["--project", str(project), "--content", content, command])
    assert (ended.exit_code, ended.output) == (1, f"Error: {sentence.format(project)}\n")


def test_a_phone_is_let_in_by_yes_alone(project: Path) -> None:
    ended = CliRunner().invoke(cli, ["--project", str(project), "preview", "--phone", "01632 960199"])
    sentence = "PHONE=01632 960199 is neither: please write yes, or leave it out."
    assert (ended.exit_code, ended.output) == (1, f"Error: {sentence}\n")


@pytest.mark.parametrize("command", ["html", "publish"])
@pytest.mark.parametrize(
    "address",
    ["abc", "https://", "javascript:alert(1)", "https://a b.example", 'https://x.example/"y', "https://x.example?q=1",
     "ftp://x.example", "http://localhost:80x", "https://x.example/#a", "name.example"],
)  # fmt: skip
def test_an_address_that_is_none_is_one_sentence_before_anything_is_built(
    project: Path, command: str, address: str
) -> None:
    ended = CliRunner().invoke(cli, ["--project", str(project), command, "--site-url", address])
    sentence = f'"{address}" is no address of a site: please write SITEURL=https://name.example/folder.'
    assert (ended.exit_code, ended.output) == (1, f"Error: {sentence}\n")
    assert not (project / "output").exists()


@pytest.mark.parametrize(
    "address",
    ["https://name.example", "https://name.example/clinic/", "http://localhost:8000", "https://praxis-müller.example"],
)
def test_an_address_that_is_one_is_taken(address: str) -> None:
    assert ADDRESS.fullmatch(address)


# What stands in for Python: it answers what the Makefile asks of it, and is site.py and our command line.
FAKE_PYTHON = """#!/bin/sh
case "$*" in
  *version_info*) exit {too_old} ;;
  "site.py environment") [ {failing} = 0 ] || {{ echo "A sentence of site.py." >&2; exit 1; }}
    mkdir -p .venv/bin && cp "$0" .venv/bin/python && touch .venv/.runtime ;;
  *clinic.cli*) for word in "$@"; do echo "[$word]"; done ;;
esac
"""


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs make in a folder with spaces in its path, where only what a test wants is there of Python."""
    folder = tmp_path / "my own clinic"
    (folder / "content").mkdir(parents=True)
    (folder / "requirements.txt").touch()
    shutil.copy(ROOT / "Makefile", folder)
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "rm", "mkdir", "cp", "touch", "awk", "id", "env"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)

    def run(*words: str, too_old: int = 0, failing: int = 0) -> subprocess.CompletedProcess[str]:
        for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"):
            (tools / name).write_text(FAKE_PYTHON.format(too_old=too_old, failing=failing))
            (tools / name).chmod(0o755)
        outside = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "PYTHON"))}
        return subprocess.run(
            [shutil.which("make") or "make", *words], cwd=folder, env=outside | {"PATH": str(tools)},
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip

    return run


without_make = pytest.mark.skipif(not shutil.which("make") or os.name == "nt", reason="there is no make, or no sh")


@without_make
@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ("failing", "A sentence of site.py."),
        ("too_old", "The site needs Python 3.11 or newer: please install it from python.org, then run it again."),
    ],
)
def test_a_first_start_that_fails_is_told_in_our_words(
    made: Callable[..., subprocess.CompletedProcess[str]], lacking: str, sentence: str
) -> None:
    ended = made("preview", **{lacking: 1})
    assert ended.returncode != 0
    assert sentence in ended.stderr
    assert "[preview]" not in ended.stdout
    assert made("preview").returncode == 0  # and the next start makes it anew


@without_make
@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        (("preview", "PORT=abc"), ["preview", "--port", "abc"]),
        (("publish", "SITEURL=https://x.example/a'b"), ["publish", "--site-url", "https://x.example/a'b"]),
        (("html", "SITEURL=https://x.example"), ["html", "--site-url", "https://x.example"]),
        (("comment", 'FROM=Re: it\'s "$5" `off`.eml', "ARTICLE=five ways"),
         ["comment", "--from", 'Re: it\'s "$5" `off`.eml', "--article", "five ways"]),
        (("styleguide",), ["styleguide"]),
        (("post", "TITLE=It's \"5\" $x"), ["post", "--title", 'It\'s "5" $x']),
        (("person", "NAME=Ann O'Hare"), ["person", "--title", "Ann O'Hare"]),
        (("service", "TITLE=Nails, and more"), ["service", "--title", "Nails, and more"]),
        (("page",), ["page", "--title", ""]),
    ],
)  # fmt: skip
def test_what_is_given_to_make_arrives_as_it_was_typed(
    made: Callable[..., subprocess.CompletedProcess[str]], words: tuple[str, ...], arguments: list[str]
) -> None:
    ended = made(*words)
    assert ended.returncode == 0, ended.stderr
    given = [line[1:-1] for line in ended.stdout.splitlines() if line.startswith("[")]
    assert given == ["-m", "clinic.cli", "--content", "content", *arguments]


@without_make
def test_a_new_clinic_takes_what_was_typed_and_nothing_of_the_environment(
    made: Callable[..., subprocess.CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """GNU gettext has languages in LANGUAGE, and WSL the name of the machine in NAME."""
    monkeypatch.setenv("LANGUAGE", "de:en")
    monkeypatch.setenv("NAME", "DESKTOP-5")
    ended = made("start", "PLACE=St. Ives, (by the sea)", "PHONE=01632 960199")
    given = [line[1:-1] for line in ended.stdout.splitlines() if line.startswith("[")]
    options = dict(zip(given[5::2], given[6::2], strict=True))
    assert {key for key, value in options.items() if value} == {"--place", "--phone"}
    assert options["--place"] == "St. Ives, (by the sea)"


@without_make
def test_an_empty_content_is_not_taken_for_the_whole_project(
    made: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    assert "[--content]\n[]\n[html]" in made("html", "CONTENT=").stdout
