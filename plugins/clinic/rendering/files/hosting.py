"""What hosts and schedulers read: kinds of files, redirects, and when the site must be built again."""

import html
import json
import mimetypes
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from clinic.domain.pages.urls import SHARED_STYLES
from clinic.domain.schedule import Rebuild, upcoming
from clinic.models.language import current_language
from clinic.models.words import gettext
from clinic.rendering.text import linked

NEXT_BUILD = "next-build.json"
FOR_EVER = "public, max-age=31536000, immutable"
"""What is named by its digest never changes (RFC 8246)."""
ASK_AGAIN = "no-cache"
"""Of all else: a browser asks whether it has changed, and loads it only then (RFC 9111, 5.2.2.4)."""
MEDIA_TYPES = {
    "avif": "image/avif", "ico": "image/x-icon", "ics": "text/calendar", "js": "text/javascript",
    "json": "application/json", "svg": "image/svg+xml", "vcf": "text/vcard", "vtt": "text/vtt",
    "wasm": "application/wasm", "webmanifest": "application/manifest+json", "webp": "image/webp", "woff2": "font/woff2",
    "xml": "application/xml",
}  # fmt: skip
"""By the end of a file's name: what systems and servers differ in."""
_KINDS = mimetypes.MimeTypes()  # the table that Python brings, not the machine's: the same everywhere
for _end, _kind in MEDIA_TYPES.items():
    _KINDS.add_type(_kind, f".{_end}")
_TEXTS = frozenset(MEDIA_TYPES[end] for end in ("json", "svg", "webmanifest", "xml"))
# Spelt out, since Go's regular expressions, which Caddy has, cannot look ahead.
_DIGEST = "|".join(f"[0-9]{{{figures}}}[a-f][0-9a-f]{{{7 - figures}}}" for figures in range(8))
FONT = "theme/display.woff2"
"""The display face: stylesheets ask for it with its digest behind it."""
KEPT_FOR_EVER = (
    f"{SHARED_STYLES}.+",
    re.escape(FONT),
    rf"images/.+-(?:{_DIGEST})(?:-[0-9]+)?\.(?:webp|avif|svg|png|jpg)",
)
"""Patterns of the paths of files that are named so; the digest of an image with a letter among its eight signs, since
eight figures are more often the date in the name of an owner's own file."""


def media_type(name: str) -> str:
    """What a file is to a browser, by the end of its name (RFC 9110, 8.3.1)."""
    return _KINDS.guess_type(name)[0] or "application/octet-stream"


def with_charset(kind: str) -> str:
    """A media type as ``Content-Type`` has it: all texts of a site are in UTF-8."""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TEXTS else kind


def is_kept_for_ever(path: str) -> bool:
    """Whether the name of a file of the site is made from its bytes, so that browsers need never ask for it again."""
    return any(re.fullmatch(pattern, path) for pattern in KEPT_FOR_EVER)


def netlify_redirects(moved: Mapping[str, str], folder: str, languages: Iterable[str] = ()) -> str:
    """The ``_redirects`` file of Netlify and Cloudflare Pages, which both answer 301 although refresh pages lie there.

    ``moved`` maps former to present paths from the root; ``folder`` is the path part of the public address. Each has
    its rules twice. Netlify serves a file before a rule without ``!`` (docs.netlify.com, "Shadowing"), and takes the
    first that fits. Cloudflare follows rules before files, but knows no ``301!``: it leaves such a line out and takes
    the next (workers-sdk, parseRedirects.ts); it compares paths exactly, so the slash at the end makes another rule.

    ``languages`` are the folders of pages in other languages, ``cy/``: what is not there has the page of its language
    (docs.netlify.com, "Custom 404 page handling"). Cloudflare looks for the nearest 404.html by itself.
    """
    not_found = "".join(f"{folder}/{part}* {folder}/{part}404.html 404\n" for part in languages)
    redirects = "".join(
        f"{former} {folder}/{new} {status}\n"
        for old, new in sorted(moved.items())
        for status in ("301!", "301")
        for former in _with_and_without_slash(f"{folder}/{quote(old.strip('/'))}")
    )
    return redirects + not_found


def _with_and_without_slash(path: str) -> tuple[str, ...]:
    return (path,) if path.endswith(".html") else (path, f"{path}/")


def redirect_page(link: str, canonical: str) -> str:
    """A page for hosts without redirect rules (GitHub Pages, S3): it forwards to ``link`` and names ``canonical``."""
    target, title = html.escape(link), html.escape(gettext("This page has moved"))
    words = linked(gettext("This page has [moved]."), link)
    return (
        f'<!doctype html><html lang="{current_language()}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="refresh" content="0; url={target}"><link rel="canonical" href="{html.escape(canonical)}">'
        '<meta name="robots" content="noindex"></head>'
        f"<body><p>{words}</p></body></html>\n"
    )


def next_build_json(rebuilds: Iterable[Rebuild], now: datetime) -> str:
    """``{"built": moment, "next": [{"at": moment, "why": words}, …]}``, moments as ISO 8601 in UTC, the next first."""
    ahead = [{"at": _utc(rebuild.at), "why": rebuild.reason} for rebuild in upcoming(rebuilds, now)]
    return json.dumps({"built": _utc(now), "next": ahead}, indent=2, ensure_ascii=False) + "\n"


def read_next_build(text: str) -> tuple[Rebuild, ...]:
    """The rebuilds that the text of such a file names. Raises ValueError or KeyError if it is none."""
    return tuple(Rebuild(datetime.fromisoformat(entry["at"]), entry["why"]) for entry in json.loads(text)["next"])


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
