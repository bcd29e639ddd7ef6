"""The last look before a publish: nothing of an unpublished file may be in the finished folder.

What an unpublished file says and no published one does is a secret: its title, runs of its words, its address, its
tags, its pictures. Each is looked for in every file that would be published, the search index included.
"""

from __future__ import annotations

import gzip
import html
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from clinic.content.diagnostics import Diagnostic
from clinic.content.front_matter import slug_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from clinic.content.publication import Written
RUN = 6
"""So many words in a row are nobody's by chance."""
_BLIND = (".woff2", ".webp", ".png", ".jpg", ".jpeg", ".gif", ".ico", ".avif", ".mp4", ".pf_index")
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")
_WORD = re.compile(r"[^\W_]+")
_FILE = re.compile(r"\{(?:static|attach)\}/?([^\s)\"'|]+)")
_NAMES = ("tags", "category", "series", "conditions")


@dataclass(frozen=True)
class Secret:
    """``text`` as it is looked for: normal words between single spaces, or a piece of an address."""

    owner: Written
    what: str
    text: str
    is_address: bool = False


class Finished:
    """A file of the finished site, as text to look through."""

    def __init__(self, site: Path, path: Path) -> None:
        self.name = path.relative_to(site).as_posix()
        self._path = path

    @cached_property
    def raw(self) -> str:
        """What stands in it, small; nothing for pictures and faces."""
        if self._path.suffix in _BLIND:
            return ""
        data = self._path.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        return _STYLE.sub("", data.decode("utf-8", "replace")).lower()

    @cached_property
    def words(self) -> str:
        """The words a visitor may see, and those in attributes."""
        return f" {normal(html.unescape(_TAG.sub('', self.raw)))} {normal(html.unescape(self.raw))} "

    def tells(self, secret: Secret) -> bool:
        """Whether the secret is out."""
        if secret.is_address:
            return secret.text in self.raw or secret.text in f"/{self.name}".lower()
        return f" {secret.text} " in self.words


def normal(text: str) -> str:
    """Small words between single spaces: what is left of a text whatever its markup and typography."""
    return " ".join(_WORD.findall(text.lower()))


def find_leaks(content: Path, site: Path, files: Collection[Written], theme: Path) -> list[Diagnostic]:
    """A problem for each unpublished file of which something is in ``site``, naming the first place found.

    ``theme``: its words are everybody's.
    """
    silent = [written for written in files if written.unpublished]
    hidden = [written for written in files if written.is_hidden]
    if not silent and not hidden:
        return []
    finished = [Finished(site, path) for path in sorted(site.rglob("*")) if path.is_file()]
    public = Public.of(content, [written for written in files if not written.unpublished], theme)
    found = [_leak(secrets_of(written, public), finished) for written in silent]
    found += [_copied(written, content, finished, public) for written in silent]
    found += [_seen(written, finished, public) for written in hidden]
    first = {problem.file: problem for problem in reversed([problem for problem in found if problem])}
    return [first[name] for name in sorted(first)]


@dataclass(frozen=True)
class Public:
    """What published files say themselves: that cannot be a secret."""

    words: str
    raw: str

    @classmethod
    def of(cls, content: Path, published: Iterable[Written], theme: Path) -> Public:
        """``clinic.yaml``, the theme and this package, which says "Monday" and "Book online", speak for everybody."""
        facts = content / "clinic.yaml"
        texts = [facts.read_text("utf-8-sig")] if facts.is_file() else []
        ours = [*(theme / "templates").rglob("*.*"), *Path(__file__).parents[2].rglob("*.py")]
        texts += [path.read_text("utf-8") for path in sorted(ours)]
        for written in published:
            texts += [f"{written.slug} {written.key}", *_texts(written.file.front_matter.value), written.file.body]
        raw = "\n".join(texts).lower()
        return cls(f" {normal(_ADDRESS.sub(' ', raw))} {normal(raw)} ", raw)


