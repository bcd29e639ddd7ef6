"""Unchanged content gives the same files, byte for byte, so that only true changes are uploaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site import NOW, Build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site


def contents(site: Site) -> dict[str, bytes]:
    return {file: (site.output / file).read_bytes() for file in site.files}


@pytest.mark.site
def test_builds_of_the_same_content_are_the_same(tmp_path: Path, full: Site) -> None:
    """In another folder, over an older build, and in the process that builds most of the tests' sites."""
    build = Build("full")
    sites = []
    for folder in (tmp_path / "here", tmp_path / "there"):
        build.lay_out(folder)
        sites.append(contents(build.run(folder)))
    sites.append(contents(build.run(tmp_path / "there")))
    sites.append(contents(full))
    assert sites[0]
    assert all(site == sites[0] for site in sites)


@pytest.mark.parametrize("hour", [0, 23])
def test_the_time_of_the_day_changes_no_byte_unless_something_is_due(
    build_site: BuildSite, full: Site, hour: int
) -> None:
    """So a command may take a site for right until midnight, or until the next moment of ``next-build.json``."""
    other = build_site("full", now=NOW.replace(hour=hour, minute=59 if hour else 1))
    assert (contents(other), other.stderr) == (contents(full), full.stderr)


@pytest.mark.site
def test_a_strict_build_with_problems_leaves_the_old_site_as_it_was(tmp_path: Path) -> None:
    build = Build("minimal")
    build.lay_out(tmp_path)
    before = contents(build.run(tmp_path))
    (tmp_path / "content" / "posts").mkdir()
    (tmp_path / "content" / "posts" / "x.md").write_text("No header.\n", "utf-8")
    again = build.run(tmp_path)
    assert again.exit_code == 1
    assert contents(again) == before
