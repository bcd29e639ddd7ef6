"""Every kind of source that the manual names gives the same post: its title, day, address, text and picture."""

from __future__ import annotations

import io
import json
import plistlib
import zipfile
from typing import TYPE_CHECKING

import pytest

from clinic.cli.importing.reading import Import
from tests.importing.test_texts import TODAY

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Mind the gap between the train and the platform, and your knees on every step down."
MARKUP = f"<p>{WORDS} <a href='/post/hips'>Hips</a></p><p><img src='/a.jpg' alt='A step'></p>"
PAGE = (
    "<html><head><title>Knees</title><meta property='article:published_time' content='2024-05-12T09:00:00Z'></head>"
    f"<body><article><h1>Knees</h1>{MARKUP}</article></body></html>"
)
ADDRESS = "https://old.example.com/post/knees"
ATOM = f"""\
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://old.example.com/"><link href="/"/><entry>
<title>Knees</title><link href="/post/knees"/><published>2024-05-12T09:00:00Z</published>
<content type="html"><![CDATA[{MARKUP}]]></content></entry></feed>"""
RSS_1 = f"""\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><link>https://old.example.com/</link></channel><item><title>Knees</title><link>{ADDRESS}</link>
<dc:date>2024-05-12</dc:date><content:encoded><![CDATA[{MARKUP}]]></content:encoded></item></rdf:RDF>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "home_page_url": "https://old.example.com/",
    "items": [{"url": "/post/knees", "title": "Knees", "date_published": "2024-05-12", "content_html": MARKUP}],
}
MHTML = f"""\
From: <Saved by Blink>
Snapshot-Content-Location: {ADDRESS}
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="B"

--B
Content-Type: text/html; charset=utf-8
Content-Location: {ADDRESS}

{PAGE}
--B--
"""
WEB_ARCHIVE = {"WebMainResource": {"WebResourceData": PAGE.encode(), "WebResourceURL": ADDRESS}}
KINDS: dict[str, bytes] = {
    "atom.xml": ATOM.encode(),
    "rss-1.rdf": RSS_1.encode(),
    "feed.json": json.dumps(JSON_FEED).encode(),
    "chrome.mhtml": MHTML.encode(),
    "safari.webarchive": plistlib.dumps(WEB_ARCHIVE, fmt=plistlib.FMT_BINARY),
    "safari-xml.webarchive": plistlib.dumps(WEB_ARCHIVE),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_feed_or_a_saved_page_of_any_kind_gives_the_whole_post(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(KINDS[name])
    (found,) = Import(tmp_path / name, TODAY).read().found
    assert (found.title, f"{found.day:%Y-%m-%d}", found.address) == ("Knees", "2024-05-12", ADDRESS)
    assert found.body.markdown == f"{WORDS} [Hips](link:0)\n\n![](asset:0)"
    assert found.body.links == ["https://old.example.com/post/hips"]
    assert [(asset.url, asset.alt) for asset in found.body.assets] == [("https://old.example.com/a.jpg", "A step")]


FOLDERS = {
    "Eleventy": {
        ".eleventy.js": "module.exports = {}",
        "posts/knees.md": "---\ntitle: Knees\ndate: 2024-05-12\ntags: [posts, knees]\nlayout: post.njk\n---\n"
        '{% image "./a.jpg", "A step" %}\n\n'
        + WORDS
        + " [Hips]({{ '/post/hips/' | url }}) {% raw %}{{ kept }}{% endraw %}\n",
    },
    "Decap": {
        "package.json": "{}",
        "content/blog/2024-05-12-knees.md": "---\ntemplateKey: blog-post\ntitle: Knees\n"
        "date: 2024-05-12T09:00:00.000Z\ntags:\n  - knees\n---\n![A step](./a.jpg)\n\n"
        + WORDS
        + " [Hips](/post/hips/) `{{ kept }}`\n",
    },
}


@pytest.mark.parametrize("program", FOLDERS)
def test_a_folder_of_any_program_gives_the_post_with_its_keys_as_ours(program: str, tmp_path: Path) -> None:
    for name, text in FOLDERS[program].items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (found,) = Import(tmp_path, TODAY).read().found
    assert (found.title, f"{found.day:%Y-%m-%d}", found.tags, found.is_page) == (
        "Knees",
        "2024-05-12",
        ["knees"],
        False,
    )
    body = found.body.markdown.replace("`", "")
    assert body == f"![](asset:0)\n\n{WORDS} [Hips](link:0) {{{{ kept }}}}"
    assert [(asset.url, asset.alt) for asset in found.body.assets] == [("./a.jpg", "A step")]


def test_a_document_of_word_gives_its_title_its_headings_and_its_text(tmp_path: Path) -> None:
    styled = [("Title", "Knees"), ("", WORDS), ("Heading1", "Why"), ("", "Because.")]
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>' for style, words in styled
    )
    space = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="a" '
        f'Type="{space}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}/wordprocessingml/2006/main"><w:body>{paragraphs}'
        "</w:body></w:document>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    (tmp_path / "knees.docx").write_bytes(packed.getvalue())
    (found,) = Import(tmp_path / "knees.docx", TODAY).read().found
    assert (found.title, found.body.markdown) == ("Knees", f"{WORDS}\n\n## Why\n\nBecause.")
