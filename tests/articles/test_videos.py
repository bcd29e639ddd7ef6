"""A video is there to see, and nothing is loaded from elsewhere before the visitor asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clinic.models.videos import VideoSource, player_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from tests.site import Site


ANKLES = "/post/ankles-on-the-coast-path/"
ID = "aBcDeFgHiJk"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.youtube.com/watch?v={ID}&t=42s&si=abc",
        f"https://youtu.be/{ID}?si=abc",
        f"https://m.youtube.com/watch?app=desktop&v={ID}",
        f"https://youtube.com/shorts/{ID}",
        f"https://www.youtube.com/embed/{ID}",
        f"https://www.youtube.com/live/{ID}?feature=share",
    ],
)
def test_every_form_of_a_youtube_address_is_one_video(url: str) -> None:
    player = player_of(url)
    assert player
    assert player.page == f"https://www.youtube.com/watch?v={ID}"
    assert player.frame.startswith(f"https://www.youtube-nocookie.com/embed/{ID}")


@pytest.mark.parametrize(
    ("url", "page", "query"),
    [
        ("https://vimeo.com/123456789", "https://vimeo.com/123456789", "dnt=1"),
        ("https://vimeo.com/123456789/abcdef", "https://vimeo.com/123456789/abcdef", "dnt=1&h=abcdef"),
        ("https://player.vimeo.com/video/123456789?h=abcdef", "https://vimeo.com/123456789/abcdef", "dnt=1&h=abcdef"),
    ],
)
def test_vimeo_is_asked_not_to_track_and_keeps_the_key_of_an_unlisted_video(url: str, page: str, query: str) -> None:
    player = player_of(url)
    assert player
    assert player.page == page
    assert player.frame == f"https://player.vimeo.com/video/123456789?{query}"


@pytest.mark.parametrize(
    "url",
    [
        "https://youtube.com/",
        "https://youtube.com.example.org/watch?v=" + ID,
        "https://vimeo.com/about",
        "https://films.example.com/1",
        "https://www.youtube.com/watch?v=short",
    ],
)
def test_no_other_address_is_taken_for_a_video(url: str) -> None:
    assert player_of(url) is None


def test_a_length_is_heard_in_words() -> None:
    video_source = VideoSource(url="images/a.mp4", duration="1:01:30")
    assert (video_source.iso_duration, video_source.length_in_words) == ("PT1H1M30S", "1 hour 1 minute 30 seconds")


def watched(page: Page, base: str) -> list[str]:
    """What the page asks for elsewhere, from now on; nothing of it leaves the machine."""
    elsewhere: list[str] = []

    def answer(route: Route) -> None:
        if route.request.url.startswith(base):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.fulfill(body="<p>The film</p>", content_type="text/html")

    page.route("**/*", answer)
    return elsewhere


def test_nothing_leaves_before_the_click_and_the_player_comes_with_it(
    full: Site, serve: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    base = serve(full.output)
    page = open_page("about:blank")
    elsewhere = watched(page, base)
    page.goto(base + ANKLES, wait_until="networkidle")
    link = page.get_by_role("link", name="How we look at an ankle")
    link.scroll_into_view_if_needed()
    assert "loaded from youtube-nocookie.com" in link.inner_text()
    assert elsewhere == []
    link.click()
    frame = page.frame_locator("iframe.video__frame").locator("p")
    assert frame.inner_text() == "The film"
    assert elsewhere == [f"https://www.youtube-nocookie.com/embed/{ID}?rel=0&autoplay=1"]
    assert page.evaluate("document.activeElement.title") == "How we look at an ankle"
    assert page.url == base + ANKLES


def test_without_script_it_is_a_link_that_says_where_it_leads(full: Site) -> None:
    [link] = full.page(ANKLES).select(".video a")
    assert link["href"] == f"https://www.youtube.com/watch?v={ID}"
    words = " ".join(link.get_text(" ").split())
    assert "How we look at an ankle" in words
    assert "4 minutes 30 seconds" in words
    assert "Watch it on YouTube" in words
    [poster] = link.select("img")
    assert str(poster["src"]).startswith("/images/steps-")
    assert poster["alt"] == ""
    assert not full.page(ANKLES).select("iframe")


def test_a_video_of_our_own_is_played_by_the_browser_and_waits_to_be_asked(full: Site) -> None:
    [video_source] = full.page("/post/shoes/").select("video")
    assert video_source["preload"] == "none"
    assert "controls" in video_source.attrs
    assert video_source["aria-label"] == "Lacing, in one minute"
    assert [source["src"] for source in video_source.select("source")] == ["/images/lacing.mp4"]
    assert [track["kind"] for track in video_source.select("track")] == ["captions"]
    assert {"images/lacing.mp4", "images/lacing.vtt"} <= set(full.files)


def test_feeds_show_the_still_and_the_link(full: Site) -> None:
    feed = full.read("blog/atom.xml")
    assert f"https://www.youtube.com/watch?v={ID}" in feed
    assert "iframe" not in feed
