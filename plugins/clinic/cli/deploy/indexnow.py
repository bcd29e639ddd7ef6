"""Tells search engines which addresses a deploy has changed (indexnow.org); that never fails a deploy."""

import http.client
import json
import os
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

from lxml import etree

from clinic.cli.deploy.outcome import Plan
from clinic.domain.pages.urls import SiteAddress
from clinic.rendering.files.crawlers import SITEMAP
from clinic.rendering.files.facts import indexnow_key

_INTERFACE = "https://api.indexnow.org"
_VARIABLE = "INDEXNOW_API"
_SECONDS = 10
_MOST = 10_000
"""Addresses in one message."""
_PAGE = "index.html"


def tell_of_changes(site: Path, public: str, plan: Plan) -> str:
    """Tell of the pages that are new, changed or gone, and say how that went in one sentence; nothing if none is."""
    address = SiteAddress.parse(public)
    changed = changed_addresses(site, address, plan)
    if not changed:
        return ""
    key = indexnow_key(address)
    told = {"host": address.host, "key": key, "keyLocation": address.of_all(f"{key}.txt"), "urlList": changed}
    interface = os.environ.get(_VARIABLE, _INTERFACE).rstrip("/")
    count = "1 address that has" if len(changed) == 1 else f"{len(changed)} addresses that have"
    try:
        request = urllib.request.Request(  # noqa: S310 -- ours, or what this machine was told
            f"{interface}/indexnow",
            json.dumps(told).encode(),
            {"Content-Type": "application/json; charset=utf-8", "User-Agent": "clinic-site"},
        )
        with urllib.request.urlopen(request, timeout=_SECONDS):  # noqa: S310 -- as above
            return f"Told search engines (IndexNow) of {count} changed."
    except urllib.error.HTTPError as error:
        reason = f"it answers {error.code}"
    except (OSError, ValueError, http.client.HTTPException):
        reason = "it cannot be reached"
    return f"Search engines were not told of {count} changed (IndexNow: {reason}); they will find them by themselves."


def changed_addresses(site: Path, address: SiteAddress, plan: Plan) -> list[str]:
    """The addresses of changed pages that search engines may show, as the sitemap lists them, and of pages gone."""
    listed = {location.text or "" for location in _sitemap(site).iter("{*}loc")}
    sent = (_address(address, name) for name in plan.sent if name.endswith(".html"))
    gone = (_address(address, name) for name in plan.gone if name.endswith(_PAGE))
    return [*dict.fromkeys((*(url for url in sent if url in listed), *gone))][:_MOST]


def _sitemap(site: Path) -> etree._Element:
    try:
        return etree.parse(site / SITEMAP, etree.XMLParser(resolve_entities=False)).getroot()
    except (OSError, etree.XMLSyntaxError):
        return etree.Element("urlset")


def _address(address: SiteAddress, name: str) -> str:
    return address.of_all(quote(name.removesuffix(_PAGE) if name.rpartition("/")[2] == _PAGE else name))
