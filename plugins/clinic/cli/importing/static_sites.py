"""Static site generators: where in such a site a file is, which files it names, and which address its page had."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import yaml

from clinic.cli.importing.decoding import LARGEST_TEXT
from clinic.cli.importing.found import Found
from clinic.models.types import slug_like

Lookup = Callable[[str], bytes | None]
"""Opens a file of the site by the path that a text names; None where it is not there."""
_ROOT_SIGNS = {
    "hugo": ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config/_default", "archetypes"),
    "jekyll": ("_config.yml", "_config.yaml", "_posts"),
    "": (
        "astro.config.mjs", "astro.config.ts", "astro.config.js", ".eleventy.js", "eleventy.config.js",
        "eleventy.config.mjs", "gatsby-config.js", "pelicanconf.py", "package.json",
    ),
}  # fmt: skip
"""Files that stand at the root of a site, by its program."""
_JEKYLL = {
    "date": "/:categories/:year/:month/:day/:title.html", "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html", "none": "/:categories/:title.html",
}  # fmt: skip
"""Jekyll's own names for forms of addresses (jekyllrb.com/docs/permalinks)."""
_SETTINGS_ENDINGS = frozenset({".toml", ".yaml", ".yml", ".json"})
_IMAGE_ROOTS = ("", "static", "public", "assets", "src", "src/assets", "source", "content", "images", "src/content")
_LEVELS_ABOVE = 4
"""Folders above what is imported in which the root of its site is looked for."""


@dataclass(frozen=True)
class Origin:
    """Where a file was: its path in the folder of the site (or the imported one), and how addresses are made there.

    ``program`` is hugo, jekyll or empty; ``permalink`` Jekyll's form of addresses, ``permalinks`` Hugo's by the section
    (the first folder); ``lookup`` opens files of the site; ``changed`` is the day on which the file was.
    """

    path: PurePosixPath
    program: str = ""
    permalink: str = "date"
    permalinks: Mapping[str, str] = field(default_factory=dict)
    lookup: Lookup = lambda _path: None
    changed: date | None = None

    @classmethod
    def of(cls, file: Path, imported: Path) -> "Origin":
        """Of a file in what is ``imported``, or which is that itself."""
        is_alone = file == imported
        deep = 1 if is_alone else len(file.relative_to(imported).parts)
        above = [file.parent, *file.parent.parents][: deep + _LEVELS_ABOVE]
        roots = (
            (program, folder)
            for program, signs in _ROOT_SIGNS.items()
            for folder in reversed(above)
            if any((folder / sign).exists() for sign in signs)
        )
        program, root = next(roots, ("", file.parent if is_alone else imported))
        return cls(
            PurePosixPath(file.relative_to(root).as_posix()),
            program,
            _permalink(root),
            _permalinks(root) if program == "hugo" else {},
            SiteFiles(root, file.parent).open,
            date.fromtimestamp(file.stat().st_mtime),  # noqa: DTZ012 -- the day of the owner's machine
        )

    def address(self, found: Found, slug: str, stem: str, categories: Sequence[str]) -> str:
        """The address that the program gave a page, whose front matter says ``slug``; empty where that is not known."""
        if self.program == "jekyll" and found.day and "_posts" in self.path.parts:
            return self._of_jekyll(found.day, found.slug or stem, categories)
        if self.program == "jekyll" and found.is_page:
            return f"/{self.path.with_suffix('.html')}"
        return self._of_hugo(found, slug, stem) if self.program == "hugo" and "content" in self.path.parts else ""

    def _of_hugo(self, found: Found, slug: str, stem: str) -> str:
        """By the form in its settings for the section; empty where a part is not known."""
        inside = self.path.parts[self.path.parts.index("content") + 1 :]
        folders = inside[:-2] if self.path.stem == "index" else inside[:-1]
        name, title = slug or stem, slug_like(found.title)
        parts = {
            ":sections": "/".join(folders), ":section": "".join(folders[:1]), ":slugorcontentbasename": name,
            ":slugorfilename": name, ":slug": slug or title, ":title": title, ":filename": stem,
            ":contentbasename": stem,
        }  # fmt: skip
        form = self.permalinks.get(folders[0] if folders else "/", "/:sections/:slugorcontentbasename/")
        address = _filled(form, parts, found.day)
        whole = address if address.endswith(("/", ".html")) else f"{address}/"
        return "" if ":" in address else whole

    def _of_jekyll(self, day: date, name: str, categories: Sequence[str]) -> str:
        """By the form in its settings."""
        lists = "/".join(each.lower().replace(" ", "-") for each in categories)
        parts = {":categories": lists, ":title": name, ":slug": name, ":output_ext": ".html"}
        return _filled(_JEKYLL.get(self.permalink, self.permalink), parts, day)


def _filled(form: str, parts: Mapping[str, str], day: date | None) -> str:
    """A form of addresses with its parts put in; those of a day are known to both programs."""
    if day:
        parts = {
            **parts, ":year": f"{day:%Y}", ":month": f"{day:%m}", ":day": f"{day:%d}", ":i_month": str(day.month),
            ":i_day": str(day.day), ":short_year": f"{day:%y}", ":y_day": f"{day:%j}",
            ":yearday": str(day.timetuple().tm_yday), ":monthname": f"{day:%B}".lower(),
        }  # fmt: skip
    for key in sorted(parts, key=len, reverse=True):
        form = form.replace(key, parts[key])
    return "/" + re.sub(r"/{2,}", "/", form).lstrip("/")


@dataclass(frozen=True)
class SiteFiles:
    """Files of the former site, by the paths that its texts name; nothing outside of it."""

    root: Path
    here: Path

    def open(self, path: str) -> bytes | None:
        """What the file holds; None where it is not there."""
        bare = unquote(path.split("?", maxsplit=1)[0]).lstrip("/")
        bare = re.sub(r"^(?:\./|~/|@/)+", "", bare)
        for folder in (self.here, *(self.root / each for each in _IMAGE_ROOTS)):
            file = (folder / bare).resolve()
            try:
                if file.is_relative_to(self.root.resolve()) and file.is_file() and file.stat().st_size <= LARGEST_TEXT:
                    return file.read_bytes()
            except OSError:
                continue
        return None


def _permalink(root: Path) -> str:
    """Jekyll's form of addresses."""
    for file in (root / "_config.yml", root / "_config.yaml"):
        text = file.read_text("utf-8", "replace") if file.is_file() else ""
        if found := re.search(r"^permalink:\s*[\"']?([^\s\"'#]+)", text, re.MULTILINE):
            return found[1]
    return "date"


def _permalinks(root: Path) -> dict[str, str]:
    """Hugo's forms of addresses, by section: ``permalinks`` of its settings, and ``page`` below it in newer ones."""
    for file in (file for folder in (root, root / "config/_default") for file in sorted(folder.glob("*.*"))):
        if file.stem not in {"hugo", "config", "permalinks"} or file.suffix not in _SETTINGS_ENDINGS:
            continue
        text = file.read_text("utf-8", "replace")
        with suppress(ValueError, yaml.YAMLError):
            settings = tomllib.loads(text) if file.suffix == ".toml" else yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- it makes text alone
            if file.stem != "permalinks" and isinstance(settings, dict):
                settings = settings.get("permalinks")
            if isinstance(settings, dict) and settings:
                forms = {**settings, **(settings["page"] if isinstance(settings.get("page"), dict) else {})}
                return {key: form for key, form in forms.items() if isinstance(form, str)}
    return {}
