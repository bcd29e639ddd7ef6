"""The leak check, the last before a publish: nothing of an unpublished file may be in the finished folder.

What an unpublished file says and no published one does is a secret: its title, sequences of its words, its address, its
tags, its images. Each is looked for in every file that would be published, the search index included. Everything is
read from raw text, with none of the code that builds the site: a second opinion repeats no mistake of the first.
"""

import gzip
import html
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import unquote

from clinic.cli.build import Project
from clinic.content.addresses import read_listed
from clinic.content.diagnostics import Diagnostic
from clinic.content.front_matter import slug_of
from clinic.content.publication import Written, read_written

SEQUENCE_LENGTH = 6
"""So many words in a row are the same in two texts hardly by chance."""
_BINARY = (".woff2", ".webp", ".png", ".jpg", ".jpeg", ".gif", ".ico", ".avif", ".mp4", ".pf_index")
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")
_WORD = re.compile(r"[^\W_]+")
_FILE = re.compile(r"\{(?:static|attach)\}/?([^\s)\"'|]+)")
_NAME_KEYS = ("tags", "category", "series", "conditions")


class WordsInRow:
    """Normalised words, and whether a text has them in a row, whatever stands between them."""

    def __init__(self, words: str) -> None:
        self._longest_first = sorted(words.split(" "), key=len, reverse=True)
        between = words.replace(" ", r"[\W_]+")
        self._pattern = re.compile(rf"(?<![^\W_]){between}(?![^\W_])")

    def are_in(self, text: str) -> bool:
        """Whether they are in a text in lower case. Most often the longest word is not: so it is looked for first."""
        return all(word in text for word in self._longest_first) and bool(self._pattern.search(text))


@dataclass(frozen=True)
class Secret:
    """``text`` as it is looked for: normalised words, or part of an address; ``what`` it is of its file, in words."""

    what: str
    text: str
    is_address: bool = False

    @cached_property
    def words(self) -> "WordsInRow":
        """Its words, to be looked for."""
        return WordsInRow(self.text)


@dataclass(frozen=True)
class FinishedFile:
    """A file of the finished site, as text to search; ``name`` is its path in the site."""

    name: str
    path: Path

    @cached_property
    def raw(self) -> str:
        """Its text in lower case, decompressed, without styles; empty for images and fonts."""
        if self.path.suffix in _BINARY:
            return ""
        data = self.path.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        return _STYLE.sub("", data.decode("utf-8", "replace")).lower()

    @cached_property
    def text(self) -> str:
        """What a visitor may see, then what stands in attributes too, and its name if it is no page, in lower case."""
        name = "" if self.name.endswith(".html") else self.name
        return f"{html.unescape(_TAG.sub('', self.raw))}\n{html.unescape(self.raw)}\n{name}".lower()

    def contains(self, secret: Secret) -> bool:
        """Whether the secret is in it, or in its name."""
        if secret.is_address:
            return secret.text in self.raw or secret.text in f"/{self.name}".lower()
        return secret.words.are_in(self.text)


@dataclass(frozen=True)
class PublicText:
    """What published files say themselves, and therefore is no secret: normalised words, and raw in lower case."""

    words: str
    raw: str

    @classmethod
    def of(
        cls, content: Path, published: Iterable[Written], theme: Path, addresses: Iterable[str] = ()
    ) -> "PublicText":
        """From the files, ``clinic.yaml``, the theme and this package, which says "Monday" and "Book online".

        ``addresses`` have been published: they are no secret, also where a post has expired and its address leads on.
        """
        clinic = content / "clinic.yaml"
        texts = [clinic.read_text("utf-8-sig")] if clinic.is_file() else []
        sources = [*(theme / "templates").rglob("*.*"), *theme.rglob("*.po"), *Path(__file__).parents[2].rglob("*.py")]
        texts += [path.read_text("utf-8") for path in sorted(sources)]
        for written in published:
            texts += [f"{written.slug} {written.key}", *_scalars(written.file.front_matter.value), written.file.body]
        raw = "\n".join(texts).lower()
        known = "\n".join(addresses).lower()
        return cls(f" {normalised(_ADDRESS.sub(' ', raw))} {normalised(raw)} ", f"{raw}\n{known}")


Look: TypeAlias = Callable[[FinishedFile], Diagnostic | None]


def normalised(text: str) -> str:
    """Words in lower case between single spaces: what is left of a text whatever its markup and typography."""
    return " ".join(_WORD.findall(text.lower()))


def leaks_of(
    project: Project, site: Path, now: datetime, zone: tzinfo, sources: Mapping[str, str] = MappingProxyType({})
) -> list[Diagnostic]:
    """As ``find_leaks``, for the ``site`` that a project was built into; ``zone`` is the clinic's time zone."""
    content = project.content_folder
    files = read_written(content, project.content_name, now, zone)
    addresses = [each.address for each in read_listed(content, "")[0]]
    return find_leaks(content, site, files, project.root / "theme", addresses, sources)


