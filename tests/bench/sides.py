"""The two sides: a folder with content and settings, and the command that builds it."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.articles import Sample, samples

_HERE = Path(__file__).parent
PROJECT = _HERE.parents[1]


@dataclass(frozen=True)
class Written:
    """What a build has left: how many HTML files, how many bytes in all."""

    pages: int
    size: int


@dataclass(frozen=True)
class Side:
    """One of the two: builds ``content`` in ``folder`` into ``output`` there."""

    folder: Path
    settings: Path

    @property
    def output(self) -> Path:
        """Where it writes."""
        return self.folder / "output"

    @property
    def command(self) -> list[str]:
        """The build, as Pelican's documentation starts it."""
        content, output = str(self.folder / "content"), str(self.output)
        return [
            sys.executable,
            "-m",
            "pelican",
            content,
            "-s",
            str(self.settings),
            "-o",
            output,
            "--log-handler",
            "plain",
        ]

    def prepare(self, scene: str, turn: int) -> None:
        """Make the folder ready for a scene."""
        if scene == "cold":
            shutil.rmtree(self.output, ignore_errors=True)
        if scene == "edited":
            newest = max((self.folder / "content" / "posts").glob("*.md"))
            newest.write_text(f"{newest.read_text('utf-8')}\nEdited for turn {turn}.\n", "utf-8")

    def written(self) -> Written:
        """Look at what is there."""
        files = [path for path in self.output.rglob("*") if path.is_file()]
        return Written(sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files))


def our_side(folder: Path, articles: int) -> Side:
    """This project: its settings, plugins and theme, with a made-up clinic."""
    side = Side(folder / f"ours-{articles}", PROJECT / "pelicanconf.py")
    shutil.copytree(_HERE / "clinic", side.folder / "content")
    _write_posts(side, articles, _yaml_header)
    return side


def stock_side(folder: Path, articles: int) -> Side:
    """Pelican as it comes, with the same articles and the same pages as far as it knows them."""
    side = Side(folder / f"stock-{articles}", folder / f"stock-{articles}" / "settings.py")
    for source in (_HERE / "clinic").rglob("*.md"):
        target = side.folder / "content" / source.relative_to(_HERE / "clinic")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_stock_page(source.read_text("utf-8")), "utf-8")
    shutil.copy(_HERE / "stock_settings.py", side.settings)
    _write_posts(side, articles, _stock_header)
    return side


def _write_posts(side: Side, articles: int, front_matter: Callable[[Sample], Iterator[str]]) -> None:
    posts = side.folder / "content" / "posts"
    posts.mkdir()
    for sample in samples(articles):
        lines = "\n".join(front_matter(sample))
        (posts / sample.file).write_text(f"{lines}\n\n{sample.body}\n", "utf-8")


def _yaml_header(sample: Sample) -> Iterator[str]:
    yield "---"
    yield f"title: {sample.title}"
    yield f"summary: {sample.summary}"
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


def _stock_page(text: str) -> str:
    """A page of ours with the two keys that stock Pelican knows."""
    _, front_matter, body = text.split("---\n", 2)
    known = [line.capitalize() for line in front_matter.splitlines() if line.startswith(("title:", "summary:"))]
    return "\n".join(known) + f"\n{body}"
