"""Personal data that somebody may not have meant to publish: e-mail addresses, telephone numbers, last names."""

import re
from collections.abc import Iterator

_EMAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,200}\.\w{2,}")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}:\d{2}")
_NUMBER = re.compile(r"(?<![\w.,])\+?\(?\d(?:[ \t().\u2009\u202f\xa0/-]{0,3}\d){6,16}(?!\w)")
_INITIAL = re.compile(r"\w\.?")
_PARTICLES = frozenset(
    {"van", "von", "de", "der", "den", "del", "della", "da", "di", "la", "le", "al", "el", "bin", "mac"}
)


def emails_in(text: str) -> list[str]:
    """What looks like e-mail addresses."""
    return _EMAIL.findall(text)


def phones_in(text: str) -> list[str]:
    """What looks like telephone numbers of any country: ten digits, or seven after 0 or +; no dates, no times."""
    found = (number.group().strip() for number in _NUMBER.finditer(_DATE.sub(" ", text)))
    return [number for number in found if sum(map(str.isdigit, number)) >= 10 or number[0] in "+0("]


def first_name(sender: str) -> str:
    """The first name of a person as e-mail programs write them: ``Anna Berg``, ``Berg, Anna``; empty for an address."""
    if "@" in sender or any(character.isdigit() for character in sender):
        return ""
    last, comma, first = sender.partition(",")
    words = (first if comma and first.strip() else last).split()
    return next((word for word in words if not word.endswith(".") and len(word) > 1), "")


def names_in_address(address: str) -> str:
    """The names that an e-mail address tells: ``Anna Berg`` of ``anna.berg@example.com``; empty where it tells less."""
    words = [word for word in re.split(r"[\W\d_]+", address.partition("@")[0]) if len(word) > 2]
    return " ".join(word.title() for word in words) if len(words) > 1 else ""


def last_names_in(words: str, sender: str, shown: str) -> list[str]:
    """The names of the sender that stand in a comment's words, but not in the name under which it is shown."""
    agreed = set(re.findall(r"[\w'’-]+", shown.casefold()))
    first = first_name(sender).casefold()
    others = [
        name
        for name in re.findall(r"[\w'’-]+", sender)
        if name.casefold() not in agreed | _PARTICLES | {first} and not _INITIAL.fullmatch(name) and "@" not in sender
    ]
    return [name for name in dict.fromkeys(others) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)]


def concerns(words: str, name: str, sender: str) -> Iterator[str]:
    """What of a comment and its name may be nobody's business, and what to do; ``sender`` is the whole name."""
    if emails_in(name) or phones_in(name):
        yield "the name is an e-mail address or a telephone number; write another name, as the person wants to be named"
    found = [*emails_in(words), *phones_in(words)]
    if found:
        yield f"its words hold {_named(found)}; take it out, unless the person wants everybody to see it"
    if names := last_names_in(words, sender, name):
        yield f"its words hold the sender's other name ({_named(names)}); take it out, or ask the person"
    elif signed := _whole_name_at_end(words, name):
        yield f"its words end with “{signed}”, which is more than the name to show; take it out, or ask the person"


def _whole_name_at_end(words: str, name: str) -> str:
    """The last line, where it is the name to show and another one."""
    last = words.rstrip().rpartition("\n")[2].strip(" ,.–-")
    following = last.removeprefix(f"{name} ").split() if name and last.startswith(f"{name} ") else []
    return last if 0 < len(following) <= 3 and all(word[0].isupper() for word in following) else ""


def _named(found: list[str]) -> str:
    return ", ".join(found[:3]) + (" and more" if len(found) > 3 else "")
