"""A clinic whose language is another than English speaks that one alone, on every page and in every file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from babel import Locale
from pydantic import TypeAdapter, ValidationError

from clinic.domain.comments.mail_form import compose_url, parse_consent, parse_email_comment, title_from_subject
from clinic.domain.pages.page import PageFacts, PageKind
from clinic.models.language import Language, in_a_sentence
from clinic.models.words import TEMPLATE, read_catalogue, translated
from clinic.rendering.files.search import search_head
from clinic.rendering.typography import typographic, with_true_signs
from tests.site import CLINICS
from tests.words.conftest import of_language
from tests.words.test_every_word import texts_of

if TYPE_CHECKING:
    from tests.site import BuildSite, Site

MINIMAL = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")


@pytest.fixture(params=["german", "welsh"])
def abroad(request: pytest.FixtureRequest, build_site: BuildSite) -> tuple[Site, str]:
    site = build_site(request.param)
    assert (site.exit_code, site.problems) == (0, [])
    return site, {"german": "de", "welsh": "cy"}[request.param]


def test_no_english_is_left_on_any_page_or_in_any_file(abroad: tuple[Site, str]) -> None:
    site, language = abroad
    english = {message.key: message for message in read_catalogue(TEMPLATE)}
    changed = [
        english[found.key] for found in translated(Locale(language)) if found.forms[0] != english[found.key].text
    ]
    words = [word for message in changed for word in re.split(r"\{\w+\}|[\[\]]", message.text) if len(word) > 8]
    told = [f"{where}: {word}" for where, texts in texts_of(site) for text in texts for word in words if word in text]
    assert told == []


def test_every_page_feed_and_graph_says_which_language_it_is(abroad: tuple[Site, str]) -> None:
    site, language = abroad
    code = {"de": "de-DE", "cy": "cy"}[language]
    for address in site.pages:
        assert site.page(address).html["lang"] == code  # type: ignore[index]
    assert f'xml:lang="{code}"' in site.read("blog/atom.xml")
    assert f"<language>{code}</language>" in site.read("blog-feed.xml")
    assert json.loads(site.read("site.webmanifest"))["lang"] == code
    assert {node["inLanguage"] for node in site.graph("/") if "inLanguage" in node} == {code}


def test_dates_times_and_sums_are_written_as_the_language_writes_them(build_site: BuildSite) -> None:
    german, welsh = build_site("german"), build_site("welsh")
    hours = german.words("/locations/lerchenau/")
    assert "Montag bis Donnerstag 08:00 bis 12:00 Uhr 13:00 bis 18:30 Uhr" in hours
    assert "24. Dezember 2026 bis 1. Januar 2027 geschlossen (Weihnachtsferien)" in hours
    assert "Ab 690,00" in german.words("/services/physiotherapie/").replace("ab", "Ab").replace("\xa0", " ")
    assert "Karfreitag" in german.read("hours/lerchenau.ics")
    assert "Dydd Llun – Dydd Mercher 9am i 12:30pm 1:30pm i 5:30pm" in welsh.words("/locations/porth/")
    events, event = german.words("/events/"), welsh.words("/events/noson-agored/")
    assert "Samstag, 7. März 2026, 10:00 bis 11:30 Uhr Jeden ersten Samstag im Monat, bis 5. Dezember 2026" in events
    assert "Dienstags, alle zwei Wochen" in events
    assert "Dydd Iau 12 Mawrth 2026, 6:30pm i 8pm Dydd Iau, bob wythnos, tan 30 Ebrill 2026" in event
    assert "Gŵyl banc dechrau Mai" in welsh.read("hours/porth.ics").replace("\n ", "")


def test_a_clinic_without_a_language_has_that_of_its_country(build_site: BuildSite) -> None:
    assert "language" not in (CLINICS / "german" / "clinic.yaml").read_text("utf-8")
    site = build_site(
        "minimal", {"clinic.yaml": MINIMAL.replace("phone: 01632 960199", "country: FR\nemail: a@example.com")}
    )
    assert site.page("/").html["lang"] == "en-GB"  # type: ignore[index]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fr", "write one of those it has: English (en), Welsh (cy), German (de)"),
        ("Deutsch", "is not a language code; write de"),
        ("German", "is not a language code; write de"),
        ("de_AT", "is not a language code; write de-AT"),
        ("english", "is not a language code; write en-GB"),
        ("Cymraeg", "is not a language code; write cy"),
    ],
)
def test_a_language_without_words_is_refused(code: str, said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(said)):
        TypeAdapter(Language).validate_python(code, context={"country": "GB"})


def test_quotation_marks_are_those_of_the_language() -> None:
    with of_language("de"):
        assert typographic("Das \"Knie\" sagt 'Au'") == "Das „Knie“ sagt ‚Au‘"
        assert with_true_signs('„Knie“ und Mia\'s "Ferse"') == "„Knie“ und Mia’s „Ferse“"
    assert with_true_signs('A "knee"') == "A “knee”"


def test_a_noun_keeps_its_capital_in_a_german_sentence() -> None:
    with of_language("de"):
        assert in_a_sentence("Massage") == "Massage"
    assert in_a_sentence("Massage") == "massage"
    assert in_a_sentence("TENS") == "TENS"


def test_a_result_of_the_search_says_its_kind_in_the_language() -> None:
    with of_language("de"):
        head = search_head(PageFacts(PageKind.ARTICLE, "post/x/", "Knie", ""))
    assert 'content="Artikel"' in head


@pytest.mark.parametrize("language", ["en", "de", "cy"])
def test_the_mail_for_a_comment_is_read_back_in_its_language(language: str) -> None:
    with of_language(language):
        mail = unquote(compose_url("x@example.com", "Knie & Ferse", "knie", "mia"))
        subject, body = re.fullmatch(r"mailto:x@example.com\?subject=(.*)&body=(.*)", mail, re.DOTALL).groups()  # type: ignore[union-attr]
        lines = body.replace("\r\n", "\n").split("\n")
        answers = iter((" Jo", {"en": " yes", "de": " Ja, gern", "cy": " cewch"}[language]))
        filled = "\n".join(line + next(answers) if line.endswith(": ") else line for line in lines)
        comment = parse_email_comment("Gut so.\n" + filled)
        assert title_from_subject(f"Re: {subject}") == "Knie & Ferse"
    assert (comment.words, comment.name, comment.consent) == ("Gut so.", "Jo", True)
    assert (comment.in_reply_to, comment.article) == ("mia", "knie")


@pytest.mark.parametrize(
    ("answer", "consent"), [("nein", False), ("Ja, bitte", True), ("na", False), ("ja, aber anonym", None)]
)
def test_consent_is_understood_in_every_language(answer: str, consent: bool | None) -> None:
    assert parse_consent(answer) is consent
