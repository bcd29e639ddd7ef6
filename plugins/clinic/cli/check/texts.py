"""What pages say: descriptions of pictures, headings, titles, summaries, and how hard their texts are to read."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from clinic.cli.check.examined import Examined, PublishedFile, Where, plain
from clinic.cli.check.rules import (
    ALT_FILE,
    ALT_IMAGE_OF,
    ALT_LONG,
    LEVELS,
    READING,
    SUMMARY_LONG,
    SUMMARY_TWICE,
    TITLE_LONG,
    TITLE_TWICE,
    advice,
    warning,
)
from clinic.content.diagnostics import Diagnostic
from clinic.models.language import bare
from clinic.rendering.head import DESCRIPTION_LENGTH
from clinic.rendering.text import one_line

LONGEST_TITLE = 65
"""Letters, somewhat more than search results show on a desk (600 pixels, about 60 letters)."""
_LONGEST_ALT = 150
"""Letters of a description of a picture, two short sentences."""
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|heic|tiff?|bmp)|(?:img|dsc[nf]?|pxl|p|mvimg|gopr|dji)[-_ ]?\d{3,}[-_\w]*"
    r"|(?:screen ?shot|whatsapp image|bildschirmfoto|untitled|unbenannt|image|picture|photo|bild|foto|llun)"
    r"[-_ ]?[\d :.()-]*|[\d_ ()-]+|[a-f0-9_~-]{16,}\S*",
)
_IMAGE_OF = re.compile(
    r"^(?:an? |the |das |ein )?(?:image|picture|photo|photograph|graphic|bild|foto|fotografie|llun|ffotograff) "
    r"(?:of|showing|von|vom|mit|o|yn dangos)\b",
    re.IGNORECASE,
)
_MANY = 150
"""Words below which a formula says nothing of a text."""
_HARDEST = 14.0
"""Years: "try to make sure that an 11 to 14-year old will understand" (NHS digital service manual)."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^dt]ed|[^aeiouyscxz]es)$")


def is_file_name(alt: str) -> bool:
    """Whether what is to describe a picture is the name of its file, as a camera or a program gave it."""
    return bool(_FILE_NAME.fullmatch(plain(alt)))


def picture_words(site: Examined) -> Iterator[Diagnostic]:
    """Descriptions of pictures that are the name of a file, say that it is a picture, or are long."""
    told: set[tuple[Where, str]] = set()
    for page in site.pages.values():
        for picture in page.pictures:
            alt = picture.alt or ""
            rule = _picture_rule(plain(alt), picture.src)
            where = site.where(page, *_as_written(alt)) if rule else None
            if where and (where, alt) not in told:
                told.add((where, alt))
                yield advice(rule, where, _picture_message(rule, alt))


def _as_written(alt: str) -> tuple[str, ...]:
    """How the owner may have written a description: the name of the file may stand above it."""
    return f"![{alt}", f"image_alt: {alt}", f'image_alt: "{alt}', f'alt="{alt}', alt


def _picture_rule(words: str, src: str) -> str:
    stem = re.sub(r"-[0-9a-f]{8}(?:-\d+)?$", "", PurePosixPath(src).stem).casefold()
    if is_file_name(words) or (words == stem and not words.isalpha()):
        return ALT_FILE
    if words and _IMAGE_OF.match(words):
        return ALT_IMAGE_OF
    return ALT_LONG if len(words) > _LONGEST_ALT else ""


def _picture_message(rule: str, alt: str) -> str:
    if rule == ALT_FILE:
        return f'"{alt}" is no description; say in a few words what the picture shows'
    if rule == ALT_LONG:
        return (
            f"this describes a picture in {len(alt)} letters; say in at most {_LONGEST_ALT} what matters here, "
            "and the rest in the text"
        )
    rest = _IMAGE_OF.sub("", alt, count=1).strip()
    return f'"{alt}" says what is known; begin with what it shows{f": {rest}" if rest else ""}'


