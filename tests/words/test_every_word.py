"""No word that visitors see is anywhere but in the catalogue and in the owner's content."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from babel import Locale
from jinja2 import Environment, nodes
from lxml import etree, html

from clinic.content.front_matter import read_markdown_file
from clinic.content.yaml_text import read_yaml
from clinic.models.bank_holidays import Region, bank_holidays
from clinic.models.language import DEFAULT_LANGUAGE, write_in
from tests.site import CLINICS, ROOT
from tests.words.pseudo import pseudo_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.site import BuildSite, Site

SAID = ("alt", "title", "aria-label", "placeholder", "label", "data-one-of", "data-printed", "data-here", "data-title")
"""Attributes that somebody reads or hears."""
OF_SCRIPTS = ("data-open", "data-shuts", "data-closed", "data-opens", "data-none", "data-fails")
"""Attributes with words that a script shows."""
METAS = {"description", "author", "og:title", "og:description", "og:site_name", "og:image:alt"}
NAMES = {
    "Google Maps", "Apple Maps", "OpenStreetMap", "WhatsApp", "Facebook", "LinkedIn", "Bluesky", "YouTube", "Vimeo",
    "kB", "MB", "DDG",
}  # fmt: skip
"""Names of others, and of a law, the same in every language."""
_TECHNICAL = re.compile(r"https?://\S+|\S+@\S+|\{\w+\}|[\w.-]+\.(?:com|example|net|org|ics|vcf)\S*|\d+T[\d:+-]+")
_RUN = re.compile(r"[A-Za-zÄÖÜäöüß][\dA-Za-zÄÖÜäöüß'’\s]*")
_CALENDAR_TEXT = re.compile(r"^(?:SUMMARY|NAME|X-WR-CALNAME|LOCATION|DESCRIPTION)[^:]*:(.*)$", re.MULTILINE)
_CARD_TEXT = re.compile(r"^(?:FN|ORG|TITLE|NOTE|ADR;TYPE=WORK):(.*)$", re.MULTILINE)
_FEED_WORDS = {"title", "subtitle", "summary", "description", "content", "encoded", "name"}
_JSON_WORDS = {"name", "headline", "description", "caption", "alternateName", "credentialCategory", "text", "slogan"}


@pytest.fixture(params=["full", "german"])
def spelt_wide(request: pytest.FixtureRequest, build_site: BuildSite) -> tuple[Site, str]:
    clinic = (CLINICS / request.param / "clinic.yaml").read_text("utf-8")
    forms = "contact_form: {provider: own, endpoint: https://forms.example.com/larkmouth}"
    assert request.param != "full" or forms in clinic
    others = re.sub(r"^words:\n(?: .*\n)+", "", clinic, flags=re.MULTILINE)
    site = build_site(request.param, {"clinic.yaml": f"{others}\n{pseudo_words()}"})
    assert (site.exit_code, site.problems) == (0, [])
    assert len(site.pages) > 20
    return site, _content(CLINICS / request.param)


def _content(folder: Path) -> str:
    """All that the owner wrote, plain, on one line; keys are not her words."""
    facts = read_yaml((folder / "clinic.yaml").read_text("utf-8")).value
    links = [entry for key in ("menu", "footer") for entry in facts.get(key, ()) if isinstance(entry, dict)]
    written = [*_values(facts), *(name for entry in links for name in entry)]
    for path in sorted(folder.rglob("*.md")):
        file = read_markdown_file(path, path.name)
        body = re.sub(r"^/// (?:\w+ \||\w+$)|^ {4}\w+:", "|", file.body, flags=re.MULTILINE)  # names are not her words
        written += [path.stem, *_values(file.front_matter.value), body]
    return f" {_plain(' | '.join(written))} "


def _values(found: Any) -> Iterator[str]:
    for value in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from [value] if isinstance(value, str) else _values(value)


def _plain(text: str) -> str:
    return re.sub(r"[^\w’']+", " ", text.replace("'", "’").casefold())


@cache
def left_over(text: str, content: str, language: str) -> tuple[str, ...]:
    """Words in narrow letters that are neither the owner's nor the calendar's."""
    plain = _names(language).sub("|", _TECHNICAL.sub(" | ", text))
    runs = (_plain(found[0]).strip() for found in _RUN.finditer(plain))
    return tuple(run for run in runs if len(run) > 1 and f" {run} " not in content)


@cache
def _names(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, (*NAMES, *_from_libraries(language))))})\b")


@cache
def _from_libraries(language: str) -> tuple[str, ...]:
    """Names of days and months (CLDR), and those of the holidays of Bavaria, as a site in this language has them."""
    write_in(language)
    days = [name for year in (2026, 2027) for name in bank_holidays(Region("DE", "BY"), year).values()]
    write_in(DEFAULT_LANGUAGE)
    return (*days, *_calendar(Locale(language)))


def _calendar(locale: Locale) -> Iterator[str]:
    for names in (*locale.days["stand-alone"].values(), *locale.months["stand-alone"].values()):
        yield from names.values()


def seen(page: etree._Element) -> Iterator[str]:
    """Every text of a page that somebody reads or hears."""
    for element in page.iter(etree.Element):
        if element.tag not in {"script", "style"}:
            yield element.text or ""
        yield element.tail or ""
        yield from (element.get(name, "") for name in (*SAID, *OF_SCRIPTS))
        yield from json.loads(element.get("data-counts", "{}")).values()
        if element.get("href", "").startswith(("mailto:", "sms:", "https://wa.me/")):
            yield from (unquote(value) for value in re.findall(r"(?<==)[^&]+", element.get("href")))
        if {element.get("name"), element.get("property")} & METAS:
            yield element.get("content", "")


def _words_of_graph(page: etree._Element) -> Iterator[str]:
    for graph in page.xpath("//script[@type='application/ld+json']"):
        yield from _graph_words(json.loads(graph.text))


def _graph_words(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        for key, value in found.items():
            if key in _JSON_WORDS and isinstance(value, str):
                yield value
            else:
                yield from _graph_words(value)
    elif isinstance(found, list):
        for value in found:
            yield from _graph_words(value)


def texts_of(site: Site) -> Iterator[tuple[str, Iterable[str]]]:
    for address in site.pages:
        page = html.document_fromstring(site.html(address))
        yield address, (*seen(page), *_words_of_graph(page))
    for file in site.files:
        if file == "feed.css":
            yield file, re.findall('content: "([^"]*)"', site.read(file))
        elif file.endswith(".html") and 'http-equiv="refresh"' in site.read(file)[:300]:  # the page of a former address
            yield file, tuple(seen(html.document_fromstring(site.read(file))))
        elif file.endswith((".xml", ".ics", ".vcf")) and file != "sitemap.xml":
            yield file, tuple(_of_file(file, site.read(file)))


def _of_file(file: str, text: str) -> Iterator[str]:
    unfolded = text.replace("\n ", "").replace("\r", "")
    if file.endswith(".ics"):
        yield from _CALENDAR_TEXT.findall(unfolded)
    elif file.endswith(".vcf"):
        yield from _CARD_TEXT.findall(unfolded)
    else:
        for element in etree.fromstring(text.encode()).iter(etree.Element):
            if etree.QName(element).localname in _FEED_WORDS and element.text:
                yield from html.fragment_fromstring(element.text, create_parent=True).itertext()


def test_every_word_of_a_site_is_the_owners_or_in_the_catalogue(spelt_wide: tuple[Site, str]) -> None:
    site, content = spelt_wide
    language = "de" if "german" in site.folder.name else "en"
    found = {
        where: wrong
        for where, texts in texts_of(site)
        if (wrong := [word for text in texts for word in left_over(text, content, language)])
    }
    assert found == {}


def test_a_word_that_is_not_looked_up_is_found() -> None:
    assert left_over("Ｃａｌｌ 01632 960100", "", "en") == ()
    assert left_over("Ｃａｌｌ us now", " call now ", "en") == ("us now",)
    assert left_over("Monday, Ｒｏｓａ Quill", " rosa quill ", "en") == ()


def _templates() -> list[Path]:
    folder = ROOT / "theme" / "templates"
    shown = (
        path for path in folder.rglob("*.html") if path.relative_to(folder).parts[0] not in {"examples", "styleguide"}
    )
    return sorted(shown)


@pytest.mark.parametrize("path", _templates(), ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    assert {*own_words(path.read_text("utf-8"))} <= NAMES | _NO_WORDS


_NO_WORDS = {"adr"}
"""The class name of an address, which a macro gives."""


def own_words(source: str) -> list[str]:
    """Letters that a template shows by itself: between its tags, and in attributes that are read; strings it prints."""
    tree = Environment(extensions=["jinja2.ext.do"]).parse(source)  # noqa: S701 (nothing is rendered)
    data = "".join(each.data if isinstance(each, nodes.TemplateData) else "\ue000" for each in _printed(tree))
    page = re.sub(r"<(style|script)\b.*?</\1>", "", data, flags=re.DOTALL)
    attributes = re.findall(rf'\s(?:{"|".join(SAID)})="([^"]*)"', page)
    texts = re.split(r"<(?:[^<>\"]|\"[^\"]*\")*>", page)
    strings = [str(each.value) for each in _shown_strings(tree)]
    words = re.compile(r"[A-Za-z]{2,}")
    return [
        text.replace("\ue000", "").strip()
        for text in (*texts, *attributes, *strings)
        if words.search(_TECHNICAL.sub("", text))
    ]


def _printed(tree: nodes.Template) -> Iterator[nodes.Node]:
    for output in tree.find_all(nodes.Output):
        yield from output.nodes


_UNREAD_ATTRIBUTE = re.compile(rf'<[^<>]*\s(?!(?:{"|".join(SAID)})=)[\w-]+="[^"]*$')
"""The end of what stands before a value of an attribute that nobody reads, such as a class."""


def _read_expressions(tree: nodes.Template) -> Iterator[nodes.Node]:
    before = ""
    for node in _printed(tree):
        if isinstance(node, nodes.TemplateData):
            before += node.data
        elif not _UNREAD_ATTRIBUTE.search(before):
            yield node


def _shown_strings(tree: nodes.Template) -> Iterator[nodes.Const]:
    """Strings that an expression prints, or chooses from: ``{{ "Where" if … else "Here" }}``, ``a or "b"``."""
    waiting = [*_read_expressions(tree)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            yield node
        elif isinstance(node, nodes.CondExpr):
            waiting += [node.expr1, *([node.expr2] if node.expr2 else [])]
        elif isinstance(node, nodes.Or | nodes.And | nodes.Add):
            waiting += [node.left, node.right]
        elif isinstance(node, nodes.Concat):
            waiting += node.nodes


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        '<img alt="A map" src="x">',
        '<nav aria-label="{{ "Main" if x else y }}"></nav>',
        "{{ name or 'Find us' }}",
        "<p>{{ count ~ ' results' }}</p>",
        "{% if x %}<b>Closed</b>{% endif %}",
        '<p class="x">{{ "Closed" if x }}</p>',
        '<p class="{{ y }}" aria-label="{{ "Closed" if x }}"></p>',
    ],
)
def test_words_of_a_template_are_found(source: str) -> None:
    assert own_words(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p class="x">{{ _("Hello") }}</p>',
        '<a href="{{ "contact/"|link }}">{{ name }}</a>',
        "{# Hello #}",
        '<p class="hero{{ " hero--plain" if x else " hero--photo" }}">{{ name }}</p>',
        '<p id="{{ "main" if x }}" class="a {{ "b" if y }}"></p>',
    ],
)
def test_what_is_looked_up_or_not_shown_is_no_word_of_a_template(source: str) -> None:
    assert own_words(source) == []
