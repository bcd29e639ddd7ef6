"""What is tried with mutants, kind by kind: a right result, or clear problems.

Never: an exception but for those that commands turn into a sentence, a hang, a word lost in silence, a broken page, a
message that only a programmer understands.
"""

from __future__ import annotations

import io
import re
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from click import ClickException

from clinic.cli.comments.command import read_messages
from clinic.cli.comments.submission import Unreadable as UnreadableComment
from clinic.cli.comments.submission import dated, file_text
from clinic.cli.importing.assets import Fetcher
from clinic.cli.importing.command import Run
from clinic.cli.importing.found import Unreadable
from clinic.content.load import load
from clinic.rendering.images.decode import ImageError
from clinic.rendering.images.svg import clean_svg
from clinic.rendering.markdown.comment import comment_html
from tests.build_server import CPU_SECONDS
from tests.comments.mails import FORWARDS, SERVICE_MAILS
from tests.fuzz.mutants import mutant, mutant_bytes
from tests.importing.kit import SOURCES
from tests.markdown.texts import rendered, seen
from tests.site import CLINICS, NOW, Build

SECONDS = 2.0
"""Of CPU, for one mutant: more is a hang."""
_JARGON = re.compile(
    r"Traceback|Error\b|Errno|NoneType|object at 0x|pydantic|Input should|validation error|\.py\b|ValueError|<class"
)
_WORD = re.compile(r"q[a-z]{3}z")
"""Words that are put among those of a text, and found in no tag, address or message."""
_UNSEEN = re.compile(
    r"""<!--.*?(?:-->|\Z)|<[?!].*?(?:>|\Z)|</?[a-zA-Z][^<>]*>?|https?:[^\s)<>"]*|\]\(.*?(?:\)|\Z)|\]\[[^\]]*\]?"""
    r"""|\[\^[^\]]*\]?|\[[^\]]*\]:.*|\{[^}]*\}?|`+[^\n]*|^\s*/{3,}.*|^\s{4,}[a-z]+: .*|&\S*""",
    re.DOTALL | re.MULTILINE,
)


tried: list[tuple[str, str | bytes]] = []
"""The name and the content of the mutant that was tried last, so that what it has shown can be kept."""


class Broken(AssertionError):
    """What a mutant showed."""


class Hang(BaseException):
    """It took too long; nothing on the way may catch it."""


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    """Raise Hang in what takes more CPU."""

    def stop(*_: object) -> None:
        raise Hang(f"more than {seconds} s of CPU")

    former = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


def told_clearly(message: str) -> None:
    """Hold a message to what an owner understands."""
    if not message.strip() or "\n" in message or _JARGON.search(re.sub(r'"[^"]*"|“[^”]*”', "", message)):
        raise Broken(f"an unclear message: {message!r}")


@cache
def _texts() -> tuple[str, ...]:
    """The bodies of all articles and pages of the clinics."""
    files = sorted(file for clinic in ("full", "german", "solo") for file in (CLINICS / clinic).rglob("*.md"))
    bodies = [file.read_text("utf-8").partition("\n---\n")[2] for file in files]
    return tuple(body for body in bodies if len(body) > 80)


def markdown(chance: Random) -> str:
    """A text with directives: no word is lost in silence, and the page stays whole."""
    text = chance.choice(_texts())
    marked = (f"q{''.join(chance.choices('bcdfgh', k=3))}z" for _ in iter(int, 1))
    text = re.sub(r"(?<=[a-z]) (?=[a-z])", lambda _: f" {next(marked)} " if chance.random() < 0.1 else " ", text)
    text = mutant(text, chance)
    tried[:] = [("text.md", text)]
    hold_text(text)
    return text


def hold_text(text: str) -> None:
    """Hold a text to what its page shows, or what is told of it. Raises Broken."""
    text = text.encode("utf-8", "replace").decode()
    found = rendered(text)
    for diagnostic in found.diagnostics:
        told_clearly(diagnostic.message)
    shown = seen(found.html)
    if not found.diagnostics:
        lost = set(_WORD.findall(_UNSEEN.sub(" ", text))) - set(_WORD.findall(shown))
        if lost:
            raise Broken(f"lost in silence: {', '.join(sorted(lost))}")


_COMMENT = (
    "Hello **Jo**, see https://example.com/a_b. <b>No</b>\n\n> quoted\n\n- one\n- two\n\n[a](https://x.example)\n"
)


def comments(chance: Random) -> str | bytes:
    """Words of a comment, and mails that bring one."""
    if chance.randrange(2):
        words = mutant(_COMMENT, chance)
        tried[:] = [("comment.md", words)]
        hold_words(words)
        return words
    data = mutant_bytes(chance.choice([*FORWARDS.values(), *SERVICE_MAILS.values()]), chance)
    tried[:] = [("mail.eml", data)]
    hold_mail(data)
    return data


def hold_words(words: str) -> None:
    """Hold the words of a comment to the few elements that it may have. Raises Broken."""
    if re.search(r"<(?!/?(?:p|br|strong|em|a|ul|ol|li|blockquote|code|pre|del|s|hr)\b)[a-z]", comment_html(words)):
        raise Broken("an element that no comment may have")


