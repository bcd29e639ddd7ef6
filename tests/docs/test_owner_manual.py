"""``content/README.md`` is the owner's manual: it lies among her files and is no part of her site."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from clinic.content.publication import read_written
from tests.docs.manuals import OWNER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite

SENTENCE = "A sentence that only the manual has."


def test_the_manual_is_neither_a_problem_nor_published(build_site: BuildSite) -> None:
    site = build_site("minimal", {"README.md": f"{OWNER.text}\n{SENTENCE}\n"})
    assert site.problems == []
    assert site.exit_code == 0
    assert [file for file in site.files if "readme" in file.lower()] == []
    assert SENTENCE not in site.everything()


def test_only_that_one_file_is_let_pass(build_site: BuildSite) -> None:
    files = {"readme.md": "Words.\n", "posts/README.md": "Words.\n", "notes.md": "Words.\n"}
    site = build_site("minimal", files)
    assert {problem.partition(":")[0] for problem in site.problems} == {f"content/{file}" for file in files}


def test_what_the_manual_says_does_not_hide_what_leaks(tmp_path: Path) -> None:
    """The words of published files are no secrets; those of the manual are not published."""
    (tmp_path / "README.md").write_text("# Manual\n\nFive ways to help your neck\n", "utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "neck.md").write_text("---\ntitle: Neck\nstatus: draft\n---\n\nWords.\n", "utf-8")
    written = read_written(tmp_path, "content", datetime.now(UTC), UTC)
    assert [found.key for found in written] == ["posts/neck.md"]
