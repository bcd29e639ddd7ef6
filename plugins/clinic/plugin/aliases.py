"""Former addresses of pages, each compared with every path of the site."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import unquote

from clinic.content.addresses import ALIAS, LONGEST_ALIAS
from clinic.content.diagnostics import Diagnostic
from clinic.domain.pages.urls import SiteAddress
from clinic.plugin.context import Context
from clinic.plugin.pelican_types import Content


@dataclass(frozen=True)
class Alias:
    """A former address (path without slashes at its ends), the page that is there now, and what is wrong with it.

    Both are from the root of the whole site. ``file`` and ``line`` are where it is written.
    """

    former: str
    url: str
    diagnostic: Diagnostic | None = None
    file: str = ""
    line: int = 0


def aliases(context: Context, contents: Iterable[Content], taken: Mapping[str, str]) -> Iterator[Alias]:
    """The former addresses of all pages, each compared with every path of the site and with the other aliases.

    ``taken`` are the paths that a build writes beside the pages, with what is there.
    """
    contents = sorted(contents, key=lambda content: content.read.key)
    place = context.address.part.path
    used = {place(path.removesuffix("index.html")).strip("/").casefold(): what for path, what in taken.items()}
    used |= {place(content.url).strip("/").casefold(): content.read.name for content in contents if content.save_as}
    for content in contents:
        for number, alias in enumerate(content.read.document.front_matter.aliases):
            former, message = _former_path(alias, context.address)
            if not message and (at := _conflict(former, used)) is not None:
                message = f"is the address of {used[at]} already; remove it"
            if not message:
                used[former.casefold()] = content.read.name
            written = content.read.document.error(("aliases", number), f'alias "{alias}" {message}')
            yield Alias(former, place(content.url), written if message else None, written.file, written.line)


def _former_path(alias: str, address: SiteAddress) -> tuple[str, str]:
    """The path that an alias means, as files are named: decoded, without slashes at its ends; or what is wrong."""
    host, path = alias.partition("://")[2].partition("/")[::2] if "://" in alias else ("", alias)
    if (host and _bare_host(host) != _bare_host(address.host)) or alias.startswith("//"):
        return "", "is an address elsewhere; write a former one of this site, like /post/old-name/"
    former = re.sub(r"(?:^|/)index\.html$", "", normalize("NFC", unquote(path)).strip("/"))
    segments = former.split("/") if former else []
    if len(former) > LONGEST_ALIAS:
        return former, f"is too long; {LONGEST_ALIAS} letters are the most"
    if found := re.search("[?#*]", path):
        why = "which would stand for many addresses; write each of them"
        if found.group() != "*":
            why = "and what follows one cannot lead elsewhere; write the address before it, or remove this line"
        return former, f'has a "{found.group()}" in it, {why}'
    is_odd = any(not segment.strip(". ") or segment != segment.strip() for segment in segments)
    if is_odd or not ALIAS.fullmatch(former):
        return former, "is not a former address; write one like /post/old-name/"
    return former, ""


def _bare_host(host: str) -> str:
    """A site is the same with and without ``www.`` before its name."""
    return host.casefold().removeprefix("www.")


def _conflict(former: str, used: Mapping[str, str]) -> str | None:
    """The path of the site that a former one would overwrite, or where a file is in the way of its folder."""
    path = former.casefold()
    above = ("/".join(path.split("/")[:end]) for end in range(1, path.count("/") + 1))
    files = (each for each in above if each.endswith(".html") or used.get(each, "").startswith("a file"))
    below = (each for each in used if path.endswith(".html") and each.startswith(f"{path}/"))
    return next((each for each in (path, *files, *below) if each in used), None)
