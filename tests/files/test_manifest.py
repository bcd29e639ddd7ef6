"""The web manifest names the clinic, its icons and its colours, wherever the site lies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.site import BuildSite, Site


def manifest(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(site.read("site.webmanifest"))
    return found


def test_it_names_the_clinic_and_icons_that_are_there(full: Site) -> None:
    found = manifest(full)
    assert found["name"] == "Larkmouth & Tarn Movement Clinic"
    assert found["start_url"] == "/"
    assert [icon["sizes"] for icon in found["icons"]] == ["192x192", "512x512", "512x512"]
    assert [icon["sizes"] for icon in found["icons"] if icon.get("purpose") == "maskable"] == ["512x512"]
    assert [icon["src"] for icon in found["icons"] if icon["src"].lstrip("/") not in full.files] == []


def test_its_colours_are_those_of_the_clinic_or_else_of_the_theme(full: Site, minimal: Site) -> None:
    assert manifest(full)["background_color"] == "#fbf8f2"
    assert manifest(minimal)["background_color"] == "#faf6ee"


def test_under_a_folder_everything_in_it_begins_with_that_folder(build_site: BuildSite) -> None:
    settings = {"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "https://least.example.com/clinic"}
    found = manifest(build_site("minimal", settings=settings))
    assert found["start_url"] == found["scope"] == found["id"] == "/clinic/"
    names = ("icon-192", "icon-512", "icon-maskable-512")
    assert [icon["src"] for icon in found["icons"]] == [f"/clinic/theme/{name}.png" for name in names]
