"""The theme's stylesheets, joined: each page carries the rules for the components it shows, and no others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import rcssmin

LAYERS: Mapping[str, tuple[str, ...]] = {
    "reset": ("reset.css",),
    "tokens": ("tokens.css",),
    "elements": ("elements.css", "typography.css"),
    "components": ("components/*.css", "layout/*.css"),
    "utilities": ("utilities.css",),
    "print": ("print.css",),
}
"""The cascade layers, the weakest first, and their files in ``theme/static/css``; those of a pattern go by name."""
_COMPONENTS = "components"
"""The layer whose files a page carries only where it needs them."""
_PRINT = "@media print{"
_BRAND_COLOUR = re.compile(r"--brand-([\w-]+):\s*(#[0-9a-fA-F]{6})\b")
_FONTS = {"serif": 'Georgia,"Times New Roman",serif', "system": "var(--font-text)"}
_CLASSES = re.compile(r'class="([^"]*)"')  # no \b before it: a plain beginning is found ten times faster


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
        """``../fonts/`` and ``../icons/`` in the file become ``assets``, the link to the folder that holds both."""
        minified = str(rcssmin.cssmin(path.read_text("utf-8")))
        linked = re.sub(r"""url\((["']?)(?:\.\./)+(?:fonts|icons)/""", rf"url(\1{assets}", minified)
        css, _, print_css = linked.partition(_PRINT)
        return cls(path.stem, layer, css, print_css.removesuffix("}"))

    def styles(self, name: str) -> bool:
        """Whether a class is this component's: its own name, a part of it (``__``) or a variant (``-``)."""
        return name == self.name or name.startswith((f"{self.name}_", f"{self.name}-"))


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
        self._components_of = cache(self._named_in)
        self._joined = cache(self._joined_for)

    def for_markup(self, markup: str) -> str:
        """The CSS a page needs, given its HTML: a component's file is taken when a class in it names it."""
        return self._joined(frozenset(chain.from_iterable(map(self._components_of, set(_CLASSES.findall(markup))))))

    def _named_in(self, classes: str) -> frozenset[str]:
        """The components that one ``class`` attribute names, by themselves, a part or a variant of theirs."""
        names = classes.split()
        return frozenset(sheet.name for sheet in self._sheets if any(map(sheet.styles, names)))

    def _joined_for(self, shown: frozenset[str]) -> str:
        """The rules for the components with these names, and for what every page has."""
        sheets = [sheet for sheet in self._sheets if sheet.layer != _COMPONENTS or sheet.name in shown]
        rules = "".join(f"@layer {sheet.layer}{{{sheet.css}}}" for sheet in sheets if sheet.css)
        print_rules = "".join(sheet.print_css for sheet in sheets)
        return f"@layer {','.join(LAYERS)};{rules}@layer print{{{_PRINT}{print_rules}}}}}{self._brand}"


def theme_colours(folder: Path) -> dict[str, str]:
    """The theme's own ``--brand-…`` colours, by name, from ``tokens.css``."""
    return dict(_BRAND_COLOUR.findall((folder / "tokens.css").read_text("utf-8")))


def brand_rule(colours: Mapping[str, str], font: str) -> str:
    """The one rule that puts the clinic's colours and its face for headings in place of the theme's."""
    tokens = [f"--brand-{name}:{colour}" for name, colour in colours.items()]
    tokens += [f"--font-display:{_FONTS[font]}"] if font in _FONTS else []
    return f":root{{{';'.join(tokens)}}}" if tokens else ""
