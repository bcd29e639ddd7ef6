"""The theme's stylesheets, joined.

A page carries in its ``<style>`` what its first screen needs, so that it is painted as soon as the HTML has come. All
rules are in one file that all pages share and browsers keep. A ``<link>`` to it stands where the first screen ends: one
in the head would hold the first paint back by a round trip (70 to 210 ms on slow 4G, measured over HTTP/2).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path

import rcssmin

from clinic.domain.pages.urls import SHARED_STYLES
from clinic.plugin.store import while_unchanged

LAYERS: Mapping[str, tuple[str, ...]] = {
    "reset": ("reset.css",),
    "tokens": ("tokens.css",),
    "elements": ("elements.css", "typography.css"),
    "components": ("components/*.css", "layout/*.css"),
    "utilities": ("utilities.css",),
    "print": ("print.css",),
}
"""The cascade layers, the weakest first, and their files in ``theme/static/css``; those of a pattern go by name."""
_ORDER = f"@layer {','.join(LAYERS)};"
_COMPONENTS = "components"
"""The layer whose files a page carries only where it needs them."""
_TOKENS = "tokens"
"""The layer of faces and custom properties: a page carries all faces, and those properties that its rules ask for."""
_LINK = '<link rel="stylesheet" href="{}">'
_LINK_BEGINS = _LINK.partition("{")[0]
_SHOWS_TOO_EARLY = "@supports (-moz-orient:inline) or (-webkit-nbsp-mode:space)"
"""Firefox and WebKit. Chrome waits by itself, and :func:`_after_link` would have it style the page a second time."""


def _after_link(declarations: str) -> str:
    return f"{_SHOWS_TOO_EARLY}{{body link~*,body :has(link)~*{{{declarations}}}}}"


_WAITS = (
    f"@layer reset{{{_after_link('visibility:hidden;animation:shows 0s 3s forwards')}"
    "@keyframes shows{to{visibility:visible}}}"
)
"""What follows a ``<link>`` in the body waits for its stylesheet, but not long for one that never comes. Firefox 153
and WebKit 2.50 would show it without styles first."""
_ARRIVED = f"@layer reset{{{_after_link('visibility:inherit;animation:none')}}}"
_PRINT = "@media print{"
_BRAND_COLOUR = re.compile(r"--brand-([\w-]+):\s*(#[0-9a-fA-F]{6})\b")
_FONTS = {"serif": 'Georgia,"Times New Roman",serif', "system": "var(--font-text)"}
_CLASSES = re.compile(r'class="([^"]*)"')  # no \b before it: a plain beginning is found ten times faster
_TAGS = re.compile(r"<[a-z]\w*")
_RULES = re.compile(r"[^{}]+\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}")
_CONDITIONS = ("@media", "@supports", "@container")
_ARGUMENTS = re.compile(r"\([^()]*\)|\[[^]]*\]")
_CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
_TAG = re.compile(r"(?:^|[ >+~])([a-z]\w*)")
_TARGET = re.compile(r"(?<!:not\():has\([^()]*:target\)")
_LATE = (":hover", ":active", ":focus-visible", ":popover-open", ":target", "::backdrop", "::selection")
"""What is so only once somebody has done something: by then the shared stylesheet is there."""
_ALWAYS = {"<html", "<body"}
_FACES = re.compile(r"@font-face\{[^}]*\}")
_PROPERTY = re.compile(r"(--[\w-]+):([^;}]*);?")
_USED = re.compile(r"var\((--[\w-]+)")
_JOINTS = re.compile("[_-]")
_OF_IMAGES = re.compile(r"\b(?:tint-([0-9a-f]{6})|focus-(\d+)-(\d+))(?=[ \"])")
"""Classes of ``components/image.html``, whose name has the value."""


@dataclass(frozen=True)
class Sheet:
    """One file, minified.

    ``css`` goes into ``layer``. ``print_css`` is what its ``@media print`` holds, the last rule of the file if there is
    one; it goes into the layer ``print``, so that it wins over what any file says of a screen.
    """

    name: str
    layer: str
    css: str
    print_css: str

    @classmethod
    def read(cls, path: Path, layer: str, assets: str) -> "Sheet":
        """``../fonts/`` in the file becomes ``assets``, the link to the folder that holds them.

        A digest stands behind their names, so that browsers may keep them for ever.
        """

        def link(found: re.Match[str]) -> str:
            font = path.parent / found[2]
            return f"url({found[1]}{assets}{font.name}?{sha256(font.read_bytes()).hexdigest()[:8]}"

        linked = re.sub(r"""url\((["']?)((?:\.\./)+fonts/[^"')]+)""", link, _minified(path))
        css, _, print_css = linked.partition(_PRINT)
        return cls(path.stem, layer, css, print_css.removesuffix("}"))


@while_unchanged
def _minified(path: Path) -> str:
    return str(rcssmin.cssmin(path.read_text("utf-8")))


class Stylesheets:
    """All stylesheets of the theme."""

    def __init__(self, folder: Path, assets: str, brand: str) -> None:
        """Read ``folder``; ``brand`` is a rule in no layer, so it wins over the theme's own tokens."""
        self._sheets = [
            Sheet.read(path, layer, assets)
            for layer, patterns in LAYERS.items()
            for path in chain.from_iterable(sorted(folder.glob(pattern)) for pattern in patterns)
        ]
        self._brand = brand
        own = {name for name, _ in _PROPERTY.findall(brand)}
        self._tokens = _without("".join(sheet.css for sheet in self._sheets if sheet.layer == _TOKENS), own)
        self._leads_to = _followed_up(self._tokens + brand)
        self._properties = frozenset(self._leads_to)
        self._styled = frozenset(chain.from_iterable(_names_in(sheet.css + sheet.print_css) for sheet in self._sheets))
        self._names = frozenset(sheet.name for sheet in self._sheets)
        self._components = frozenset(sheet.name for sheet in self._sheets if sheet.layer == _COMPONENTS)
        self._classes_in = cache(self._known_in)
        self._components_of = cache(self._styling)
        self._joined = cache(self._joined_for)
        self.shared = self._shared()
        digest = sha256(self.shared.encode()).hexdigest()[:12]
        self.shared_path = f"{SHARED_STYLES}{digest}.css"

    def for_markup(self, markup: str) -> str:
        """The CSS a page needs, given its HTML: a component's file is taken when a class in it names it.

        Where the page links to the shared stylesheet: what it needs before that, on a screen.
        """
        before, link, _ = markup.partition(_LINK_BEGINS)
        classes = chain.from_iterable(map(self._classes_in, set(_CLASSES.findall(before))))
        tags = self._styled.intersection(_TAGS.findall(before)) if link else ()
        return self._joined(frozenset(chain(classes, tags)), bool(link)) + _rules_of_images(markup)

    def link(self, page: str) -> str:
        """The ``<link>`` to the shared stylesheet; ``page`` is the way from the page to the root of the site."""
        return _LINK.format(f"{page}{self.shared_path}")

    def _known_in(self, classes: str) -> frozenset[str]:
        """Those of one ``class`` attribute that a stylesheet knows, or whose component has one."""
        return frozenset(
            name for name in classes.split() if name in self._styled or not self._names.isdisjoint(_beginnings(name))
        )

    def _styling(self, name: str) -> frozenset[str]:
        """The names of the components that a class is of: pages have the same few hundred classes."""
        return self._components & _beginnings(name)

    def _joined_for(self, names: frozenset[str], is_continued: bool) -> str:
        """The rules for the components with these classes, and for what every page has.

        ``names``: of classes, and of elements as ``<p``. ``is_continued``: the shared stylesheet follows.
        """
        components = frozenset(chain.from_iterable(map(self._components_of, names)))
        sheets = [sheet for sheet in self._sheets if sheet.layer != _COMPONENTS or sheet.name in components]
        if not is_continued:
            return f"{_ORDER}{_layers(sheets)}{_print_layer(sheets)}{self._brand}"
        needed = _layers(
            replace(sheet, css=needed_rules(sheet.css, names)) for sheet in sheets if sheet.layer != _TOKENS
        )
        asked = self._asked_for(needed)
        tokens, brand = (_without(css, self._properties - asked) for css in (self._tokens, self._brand))
        return f"{_ORDER}@layer {_TOKENS}{{{needed_rules(tokens, names)}}}{needed}{_WAITS}{brand}"

    def _asked_for(self, css: str) -> frozenset[str]:
        """The custom properties that rules ask for, and those that these follow from."""
        found: set[str] = set()
        new = set(_USED.findall(css))
        while new:
            found |= new
            new = set(chain.from_iterable(self._leads_to.get(name, ()) for name in new)) - found
        return frozenset(found)

    def _shared(self) -> str:
        """All rules, also those that pages carry themselves: so the cascade is that of one stylesheet.

        But for faces: browsers would take them for new ones.
        """
        sheets = [
            replace(sheet, css=_FACES.sub("", sheet.css) if sheet.layer == _TOKENS else sheet.css)
            for sheet in self._sheets
        ]
        return f"{_ORDER}{_ARRIVED}{_layers(sheets)}{_print_layer(sheets)}{self._brand}"


def _beginnings(name: str) -> frozenset[str]:
    """The names of the components a class may be of: its own, or that of which it is a part (``__``) or a variant."""
    return frozenset({name, *(name[: found.start()] for found in _JOINTS.finditer(name))})


def needed_rules(css: str, names: frozenset[str]) -> str:
    """The rules of a minified stylesheet that may be for an element, where no other names stand up to its end.

    ``names``: of classes, and of elements as ``<p``. Left out is what holds only once somebody points at something.
    What a selector says in ``:is()``, ``:not()`` or ``:has()`` is not looked at, so a rule too many may be among them.
    """
    return "".join(_needed_of(rule, names) for rule in rules_in(css))


@cache
def rules_in(css: str) -> tuple[str, ...]:
    """Those of a minified stylesheet, each with what is nested in it."""
    return tuple(_RULES.findall(css))


def _needed_of(rule: str, names: frozenset[str]) -> str:
    head, _, body = rule.partition("{")
    if body == "}":
        return ""
    if head.startswith(_CONDITIONS):
        inside = needed_rules(body[:-1], names)
        return f"{head}{{{inside}}}" if inside else ""
    return rule if any(map(names.issuperset, _asked_by(head))) else ""


@cache
def _asked_by(head: str) -> tuple[frozenset[str], ...]:
    """The names that each selector of a rule asks for, of those that may hold at once: all pages ask the same rules."""
    if head.startswith("@"):
        return (frozenset(),)
    head = _TARGET.sub(":target", head)
    while head != (outside := _ARGUMENTS.sub("", head)):
        head = outside
    return tuple(
        frozenset(_CLASS.findall(selector)) | {f"<{tag}" for tag in _TAG.findall(selector)} - _ALWAYS
        for selector in head.split(",")
        if not any(late in selector for late in _LATE)
    )


def _names_in(css: str) -> frozenset[str]:
    """All names that the rules of a minified stylesheet ask for."""
    found: set[str] = set()
    for rule in rules_in(css):
        head, _, body = rule.partition("{")
        inside = _names_in(body[:-1]) if head.startswith(_CONDITIONS) else chain.from_iterable(_asked_by(head))
        found.update(inside)
    return frozenset(found)


def _without(css: str, properties: Collection[str]) -> str:
    """Without these custom properties."""
    return _PROPERTY.sub(lambda each: "" if each[1] in properties else each[0], css)


def _followed_up(css: str) -> dict[str, set[str]]:
    """To each custom property, those that its values ask for."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, value in _PROPERTY.findall(css):
        found[name].update(_USED.findall(value))
    return found


def _rules_of_images(markup: str) -> str:
    """A rule for the mean colour of each image, and for the part of it that must be seen; in no layer, so they win."""
    if "tint-" not in markup and "focus-" not in markup:
        return ""  # of most pages, sooner than by the pattern
    found = sorted({match.groups("") for match in _OF_IMAGES.finditer(markup)})
    return "".join(
        f".tint-{tint}{{background-color:#{tint}}}" if tint else f".focus-{x}-{y}{{object-position:{x}% {y}%}}"
        for tint, x, y in found
    )


def _layers(sheets: Iterable[Sheet]) -> str:
    """The rules for screens, each layer in one block."""
    layers = groupby((sheet for sheet in sheets if sheet.css), attrgetter("layer"))
    return "".join(f"@layer {layer}{{{''.join(sheet.css for sheet in found)}}}" for layer, found in layers)


def _print_layer(sheets: Iterable[Sheet]) -> str:
    return f"@layer print{{{_PRINT}{''.join(sheet.print_css for sheet in sheets)}}}}}"


def theme_colours(folder: Path) -> dict[str, str]:
    """The theme's own ``--brand-…`` colours, by name, from ``tokens.css``."""
    return dict(_BRAND_COLOUR.findall((folder / "tokens.css").read_text("utf-8")))


def brand_rule(colours: Mapping[str, str], font: str) -> str:
    """The one rule that puts the clinic's colours and its face for headings in place of the theme's."""
    tokens = [f"--brand-{name}:{colour}" for name, colour in colours.items()]
    tokens += [f"--font-display:{_FONTS[font]}"] if font in _FONTS else []
    return f":root{{{';'.join(tokens)}}}" if tokens else ""
