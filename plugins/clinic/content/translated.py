"""The records of a site in another language than the clinic's own: words of that language, facts of the first."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from clinic.content.clinic import ClinicYaml
from clinic.content.content import Content
from clinic.content.documents import Document, DocumentReader, State
from clinic.content.languages import Spoken, kind_of_words
from clinic.content.yaml_in_language import parts, said_in
from clinic.domain.pages.default_pages import OWN_IMPRINTS, default_front_matter
from clinic.domain.pages.page import generated_front_matter
from clinic.models.articles import ArticleFrontMatter
from clinic.models.clinic import Clinic
from clinic.models.language import bare

_NO_WORDS = frozenset({"slug", "image"})


def originals_of(spoken: Spoken, own: Content | None) -> dict[str, Document[Any]]:
    """The documents of the clinic's ``own`` language that files translate, by the key of the translation."""
    documents = own.documents if own else {}
    return {key: documents[of] for key, of in spoken.originals.items() if of in documents}


def untranslated_texts(
    clinic_yaml: ClinicYaml,
    reader: DocumentReader,
    own: Collection[Document[Any]],
    translated: Collection[Document[Any]],
) -> frozenset[str]:
    """The texts of all facts that are in the clinic's own language for want of another."""
    found = set(clinic_yaml.foreign)
    files = {document.page_key: document.file.front_matter.value for document in translated}
    for document in own:
        said = said_in(document.file.front_matter, reader.language, reader.own)
        has = files.get(document.page_key, {})
        for name, value in said.text.value.items():
            if name not in has and name not in _NO_WORDS:
                found |= said.foreign & {*parts(value)}
    return frozenset(found)


def pages_from_facts(
    clinic: Clinic,
    articles: Iterable[Document[ArticleFrontMatter]],
    written: Collection[str],
    today: date,
    *,
    preview: bool,
    own: Content | None,
) -> dict[str, Mapping[str, str]]:
    """The front matter of the pages that follow from the facts; of the required ones, of those without a file.

    ``written`` are the ``page_key`` of the files in the language. In another language than the clinic's ``own`` a page
    is in the menu if the same page is in that of the clinic's own, and an imprint of the owner's holds for all.
    """
    has_articles = any(found.state is State.PUBLISHED or preview for found in articles)
    imprints = {key for key in OWN_IMPRINTS if own and key in own.by_page and own.by_page[key].file.is_written}
    defaults = default_front_matter(clinic, {*written, *imprints}, has_articles=has_articles)
    missing = {key: found for key, found in defaults.items() if key not in written}
    generated = {**generated_front_matter(clinic, today, written), **missing}
    if own is None:
        return generated
    return {key: _in_menu(found, is_in=key in own.menu_keys) for key, found in generated.items()}


def _in_menu(front_matter: Mapping[str, str], *, is_in: bool) -> Mapping[str, str]:
    rest = {name: text for name, text in front_matter.items() if name != "menu"}
    return {**rest, "menu": front_matter.get("menu", front_matter["title"])} if is_in else rest


def generated_key(place: str, language: str, files: Collection[str]) -> str:
    """The key of a page in another language that has no file, or one that is a draft."""
    name = place.removesuffix(".md")
    key = f"{name}.{bare(language)}.md"
    return f"{name}.{bare(language)}.default.md" if key in files else key


def languages_shown(spoken: Spoken, clinic_yaml: ClinicYaml, *, preview: bool) -> Iterator[str]:
    """The languages (BCP 47) of the site beside the clinic's own: those of a file that is shown, or of a fact."""
    codes = {**{language: language for language in clinic_yaml.languages}, **spoken.codes}
    for language, code in sorted(codes.items()):
        files = spoken.files.get(language, {}).values()
        if language in clinic_yaml.languages or preview or not all(file.is_draft for file in files):
            yield code


def left_out(spoken: Spoken, shown: Collection[str]) -> frozenset[str]:
    """The keys of files in languages that are not ``shown``, and of words for records, which may be drafts or wrong."""
    languages = {bare(code) for code in shown}
    return frozenset(
        key
        for language, files in spoken.files.items()
        for key in files
        if (key in spoken.originals and (language not in languages or kind_of_words(key)))
        or (language in spoken.codes and language not in languages)
    )