def secrets_of(written: Written, public: Public) -> Iterator[Secret]:
    """What only this file says."""
    front_matter = written.file.front_matter.value
    phrases = [("its title", str(front_matter.get("title", ""))), ("its summary", str(front_matter.get("summary", "")))]
    phrases += [(f"its {key}", name) for key in _NAMES for name in _texts(front_matter.get(key, ""))]
    found = [Secret(written, what, normal(phrase)) for what, phrase in phrases]
    found += [Secret(written, "its text", run) for run in _runs(written.file.body)]
    yield from (secret for secret in found if secret.text and f" {secret.text} " not in public.words)
    addresses = [("its address", f"/{written.slug}/")]
    addresses += [("its list", f"/{slug_of(name)}/") for key in _NAMES for name in _texts(front_matter.get(key, ""))]
    addresses += [("its former address", f"/{alias.strip('/')}/") for alias in _texts(front_matter.get("aliases", ""))]
    for what, address in addresses:
        if normal(address) and f" {normal(address)} " not in public.words and address.lower() not in public.raw:
            yield Secret(written, what, address.lower(), is_address=True)


def _copied(written: Written, content: Path, finished: Iterable[Finished], public: Public) -> Diagnostic | None:
    """A picture or an attachment that no published file uses, known by its name: pictures are made anew."""
    used = {*_FILE.findall(written.file.body), *_texts(written.file.front_matter.value.get("image", ""))}
    for name in sorted(name for name in used if (content / name).is_file()):
        stem = name.rpartition("/")[2].rpartition(".")[0]
        published = re.compile(rf"(?:^|/)(?:{re.escape(stem)}|{slug_of(stem)})(?:-[0-9a-f]{{8}})?(?:-\d+)?\.\w+")
        if f"/{stem}.".lower() not in public.raw:
            for file in finished:
                if published.search(file.name):
                    return _problem(written, f"its file {name}", file)
    return None


def _texts(value: object) -> list[str]:
    """Every scalar in a tree of YAML."""
    if isinstance(value, dict):
        return [text for entry in value.values() for text in _texts(entry)]
    if isinstance(value, list):
        return [text for entry in value for text in _texts(entry)]
    return [part.strip() for part in str(value).split(",") if part.strip()]


def _runs(body: str) -> Iterator[str]:
    """Words in a row, paragraph by paragraph; a short paragraph is a run by itself if it has a few words."""
    for paragraph in re.split(r"\n\s*\n", body):
        words = normal(_ADDRESS.sub(" ", paragraph)).split()
        for start in range(0, max(len(words) - RUN, 0) + 1, RUN):
            if len(run := words[start : start + RUN]) > RUN // 2:
                yield " ".join(run)


def _leak(secrets: Iterable[Secret], finished: Iterable[Finished]) -> Diagnostic | None:
    secrets = list(secrets)
    for file in finished if secrets else ():
        for secret in secrets:
            if file.tells(secret):
                return _problem(secret.owner, secret.what, file)
    return None


def _problem(owner: Written, what: str, file: Finished) -> Diagnostic:
    message = (
        f"this is not published ({owner.unpublished}), but {what} is in {file.name} of the finished site, so that was "
        "not published either; take it out there, or tell whoever looks after the site"
    )
    return Diagnostic(owner.file.name, 0, message)


def _seen(written: Written, finished: Iterable[Finished], public: Public) -> Diagnostic | None:
    """A hidden page is at its own address alone, and asks search engines to leave it alone."""
    address = f"/{written.slug}/"
    linked = f"/{written.key.lower()}" in public.raw  # by the owner, in words of her own
    for file in finished:
        own = f"/{file.name}".endswith(f"{address}index.html")
        if own and "noindex" not in file.raw:
            return Diagnostic(written.file.name, 0, f"this is hidden, but {file.name} does not say noindex")
        if not own and not linked and address in file.raw:
            return Diagnostic(
                written.file.name, 0, f"this is hidden, but {file.name} leads to it, so the site was not published"
            )
    return None
