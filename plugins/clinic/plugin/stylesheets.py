"""The theme's stylesheets, joined: each page carries the rules for the components it shows, and no others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import rcssmin

_ORDER = re.compile(r"@layer [^{};]+;")
_IMPORT = re.compile(r"""@import (?:url\()?["']([^"']+)["']\)?\s*layer\(([\w.-]+)\);""")
_BRAND_COLOUR = re.compile(r"--brand-([\w-]+):\s*(#[0-9a-fA-F]{6})\b")
_FONTS = {"serif": 'Georgia,"Times New Roman",serif', "system": "var(--font-text)"}
_CLASSES = re.compile(r'class="([^"]*)"')  # no \b before it: a plain beginning is found ten times faster
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Sheet:
    """One file of ``theme/static/css``, minified, in the layer that ``main.css`` imports it into."""

    name: str
    layer: str
    css: str

    @property
    def is_component(self) -> bool:
        """Whether it is needed only where its component stands."""
        return self.layer == "components"

    def styles(self, name: str) -> bool:
        """Whether a class is this component's: its own name, a part of it (``__``) or a variant (``-``)."""
        return name == self.name or name.startswith((f"{self.name}_", f"{self.name}-"))


class Stylesheets:
    """``main.css`` taken apart by its imports."""

    def __init__(self, folder: Path, assets: str, brand: str) -> None:
        """Read the folder.

        ``assets`` is the link to the folder that holds fonts and icons; ``../fonts/`` in the CSS means it. ``brand``
        is a rule in no layer, so it wins over the theme's own tokens.
        """
        self._brand = brand
        main = _COMMENT.sub("", (folder / "main.css").read_text("utf-8"))
        self._order = "".join(match.group().replace(", ", ",") for match in _ORDER.finditer(main))
        self._sheets = [
            Sheet(Path(name).stem, layer, _minified((folder / name).read_text("utf-8"), assets))
            for name, layer in _IMPORT.findall(main)
        ]
        self._known: dict[str, frozenset[str]] = {}
        self._joined: dict[frozenset[str], str] = {}

    def for_markup(self, markup: str) -> str:
        """The CSS a page needs, given its HTML: a component's file is taken when a class in it names it."""
        shown = frozenset(chain.from_iterable(map(self._named_in, set(_CLASSES.findall(markup)))))
        if shown not in self._joined:
            chosen = [sheet for sheet in self._sheets if not sheet.is_component or sheet.name in shown]
            self._joined[shown] = self._order + "".join(f"@layer {sheet.layer}{{{sheet.css}}}" for sheet in chosen)
            self._joined[shown] += self._brand
        return self._joined[shown]

    def _named_in(self, classes: str) -> frozenset[str]:
        """The components that one ``class`` attribute names, by themselves, a part or a variant of theirs."""
        if classes not in self._known:
            names = classes.split()
            self._known[classes] = frozenset(sheet.name for sheet in self._sheets if any(map(sheet.styles, names)))
        return self._known[classes]


def theme_colours(folder: Path) -> dict[str, str]:
    """The theme's own ``--brand-…`` colours, by name, from ``tokens.css``."""
    return dict(_BRAND_COLOUR.findall((folder / "tokens.css").read_text("utf-8")))


def brand_rule(colours: Mapping[str, str], font: str) -> str:
    """The one rule that puts the clinic's colours and its face for headings in place of the theme's."""
    tokens = [f"--brand-{name}:{colour}" for name, colour in colours.items()]
    tokens += [f"--font-display:{_FONTS[font]}"] if font in _FONTS else []
    return f":root{{{';'.join(tokens)}}}" if tokens else ""


def _minified(css: str, assets: str) -> str:
    minified = str(rcssmin.cssmin(css))
    return re.sub(r"""url\((["']?)(?:\.\./)+(?:fonts|icons)/""", rf"url(\1{assets}", minified)
