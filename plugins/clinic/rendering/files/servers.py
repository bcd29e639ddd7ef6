"""Settings of web servers, and of hosts that build: 404 pages, headers, caching and redirects, as the site says them.

What is named by its digest is kept for ever, all else is asked for again.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from clinic.rendering.files.headers import RESOURCES, TRANSPORT, Rule
from clinic.rendering.files.hosting import ASK_AGAIN, FOR_EVER, KEPT_FOR_EVER, MEDIA_TYPES

PYTHON = "3.13"
"""For hosts that build: the newest that Netlify and Cloudflare Pages both bring (their build images of 2026)."""
_CACHING = "Cache-Control"
_MEDIA_TYPES = {end: MEDIA_TYPES[end] for end in ("webmanifest", "ics", "vcf", "avif")}
"""By the end of a file's name: what Debian's nginx and Apache do not know, or know under an older name."""


@dataclass(frozen=True)
class Served:
    """A site as a server has it: its public ``address``, and the folder ``root`` on the server.

    ``moved`` maps former to present addresses, ``not_found`` the folders of languages to their own 404 pages;
    ``headers`` are the rules of its ``_headers``.
    """

    address: str
    root: str
    moved: Mapping[str, str]
    not_found: Mapping[str, str]
    headers: tuple[Rule, ...] = ()

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

    @property
    def fields(self) -> "tuple[Field, ...]":
        """The header fields of its answers."""
        kept = "|".join(f"{self.folder}/{pattern}" for pattern in KEPT_FOR_EVER)
        whole = f"{self.folder}/"
        found = {_CACHING: Field(_CACHING, ASK_AGAIN, ((f"^(?:{kept})$", FOR_EVER),))}
        for rule in self.headers:
            for name, value in rule.fields.items():
                field = found.get(name, Field(name, ""))
                if name != _CACHING:
                    some = ((f"^{re.escape(rule.path)}{'' if rule.below else '$'}", value), *field.some)
                    found[name] = Field(name, value) if rule.path == whole else Field(name, field.always, some)
        return tuple(found.values())


@dataclass(frozen=True)
class Field:
    """A header field: its value ``always``, or nothing, and ``some`` others, each with the pattern of its paths.

    The first pattern that fits holds.
    """

    name: str
    always: str
    some: tuple[tuple[str, str], ...] = ()

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Each value for some paths, with one pattern for all of them; those values stand in different paths."""
        by_value: dict[str, list[str]] = {}
        for pattern, value in self.some:
            by_value.setdefault(value, []).append(pattern)
        return tuple(("|".join(patterns), value) for value, patterns in by_value.items())


