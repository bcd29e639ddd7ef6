"""What the command line promises for values that it cannot use: one sentence, without click's usage."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clinic.cli.commands import cli
from tests.site import ROOT

if TYPE_CHECKING:
    from pathlib import Path


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
