"""`addresses.txt`: every address that the site has had, so that none dies unnoticed.

Pages alone are in it, those that search engines may show; not later pages of a list (``/blog/page/2/``). Feeds,
calendars and vCards come and go with the page that they belong to, and a page cannot lead a program on.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.documents import Document, State
from clinic.content.front_matter import NOT_UTF_8, day_in_name, not_opened, page_key
from clinic.domain.pages.urls import BLOG
from clinic.models.suggestions import nearest

ADDRESSES = "addresses.txt"
"""Its name, in the folder of the content; it is committed with it."""
RULE = "address-gone"
ALIAS = re.compile(r"[\w/.,~!$&'()+;=@ -]*")
"""What an address can have between its slashes without a meaning to servers, hosts or file systems."""
LONGEST_ALIAS = 200
_HEAD = """\
# Every address that this site has had, one a line; `make publish` and `make import` add to it. Each must go on leading
# somewhere: a publish stops where one would not. Take a line out only for an address that nobody may need any more.
"""
_REMARK = " #"
"""Begins what stands behind an address: the file whose page it was."""
_LIST = re.compile(r"(?:[\w-]+/)?blog/(?:categories|tags|authors|series|\d{4})(?:/|$)")
_ENDINGS = re.compile(r"\.(?:html?|php|aspx?)$")
_NEEDS_NO_QUOTES = re.compile(r"[\w/.~%-]+")


class Listed(NamedTuple):
    """An address as written, from the site's root, its line, and the key of the file whose page it was, if known."""

    address: str
    line: int
    source: str = ""


@dataclass(frozen=True)
class Gone:
    """An address of the list at which nothing is any more; ``reason`` is why, in words.

    ``target`` is the page that it should lead to, if there is one that may be meant; ``is_certain``: no other can be.
    """

    listed: Listed
    reason: str
    target: Document[Any] | None
    target_address: str
    is_certain: bool

    @property
    def alias(self) -> str:
        """What is to stand under ``aliases``: the address without a query, which cannot lead elsewhere."""
        return re.split("[?#]", self.listed.address, maxsplit=1)[0]

    def diagnostic(self, file: str, severity: Severity) -> Diagnostic:
        """What to do about it; ``file`` is the list as the owner knows it."""
        end = "take this line out to let the address die"
        message = f"{self.listed.address} was published, and {self.reason}; {self._advice()}; {end}"
        return Diagnostic(file, self.listed.line, message, severity, RULE)

    def _advice(self) -> str:
        if self.target is None:
            return f"write '{self._line}' in the file of the page that says it now"
        if "aliases" in self.target.file.front_matter.value:
            line = self.target.file.front_matter.line(("aliases",))
            what = f"add {self.alias} to the aliases in {self.target.name}:{line}"
        else:
            what = f"write '{self._line}' in {self.target.name}"
        what += f", which is at {self.target_address} now"
        return f"{what}, or run it with REDIRECT=yes, which does" if self.is_certain else f"if that says it now, {what}"

    @property
    def _line(self) -> str:
        return f"aliases: [{as_alias(self.alias)}]"


def as_alias(address: str) -> str:
    """An address as an entry of ``aliases``: in quotes where YAML would read something else."""
    return address if _NEEDS_NO_QUOTES.fullmatch(address) else f'"{address}"'


class AddressCheck(NamedTuple):
    """What is ``gone``; and paths that lead on by themselves, ``forwarded`` to a path from the root of the site.

    These are lists that have become empty, and posts that have expired by their own date.
    """

    gone: tuple[Gone, ...] = ()
    forwarded: Mapping[str, str] = {}


def with_addresses(text: str, addresses: Iterable[str], sources: Mapping[str, str] | None = None) -> str:
    """The text of the file with these addresses in it too, in the order of the alphabet, each once; comments stay.

    ``sources`` has the key of the file of a page by its address; an address that is there already gets it too.
    """
    lines = text.removeprefix("\ufeff").splitlines() or _HEAD.splitlines()
    sources = sources or {}
    kept = [line for line in lines if line.strip() and not line.startswith("/")]
    listed = {line.partition(_REMARK)[0].strip(): line.rstrip() for line in lines if line.startswith("/")}
    for address in dict.fromkeys((*addresses, *(address for address in sources if address in listed))):
        source = sources.get(address)
        if source or address not in listed:
            listed[address] = f"{address}  # {source}" if source else address
    return "".join(f"{line}\n" for line in (*kept, *(listed[address] for address in sorted(listed))))


def addresses_in(text: str) -> list[str]:
    """The addresses that the text of the file lists."""
    return [each.address for each in _listed(text)]


def read_listed(content: Path, shown_as: str) -> tuple[tuple[Listed, ...], tuple[Diagnostic, ...]]:
    """The addresses of the list, and what is wrong with the file, which the owner knows as ``shown_as``."""
    try:
        text = _text(content)
    except OSError as error:
        return (), (Diagnostic(shown_as, 0, not_opened(error)),)
    except UnicodeDecodeError:
        return (), (Diagnostic(shown_as, 0, NOT_UTF_8),)
    message = '"{}" is no address of this site; write one from its first slash, such as /post/knees/'
    strange = tuple(
        Diagnostic(shown_as, number, message.format(line.strip()))
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and line[:1] not in "/#"
    )
    return tuple(_listed(text)), strange


