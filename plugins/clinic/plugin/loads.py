"""What visitors' browsers load: every other site that they would ask, held to clinic.yaml; and the headers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TypeAlias

from clinic.content.diagnostics import Diagnostic, Severity
from clinic.domain.pages.urls import static_path
from clinic.fact_check.extract import parsed
from clinic.models.clinic import Clinic
from clinic.models.suggestions import some_of
from clinic.models.videos import player_of
from clinic.plugin.build import Build
from clinic.plugin.context import Context, shown_path
from clinic.rendering.editor.config import admin_headers, policy
from clinic.rendering.files.headers import HEADERS, LONGEST_LINE, POLICY, SiteHeaders, headers_file, site_policy
from clinic.rendering.page_policy import Carried, Load, carried, carried_by_css

OtherSites: TypeAlias = dict[str, dict[str, list[str]]]
"""The files of pages by host, of what is loaded ``asked`` or ``unasked`` by a visitor."""
_OWN_HEADERS = f"static/{HEADERS}"
_PAGES = (".html", ".htm", ".xhtml")
_STYLED = (".css", ".svg")
_TEMPLATES = ("*.html", "*.css", "*.js", "*.svg")


def all_carried(build: Build) -> dict[str, Carried]:
    """What is carried by each page, by each page and stylesheet of ``static/``, and by the theme's stylesheet."""
    found: dict[str, Carried] = {}
    for each in build.every:
        folder = each.context.address.part.folder
        found |= {f"{folder}{file}": page for file, page in each.written.carried.items()}
    styles = build.context.components.stylesheets
    host = build.context.address.host
    found[styles.shared_path] = Carried("", carried_by_css(styles.shared, host), ())
    return found | dict(_of_own_files(build.context))


def _of_own_files(context: Context) -> Iterator[tuple[str, Carried]]:
    """Pages and stylesheets that the owner publishes as they are. Their inline code is allowed, as the site's is."""
    host = context.address.host
    for key in context.content.files:
        path, suffix = static_path(key), Path(key).suffix.lower()
        if not path or suffix not in (*_PAGES, *_STYLED):
            continue
        text = (context.content.folder / key).read_text("utf-8-sig", "replace")
        if suffix in _PAGES:
            found = carried(text, parsed(text), host, {})
            # It has no policy of its own, and the header says nothing of styles.
            yield path, found._replace(refused=tuple(each for each in found.refused if each.startswith("on")))
        else:
            yield path, Carried("", carried_by_css(text, host), ())


def other_sites(pages: Mapping[str, Carried]) -> OtherSites:
    """Other sites that pages load from."""
    found: OtherSites = {"unasked": {}, "asked": {}}
    for file, page in pages.items():
        for load in page.loads:
            files = found["asked" if load.asked else "unasked"].setdefault(load.host, [])
            files += [file] if files[-1:] != [file] else []
    return {which: dict(sorted(hosts.items())) for which, hosts in found.items()}


def check_loads(build: Build, pages: Mapping[str, Carried]) -> Iterator[Diagnostic]:
    """An error for what is loaded from a site that clinic.yaml does not name, and for what no policy allows."""
    context = build.context
    loads, refused = defaultdict[Load, list[str]](list), defaultdict[str, list[str]](list)
    for file, page in pages.items():
        for load in page.loads:
            if not _is_known(load, context.clinic):
                loads[load].append(file)
        for attribute in page.refused:
            refused[attribute].append(file)
    for load, files in loads.items():
        name, line = _source(context, (load.url, escape(load.url), load.host), files[0])
        yield Diagnostic(name, line, _undeclared(load, files))
    own = {static_path(key) for key in context.content.files}
    for attribute, files in refused.items():
        severity = Severity.WARNING if own.issuperset(files) else Severity.ERROR
        name, line = _source(context, (attribute.partition(" on <")[0], attribute.partition("=")[0] + "="), files[0])
        yield Diagnostic(
            name,
            line,
            f"{attribute} ({_pages(files)}) is blocked by the site's Content-Security-Policy; give the element a "
            "class, and that a rule in a stylesheet, or a script a listener",
            severity,
        )


def _is_known(load: Load, clinic: Clinic) -> bool:
    """Whether the privacy page names it: declared, or loaded only when asked for by what is switched on."""
    host = load.host.partition(":")[0]
    if any(party.host == host for party in clinic.third_parties):
        return True
    if not load.asked:
        return False
    if load.element == "iframe":
        return clinic.booking.embed
    return clinic.contact_form is not None if load.element in ("form", "button") else player_of(load.url) is not None


def _undeclared(load: Load, files: list[str]) -> str:
    host = load.host.partition(":")[0]
    return (
        f"visitors' browsers would ask {host} ({_pages(files)}, <{load.element}>), which clinic.yaml does not name; "
        f"take it out, or name it there: third_parties: [{{host: {host}, purpose: what it is for}}]"
    )


def _pages(files: list[str]) -> str:
    return f"on {some_of(files)}"


def _source(context: Context, wanted: Iterable[str], file: str) -> tuple[str, int]:
    """The file and line that brought something: the owner's text, her facts, the theme; else the finished page."""
    content = context.content
    own = [content.folder / key for key in content.files if static_path(key)]
    for text in wanted:
        for document in context.documents.values():
            if line := _line(document.file.text, text):
                return document.name, line
        if line := _line(content.clinic_yaml.text, text):
            return content.clinic_yaml.name, line
        theme = [path for pattern in _TEMPLATES for path in sorted(context.theme.rglob(pattern))]
        for path in (*(path for path in own if path.suffix.lower() in (*_PAGES, *_STYLED)), *theme):
            if line := _line(path.read_text("utf-8-sig", "replace"), text):
                return shown_path(path), line
    return file, 0


def _line(text: str, wanted: str) -> int:
    """The first line with a text; 0 where it is in none."""
    at = text.find(wanted) if wanted else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def write_headers(build: Build, pages: Mapping[str, Carried]) -> None:
    """Write ``_headers``, once the pages of all languages have been written; unless the owner has rules of her own."""
    context = build.context
    if _OWN_HEADERS not in context.content.files:
        build.site.write(HEADERS, _headers_of(build, pages))


def _headers_of(build: Build, pages: Mapping[str, Carried]) -> str:
    context = build.context
    editor = context.clinic.editor if not context.preview else None
    policies = [page.policy for page in pages.values()]
    policies += [policy(editor.backend)] if editor else []
    secure = not context.preview and context.address.public.startswith("https:")
    site = SiteHeaders(context.link_base, policies, secure, context.clinic.booking.embed)
    return headers_file(site.rules) + (admin_headers(context.link_base, editor) if editor else "")


def check_headers(build: Build, pages: Mapping[str, Carried]) -> Iterator[Diagnostic]:
    """A note where the policy is longer than one host takes: it is not made weaker for that."""
    long = len(f"  {POLICY}: {site_policy([page.policy for page in pages.values()], secure=True)}")
    if long > LONGEST_LINE and build.context.public:
        hosts = ", ".join(sorted({host for hosts in other_sites(pages).values() for host in hosts})) or "inline scripts"
        message = (
            f"the site's Content-Security-Policy has {long} characters, and Cloudflare Pages leaves out headers of "
            f"more than {LONGEST_LINE}; name fewer of: {hosts} (every page keeps its own policy)"
        )
        yield Diagnostic(build.context.content.clinic_yaml.name, 0, message, Severity.WARNING)
