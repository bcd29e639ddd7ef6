"""The records of a site in another language than the clinic's own: words of that language, facts of the first."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from clinic.content.clinic import ClinicYaml
from clinic.content.content import Content
from clinic.content.documents import AnyModel, Document, DocumentReader
from clinic.content.front_matter import MarkdownFile
from clinic.content.languages import Spoken, kind_of_words
from clinic.content.yaml_in_language import parts, said_in
from clinic.domain.pages.page import required_front_matter
from clinic.models.clinic import Clinic
from clinic.models.language import bare

_NO_WORDS = frozenset({"slug", "image"})


def originals_of(spoken: Spoken, own: Content | None) -> dict[str, Document[Any]]:
    """The documents of the clinic's ``own`` language that files translate, by the key of the translation."""
    documents = own.documents if own else {}
    return {key: documents[of] for key, of in spoken.originals.items() if of in documents}


def with_untranslated(
    reader: DocumentReader,
    translated: Mapping[str, Document[AnyModel]],
    counted: Collection[Document[AnyModel]],
    own: Collection[Document[AnyModel]],
    model: type[AnyModel],
) -> dict[str, Document[AnyModel]]:
    """All records in a language; what has no translation, or a wrong one, stays as it is in the clinic's own.

    ``counted`` are those of the translations that make a record, ``own`` the records of the clinic's own language.
    """
    places = {document.page_key for document in counted}
    rest = (document for document in own if document.page_key not in places)
    return {
        **{key: document for key, document in translated.items() if document.page_key in places},
        **{document.key: reader.record(document.key, document.file, model) for document in rest},
    }


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


def required_pages(
    clinic: Clinic, own: Content, markdown: Mapping[str, MarkdownFile], reader: DocumentReader
) -> dict[str, dict[str, str]]:
    """The front matter of pages that follow from the facts where there is no file in the language, by ``page_key``.

    A draft is none, but in the preview.
    """
    written = {reader.place(key) for key, file in markdown.items() if own.preview or not file.is_draft}
    required = required_front_matter(clinic, own.menu_keys)
    return {place: dict(keys) for place, keys in required.items() if place not in written}


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