def read_redirects(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a ``_redirects`` file of ours says: former to present addresses, and folders to their 404 pages."""
    rules = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    moved = {unquote(former): present for former, present, status in rules if status == "301"}
    return moved, {former.removesuffix("*"): page for former, page, status in rules if status == "404"}


def nginx(site: Served) -> str:
    """A server block of nginx 1.18 or newer."""
    types = "".join(
        f"    location ~ \\.{end}$ {{ types {{ }} default_type {kind}; }}\n" for end, kind in _MEDIA_TYPES.items()
    )
    languages = "".join(
        f'    location "{folder}" {{ error_page 404 "{page}"; }}\n' for folder, page in site.not_found.items()
    )
    moved = "".join(
        f'    location = "{_escaped(former)}" {{ return 301 "{present}"; }}\n' for former, present in site.moved.items()
    )
    maps, headers = ("".join(lines) for lines in _nginx_fields(site))
    return f"""\
{maps}server {{
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

    # Here alone: an add_header in a location would take these away from it.
{headers}    location ~ "/\\.(?!well-known/)" {{ return 404; }}
{types}{languages}{moved}}}
"""


def caddy(site: Served) -> str:
    """A site block of Caddy 2, which gets its certificate by itself."""
    headers = "".join(_caddy_field(field) for field in site.fields)
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
{headers}\t@hidden path_regexp `/\\.(?:ht|git)`
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
    headers = "".join(_apache_field(field) for field in site.fields)
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
{headers}</IfModule>
<IfModule mod_alias.c>
{moved}</IfModule>
"""


def cloudfront(site: Served, comment: str) -> str:
    """A response headers policy of CloudFront, which stands before a bucket: S3 itself sends no such headers.

    One policy holds for all paths, so others may load everything (docs.aws.amazon.com, ResponseHeadersPolicyConfig).
    """
    fields = {field.name: field.always for field in site.fields if field.always and field.name != _CACHING}
    policy = fields.pop("Content-Security-Policy", "")
    security: dict[str, object] = {"ContentTypeOptions": {"Override": True}}
    if policy:
        security["ContentSecurityPolicy"] = {"Override": True, "ContentSecurityPolicy": policy}
    if referrer := fields.pop("Referrer-Policy", ""):
        security["ReferrerPolicy"] = {"Override": True, "ReferrerPolicy": referrer}
    if age := re.search(r"\d+", fields.pop(TRANSPORT, "")):
        security["StrictTransportSecurity"] = {"Override": True, "AccessControlMaxAgeSec": int(age[0])}
    fields.pop("X-Content-Type-Options", None)
    others = [
        {"Header": name, "Value": "cross-origin" if name == RESOURCES else value, "Override": True}
        for name, value in fields.items()
    ]
    custom = {"Quantity": len(others), "Items": others}
    named = {"Comment": comment, "Name": re.sub(r"\W", "-", site.host)}
    return json.dumps({**named, "SecurityHeadersConfig": security, "CustomHeadersConfig": custom}, indent=2) + "\n"


def netlify_toml() -> str:
    """For a site that Netlify builds from the repository (docs.netlify.com, "File-based configuration")."""
    return f"""\
[build]
  command = "make publish"
  publish = "output"

[build.environment]
  PYTHON_VERSION = "{PYTHON}"
"""


def _variable(site: Served, field: Field) -> str:
    """The name of a variable, which all sites of an nginx share; nginx takes no longer ones than 40 letters."""
    words = field.name.lower().split("-")[-2:]
    return "_".join((*words, sha256(site.address.encode()).hexdigest()[:8]))


def _nginx_fields(site: Served) -> tuple[list[str], list[str]]:
    """Maps from paths to what differs between them, and the lines that add all fields."""
    maps, lines = [], []
    for field in site.fields:
        value = f'"{_escaped(field.always)}"'
        if field.some:
            cases = "".join(f'    "~{_escaped(pattern)}" "{_escaped(other)}";\n' for pattern, other in field.some)
            name = f"${_variable(site, field)}"
            maps.append(f"map $uri {name} {{\n    default {value};\n{cases}}}\n")
            value = name
        lines.append(f"    add_header {field.name} {value} always;\n")
    return maps, lines


def _caddy_field(field: Field) -> str:
    """Lines whose matchers leave nothing to their order."""
    if not field.some:
        return f'\theader {field.name} "{_escaped(field.always)}"\n'
    names = [f"@{field.name.lower()}_{number}" for number in range(len(field.values))]
    lines = [
        f'\t{name} path_regexp `{pattern}`\n\theader {name} {field.name} "{_escaped(value)}"\n'
        for name, (pattern, value) in zip(names, field.values, strict=True)
    ]
    if field.always:
        every = "|".join(pattern for pattern, _ in field.values)
        other = f"@{field.name.lower()}"
        lines.append(f'\t{other} not path_regexp `{every}`\n\theader {other} {field.name} "{_escaped(field.always)}"\n')
    return "".join(lines)


def _apache_field(field: Field) -> str:
    lines = [f'  Header always set {field.name} "{_escaped(field.always)}"\n'] if field.always else []
    lines += [
        f'  <If "%{{REQUEST_URI}} =~ m#{pattern}#">\n    Header always set {field.name} "{_escaped(value)}"\n  </If>\n'
        for pattern, value in field.values
    ]
    return "".join(lines)


def _escaped(text: str) -> str:
    """For a string in double quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _literal(path: str) -> str:
    """A path as a regular expression that Apache reads in quotes."""
    return "".join(f"\\{sign}" if sign in r".^$*+?()[]{}|\\" else sign for sign in path).replace('"', '\\"')
