"""``make publish SITEURL=…``: an address of a local network will do, and what is none is told in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.fact_check.statements.finder import StatementFinder
from clinic.models.clinic import site_address

if TYPE_CHECKING:
    from tests.site import BuildSite

LOCAL = [
    "http://192.168.1.5:8000",
    "http://192.168.178.123:8080/clinic",
    "http://localhost:8000",
    "http://localhost",
    "http://clinic.local",
    "http://nas:8000",
    "http://[::1]:8000",
    "https://trial.example.com/folder",
]
NONE = [
    "https://",
    "https:// example.com",
    "https://a b.example.com",
    "ftp://example.com",
    "https://example",
]
NONE += ["https://example..com", "https://-x.example.com", "https://example.com,", 'https://example.com/"a"']
NONE += ["https://example.com/../a", f"https://{'a' * 64}.example.com"]
NONE += ["https://example.com:port", "https://me:secret@example.com", "http://[::1", "https:///example.com", " "]


@pytest.mark.parametrize("address", LOCAL)
def test_an_address_of_a_local_network_is_one(address: str) -> None:
    assert site_address(f"{address}/") == address


@pytest.mark.parametrize("address", NONE)
def test_what_is_no_address_is_refused_as_in_the_facts(address: str) -> None:
    with pytest.raises(ValueError, match="is not a web address; copy it from the browser"):
        site_address(address)


@pytest.mark.parametrize("address", ["example.com", "www.example.com/clinic", "münchen.example", "127.0.0.1:8000"])
def test_an_address_without_its_beginning_is_told_with_it(address: str) -> None:
    with pytest.raises(ValueError, match=f"is not a web address; write https://{address}$"):
        site_address(address)


@pytest.mark.parametrize("address", ["https://x.example.com/?a=b", "https://x.example.com/#a"])
def test_an_address_that_goes_on_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"write the address alone: https://x\.example\.com/"):
        site_address(address)


def test_a_site_can_be_built_for_an_ip_address(build_site: BuildSite) -> None:
    site = build_site("full", settings={"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "http://192.168.178.123:8000"})
    assert site.problems == []
    assert 'href="http://192.168.178.123:8000/contact/"' in site.html("/contact/")


@pytest.mark.parametrize("address", ["least.example.com", "https://least.example.com/?a=b"])
def test_a_bad_address_stops_a_publish_with_one_sentence(build_site: BuildSite, address: str) -> None:
    site = build_site("minimal", settings={"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": address})
    told = [line for line in site.stderr.splitlines() if line.startswith("SITEURL: ")]
    assert len(told) == 1
    assert f'"{address}"' in told[0]
    assert "\n1 problem to mend:\n" in site.stderr
    assert (site.exit_code, site.files) == (1, ())


@pytest.mark.parametrize("text", ["call it at 192.168.178.123", "10.123.124.125 is our server", "dial 172.16.254.1"])
def test_an_ip_address_is_no_telephone_number(text: str) -> None:
    assert not list(StatementFinder().find(text))
