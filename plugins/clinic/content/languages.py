"""Which language each file is in, and which file it translates.

A file is in the clinic's own language unless it says another (``language: cy``) or its name does (``about.cy.md``). It
translates the file that it names (``translation_of: pages/about.md``), or the one beside it that its name begins with.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import PurePosixPath

from babel.localedata import exists

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.folder import RECORD_FOLDERS
from clinic.content.front_matter import MarkdownFile, page_key
from clinic.models.language import bare, is_language, language_error, name_in_english
from clinic.models.suggestions import did_you_mean

_SUFFIX = re.compile(r"(?P<name>.+)\.(?P<language>[a-z]{2,3})\.md")


def without_language(key: str) -> str:
    """A key without the language in the name of its file: ``pages/about.md`` for ``pages/about.cy.md``."""
    return _named(key)[0]


def language_of_file(key: str, written: object) -> str:
    """The language that a file says it is in, by its front matter (``written``) or its name; empty for the clinic's."""
    return bare(written) if isinstance(written, str) else _named(key)[1]


def _named(key: str) -> tuple[str, str]:
    """A key without the language in the name of its file, and that language: ``pages/about.md``, ``cy``; or none."""
    folder, slash, name = key.rpartition("/")
    found = _SUFFIX.fullmatch(name)
    if not found or not exists(found["language"]):
        return key, ""
    return f"{folder}{slash}{found['name']}.md", found["language"]


@dataclass(frozen=True)
class Spoken:
    """The Markdown files by language.

    ``files`` are by the language (BCP 47, without its country) and then by key; ``codes`` are the languages as they
    are written, the clinic's own left out. ``originals`` has for a translation the key of the file that it translates,
    ``places`` for a file the key of the page in whose place it stands. ``refused`` are files whose language is wrong.
    """

    files: Mapping[str, Mapping[str, MarkdownFile]]
    codes: Mapping[str, str]
    originals: Mapping[str, str]
    places: Mapping[str, str]
    refused: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]


def by_language(markdown: Mapping[str, MarkdownFile], own: str) -> Spoken:
    """The files of the content folder but for comments, in the clinic's ``own`` language and in others."""
    return _Sorting(markdown, bare(own)).run()


