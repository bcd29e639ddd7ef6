"""The images of a whole site: those of published pages, ready to publish, and no others."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from clinic.rendering.images.cache import ImageCache
from tests.images.photos import CAMERA, drawing, moving, pattern, photo, saved
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bs4.element import Tag

    from tests.site import BuildSite, Site

POST = """---
title: Pictures
date: 2026-02-20
image: images/phone.jpg
image_alt: The quay
booking: none
---

![The cliff]({static}/images/My%20cliff,%20sideways.JPG "Where the "path" ends")

![A plan & more]({static}/images/plan.svg){: .wide }

Look ![here]({static}../images/small.png "small") and [at the whole picture]({static}/images/linked.jpg).

- ![Moving]({static}/images/moving.gif)

![From elsewhere](https://elsewhere.example/x.png)
"""
IMAGES: dict[str, str | bytes | None] = {
    "images/phone.jpg": photo(2000, 1500, 6),
    "images/My cliff, sideways.JPG": photo(1300, 900, 8),
    "images/linked.jpg": photo(700, 500),
    "images/small.png": saved(pattern(20, 10), "PNG"),
    "images/plan.svg": drawing(),
    "images/moving.gif": moving(),
    "images/secret.jpg": photo(),
}
FACTS = (
    (CLINICS / "full" / "clinic.yaml").read_text("utf-8").replace("host: maps.example.com", "host: elsewhere.example")
)
PHOTOS = [data for name, data in IMAGES.items() if name.lower().endswith((".jpg", ".png"))]
OVERLAY: dict[str, str | bytes | None] = {"clinic.yaml": FACTS, "posts/2026-02-20-pictures.md": POST, **IMAGES}
ADDRESS = "/post/pictures/"
SUB_PATH = {"CLINIC_PUBLIC": True, "CLINIC_ADDRESS": "https://trial.example/folder/"}


@pytest.fixture(scope="module")
def site(build_site: BuildSite) -> Site:
    return build_site("full", OVERLAY)


def images(site: Site, address: str = ADDRESS) -> list[Tag]:
    """Those that are files; a small drawing as logo stands in the page."""
    return site.page(address).select("img:not([src^='data:'])")


def named(site: Site, words: str) -> Tag:
    found = site.page(ADDRESS).find("img", alt=words)
    assert found
    return found


def addresses(image: Tag) -> list[str]:
    """Everything that a browser may load for it."""
    candidates = [part.split(" ")[0] for srcset in srcsets(image) for part in srcset.split(", ")]
    return [str(image["src"]), *candidates]


def srcsets(image: Tag) -> list[str]:
    """Those of the picture that an image is in, one for each format."""
    picture = image.parent
    assert picture
    return [str(source["srcset"]) for source in picture.find_all("source")] if picture.name == "picture" else []


def size_of(site: Site, address: str) -> tuple[int, int]:
    with Image.open(site.output / address.lstrip("/")) as image:
        return image.size


ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"


def feed_bodies(site: Site, feed: str) -> Iterator[BeautifulSoup]:
    for element in ET.fromstring(site.read(feed)).iter():  # noqa: S314 (we wrote it)
        if element.tag in {ENCODED, "{http://www.w3.org/2005/Atom}content"}:
            yield BeautifulSoup(element.text or "", "html5lib")


def test_a_photo_is_nowhere_published_with_its_position(site: Site) -> None:
    for file in site.files:
        data = (site.output / file).read_bytes()
        assert CAMERA.encode() not in data, file
        assert data not in PHOTOS, file
        if file.startswith("images/") and not file.endswith((".svg", ".mp4", ".vtt")):
            with Image.open(BytesIO(data)) as image:
                assert not image.getexif()


def test_an_image_never_makes_the_page_jump(site: Site) -> None:
    seen = 0
    for address in site.pages:
        for image in images(site, address):
            if not str(image["src"]).startswith("https://elsewhere") and not str(image["src"]).endswith(".svg"):
                assert (int(str(image["width"])), int(str(image["height"]))) == size_of(site, str(image["src"]))
                seen += 1
    assert seen > 10
    assert (named(site, "A plan & more")["width"], named(site, "A plan & more")["height"]) == ("120", "80")


def test_every_address_of_an_image_leads_to_a_file(site: Site) -> None:
    for address in site.pages:
        for image in images(site, address):
            for found in addresses(image):
                assert found.startswith("https://elsewhere") or found.lstrip("/") in site.files, found


def test_a_small_screen_loads_a_small_image(site: Site) -> None:
    cliff = named(site, "The cliff")
    for srcset in srcsets(cliff):
        found = [part.split(" ") for part in srcset.split(", ")]
        assert [int(width.removesuffix("w")) for _, width in found] == [480, 800, 1300]
        assert [size_of(site, address)[0] for address, _ in found] == [480, 800, 1300]
    assert srcsets(cliff)
    assert cliff.parent
    assert all(source["sizes"] and source["type"] for source in cliff.parent.find_all("source"))
    assert str(cliff["src"]).endswith(".jpg")


def test_an_image_below_the_first_screen_loads_late_and_the_header_image_at_once(site: Site) -> None:
    assert named(site, "The cliff")["loading"] == "lazy"
    assert not named(site, "The quay").has_attr("loading")
    assert {image["decoding"] for image in images(site) if image.has_attr("width")} == {"async"}


def test_an_image_alone_in_its_paragraph_is_a_figure_and_its_title_the_caption(site: Site) -> None:
    figure = named(site, "The cliff").find_parent("figure")
    assert figure
    assert (figure.name, figure["class"]) == ("figure", ["figure"])
    caption = figure.figcaption
    assert caption
    assert caption["class"] == ["figure__caption"]
    assert " ".join(caption.get_text().split()) == "Where the “path” ends"
    assert figure.parent
    assert figure.parent.name != "p"


def test_an_image_without_a_title_is_a_figure_without_a_caption(site: Site) -> None:
    plan = named(site, "A plan & more")
    assert plan.parent
    assert plan.parent.name == "figure"
    assert not plan.parent.figcaption
    assert plan["class"] == ["figure__image", "wide"]


def test_an_article_that_begins_with_an_image_is_described_by_its_first_words(site: Site) -> None:
    description = site.page(ADDRESS).find("meta", attrs={"name": "description"})
    assert description
    assert str(description["content"]).startswith("Look and at the whole picture.")


def test_an_image_within_words_stays_there(site: Site) -> None:
    here = named(site, "here")
    paragraph = here.find_parent("p")
    assert paragraph
    assert "Look" in paragraph.get_text()
    assert here["title"] == "small"


def test_a_drawing_and_a_moving_image_are_published_as_they_are(site: Site) -> None:
    for words, source in (("A plan & more", "images/plan.svg"), ("Moving", "images/moving.gif")):
        assert (site.output / str(named(site, words)["src"]).lstrip("/")).read_bytes() == IMAGES[source]


def test_an_image_of_a_site_that_the_owner_has_declared_is_left_alone(site: Site) -> None:
    assert named(site, "From elsewhere").attrs == {"alt": "From elsewhere", "src": "https://elsewhere.example/x.png"}


def test_a_link_to_an_image_leads_to_the_published_one(site: Site) -> None:
    link = site.page(ADDRESS).find("a", string="at the whole picture")
    assert link
    assert re.fullmatch(r"/images/picture-[0-9a-f]{8}\.jpg", str(link["href"]))
    assert size_of(site, str(link["href"])) == (700, 500)


def test_a_name_with_spaces_and_commas_becomes_an_address(site: Site) -> None:
    assert re.fullmatch(r"/images/cliff-[0-9a-f]{8}\.jpg", str(named(site, "The cliff")["src"]))


def published(site: Site, cache: Path, *keys: str) -> list[str]:
    """The files of a site that were made of these pictures of its content, whatever they are called."""
    made = [ImageCache(cache).get(site.folder / "content" / key).key[:8] for key in keys]
    return [file for file in site.files if any(f"-{key}" in file for key in made)]


def test_a_drafts_image_is_not_published(full: Site, site: Site, tmp_path: Path) -> None:
    assert published(site, tmp_path, "images/linked.jpg")
    assert not published(site, tmp_path, "images/secret.jpg", "images/draft-only.png", "images/draft-sketch.png")
    assert not [file for file in (*full.files, *site.files) if "draft" in file or "secret" in file]


def test_a_scheduled_articles_image_is_not_published_before_its_day(build_site: BuildSite, tmp_path: Path) -> None:
    post = POST.replace("2026-02-20", "2026-12-20")
    early = build_site("full", {"clinic.yaml": FACTS, "posts/2026-12-20-pictures.md": post, **IMAGES})
    assert early.exit_code == 0
    assert not published(early, tmp_path, "images/phone.jpg", "images/My cliff, sideways.JPG", "images/linked.jpg")


def test_the_preview_shows_a_drafts_images(build_site: BuildSite) -> None:
    assert [file for file in build_site("full", preview=True).files if "draft" in file]


def share_tags(site: Site, address: str) -> dict[str, str]:
    head = site.page(address).head
    assert head
    return {str(meta.get("property")): str(meta["content"]) for meta in head.find_all("meta", property=True)}


def test_every_page_has_a_picture_for_shared_links_with_its_size_and_words(site: Site) -> None:
    pictures = {}
    for address in set(site.pages) - {"/404.html"}:
        found = share_tags(site, address)
        if "og:image" not in found:
            continue
        pictures[address] = found["og:image"]
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
        assert size_of(site, urlsplit(found["og:image"]).path) == (1200, 630)
        assert found["og:image"].endswith((".png", ".jpg"))
        assert found["og:image:alt"]
    assert len(set(pictures.values())) > 30
    assert pictures[ADDRESS].endswith(".jpg")
    assert share_tags(site, ADDRESS)["og:image:alt"] == "Pictures – Larkmouth & Tarn Movement Clinic"


def test_search_engines_get_an_articles_photograph_in_three_shapes(site: Site) -> None:
    found = re.findall(
        r'"url":"[^"]*?(/images/the-quay-[^"]*-(\d+)x(\d+)\.jpg)","width":(\d+),"height":(\d+)', site.html(ADDRESS)
    )
    assert [(across, down) for _, across, down, _, _ in found] == [("16", "9"), ("4", "3"), ("1", "1")]
    for path, across, down, width, height in found:
        assert size_of(site, path) == (int(width), int(height))
        assert int(width) * int(down) == pytest.approx(int(height) * int(across), abs=int(across))


def test_a_picture_that_is_seen_first_is_loaded_first(build_site: BuildSite) -> None:
    words = POST.replace("image: images/phone.jpg\nimage_alt: The quay\n", "")
    site = build_site("full", {**OVERLAY, "posts/2026-02-20-pictures.md": words}, preview=True)
    assert named(site, "The cliff").get("fetchpriority") == "high"
    assert not named(site, "The cliff").has_attr("loading")
    assert named(site, "A plan & more")["loading"] == "lazy"
    assert not [file for file in site.files if file.startswith("theme/share/")]  # nobody shares a preview


def test_a_drawing_is_no_image_to_share(build_site: BuildSite) -> None:
    post = POST.replace("images/phone.jpg", "images/plan.svg")
    html = build_site("full", {**OVERLAY, "posts/2026-02-20-pictures.md": post}).html(ADDRESS)
    assert re.search(r'og:image" content="[^"]*/theme/share/post-pictures-[0-9a-f]{8}\.png"', html)


def test_structured_data_names_published_files_only(site: Site) -> None:
    text = site.everything()
    named_there = set(re.findall(r"https://larkmouth\.example\.com/(images/[^\"<\s]*)", text))
    assert named_there
    assert named_there <= set(site.files)
    assert '"/images/' in text
    assert "images/harbour.png" not in text


@pytest.mark.parametrize("feed", ["blog-feed.xml", "blog/atom.xml"])
@pytest.mark.parametrize("settings", [{}, SUB_PATH], ids=["at the root", "in a folder"])
def test_a_feed_has_whole_addresses_of_images(build_site: BuildSite, feed: str, settings: dict[str, object]) -> None:
    site = build_site("full", OVERLAY, settings=settings)
    public = "https://trial.example/folder/" if settings else "https://larkmouth.example.com/"
    found = [
        address for body in feed_bodies(site, feed) for image in body.find_all("img") for address in addresses(image)
    ]
    ours = [address for address in found if "elsewhere" not in address]
    assert len(ours) >= 7
    for address in ours:
        assert address.startswith(public)
        assert address.removeprefix(public) in site.files


def test_images_are_found_under_a_sub_path(build_site: BuildSite) -> None:
    site = build_site("full", OVERLAY, settings=SUB_PATH)
    found = [address for page in site.pages for image in images(site, page) for address in addresses(image)]
    ours = [address for address in found if "elsewhere" not in address]
    assert ours
    for address in ours:
        assert address.startswith("/folder/images/")
        assert address.removeprefix("/folder/") in site.files


def test_images_that_cannot_be_published_are_reported_where_they_are_named(build_site: BuildSite) -> None:
    broken = photo(700, 500)[:-2000]
    no_drawing = b"<html></html>"
    site = build_site(
        "full", {**OVERLAY, "images/phone.jpg": broken, "images/plan.svg": no_drawing, "images/linked.jpg": b""}
    )
    name = "content/posts/2026-02-20-pictures.md"
    unreadable = "cannot be read; save it again as JPEG or PNG"
    no_svg = "is not an SVG that can be read; save it again, or as PNG"
    assert site.problems == [
        f'{name}:4: the picture "images/phone.jpg" {unreadable}',
        f'{name}:11: the picture "images/plan.svg" {no_svg}',
        f'{name}:13: the picture "images/linked.jpg" {unreadable}',
    ]
    assert site.exit_code == 1
    assert not site.files
    assert "Traceback" not in site.stderr


def test_a_locations_image_that_cannot_be_read_is_reported_by_its_own_name(build_site: BuildSite) -> None:
    others = dict.fromkeys(("locations/larkmouth.md", "events/coast-path-walk.md"))
    words = {"pages/about.md": "---\ntitle: About\n---\nWords.\n", **others}
    site = build_site("full", {"images/harbour.png": b"", **words})
    assert site.problems == [
        'content/images/harbour.png: the picture "images/harbour.png" cannot be read; save it again as JPEG or PNG'
    ]


def test_the_preview_goes_on_without_an_image_that_cannot_be_read(build_site: BuildSite) -> None:
    site = build_site("full", {**OVERLAY, "images/phone.jpg": b"", "images/linked.jpg": photo()[:500]}, preview=True)
    assert len(site.problems) == 2
    assert "Traceback" not in site.stderr
    assert not [file for file in site.files if "phone" in file or "linked" in file]
    assert "{static}" not in site.everything()
    assert images(site)


def test_a_second_build_takes_every_image_from_the_first(
    build_site: BuildSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = tmp_path_factory.mktemp("cache")
    names: list[set[tuple[str, int]]] = []
    for title in ("First", "Second"):
        post = POST.replace("title: Pictures", f"title: {title}").replace("date:", "slug: pictures\ndate:")
        site = build_site(
            "full", {**OVERLAY, "posts/2026-02-20-pictures.md": post}, settings={"CACHE_PATH": str(cache)}
        )
        assert site.exit_code == 0
        names.append(
            {(path.name, path.stat().st_mtime_ns) for path in (cache / "pictures").glob("*/*") if path.is_file()}
        )
    assert names[0] <= names[1]
    assert len(names[1] - names[0]) == 1  # the share card with the other title
    assert len(names[0]) > 10