def heading_levels(site: Examined) -> Iterator[Diagnostic]:
    """Headings more than one level below the one before, in HTML: those of Markdown are set right by the build."""
    for file in site.files:
        above = 0
        for heading in file.page.headings if file.page else ():
            leaves_out = heading.level > above + 1
            line = file.source.line_with(f"<h{heading.level}") if leaves_out else None
            if line and above:
                message = f'"{heading.words}" is a heading of level {heading.level} below one of level {above}'
                yield advice(LEVELS, (file.source.name, line), f"{message}; write <h{above + 1}>, or ## in Markdown")
            above = heading.level


def titles(site: Examined) -> Iterator[Diagnostic]:
    """Titles that are too long, or the same on several pages."""
    listed = [file for file in site.files if file.is_listed]
    for file in listed:
        title = one_line(file.document.front_matter.title)
        if len(title) > LONGEST_TITLE:
            message = f"this title has {len(title)} letters, of which search results show about 60"
            yield advice(TITLE_LONG, file.at("title"), f"{message}; put what matters first, or shorten it")
    for file, others in _same(listed, lambda file: file.page.title if file.page else ""):
        message = f"{others} has the same title; say in each what only this page is about"
        yield warning(TITLE_TWICE, file.at("title"), message)


def summaries(site: Examined) -> Iterator[Diagnostic]:
    """Summaries that are too long for search results, or the same on several pages."""
    listed = [file for file in site.files if file.is_listed]
    for file in listed:
        summary = one_line(file.document.front_matter.summary or "")
        if len(summary) > DESCRIPTION_LENGTH:
            message = f"this summary has {len(summary)} letters, of which search results show {DESCRIPTION_LENGTH}"
            yield advice(SUMMARY_LONG, file.at("summary"), f"{message}; put what matters first, or shorten it")
    for file, others in _same(listed, lambda file: file.page.description if file.page else ""):
        yield advice(
            SUMMARY_TWICE, file.at("summary"), f"{others} has the same description; write a summary of its own"
        )


def _same(listed: list[PublishedFile], text_of: Callable[[PublishedFile], str]) -> Iterator[tuple[PublishedFile, str]]:
    """Each document whose page has the same text as an earlier one in its language, and the name of that."""
    first: dict[tuple[str, str], PublishedFile] = {}
    for file in listed:
        text = plain(text_of(file))
        if text and first.setdefault((file.language, text), file) is not file:
            yield file, first[file.language, text].document.name


def reading_ages(site: Examined) -> Iterator[Diagnostic]:
    """Texts that ask for more than school gives at 14, the hardest first. Only English is judged."""
    ages: defaultdict[float, list[PublishedFile]] = defaultdict(list)
    for file in site.files:
        if file.page and file.is_listed and bare(file.language) == "en" and (age := reading_age(file.page.text)):
            ages[age].append(file)
    for age in sorted((age for age in ages if age > _HARDEST), reverse=True):
        for file in ages[age]:
            message = f"this reads as for people of {min(age, 18):.0f} years and more"
            yield advice(READING, (file.source.name, 0), f"{message}; use shorter sentences and everyday words")


def reading_age(text: str) -> float | None:
    """The age in years at which an English text is understood, a line for each of its blocks; None for a short one.

    The grade of Flesch and Kincaid (1975, Navy report 8-75), in which American schools begin at five years.
    """
    words, syllables, sentences = 0, 0, 0
    for line in text.split("\n"):
        found = _WORD.findall(line)
        if len(found) > 3:  # a heading or an entry of a list is no sentence
            words += len(found)
            syllables += sum(map(syllables_in, found))
            sentences += max(1, len(_SENTENCE_END.findall(line)))
    if words < _MANY:
        return None
    return round(0.39 * words / sentences + 11.8 * syllables / words - 15.59 + 5, 1)


@lru_cache(maxsize=20_000)
def syllables_in(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, but for a silent e at its end."""
    small = word.casefold()
    return max(1, len(_VOWELS.findall(small)) - bool(_SILENT.search(small)))