def check_addresses(
    listed: Collection[Listed], present: Iterable[str], documents: Mapping[str, Document[Any]]
) -> AddressCheck:
    """Which addresses of the list lead nowhere.

    ``present`` are the paths of all that the site has or redirects, from its root; ``documents`` all that are
    written, also unpublished ones, by the path of their page.
    """
    known = {*map(_plain, present)}
    missing = [each for each in listed if _plain(each.address) not in known]
    if not missing:
        return AddressCheck()
    by_path = {_plain(path): (path, document) for path, document in documents.items()}
    targets = _Targets(by_path, {_plain(each.address) for each in listed})
    gone: list[Gone] = []
    forwarded: dict[str, str] = {}
    for each in missing:
        plain = _plain(each.address)
        at = by_path[plain][1] if plain in by_path else None
        if (at and at.state is State.EXPIRED) or (at is None and _LIST.match(plain)):
            folder = f"{plain.partition('/')[0]}/"
            blog = f"{folder}{BLOG}" if _plain(f"{folder}{BLOG}") in known else BLOG
            forwarded.setdefault(_path(each.address), blog)
        else:
            reason = "nothing is there now"
            if at:
                state = {State.DRAFT: "a draft", State.SCHEDULED: "due only later"}.get(at.state, "not published")
                reason = f"{at.name} is {state} now; publish it again, or let another page take its place"
            gone.append(Gone(each, reason, *targets.of(each)))
    return AddressCheck(tuple(gone), forwarded)


class _Targets:
    """Where lost addresses should lead: published pages that have a file of the owner's."""

    def __init__(self, by_path: Mapping[str, tuple[str, Document[Any]]], listed: Collection[str]) -> None:
        """``by_path`` are the path and the document by its plain form; ``listed`` the plain forms of the list."""
        self._listed = listed
        self._sources = {document.key for _, document in by_path.values()}
        self._pages = {
            plain: (path, document)
            for plain, (path, document) in by_path.items()
            if document.state is State.PUBLISHED and document.file.is_written
        }

    def of(self, lost: Listed) -> tuple[Document[Any] | None, str, bool]:
        """The page, its address, and whether it is certain."""
        plain = _plain(lost.address)
        certain = self._same_file(lost) or self._same_path(plain) or self._same_day(lost)
        found = certain or self._nearest(plain)
        if not found:
            return None, "", False
        path, document = self._pages[found]
        return document, f"/{path}", bool(certain)

    def _same_file(self, lost: Listed) -> str | None:
        return self._only(plain for plain, (_, document) in self._pages.items() if document.key == lost.source)

    def _same_path(self, plain: str) -> str | None:
        """The address without an ending (``/about.html``), or without the folder of a language that is gone."""
        bare = _ENDINGS.sub("", plain)
        folder, _, rest = bare.partition("/")
        inside = rest if len(folder) == 2 and not any(path.startswith(f"{folder}/") for path in self._pages) else bare
        return next((path for path in (bare, inside) if path in self._pages), None)

    def _same_day(self, lost: Listed) -> str | None:
        """A new file of the same day, where the old one is gone: a post was named anew."""
        day = day_in_name(Path(page_key(lost.source)).stem)
        if not day or lost.source in self._sources:
            return None
        return self._only(
            plain
            for plain, (_, document) in self._pages.items()
            if plain not in self._listed and day_in_name(document.stem) == day
        )

    def _nearest(self, plain: str) -> str | None:
        """The page whose address is most like the lost one: in the same folder, new ones first."""
        above, _, last = _ENDINGS.sub("", plain).rpartition("/")
        beside = {path.rpartition("/")[2]: path for path in self._pages if path.rpartition("/")[0] == above}
        new = {name: path for name, path in beside.items() if path not in self._listed}
        anywhere = [path for path in self._pages if path and path.rpartition("/")[2] == last]
        name = nearest(last, new) or nearest(last, beside)
        head = re.sub(r"(^|/)post$", r"\1blog", above)
        if name:
            return beside[name]
        return anywhere[0] if len(anywhere) == 1 else (head if head and head in self._pages else None)

    @staticmethod
    def _only(found: Iterable[str]) -> str | None:
        several = [*found]
        return several[0] if len(several) == 1 else None


def _text(content: Path) -> str:
    file = content / ADDRESSES
    return file.read_text("utf-8-sig") if file.is_file() else ""


def _listed(text: str) -> Iterator[Listed]:
    for number, line in enumerate(text.splitlines(), 1):
        address, _, remark = line.partition(_REMARK)
        if address.strip()[:1] == "/":
            yield Listed(address.strip(), number, remark.strip())


def _path(address: str) -> str:
    """As files are named: decoded, without a query, without slashes at its ends."""
    path = normalize("NFC", unquote(re.split("[?#]", address, maxsplit=1)[0])).strip("/")
    return re.sub(r"(?:^|/)index\.html$", "", path)


def _plain(address: str) -> str:
    """Equal for addresses that hosts, or readers, take for one."""
    return _path(address).casefold()
