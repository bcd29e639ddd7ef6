"""The rules of a country, read from its dated data file ``rules/GB.yaml`` and made into patterns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

_FOLDER = Path(__file__).parent / "rules"
_NAME = re.compile(r"\{([a-z_]+)\}")
_WORD = r"\b(?=\w)"
"""Every claim begins with a word: nothing else of a pattern is tried in between."""
_CAPITAL = re.compile(r"(\\.)|[A-Z]")
"""A capital letter of a pattern, or (in the group) an escape, whose capitals mean something else."""
OF_CONDITIONS = "conditions"
"""The rule that tells of a condition whose ``group`` is no other."""


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Profession(_Read):
    """How texts name it, the registers it is in, and the names of the conditions it may say it treats, and by whom."""

    words: str
    registers: tuple[str, ...]
    source: str
    accepted: frozenset[str]
    note: str = ""


class Condition(_Read):
    """How people write it, and the name of the rule that tells of it; ``says_it``: some of its words are a claim."""

    words: str
    group: str = OF_CONDITIONS
    says_it: bool = False


class _RuleFile(_Read):
    source: str
    date: str
    why: str
    instead: str
    law: str
    patterns: tuple[str, ...] = ()
    unless: str = ""
    exempt: Mapping[str, str] = {}
    applies_to: tuple[str, ...] = Field(default=(), alias="for")
    testimonials_only: bool = False


class _CountryFile(_Read):
    country: str
    language: str
    checked: date
    check_again_by: date
    words: Mapping[str, str]
    professions: Mapping[str, Profession]
    conditions: Mapping[str, Condition]
    rules: Mapping[str, _RuleFile]

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Self:
        accepted = frozenset[str]().union(*(one.accepted for one in self.professions.values()))
        unknown = {
            *accepted - self.conditions.keys(),
            *({one.group for one in self.conditions.values()} - {*self.rules}),
        }
        if unknown:
            raise ValueError(f"no condition or rule has the name {', '.join(sorted(unknown))}")
        return self


@dataclass(frozen=True)
class Rule:
    """What is not to be said. ``found`` is one alternation of its patterns, None where they are those of conditions.

    ``unless`` in the same sentence clears it; ``exempt`` are words that are no claim, by the profession that may say
    them; ``applies_to`` are the professions it is for, all if empty. ``date`` is that of its source (ISO 8601, of
    reduced precision).
    """

    name: str
    text: _RuleFile
    found: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    exempt: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True)
class Rules:
    """All that is known of a country; ``language`` is the one whose texts the patterns are for."""

    file: _CountryFile
    rules: Mapping[str, Rule]

    @property
    def language(self) -> str:
        """The code of the language (ISO 639)."""
        return self.file.language

    def accepted(self, professions: Iterable[str]) -> frozenset[str]:
        """The conditions that one of these professions may say it treats; those of all, if there is none."""
        known = [self.file.professions[name] for name in professions] or [*self.file.professions.values()]
        return frozenset().union(*(profession.accepted for profession in known))

    def professions_in(self, text: str) -> frozenset[str]:
        """Those that a text names."""
        return frozenset(name for name, words in self._professions.items() if words.search(text))

    def professions_of_register(self, body: str) -> frozenset[str]:
        """Those whose members are in a register, by its abbreviation."""
        return frozenset(name for name, one in self.file.professions.items() if body.upper() in one.registers)

    def conditions_in(self, text: str) -> list[tuple[str, re.Match[str]]]:
        """The conditions in a text by name, in its order."""
        return [(self._names[match.lastgroup or ""], match) for match in self._conditions.finditer(text)]

    def may_have(self, text: str) -> bool:
        """Whether any of all words that rules and conditions are found by may be in a text: one fast look for all."""
        return self._prefilter.search(text.lower()) is not None

    def matches_in(self, text: str) -> list[tuple[Rule, list[re.Match[str]]]]:
        """The rules whose patterns are in a text, with where they are."""
        found = ((rule, [*rule.found.finditer(text)]) for rule in self.rules.values() if rule.found)
        return [(rule, matches) for rule, matches in found if matches]

    def rule_of(self, condition: str) -> str:
        """The name of the rule that tells of a condition."""
        return self.file.conditions[condition].group

    @cached_property
    def _prefilter(self) -> re.Pattern[str]:
        """One alternation of everything, in small letters: Python tries that far faster than in any letters."""
        conditions = "|".join(one.words for one in self.file.conditions.values())
        found = (rule.found.pattern for rule in self.rules.values() if rule.found)
        pattern = "|".join((f"{_WORD}(?:{conditions})", *found)).replace("(?-i:", "(?:")
        return re.compile(_CAPITAL.sub(lambda sign: sign[0] if sign[1] else sign[0].lower(), pattern))

    @cached_property
    def _professions(self) -> Mapping[str, re.Pattern[str]]:
        return {name: _compiled(rf"\b(?:{one.words})\b") for name, one in self.file.professions.items()}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {f"c{number}": name for number, name in enumerate(self.file.conditions)}

    @cached_property
    def _conditions(self) -> re.Pattern[str]:
        """One alternation, the most particular words first: as they stand in the file."""
        words = (f"(?P<{group}>{self.file.conditions[name].words})" for group, name in self._names.items())
        return _compiled(rf"{_WORD}(?:{'|'.join(words)})(?!\w)")


@cache
def rules_for(country: str) -> Rules | None:
    """The rules of a country (ISO 3166); None where none are known."""
    path = _FOLDER / f"{country}.yaml"
    if not path.is_file():
        return None
    file = _CountryFile.model_validate(yaml.safe_load(path.read_text("utf-8")))
    conditions = "|".join(one.words for one in file.conditions.values())
    words = {**file.words, "any_condition": f"(?:{conditions})"}
    return Rules(file, {name: _rule(name, rule, words) for name, rule in file.rules.items()})


@dataclass(frozen=True)
class English:
    """What sentences say and take back; ``rules/english.yaml`` says what each is."""

    end: re.Pattern[str]
    clause: re.Pattern[str]
    denied: re.Pattern[str]
    no_denial: re.Pattern[str]
    denied_after: re.Pattern[str]
    elsewhere: re.Pattern[str]
    history: re.Pattern[str]
    life: re.Pattern[str]
    doubt: re.Pattern[str]
    by_itself: re.Pattern[str]
    other_subject: re.Pattern[str]
    other_means: re.Pattern[str]
    our: re.Pattern[str]
    agent: re.Pattern[str]
    treats: re.Pattern[str]
    treated: re.Pattern[str]
    named_after: re.Pattern[str]
    treatment_for: re.Pattern[str]
    offer: re.Pattern[str]
    sees: re.Pattern[str]
    suffering: re.Pattern[str]
    answers: re.Pattern[str]
    rhetorical: re.Pattern[str]
    agrees: re.Pattern[str]


@cache
def english() -> English:
    """The patterns of English sentences."""
    read = yaml.safe_load((_FOLDER / "english.yaml").read_text("utf-8"))
    words = {"medic": read.pop("medic")}
    patterns = {name: "|".join(_filled(pattern, words) for pattern in found) for name, found in read.items()}
    ends = re.compile(patterns.pop("end"))
    return English(end=ends, **{name: _compiled(pattern) for name, pattern in patterns.items()})


def _rule(name: str, rule: _RuleFile, words: Mapping[str, str]) -> Rule:
    patterns = "|".join(_filled(pattern, words) for pattern in rule.patterns)
    return Rule(
        name,
        rule,
        _compiled(f"{_WORD}(?:{patterns})") if patterns else None,
        _compiled(_filled(rule.unless, words)) if rule.unless else None,
        {profession: _compiled(pattern) for profession, pattern in rule.exempt.items()},
    )


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    """A pattern with its named parts, which may have such parts themselves."""
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda name: words[name[1]], pattern)
    return pattern


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
