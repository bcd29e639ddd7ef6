"""The leak check, the last before a publish: nothing of an unpublished file may be in the finished folder.

What an unpublished file says and no published one does is a secret: its title, sequences of its words, its address, its
tags, its images. Each is looked for in every file that would be published, the search index included. Everything is
read from raw text, with none of the code that builds the site: a second opinion repeats no mistake of the first.
"""

import gzip
import html
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from clinic.content.diagnostics import Diagnostic
from clinic.content.front_matter import slug_of
from clinic.content.publication import Written

SEQUENCE_LENGTH = 6
"""So many words in a row are the same in two texts hardly by chance."""
_BINARY = (".woff2", ".webp", ".png", ".jpg", ".jpeg", ".gif", ".ico", ".avif", ".mp4", ".pf_index")
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")
_WORD = re.compile(r"[^\W_]+")
_FILE = re.compile(r"\{(?:static|attach)\}/?([^\s)\"'|]+)")
_NAME_KEYS = ("tags", "category", "series", "conditions")


@dataclass(frozen=True)
class Secret:
    """``text`` as it is looked for: normalised words, or part of an address; ``what`` it is of its file, in words."""

    what: str
    text: str
    is_address: bool = False


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
    def words(self) -> str:
        """The words a visitor may see, then those in attributes too, normalised."""
        return f" {normalised(html.unescape(_TAG.sub('', self.raw)))} {normalised(html.unescape(self.raw))} "

    def contains(self, secret: Secret) -> bool:
        """Whether the secret is in it, or in its name."""
        if secret.is_address:
            return secret.text in self.raw or secret.text in f"/{self.name}".lower()
        return f" {secret.text} " in self.words


@dataclass(frozen=True)
class PublicText:
    """What published files say themselves, and therefore is no secret: normalised words, and raw in lower case."""

    words: str
    raw: str

    @classmethod
    def of(cls, content: Path, published: Iterable[Written], theme: Path) -> "PublicText":
        """From the files, ``clinic.yaml``, the theme and this package, which says "Monday" and "Book online"."""
        clinic = content / "clinic.yaml"
        texts = [clinic.read_text("utf-8-sig")] if clinic.is_file() else []
        sources = [*(theme / "templates").rglob("*.*"), *Path(__file__).parents[2].rglob("*.py")]
        texts += [path.read_text("utf-8") for path in sorted(sources)]
        for written in published:
            texts += [f"{written.slug} {written.key}", *_scalars(written.file.front_matter.value), written.file.body]
        raw = "\n".join(texts).lower()
        return cls(f" {normalised(_ADDRESS.sub(' ', raw))} {normalised(raw)} ", raw)


def normalised(text: str) -> str:
    """Words in lower case between single spaces: what is left of a text whatever its markup and typography."""
    return " ".join(_WORD.findall(text.lower()))


def find_leaks(content: Path, site: Path, files: Collection[Written], theme: Path) -> list[Diagnostic]:
    """One error for each unpublished or hidden file that leaks into ``site``, naming the first file it was found in."""
    unpublished = [written for written in files if written.unpublished]
    hidden = [written for written in files if written.is_hidden]
    if not unpublished and not hidden:
        return []
    finished = [
        FinishedFile(path.relative_to(site).as_posix(), path) for path in sorted(site.rglob("*")) if path.is_file()
    ]
    public = PublicText.of(content, [written for written in files if not written.unpublished], theme)
    found = [next(_leaks_of(written, content, finished, public), None) for written in unpublished]
    found += [next(_exposures_of(written, finished, public), None) for written in hidden]
    return sorted(leak for leak in found if leak)


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


def _leaks_of(written: Written, content: Path, site: list[FinishedFile], public: PublicText) -> Iterator[Diagnostic]:
    """Where its secrets are, and its images and attachments, known by their names: images are encoded anew."""
    secrets = list(secrets_of(written, public))
    yield from (_leak(written, secret.what, file) for file in site for secret in secrets if file.contains(secret))
    used = {*_FILE.findall(written.file.body), *_scalars(written.file.front_matter.value.get("image", ""))}
    for name in sorted(name for name in used if (content / name).is_file()):
        stem = name.rpartition("/")[2].rpartition(".")[0]
        published = re.compile(rf"(?:^|/)(?:{re.escape(stem)}|{slug_of(stem)})(?:-[0-9a-f]{{8}})?(?:-\d+)?\.\w+")
        if f"/{stem}.".lower() not in public.raw:
            yield from (_leak(written, f"its file {name}", file) for file in site if published.search(file.name))


def _leak(written: Written, what: str, file: FinishedFile) -> Diagnostic:
    message = (
        f"this is not published ({written.unpublished}), but {what} is in {file.name} of the finished site, so that "
        "was not published either; take it out there, or tell whoever looks after the site"
    )
    return Diagnostic(written.file.name, 0, message)


def _exposures_of(written: Written, site: list[FinishedFile], public: PublicText) -> Iterator[Diagnostic]:
    """Where a hidden page does not say noindex, or another page leads to it without a link of the owner's own.

    Its former addresses lead to it because she says so, and the feed of its comments lies in its own folder.
    """
    address = f"/{written.slug}/"
    linked = f"/{written.key.lower()}" in public.raw
    former = [unquote(alias).strip("/") for alias in _scalars(written.file.front_matter.value.get("aliases", ""))]
    asked = {"_redirects", *former, *(f"{path}/index.html" for path in former)} if former else set()
    for file in site:
        path = f"/{file.name}"
        if path.endswith(f"{address}index.html") and "noindex" not in file.raw:
            yield Diagnostic(written.file.name, 0, f"this is hidden, but {file.name} does not say noindex")
        if address not in path and file.name not in asked and not linked and address in file.raw:
            message = f"this is hidden, but {file.name} leads to it, so the site was not published"
            yield Diagnostic(written.file.name, 0, message)


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
