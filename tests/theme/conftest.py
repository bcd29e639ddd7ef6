"""The clinics that press on the theme, built once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.theme.clinics import crowded, stretched, without_a_phone

if TYPE_CHECKING:
    from tests.site import BuildSite, Site


@pytest.fixture(scope="session")
def long_words(build_site: BuildSite) -> Site:
    """Long words and titles everywhere, twelve services."""
    return build_site("full", stretched())


@pytest.fixture(scope="session")
def many_articles(build_site: BuildSite) -> Site:
    """Two hundred articles, one service."""
    return build_site("minimal", crowded())


@pytest.fixture(scope="session")
def no_phone(build_site: BuildSite) -> Site:
    """No phone, no services, no team, no article."""
    return build_site("minimal", without_a_phone())
