"""The texts of YAML that may be prose: what the owner says, beside addresses, codes and numbers."""

from collections.abc import Iterator

from clinic.content.yaml_text import Tree
from clinic.models.types import KeyPath

_NO_PROSE = frozenset({"others", "claims", "slug", "aliases", "image", "verification", "when"})
"""Keys of exemptions and waivers, of addresses on the site, of codes, and of days with times."""


def is_number_key(key: str) -> bool:
    """Whether the value of a key is a registration number: ``number``, ``company_number``."""
    return key == "number" or key.endswith("_number")


def prose(tree: Tree, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str, str]]:
    """Every text in YAML that may be prose, with its key path and what it stands under: the first text beside it."""
    entries: list[tuple[str | int, Tree]] = [*tree.items()] if isinstance(tree, dict) else [*enumerate(tree)]
    first = next((value for _, value in entries if isinstance(value, str)), "")
    for key, value in entries:
        if isinstance(value, str) and not is_number_key(str(key)) and key not in _NO_PROSE:
            yield (*path, key), value, first if isinstance(tree, dict) else ""
        elif not isinstance(value, str) and key not in _NO_PROSE:
            yield from prose(value, (*path, key))
