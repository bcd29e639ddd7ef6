"""The response headers of a site: ``_headers`` as Netlify and Cloudflare Pages read it, and the same for any server.

Each rule is for all paths that begin alike. A path with several rules has the fields of all; where two say the same
field, Netlify sends the later (netlify/primitives, headersForPath.ts), Cloudflare both, joined by a comma. What is
written here is right in both ways: two policies hold together, and joined values of ``Cross-Origin-Resource-Policy``
are none, which lets others in like ``cross-origin`` (Fetch, "cross-origin resource policy check").
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from clinic.domain.pages.urls import ATOM_FEED, FACTS, LLMS, RSS_FEED, SHARED_STYLES
from clinic.rendering.files.hosting import FONT, FOR_EVER
from clinic.rendering.page_policy import FETCHED, read, written

HEADERS = "_headers"
LONGEST_LINE = 2000
"""Characters, of Cloudflare Pages (its "Limits"), which leaves a longer line out."""
POLICY = "Content-Security-Policy"
RESOURCES = "Cross-Origin-Resource-Policy"
TRANSPORT = "Strict-Transport-Security"
UPGRADE = "upgrade-insecure-requests"
OTHERS_MAY_LOAD = ("images/", "theme/")
"""Folders with what others show: photographs in feeds, share pictures, icons."""
OTHERS_MAY_READ = (FACTS, LLMS, RSS_FEED, ATOM_FEED)
"""What programs in other people's pages may read: it is public, and no answer depends on who asks."""
_OTHER_STYLES = frozenset({"default-src", "style-src"})
_FIELDS: Mapping[str, str] = {
    # Without includeSubDomains: other names of the same domain may be somebody else's, or know no encryption.
    TRANSPORT: "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    # The host alone: who has read of which complaint is nobody else's business. Players need the host.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # Names that Chromium, Firefox and WebKit all know, as browsers complain of others.
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    RESOURCES: "same-origin",
}
_PAYS = ", payment=()"
"""Left out where a booking form stands on a page, which may take a payment."""


class Rule(NamedTuple):
    """The ``fields`` of all paths that begin with ``path``, or, unless ``below``, of that path alone."""

    path: str
    fields: Mapping[str, str]
    below: bool = True

    def holds_for(self, path: str) -> bool:
        """Whether a path of the site has these fields."""
        return path.startswith(self.path) if self.below else path == self.path


class SiteHeaders(NamedTuple):
    """What the headers of a site follow from: the policies of its pages; ``secure`` is whether its address is https.

    ``folder`` is the path part of the address; ``embeds``: a booking form may stand on a page.
    """

    folder: str
    policies: Iterable[str]
    secure: bool
    embeds: bool = False

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, the most general first."""
        root = f"{self.folder}/"
        fields = {POLICY: site_policy(self.policies, secure=self.secure), **_FIELDS}
        if not self.secure:
            del fields[TRANSPORT]
        if self.embeds:
            fields["Permissions-Policy"] = fields["Permissions-Policy"].replace(_PAYS, "")
        return (
            Rule(root, fields),
            *(Rule(f"{root}{folder}", {RESOURCES: "cross-origin"}) for folder in OTHERS_MAY_LOAD),
            Rule(f"{root}{SHARED_STYLES}", {"Cache-Control": FOR_EVER}),
            Rule(f"{root}{FONT}", {"Cache-Control": FOR_EVER}, below=False),
            *(
                Rule(f"{root}{file}", {"Access-Control-Allow-Origin": "*", RESOURCES: "cross-origin"}, below=False)
                for file in OTHERS_MAY_READ
            ),
        )


def site_policy(policies: Iterable[str], *, secure: bool) -> str:
    """What holds on every page: all that the pages' own policies allow, but for styles, which they have for themselves.

    ``frame-ancestors`` counts in a header alone (CSP 3, 6.4.2).
    """
    found: dict[str, set[str]] = {name: set() for name in (*FETCHED, "form-action", "base-uri", "frame-ancestors")}
    for policy in set(policies):
        for name, sources in read(policy).items():
            found.setdefault(name, set()).update(sources)
    return written({name: frozenset(each) for name, each in found.items() if name not in _OTHER_STYLES}) + (
        f"; {UPGRADE}" if secure else ""
    )


def headers_file(rules: Iterable[Rule]) -> str:
    """The ``_headers`` file."""
    return "".join(f"{rule.path}{'*' * rule.below}\n{_lines(rule.fields)}" for rule in rules)


def _lines(fields: Mapping[str, str]) -> str:
    return "".join(f"  {name}: {text}\n" for name, text in fields.items())


def read_headers(text: str) -> tuple[Rule, ...]:
    """The rules of such a file, be it the owner's; what is none is left out."""
    rules: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        name, colon, value = line.strip().partition(":")
        if line.startswith("/"):
            rules.append((line.strip(), {}))
        elif colon and rules and not name.startswith("#"):
            rules[-1][1][name.strip()] = value.strip()
    return tuple(Rule(path.partition("*")[0], fields, "*" in path) for path, fields in rules)


def fields_at(path: str, rules: Iterable[Rule]) -> dict[str, str]:
    """The fields of one path, as Netlify sends them."""
    found: dict[str, str] = {}
    for rule in rules:
        if rule.holds_for(path):
            found.update(rule.fields)
    return found