@dataclass
class _Sorting:
    markdown: Mapping[str, MarkdownFile]
    own: str
    found: list[Diagnostic] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)

    def run(self) -> Spoken:
        languages = self._languages
        originals = dict(self._originals())
        places = self._places(originals)
        for key, original in originals.items():
            self._note_draft(key, original)
        for key in languages.keys() - originals.keys():
            self._check_record(key)
        files = {language: self._in(language) for language in dict.fromkeys((self.own, *self.codes))}
        kept = {key: original for key, original in originals.items() if key not in self.refused}
        return Spoken(files, self.codes, kept, places, frozenset(self.refused), tuple(self.found))

    def _places(self, originals: Mapping[str, str]) -> dict[str, str]:
        """As ``Spoken.places``: all translations of one text stand in the place of the one in the clinic's language."""
        languages = self._languages
        groups: dict[tuple[str, str], str] = {}
        heads = {key: self._head(key, originals) for key in originals}
        own_heads = {head: key for key, head in heads.items() if languages[key] == self.own}
        places: dict[str, str] = {}
        for key in languages:
            head = heads.get(key, key)
            canonical = own_heads.get(head, head)
            first = groups.setdefault((canonical, languages[key]), key)
            if first != key and key in originals:
                name = name_in_english(languages[key])
                message = f"{self._name(first)} is this in {name} already; keep one of the two"
                self._refuse(key, message, "translation_of")
            elif languages[key] != self.own or _named(key)[1]:
                places[key] = page_key(_named(canonical)[0])
        return places

    def _in(self, language: str) -> dict[str, MarkdownFile]:
        return {
            key: self.markdown[key]
            for key, other in self._languages.items()
            if other == language and key not in self.refused
        }

    @cached_property
    def _languages(self) -> dict[str, str]:
        """The language of each file, without its country; files whose language is wrong are refused."""
        found, has_words = {}, cache(is_language)
        for key, file in self.markdown.items():
            written, named = file.front_matter.value.get("language"), _named(key)[1]
            code = written if isinstance(written, str) else named if self._counts(key, named) else self.own
            if not has_words(code):
                known = named if not isinstance(written, str) else ""
                what = f'"{known}", the language in the name of this file,' if known else f'language: "{code}"'
                self._refuse(key, f"{what} {language_error(code)}", "language")
            elif isinstance(written, str) and self._counts(key, named) and bare(written) != named:
                message = f'the name of this file says {named}, and "language" says {written}; let both be the same'
                self._refuse(key, message, "language")
            else:
                found[key] = bare(code)
                if bare(code) != self.own:
                    self.codes[bare(code)] = max(self.codes.get(bare(code), ""), code, key=len)
        return found

    def _counts(self, key: str, named: str) -> bool:
        """Whether what looks like a language in the name of a file is one."""
        return bool(named) and (is_language(named) or _named(key)[0] in self.markdown)

    def _originals(self) -> Iterator[tuple[str, str]]:
        for key, language in self._languages.items():
            written = self.markdown[key].front_matter.value.get("translation_of")
            if isinstance(written, str):
                if original := self._original(key, written):
                    yield key, original
            elif language != self.own and (beside := _named(key)[0]) != key and beside in self._languages:
                yield key, beside

    def _original(self, key: str, written: str) -> str:
        """The key of the file that a file says it translates; empty, and a diagnostic, where it cannot."""
        target = written.removeprefix("{filename}").removeprefix("/").removeprefix("content/")
        if target in self.refused:
            return ""
        if wrong := self._wrong_original(key, written, target):
            self._refuse(key, wrong, "translation_of")
            return ""
        return target

    def _wrong_original(self, key: str, written: str, target: str) -> str:
        languages, language = self._languages, self._languages[key]
        if target not in languages:
            others = [other for other in languages if other != key and languages[other] != language]
            near = did_you_mean(target, others) or "; write the file as it lies in the content folder: pages/about.md"
            return f'translation_of: there is no file "{written}"{near}'
        if languages[target] == language:
            name = name_in_english(language)
            says = "language" in self.markdown[key].front_matter.value or key != _named(key)[0]
            how = "write the file that has it in another language" if says else 'add "language: " and that of this file'
            return f'"{written}" is in {name} as this is; {how}'
        if target.partition("/")[0] != key.partition("/")[0]:
            return f'"{written}" is in {target.partition("/")[0]}/, and this is not; move it there'
        return ""

    def _head(self, key: str, originals: Mapping[str, str]) -> str:
        """The file that all translations of one text lead to."""
        seen = {key}
        while (after := originals.get(key)) and after not in seen:
            seen.add(after)
            key = after
        return key

    def _note_draft(self, key: str, original: str) -> None:
        file = self.markdown[key]
        if key not in self.refused and self.markdown[original].is_draft and not file.is_draft:
            line = file.front_matter.line(("translation_of",))
            is_record = original.startswith(RECORD_FOLDERS)
            what = "; until it is published this has no page" if is_record else ", so this is published alone"
            message = f"{self._name(original)}, which this translates, is a draft{what}"
            self.found.append(Diagnostic(file.name, line, message, Severity.WARNING))

    def _check_record(self, key: str) -> None:
        """Facts stand in one file; that of another language adds words to it."""
        if self._languages[key] != self.own and key.startswith(RECORD_FOLDERS) and key not in self.refused:
            original = _named(key)[0]
            message = "this has no file in the clinic's own language, where its facts stand"
            how = f"make {original}" if original != key else f'add "translation_of: {key.partition("/")[0]}/….md"'
            self._refuse(key, f"{message}; {how}", "language")

    def _name(self, key: str) -> str:
        return self.markdown[key].name

    def _refuse(self, key: str, message: str, at: str) -> None:
        file = self.markdown[key]
        if key not in self.refused:
            line = file.front_matter.line((at,)) if at in file.front_matter.value else 0
            self.found.append(Diagnostic(file.name, line, message))
        self.refused.add(key)


def kind_of_words(key: str) -> str:
    """The folder of a file, such as ``services`` or ``events``, where it adds words to a record; else empty."""
    folder = PurePosixPath(key).parts[0]
    return folder if folder in RECORD_FOLDERS else ""