def hold_mail(data: bytes) -> None:
    """Hold what is read of a message to comments that a file can hold, and sentences. Raises Broken."""
    try:
        received = [one.found for one in read_messages(data)]
    except UnreadableComment as fault:
        received = [fault]
    for one in received:
        if isinstance(one, UnreadableComment):
            told_clearly(str(one))
        else:
            file_text(dated(one, ZoneInfo("Europe/Dublin")), NOW, "").encode("utf-8")


_SVG = b"""<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="10"
  viewBox="0 0 20 10">
<style>.a { fill: red }</style><defs><path id="b" d="M0 0h20v10"/></defs>
<use xlink:href="#b" class="a"/><text x="1">Clinic</text><set attributeName="fill" to="blue"/>
</svg>"""


def svg(chance: Random) -> bytes:
    """A drawing: its size, or why it is refused."""
    data = mutant_bytes(_SVG, chance)
    tried[:] = [("drawing.svg", data)]
    hold_svg(data)
    return data


def hold_svg(data: bytes) -> None:
    """Hold a drawing to being cleaned, or a sentence. Raises Broken."""
    try:
        clean_svg(data)
    except ImageError as refused:
        told_clearly(f"images/a.svg {refused}")


@cache
def _clinic() -> tempfile.TemporaryDirectory[str]:
    """A folder with a copy of the clinic that has every key, for one process, at whose end it goes."""
    folder = tempfile.TemporaryDirectory(prefix="fuzz-")
    shutil.copytree(CLINICS / "full", Path(folder.name) / "content")
    return folder


def facts(chance: Random) -> tuple[str, bytes]:
    """One file of a whole clinic: clinic.yaml, or one with front matter."""
    folder = Path(_clinic().name) / "content"
    files = sorted(folder.rglob("*.md"))
    file = chance.choice([folder / "clinic.yaml"] * (len(files) // 2) + files)
    whole = file.read_bytes()
    head, mark, body = whole.partition(b"\n---\n")
    data = mutant_bytes(head, chance) + mark + body if chance.randrange(3) else mutant_bytes(whole, chance)
    tried[:] = [(file.name, data)]
    file.write_bytes(data)
    try:
        for diagnostic in load(folder, now=NOW).diagnostics:
            told_clearly(diagnostic.message)
    finally:
        file.write_bytes(whole)
    return str(file.relative_to(folder)), data


_IMPORTED = tuple(sorted(file for file in SOURCES.rglob("*") if file.suffix in {".txt", ".xml", ".html", ".md"}))


def imports(chance: Random) -> tuple[str, bytes]:
    """A post of another program: files of a clinic, or why it is none."""
    source = chance.choice(_IMPORTED)
    data = mutant_bytes(source.read_bytes(), chance)
    tried[:] = [(source.name, data)]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        file, content = Path(folder) / source.name, Path(folder) / "content"
        file.write_bytes(data)
        shutil.copytree(CLINICS / "minimal", content)
        with redirect_stdout(io.StringIO()) as said, redirect_stderr(said):
            try:
                Run(file, content, "content", Fetcher(is_online=False)).run()
            except (Unreadable, ClickException) as refused:
                told_clearly(str(refused))
        if "Traceback" in said.getvalue():
            raise Broken(said.getvalue())
        for diagnostic in load(content, now=NOW).diagnostics:
            told_clearly(diagnostic.message)
    return source.name, data


def sites(chance: Random) -> tuple[str, bytes]:
    """A file of a whole clinic, built: a site, or problems with file and line, and nothing of Python's."""
    files = [file for file in sorted((CLINICS / "full").rglob("*")) if file.suffix in {".md", ".yaml"}]
    file = chance.choice(files)
    data = mutant_bytes(file.read_bytes(), chance)
    tried[:] = [(file.name, data)]
    key = file.relative_to(CLINICS / "full").as_posix()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        build = Build("full", {key: data})
        build.lay_out(Path(folder))
        site = build.run_forked(Path(folder))
        if site.exit_code < 0:
            raise Hang(
                f"the build was ended by signal {-site.exit_code}: more than {CPU_SECONDS} s of CPU, or it waits"
            )
        said = [re.sub(r'"[^"]*"', "", line) for line in site.stderr.splitlines()]
        if "Traceback" in site.stderr or any(".py:" in line or "Errno" in line for line in said):
            raise Broken(site.stderr)
        if site.exit_code and not site.problems:
            raise Broken(f"it stops and does not say why: {site.stderr}")
    return key, data


Target = Callable[[Random], object]
TARGETS: dict[str, tuple[Target, float, float]] = {
    "markdown": (markdown, 0.4, SECONDS),
    "comments": (comments, 0.2, SECONDS),
    "facts": (facts, 0.16, SECONDS),
    "imports": (imports, 0.12, SECONDS),
    "svg": (svg, 0.1, SECONDS),
    "sites": (sites, 0.02, SECONDS),
}
"""By name: what is tried, which share of all mutants it gets, and how many seconds of CPU one may take."""


def attempt(kind: str, seed: int) -> str | None:
    """Try one mutant; what is wrong with it, None where all is well."""
    target, _, seconds = TARGETS[kind]
    try:
        with bounded(seconds):
            target(Random(f"{kind} {seed}"))  # noqa: S311 (chance is wanted that repeats itself)
    except Hang as hang:
        return str(hang)
    except Broken as broken:
        return str(broken)
    except Exception as error:  # noqa: BLE001 (whatever it is)
        where = error.__traceback__
        while where and where.tb_next:
            where = where.tb_next
        place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else ""
        return f"{type(error).__name__} at {place}: {error}"
    return None
