"""What `check` looks for beside the build: each rule with its heading, why it matters, and where that is laid down."""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic.advertising.check import NOT_LEGAL_ADVICE
from clinic.content.addresses import RULE as ADDRESS_GONE
from clinic.content.diagnostics import Diagnostic, Severity

_WCAG = "https://www.w3.org/WAI/WCAG22/Understanding"
_GOOGLE = "https://developers.google.com/search/docs"
_NHS = "https://service-manual.nhs.uk"


@dataclass(frozen=True)
class Rule:
    """``heading`` stands above all findings of a rule, and ``why`` below it; ``source`` is an address or empty."""

    heading: str
    why: str
    source: str = ""


BUILD, BUILD_NOTE = "build", "build-note"
LEAK = "unpublished-words"
DEAD_LINK, DEAD_ANCHOR, ORPHAN = "dead-link", "dead-anchor", "orphan-page"
DEAD_ADDRESS, SILENT_ADDRESS = "dead-address", "silent-address"
ALT_FILE, ALT_IMAGE_OF, ALT_LONG = "alt-file-name", "alt-image-of", "alt-long"
LINK_WORDS, LEVELS = "link-words", "heading-levels"
TITLE_LONG, TITLE_TWICE = "title-long", "title-twice"
SUMMARY_LONG, SUMMARY_TWICE = "description-long", "description-twice"
NAME, EXPIRES, READING = "name-spelling", "expires-soon", "reading-age"
PAGE_SIZE, FILE_SIZE = "page-size", "file-size"

_HEAVY = "They are slow on a phone, and cost visitors their data."
_WEIGHT = "https://web.dev/articles/total-byte-weight"
_CUT = "Search results cut them off."

RULES: Mapping[str, Rule] = {
    BUILD: Rule("What stops a publish", "Nothing new is published until these are mended."),
    ADDRESS_GONE: Rule(
        "Addresses at which nothing would be any more",
        "People keep links, and search engines too: theirs would lead nowhere.",
    ),
    BUILD_NOTE: Rule("What the build noticed", "It stops nothing, but the site may say what is not so, or not all."),
    LEAK: Rule("Words that are not to be published", "A draft, or what is over, would be seen by everybody."),
    DEAD_LINK: Rule("Links to pages that are not there", "Whoever follows one finds nothing, and may not come back."),
    DEAD_ANCHOR: Rule(
        "Links to a part of a page that is not there", "Whoever follows one lands at the top and has to search."
    ),
    DEAD_ADDRESS: Rule("Addresses elsewhere that are gone", "A reference that leads nowhere costs trust."),
    NAME: Rule("Names that may be misspelt", "A wrong name looks careless, and nobody finds it by searching."),
    ORPHAN: Rule(
        "Pages that no link leads to",
        "Visitors cannot find them, and search engines hardly do.",
        f"{_GOOGLE}/crawling-indexing/links-crawlable",
    ),
    TITLE_TWICE: Rule(
        "Pages with the same title",
        "Nobody can tell them apart in search results or among their bookmarks.",
        f"{_GOOGLE}/appearance/title-link",
    ),
    SUMMARY_TWICE: Rule(
        "Pages with the same description",
        "Search engines show it below the title: the same words say nothing of the page.",
        f"{_GOOGLE}/appearance/snippet",
    ),
    EXPIRES: Rule("What expires soon", "After that it is gone from the site."),
    ALT_FILE: Rule(
        "Pictures described by the name of their file",
        "Whoever cannot see the picture hears the name of a file read out.",
        f"{_WCAG}/non-text-content.html",
    ),
    ALT_IMAGE_OF: Rule(
        'Descriptions that begin with "image of"',
        "Screen readers say already that it is an image.",
        "https://www.w3.org/WAI/tutorials/images/tips/",
    ),
    ALT_LONG: Rule(
        "Long descriptions of pictures",
        "They are read out in one go, without a way to stop or to go back.",
        "https://www.w3.org/WAI/tutorials/images/tips/",
    ),
    LINK_WORDS: Rule(
        "Links whose words do not say where they lead",
        "People who listen to a page, or skim it, meet links without the sentence around them.",
        f"{_WCAG}/link-purpose-in-context.html",
    ),
    LEVELS: Rule(
        "Headings that leave out a level",
        "People who move through a page by its headings think that they have missed something.",
        "https://www.w3.org/WAI/tutorials/page-structure/headings/",
    ),
    TITLE_LONG: Rule("Long titles", _CUT, f"{_GOOGLE}/appearance/title-link"),
    SUMMARY_LONG: Rule("Long summaries", _CUT, f"{_GOOGLE}/appearance/snippet"),
    PAGE_SIZE: Rule("Heavy pages", _HEAVY, _WEIGHT),
    FILE_SIZE: Rule("Large files", _HEAVY, _WEIGHT),
    SILENT_ADDRESS: Rule(
        "Addresses elsewhere that did not answer", "It may be for a moment; look yourself before you change one."
    ),
    READING: Rule(
        "Texts that are hard to read",
        "The NHS writes for a reading age of 9 to 11, and up to 14 where a matter is medical. A formula counts the "
        "length of words and sentences; it knows nothing of sense, so this is advice alone.",
        f"{_NHS}/content/health-literacy",
    ),
}
"""In the order in which a report shows them, among those of one severity."""
CLAIM = Rule("Claims about treatment", NOT_LEGAL_ADVICE)
"""For every rule of advertising, which has its own reasons and words that are safer in each finding."""


def found(rule: str, severity: Severity, file: str, line: int, message: str) -> Diagnostic:
    """A finding of a rule of the table."""
    return Diagnostic(file, line, message, severity, rule, RULES[rule].source)


def warning(rule: str, where: tuple[str, int], message: str) -> Diagnostic:
    """The same as a warning; ``where`` is file and line."""
    return found(rule, Severity.WARNING, *where, message)


def advice(rule: str, where: tuple[str, int], message: str) -> Diagnostic:
    """The same as advice."""
    return found(rule, Severity.ADVICE, *where, message)
