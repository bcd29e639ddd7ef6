"""Real small sites, built once for all tests that look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site import OWN, Build

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site import BuildSite, Site


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where builds are kept; with several test processes the folder above theirs is common to all."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if base.name.startswith("popen-") else base) / "sites"


@pytest.fixture(scope="session")
def build_site(store: Path) -> BuildSite:
    """Builds a clinic of ``tests/clinics/`` with the real Pelican."""
    return lambda case, overlay=(), **more: Build(case, dict(overlay), **more).run_once(store)


@pytest.fixture(scope="session")
def full(build_site: BuildSite) -> Site:
    """The site of the clinic that uses every key there is."""
    return build_site("full")


@pytest.fixture(scope="session")
def minimal(build_site: BuildSite) -> Site:
    """The site of the clinic that says the least that is allowed."""
    return build_site("minimal")


@pytest.fixture(scope="session")
def own(build_site: BuildSite) -> Site:
    """The site of the project's own content."""
    return build_site(OWN)
