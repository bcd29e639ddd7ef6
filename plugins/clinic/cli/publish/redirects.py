"""Writes former addresses into the front matter of pages (``REDIRECT=yes``), and new ones into the list."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from clinic.cli.disk import write_whole
from clinic.content.addresses import ADDRESSES, addresses_in, as_alias, with_addresses
from clinic.content.front_matter import read_markdown_file

_LINE_END = re.compile(r"\r\n|\n|\r")


def write_redirects(content: Path, told: Path) -> Iterator[tuple[str, str, bool]]:
    """Write what the build has ``told`` (a JSON list of address and key of a file); give each, and whether it is there.

    A file whose ``aliases`` are written so that no line can be added is left as it is. Raises OSError.
    """
    for address, key in json.loads(told.read_text("utf-8")) if told.is_file() else ():
        yield address, key, add_alias(content / key, address)


def add_alias(file: Path, address: str) -> bool:
    """Add a former address to the front matter of a file; whether that could be done. Raises OSError.

    Whatever else is in the file stays as it is, and afterwards it says what it said, and that.
    """
    text = file.read_bytes().decode("utf-8")
    before = read_markdown_file(file, file.name).front_matter
    found = _LINE_END.search(text)
    line_end = found[0] if found else "\n"
    lines = text.split(line_end)
    alias = as_alias(address)
    if "aliases" in before.value:
        _extend(lines, before.line(("aliases",)) - 1, alias)
    else:
        rules = [number for number, line in enumerate(lines) if line.strip("\ufeff \t") == "---"]
        lines.insert(rules[1] if len(rules) > 1 else 0, f"aliases: [{alias}]")
    write_whole(file, line_end.join(lines))
    after = read_markdown_file(file, file.name).front_matter
    if _aliases(after.value) == [*_aliases(before.value), address] and _others(after.value) == _others(before.value):
        return True
    write_whole(file, text)
    return False


def _extend(lines: list[str], at: int, alias: str) -> None:
    """Add to ``aliases``, which begin at a line: a list in brackets, a list of lines, or words with commas."""
    line = lines[at].rstrip()
    if line.endswith("]"):
        lines[at] = f"{line[:-1].rstrip()}{', ' if line[:-1].rstrip()[-1] != '[' else ''}{alias}]"
    elif line.endswith(":"):
        last = at
        while last + 1 < len(lines) and (found := re.match(r"(\s*-) ", lines[last + 1])):
            last, dash = last + 1, found[1]
        if last > at:
            lines.insert(last + 1, f"{dash} {alias}")
    else:
        lines[at] = f"{line}, {alias}"


def _aliases(front_matter: Mapping[str, object]) -> list[str]:
    found = front_matter.get("aliases") or []
    parts = found if isinstance(found, list) else str(found).split(",")
    return [str(part).strip() for part in parts]


def _others(front_matter: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in front_matter.items() if name != "aliases"}


def add_to_list(content: Path, sources: Mapping[str, str]) -> Collection[str]:
    """Add the addresses of a published site to the list; give those that are new there. Raises OSError."""
    file = content / ADDRESSES
    before = file.read_text("utf-8-sig") if file.is_file() else ""
    after = with_addresses(before, sources, {address: source for address, source in sources.items() if source})
    if after != before:
        write_whole(file, after)
    known = {*addresses_in(before)}
    return [address for address in addresses_in(after) if address not in known]
