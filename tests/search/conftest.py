"""The search index as it is published."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.site import Site


SIGNATURE = b"pagefind_dcd"


def index_of(site: Site) -> dict[str, dict[str, Any]]:
    """What the index knows of each page, by address."""
    files = [site.output / file for file in site.files if file.endswith(".pf_fragment")]
    texts = (gzip.decompress(file.read_bytes()).removeprefix(SIGNATURE) for file in files)
    return {page["url"].replace(".html", "/"): page for page in map(json.loads, texts)}  # as search.js does


@pytest.fixture(scope="session")
def index(full: Site) -> dict[str, dict[str, Any]]:
    """The index of the full clinic."""
    return index_of(full)
