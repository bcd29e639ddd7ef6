"""Settings of web servers, and of hosts that build: 404 pages, caching and redirects, from what the site itself says.

What is named by its digest is kept for ever, all else is asked for again (``no-cache`` still saves the transfer, by
ETag; RFC 9111, 5.2.2.4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from clinic.rendering.files.hosting import FOR_EVER, KEPT_FOR_EVER

PYTHON = "3.13"
"""For hosts that build: the newest that Netlify and Cloudflare Pages both bring (their build images of 2026)."""
_ASK_AGAIN = "no-cache"
_MEDIA_TYPES = {
    "webmanifest": "application/manifest+json",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "avif": "image/avif",
}
"""By the end of a file's name: what Debian's nginx and Apache do not know, or know under an older name."""


@dataclass(frozen=True)
class Served:
    """A site as a server has it: its public ``address``, and the folder ``root`` on the server.

    ``moved`` maps former to present addresses, ``not_found`` the folders of languages to their own 404 pages.
    """

    address: str
    root: str
    moved: Mapping[str, str]
    not_found: Mapping[str, str]

    @property
    def host(self) -> str:
        """The name in its address."""
        return urlsplit(self.address).hostname or ""

    @property
    def folder(self) -> str:
        """The path in its address: empty, or ``/clinic``."""
        return urlsplit(self.address).path.rstrip("/")

    @property
    def document_root(self) -> str:
        """The folder that the server takes for ``/``: above that of the site where its address has a path."""
        depth = self.folder.count("/")
        return str(PurePosixPath(self.root).parents[depth - 1]) if depth else self.root


def read_redirects(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a ``_redirects`` file of ours says: former to present addresses, and folders to their 404 pages."""
    rules = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    moved = {unquote(former): present for former, present, status in rules if status == "301"}
    return moved, {former.removesuffix("*"): page for former, page, status in rules if status == "404"}


def nginx(site: Served) -> str:
    """A server block of nginx 1.18 or newer."""
    kept = "|".join(f"{site.folder}/{pattern}" for pattern in KEPT_FOR_EVER)
    types = "".join(
        f"    location ~ \\.{end}$ {{ types {{ }} default_type {kind}; }}\n" for end, kind in _MEDIA_TYPES.items()
    )
    languages = "".join(
        f'    location "{folder}" {{ error_page 404 "{page}"; }}\n' for folder, page in site.not_found.items()
    )
    moved = "".join(
        f'    location = "{_escaped(former)}" {{ return 301 "{present}"; }}\n' for former, present in site.moved.items()
    )
    return f"""\
server {{
    listen 80;
    listen [::]:80;
    server_name {site.host};
    root "{site.document_root}";
    index index.html;
    charset utf-8;
    absolute_redirect off;
    error_page 404 "{site.folder}/404.html";

    gzip on;
    gzip_types text/css text/javascript application/javascript application/json application/xml text/xml image/svg+xml
        text/calendar text/vcard application/manifest+json;

    # Pages may be another at any time; what is named by its digest never is.
    add_header Cache-Control "{_ASK_AGAIN}";
    location ~ "^(?:{kept})$" {{ add_header Cache-Control "{FOR_EVER}"; }}
    location ~ "/\\.(?!well-known/)" {{ return 404; }}
{types}{languages}{moved}}}
"""


def caddy(site: Served) -> str:
    """A site block of Caddy 2, which gets its certificate by itself."""
    kept = "|".join(f"{site.folder}/{pattern}" for pattern in KEPT_FOR_EVER)
    types = "".join(
        f'\t@{end} path *.{end}\n\theader @{end} Content-Type "{kind}"\n' for end, kind in _MEDIA_TYPES.items()
    )
    moved = "".join(f'\tredir "{_escaped(former)}" "{present}" permanent\n' for former, present in site.moved.items())
    languages = "".join(
        f'\t\thandle "{folder}*" {{\n\t\t\trewrite * "{page}"\n\t\t\tfile_server\n\t\t}}\n'
        for folder, page in site.not_found.items()
    )
    return f"""\
{site.host} {{
\troot * "{site.document_root}"
\tencode gzip
\t@kept path_regexp `^(?:{kept})$`
\theader @kept Cache-Control "{FOR_EVER}"
\t@asked not path_regexp `^(?:{kept})$`
\theader @asked Cache-Control "{_ASK_AGAIN}"
\t@hidden path_regexp `/\\.(?:ht|git)`
\trespond @hidden 404
{types}{moved}\tfile_server
\thandle_errors {{
{languages}\t\thandle {{
\t\t\trewrite * "{site.folder}/404.html"
\t\t\tfile_server
\t\t}}
\t}}
}}
"""


def apache(site: Served) -> str:
    """An ``.htaccess`` file for web space with Apache 2.4; what its host does not allow there is left out by it."""
    kept = "|".join(f"{site.folder}/{pattern}" for pattern in KEPT_FOR_EVER)
    types = "".join(f"AddType {kind} .{end}\n" for end, kind in _MEDIA_TYPES.items())
    moved = "".join(f'RedirectMatch 301 "^{_literal(former)}$" "{present}"\n' for former, present in site.moved.items())
    languages = "".join(
        f'<If "%{{REQUEST_URI}} =~ m#^{folder}#">\n  ErrorDocument 404 {page}\n</If>\n'
        for folder, page in site.not_found.items()
    )
    return f"""\
ErrorDocument 404 {site.folder}/404.html
{languages}AddDefaultCharset utf-8
{types}<IfModule mod_headers.c>
  Header set Cache-Control "{_ASK_AGAIN}"
  <If "%{{REQUEST_URI}} =~ m#^(?:{kept})$#">
    Header set Cache-Control "{FOR_EVER}"
  </If>
</IfModule>
<IfModule mod_alias.c>
{moved}</IfModule>
"""


def netlify_toml() -> str:
    """For a site that Netlify builds from the repository (docs.netlify.com, "File-based configuration")."""
    return f"""\
[build]
  command = "make publish"
  publish = "output"

[build.environment]
  PYTHON_VERSION = "{PYTHON}"
"""


def _escaped(text: str) -> str:
    """For a string in double quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _literal(path: str) -> str:
    """A path as a regular expression that Apache reads in quotes."""
    return "".join(f"\\{sign}" if sign in r".^$*+?()[]{}|\\" else sign for sign in path).replace('"', '\\"')
