"""An SVG is published as a picture: it runs, loads and tells nothing, and looks as it did."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from lxml import etree
from PIL import ImageChops

from clinic.rendering.images.brand import paint
from clinic.rendering.images.decode import ImageError
from clinic.rendering.images.svg import clean_svg
from tests.images.photos import drawing

SQUARE = '<path id="seen" d="M1 1h7v7h-7z" fill="#c00"/>'
SCRIPT = "<script>alert('ran')</script>"
SET = 'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
HOSTILE = {
    "a script": SCRIPT,
    "a script of another namespace": '<x:script xmlns:x="http://www.w3.org/1999/xhtml">ran</x:script>',
    "an event handler": '<path onclick="ran()"/>',
    "an event handler in capitals": '<path ONLOAD="ran()"/>',
    "a link that runs": '<a href="java&#10;script:ran()"><path/></a>',
    "a link that an animation makes run": '<animate attributeName="href" to="javascript:ran()"/>',
    "a link that a set makes run": '<set attributeName="xlink:href" to="javascript:ran()"/>',
    "a handler that a set makes": '<set attributeName="onmouseover" to="ran()"/>',
    "a page within": '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">ran</body></foreignObject>',
    "a use of a document in its address": '<use href="data:image/svg+xml,ran"/><use href="data:text/html,ran"/>',
    "a use of another file": '<use xlink:href="https://elsewhere.example/ran.svg#a"/>',
    "a picture from elsewhere": '<image href="//elsewhere.example/ran.png"/><feImage href="ran.png"/>',
    "another base": '<g xml:base="https://elsewhere.example/ran"><path/></g>',
    "an import": '<style>@import url("https://elsewhere.example/ran.css");@import "ran.css";</style>',
    "a style that loads": "<style>path{fill:url(https://elsewhere.example/ran)}</style>",
    "a style behind escapes": "<style>path{fill:u\\72l(https://elsewhere.example/ran)}</style>",
    "a style that loads a set": '<style>path{fill:image-set("https://elsewhere.example/ran" 1x)}</style>',
    "a style behind a comment": "<style>/* */@import/* */'ran';path{fill:url( 'https://elsewhere.example/ran')}</style>",
    "a style of an element": '<path style="fill:url(https://elsewhere.example/ran#a)" mask="url(//ran.example)"/>',
    "a comment": "<!-- ran -->",
    "an instruction": "<?php ran?>",
    "words of an editor": '<metadata>ran</metadata><i:pgf xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/">ran</i:pgf>',
    "names of an editor": '<path x:label="ran" xmlns:x="http://www.inkscape.org/namespaces/inkscape" data-name="ran"/>',
    "its maker": "<desc>Created with ran.</desc>",
}


def inside(data: str) -> str:
    return base64.b64encode(data.encode()).decode()


WHOLE = {
    **{name: drawing(SQUARE + hostile, SET) for name, hostile in HOSTILE.items()},
    "UTF-16": drawing(SQUARE + SCRIPT, SET).decode().encode("utf-16"),
    "entities": b'<!DOCTYPE svg [<!ENTITY x "javascript:ran()">]>' + drawing(f'{SQUARE}<a href="&x;"/>', SET),
    "a stylesheet": b'<?xml version="1.0"?><?xml-stylesheet href="ran.xsl"?>' + drawing(SQUARE, SET),
    "a drawing within": drawing(
        f'{SQUARE}<image href="data:image/svg+xml;base64,{inside(drawing(SCRIPT).decode())}"/>', SET
    ),
}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_nothing_in_an_svg_runs_loads_or_tells(data: bytes) -> None:
    made = clean_svg(data)[0].decode()
    within = [base64.b64decode(each.split('"')[0]).decode() for each in made.split("svg+xml;base64,")[1:]]
    for text in (made, *within):
        assert not [word for word in ("ran", "elsewhere", "alert", "<?", "<!", "javascript") if word in text], text
    assert 'd="M1 1h7v7h-7z"' in made


EXPORTS = sorted((Path(__file__).parent / "exports").glob("*.svg"))
"""Logos as Canva, Figma, Illustrator, Inkscape and Sketch write them."""
USES = "".join(f'<g id="{chr(98 + n)}">' + f'<use href="#{chr(97 + n)}"/>' * 10 + "</g>" for n in range(8))


@pytest.mark.skipif(
    paint('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', 9) is None, reason="no resvg"
)
@pytest.mark.parametrize("logo", EXPORTS, ids=lambda logo: logo.stem)
def test_a_logo_as_programs_write_it_looks_the_same_and_says_nothing_of_its_making(logo: Path) -> None:
    made, *_ = clean_svg(logo.read_bytes())
    before, after = paint(logo.read_text("utf-8"), 200), paint(made.decode(), 200)
    assert before
    assert after
    assert before.convert("RGBA").getcolors(100_000) != [(before.width * before.height, (0, 0, 0, 0))]
    assert ImageChops.difference(before.convert("RGBA"), after.convert("RGBA")).getbbox(alpha_only=False) is None
    for told in ("inkscape", "sodipodi", "adobe", "Sketch", "<!", "pgf"):
        assert told not in made.decode()
    assert clean_svg(made)[0] == made


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            b'<!DOCTYPE svg [<!ENTITY a "'
            + b"a" * 1000
            + b'">'
            + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 30) for n in range(8))
            + b"]>"
            + drawing("<text>&i;</text>"),
            "can be read",
        ),
        (b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + drawing("<text>&x;</text>"), "can be read"),
        (drawing(f'<g id="a"><path/></g>{USES}'), "too many times over; save it again as PNG"),
        (
            drawing("".join(f'<g id="n{n}"><use href="#n{n + 1}"/></g>' for n in range(1500))),
            "too many times over; save it again as PNG",
        ),
        (drawing("<g>" * 5000), "can be read"),
        (b"<svg>" + b" " * 20_000_001, "more than 20 MB; save it again as PNG"),
    ],
    ids=["entities of entities", "a file of the machine", "uses of uses", "a chain of uses", "no end", "too large"],
)
def test_an_svg_that_would_cost_much_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(ImageError, match=words):
        clean_svg(data)


def test_a_drawing_that_repeats_itself_without_end_is_counted_once() -> None:
    assert clean_svg(drawing('<g id="a"><use href="#a"/></g>'))


def test_embedded_fonts_gradients_and_animations_stay() -> None:
    kept = (
        "<style>@font-face{font-family:x;src:url(data:font/woff2;base64,AAAA)}.a{fill:url(#g)}</style>"
        '<animate attributeName="fill" to="red"/><a href="#seen"><path/></a>'
    )
    made = etree.fromstring(clean_svg(drawing(kept))[0])
    assert etree.tostring(made) == etree.tostring(etree.fromstring(drawing(kept)))
