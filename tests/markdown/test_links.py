"""Links that lead nowhere are told with the address that is meant; names and what is said of images have true signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.images.photos import photo
from tests.site import CLINICS

if TYPE_CHECKING:
    from tests.site import BuildSite

HEAD = "---\ntitle: {}\ndate: 2026-01-01\n---\n\n"
INSTEAD = {
    "/blog/self-care/": "{filename}/posts/self-care.md",
    "/post/self-care/#the-first-week": "{filename}/posts/self-care.md#the-first-week",
    "../self-care.html": "{filename}/posts/self-care.md",
    "self-care.md": "{filename}/posts/self-care.md",
    "https://least.example.com/old/self-care/": "{filename}/posts/self-care.md",
    "me@example.com": "mailto:me@example.com",
    "mailto://me@example.com": "mailto:me@example.com",
    "+441632960199": "tel:+441632960199",
    "www.example.com/x": "https://www.example.com/x",
    "www.example.health": "https://www.example.health",
    "praxis.example.de/termin": "https://praxis.example.de/termin",
    "https//example.com": "https://example.com",
    "http:/example.com": "https://example.com",
    "gone.jpg": "{static}/images/gone.jpg, and put the file there",
    r"C:\Users\me\plan.pdf": "{static}/images/plan.pdf, and put the file there",
    "file:///home/me/photo.png": "{static}/images/photo.png, and put the file there",
}


def test_a_link_that_leads_nowhere_is_told_once_with_the_address_that_is_meant(build_site: BuildSite) -> None:
    text = "\n\n".join(f"[words](<{url}>)" for url in INSTEAD)
    site = build_site(
        "minimal", {"posts/self-care.md": HEAD.format("A") + "Words.", "posts/links.md": HEAD.format("B") + text}
    )
    assert [problem.rpartition("write ")[2] for problem in site.problems] == list(INSTEAD.values())
    assert [int(problem.split(":")[1]) for problem in site.problems] == [6 + 2 * n for n in range(len(INSTEAD))]


def test_names_and_what_is_said_of_images_have_true_signs_wherever_they_stand(build_site: BuildSite) -> None:
    facts = (
        (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8").replace("The Least Clinic", "St Ann's & Co -- Here")
    )
    front = 'image: images/a.jpg\nimage_alt: "A \\"knee\\" -- Ann\'s"\ntags: ["Ann\'s -- way"]'
    post = HEAD.format("At St Ann's & Co -- Here").replace("date:", f"{front}\ndate:")
    site = build_site("minimal", {"clinic.yaml": facts, "images/a.jpg": photo(800, 600), "posts/a.md": post + "Words."})
    assert site.problems == []
    page = site.html("/post/a/")
    assert "Ann'" not in page
    assert "Ann&#39;" not in page
    assert page.count("<title>At St Ann’s &amp; Co – Here</title>") == 1
    assert 'alt="A “knee” – Ann’s"' in page
    assert "St Ann’s \\u0026 Co – Here" in page
    assert "Ann’s – way" in site.html("/blog/tags/anns-way/")