def find_leaks(
    content: Path,
    site: Path,
    files: Collection[Written],
    theme: Path,
    addresses: Collection[str] = (),
    sources: Mapping[str, str] = MappingProxyType({}),
) -> list[Diagnostic]:
    """One error for each unpublished or hidden file that leaks into ``site``, naming the first file it was found in.

    ``addresses`` are those that have been published before; ``sources`` the keys of the owner's files behind pictures
    and downloads, as the build tells them.
    """
    unpublished = [written for written in files if written.unpublished]
    hidden = [written for written in files if written.is_hidden]
    if not unpublished and not hidden:
        return []
    names = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()]
    origins = {name: sources.get(name, "") for name in names}
    public = PublicText.of(content, [written for written in files if not written.unpublished], theme, addresses)
    looks: dict[str, Look] = {
        written.key: partial(_leak_in, written, [*secrets_of(written, public)]) for written in unpublished
    }
    looks |= {written.key: partial(_exposure_in, written, public) for written in hidden}
    found = _first_found((FinishedFile(name, site / name) for name in names), looks)
    for written in unpublished:
        if written.key not in found and (leak := next(_leaks_of_files(written, content, origins, public), None)):
            found[written.key] = leak
    return sorted(found.values())


def _first_found(files: Iterable[FinishedFile], looks: dict[str, Look]) -> dict[str, Diagnostic]:
    """What each look finds first. One file after the other, so that only one is in memory."""
    found: dict[str, Diagnostic] = {}
    for file in files:
        found |= {key: leak for key, look in looks.items() if key not in found and (leak := look(file))}
    return found


def secrets_of(written: Written, public: PublicText) -> Iterator[Secret]:
    """What only this file says."""
    front_matter = written.file.front_matter.value
    names = [(key, name) for key in _NAME_KEYS for name in _scalars(front_matter.get(key, ""))]
    phrases = [(f"its {key}", str(front_matter.get(key, ""))) for key in ("title", "summary")]
    phrases += [(f"its {key}", name) for key, name in names]
    phrases += [("its text", sequence) for sequence in _word_sequences(written.file.body)]
    for what, phrase in phrases:
        if (text := normalised(phrase)) and f" {text} " not in public.words:
            yield Secret(what, text)
    addresses = [("its address", written.slug), *(("its list", slug_of(name)) for _, name in names)]
    addresses += [("its former address", alias.strip("/")) for alias in _scalars(front_matter.get("aliases", ""))]
    for what, part in addresses:
        address = f"/{part}/".lower()
        if (text := normalised(address)) and f" {text} " not in public.words and address not in public.raw:
            yield Secret(what, address, is_address=True)


def _leak_in(written: Written, secrets: Collection[Secret], file: FinishedFile) -> Diagnostic | None:
    """The first of its secrets that is in a finished file."""
    return next((_leak(written, secret.what, file.name) for secret in secrets if file.contains(secret)), None)


def _leaks_of_files(
    written: Written, content: Path, origins: Mapping[str, str], public: PublicText
) -> Iterator[Diagnostic]:
    """Where its images and attachments are, known by their names or origins: images are encoded anew.

    ``origins`` has the names of all files, with the key of the owner's file where it is told.
    """
    used = {*_FILE.findall(written.file.body), *_scalars(written.file.front_matter.value.get("image", ""))}
    for used_file in sorted(name for name in used if (content / name).is_file()):
        stem = used_file.rpartition("/")[2].rpartition(".")[0]
        published = re.compile(rf"(?:^|/)(?:{re.escape(stem)}|{slug_of(stem)})(?:-[0-9a-f]{{8}})?(?:-\d+)?\.\w+")
        if f"/{stem}.".lower() not in public.raw:
            found = (name for name, key in origins.items() if key == used_file or published.search(name))
            yield from (_leak(written, f"its file {used_file}", name) for name in found)


def _leak(written: Written, what: str, name: str) -> Diagnostic:
    message = (
        f"this is not published ({written.unpublished}), but {what} is in {name} of the finished site, so that "
        "was not published either; take it out there, or tell whoever looks after the site"
    )
    return Diagnostic(written.file.name, 0, message)


def _exposure_in(written: Written, public: PublicText, file: FinishedFile) -> Diagnostic | None:
    """Whether a file is a hidden page without noindex, or leads to one without a link of the owner's own.

    Its former addresses lead to it because she says so, and the feed of its comments lies in its own folder.
    """
    path = f"/{file.name}"
    is_there = bool(written.address.search(path.lower()))
    if is_there and path.endswith(f"/{written.slug}/index.html") and "noindex" not in file.raw:
        return Diagnostic(written.file.name, 0, f"this is hidden, but {file.name} does not say noindex")
    if is_there or not written.address.search(file.raw) or f"/{written.key.lower()}" in public.raw:
        return None
    former = [unquote(alias).strip("/") for alias in _scalars(written.file.front_matter.value.get("aliases", ""))]
    if former and file.name in {"_redirects", *former, *(f"{path}/index.html" for path in former)}:
        return None
    message = f"this is hidden, but {file.name} leads to it, so the site was not published"
    return Diagnostic(written.file.name, 0, message)


def _scalars(value: object) -> list[str]:
    """Every scalar in a tree of YAML, those with commas in parts."""
    if isinstance(value, dict):
        return [text for entry in value.values() for text in _scalars(entry)]
    if isinstance(value, list):
        return [text for entry in value for text in _scalars(entry)]
    return [part.strip() for part in str(value).split(",") if part.strip()]


def _word_sequences(body: str) -> Iterator[str]:
    """Words in a row, paragraph by paragraph; a short paragraph is one sequence if it has more than a few words."""
    for paragraph in re.split(r"\n\s*\n", body):
        words = normalised(_ADDRESS.sub(" ", paragraph)).split()
        for start in range(0, max(len(words) - SEQUENCE_LENGTH, 0) + 1, SEQUENCE_LENGTH):
            if len(sequence := words[start : start + SEQUENCE_LENGTH]) > SEQUENCE_LENGTH // 2:
                yield " ".join(sequence)
