"""The catalogues have every message of the templates and the code, and whole languages have all of them."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel import Locale
from markupsafe import Markup

from clinic.models.language import current_language, language_of, locale_of, write_in
from clinic.models.words import (
    LOCALE,
    TEMPLATE,
    Catalogue,
    Message,
    catalogue_files,
    counts_in_words,
    gettext,
    in_choice,
    in_list,
    languages,
    ngettext,
    pgettext,
    plural_tags,
    read_catalogue,
    use_words,
)
from tests.docs.words import files
from tests.site import ROOT
from tests.words.conftest import of_language

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = [language for language in languages() if language != "en"]
UNREAD = ["de", "cy"]


def test_the_catalogues_are_up_to_date() -> None:
    """If not: ``make words``."""
    assert [str(path.relative_to(ROOT)) for path, text in files() if path.read_text("utf-8") != text] == []


def messages(language: str) -> dict[str, Message]:
    return {message.key: message for message in read_catalogue(LOCALE / language / "LC_MESSAGES" / "messages.po")}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", WHOLE)
def test_a_whole_language_has_every_message_in_every_form(language: str) -> None:
    translated, tags = messages(language), plural_tags(Locale(language))
    for message in read_catalogue(TEMPLATE):
        forms = translated[message.key].forms
        assert len(forms) == (len(tags) if message.plural else 1), message.text
        assert all(forms), message.text


@pytest.mark.parametrize("path", sorted(LOCALE.glob("*/LC_MESSAGES/messages.po")), ids=lambda path: path.parts[-3])
def test_a_translation_is_filled_in_and_linked_as_the_english_is(path: Path) -> None:
    for message in read_catalogue(path):
        for form in message.forms:
            assert placeholders(form) == placeholders(message.text), form
            assert (form.count("["), form.count("]")) == (message.text.count("["), message.text.count("]")), form


@pytest.mark.parametrize("language", UNREAD)
def test_that_nobody_has_read_a_catalogue_yet_stands_at_its_head(language: str) -> None:
    head = (LOCALE / language / "LC_MESSAGES" / "messages.po").read_text("utf-8").partition("msgid")[0]
    assert "not yet read by a native speaker" in head


def test_another_english_has_only_what_differs() -> None:
    for language in ("en-US", "en-IE"):
        assert messages(language)
        assert [message.text for message in messages(language).values() if message.forms == (message.text,)] == []


def test_a_language_is_written_with_its_countrys_words_over_its_own() -> None:
    assert languages() == ("en", "cy", "de")
    assert catalogue_files(locale_of("en", "GB")) == ()
    assert [path.parts[-3] for path in catalogue_files(locale_of("en", "US"))] == ["en-US"]
    assert [path.parts[-3] for path in catalogue_files(locale_of("de-AT"))] == ["de"]


@pytest.mark.parametrize(
    ("country", "language"),
    [
        ("GB", "en-GB"), ("IE", "en-IE"), ("US", "en-US"), ("IN", "en-IN"), ("DE", "de-DE"), ("AT", "de-AT"),
        ("CH", "en-GB"), ("LU", "en-GB"), ("FR", "en-GB"), ("JP", "en-GB"),
    ],
)  # fmt: skip
def test_without_a_language_it_is_that_of_the_country_if_there_are_words_in_it(country: str, language: str) -> None:
    assert language_of(country) == language


def test_messages_are_filled_in_and_counted() -> None:
    with of_language("de"):
        assert gettext("Call {phone}", phone="030 23125 014") == "030 23125 014 anrufen"
        assert ngettext("{count} comment", "{count} comments", 1, count=1) == "1 Kommentar"
        assert pgettext("opens", "midnight") == "00:00"
        assert gettext("no such message") == "no such message"
        assert ngettext("{count} cat", "{count} cats", 2, count=2) == "2 cats"
        assert current_language() == "de"


def test_welsh_counts_in_six_forms() -> None:
    with of_language("cy"):
        said = [ngettext("{count} minute", "{count} minutes", count, count=count) for count in (0, 1, 2, 3, 6, 7)]
    assert said == ["0 munud", "1 munud", "2 funud", "3 munud", "6 munud", "7 munud"]


def test_a_script_gets_every_form() -> None:
    with of_language("cy"):
        assert '"few": "{count} chanlyniad' in counts_in_words("{count} result for “{words}”", "")
    assert counts_in_words("{count} cat", "{count} cats") == '{"one": "{count} cat", "other": "{count} cats"}'


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("en", [], ""),
        ("en", ["Monday"], "Monday"),
        ("en", ["Monday", "Tuesday", "Friday"], "Monday, Tuesday and Friday"),
        ("de", ["Montag", "Dienstag"], "Montag und Dienstag"),
        ("cy", ["Llanelli", "Bangor"], "Llanelli a Bangor"),
        ("cy", ["Bangor", "Aberystwyth"], "Bangor ac Aberystwyth"),
    ],
)
def test_a_list_ends_as_the_language_ends_it(language: str, words: list[str], said: str) -> None:
    with of_language(language):
        assert in_list(words) == said


@pytest.mark.parametrize(
    ("language", "ways", "said"),
    [
        ("en", [], ""),
        ("en", ["by phone"], "by phone"),
        ("en", ["online", "by phone", "by e-mail"], "online, by phone or by e-mail"),
        ("de", ["telefonisch", "per E-Mail"], "telefonisch oder per E-Mail"),
        ("cy", ["dros y ffôn", "drwy e-bost"], "dros y ffôn neu drwy e-bost"),
    ],
)
def test_a_choice_ends_as_the_language_ends_it(language: str, ways: list[str], said: str) -> None:
    with of_language(language):
        assert in_choice(ways) == said


def test_what_is_filled_into_markup_is_escaped() -> None:
    assert gettext("{name} on {title}", name=Markup("<b>Jo</b>"), title="1 < 2") == "<b>Jo</b> on 1 &lt; 2"
    assert gettext("{name} on {title}", name="Jo", title="1 < 2") == "Jo on 1 < 2"


def test_other_words_are_another_digest() -> None:
    german = locale_of("de")
    assert Catalogue.of(german, {}).digest == Catalogue.of(german, {}).digest
    assert Catalogue.of(german, {}).digest != Catalogue.of(german, {"Book": ("Los",)}).digest


def test_a_language_set_anew_forgets_the_one_before() -> None:
    write_in("de")
    write_in("en-GB")
    assert gettext("Book") == "Book"
    use_words(Catalogue())
