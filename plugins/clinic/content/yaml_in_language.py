"""What YAML says in one of the site's languages.

A text may be written once for each of them: ``strapline: {en: Gentle hands, cy: Dwylo tyner}``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from babel.localedata import exists

from clinic.content.yaml_text import Tree, YamlText
from clinic.models.language import bare, is_language, language_error, name_in_english
from clinic.models.types import KeyPath

_OWN_NAMES = frozenset({"words", "subjects"})
"""Keys of clinic.yaml below which a name of the owner's may have a text in one language alone."""
_BY_SHORT_NAME = frozenset({("locations",), ("care_cards",)})
"""Mappings whose keys are the owner's, and might look like languages."""
_MENUS = frozenset({"menu", "footer"})
"""Lists of clinic.yaml in which what stands before a colon is shown."""
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")


@dataclass(frozen=True)
class Said:
    """YAML as it is in one language.

    ``foreign`` are the texts that it has in the clinic's own language alone, ``languages`` those it is written in.
    ``wrong`` are key paths, each with what is wrong there.
    """

    text: YamlText
    foreign: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    wrong: tuple[tuple[KeyPath, str], ...] = ()


def said_in(text: YamlText, language: str, own: str) -> Said:
    """What YAML says in a ``language``, in the clinic's ``own`` where there is nothing else."""
    telling = _Telling(bare(language), bare(own))
    value = {key: told for key, each in text.value.items() if (told := telling.told(each, (key,))) is not None}
    if value == text.value:
        return Said(text, frozenset(telling.foreign), frozenset(), tuple(telling.wrong))
    lines = dict(text.lines)
    for path, code in telling.chosen:
        inside = (*path, code)
        lines |= {
            (*path, *key[len(inside) :]): line for key, line in text.lines.items() if key[: len(inside)] == inside
        }
    return Said(YamlText(value, lines), frozenset(telling.foreign), frozenset(telling.languages), tuple(telling.wrong))


@dataclass
class _Telling:
    language: str
    own: str
    foreign: set[str] = field(default_factory=set)
    languages: set[str] = field(default_factory=set)
    chosen: list[tuple[KeyPath, str]] = field(default_factory=list)
    wrong: list[tuple[KeyPath, str]] = field(default_factory=list)

    def told(self, value: Tree, path: KeyPath) -> "Tree | None":
        """A value in the language; None for what is in another language alone and may be."""
        is_own = self.language == self.own
        if isinstance(value, dict) and self._is_by_language(value, path):
            return self._choice(value, path)
        if path[:1] == ("words",) and len(path) > 1 and not is_own:
            return None  # the owner's words in the clinic's own language
        if isinstance(value, dict):
            if path[0] in _MENUS and not is_own:
                self.foreign |= {*value}
            told = {key: self.told(each, (*path, key)) for key, each in value.items()}
            return {key: each for key, each in told.items() if each is not None}
        if isinstance(value, list):
            items = (self.told(each, (*path, number)) for number, each in enumerate(value))
            return [item for item in items if item is not None]
        if not is_own:
            self.foreign |= {*parts(value)}
        return value

    def _choice(self, value: dict[str, Tree], path: KeyPath) -> "Tree | None":
        by_code = {bare(code): code for code in value}
        self.languages |= {*filter(is_language, by_code)}
        for code in value:
            if not is_language(code):
                self.wrong.append(((*path, code), f'"{code}" {language_error(code)}'))
        may_lack = path[0] in _OWN_NAMES
        if self.own not in by_code and not may_lack:
            name = name_in_english(self.own)
            self.wrong.append(
                (path, f'"{path[-1]}" is not written in {name}, the clinic\'s own language; add {self.own}: …')
            )
        code = by_code.get(self.language, "")
        if not code and (path[0] == "words" or self.own not in by_code):
            return None
        if not code:
            code = by_code[self.own]
            self.foreign |= {*parts(value[code])}
        self.chosen.append((path, code))
        return value[code]

    def _is_by_language(self, value: dict[str, Tree], path: KeyPath) -> bool:
        """Whether its keys are languages: one of them the clinic's own, or each one that the site has words in."""
        if (
            path in _BY_SHORT_NAME
            or not value
            or not all(_CODE.fullmatch(code) and exists(bare(code)) for code in value)
        ):
            return False
        if any(bare(code) == self.own for code in value):
            return True
        of_texts = not any(isinstance(each, dict) for each in value.values())
        return all(map(is_language, value)) and (of_texts or path[:1] == ("words",))


def parts(value: Tree) -> Iterator[str]:
    """Every text in a part of YAML; of one with commas, which may be a list, what is between them too."""
    if isinstance(value, str):
        yield value
        yield from (part.strip() for part in value.split(","))
    else:
        for each in value.values() if isinstance(value, dict) else value:
            yield from parts(each)
