"""The figures that the rules of Great Britain reach on labelled sentences, as floors."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

from clinic.advertising.rules import rules_for
from clinic.advertising.sentences import claims_in, of_markdown
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELLED = yaml.safe_load((ROOT / "tests/advertising/labelled.yaml").read_text("utf-8"))
LOOKED_AT = {"second"}
"""Lots of which no half was held out."""


class Sentence(NamedTuple):
    text: str
    profession: str
    is_risky: bool
    is_held_out: bool


def sentences() -> Iterator[Sentence]:
    for lot, labels in LABELLED.items():
        for label, professions in labels.items():
            for profession, texts in professions.items():
                for text in texts:
                    held_out = lot not in LOOKED_AT and int(sha256(text.encode()).hexdigest(), 16) % 2 == 1
                    yield Sentence(text, profession, label == "risky", held_out)


def is_found(sentence: Sentence) -> bool:
    rules = rules_for("GB")
    assert rules is not None
    professions = frozenset({sentence.profession} & rules.file.professions.keys())
    placed = of_markdown(sentence.text, is_testimonial=sentence.profession == "testimonial")
    return any(any(claims_in(each.passage, rules, professions)) for each in placed)


@pytest.fixture(scope="module")
def found() -> Counter[tuple[bool, bool, bool]]:
    """How many are: risky, held out, found."""
    return Counter((one.is_risky, one.is_held_out, is_found(one)) for one in sentences())


def test_there_are_enough_labelled_sentences() -> None:
    risky = [one for one in sentences() if one.is_risky]
    harmless = [one for one in sentences() if not one.is_risky]
    assert len(risky) >= 200
    assert len(harmless) >= 400
    assert len({one.text for one in sentences()}) == len(risky) + len(harmless)


@pytest.mark.parametrize(("held_out", "recall", "alarms"), [(False, 0.98, 0.01), (True, 0.90, 0.02)])
def test_risky_sentences_are_found_and_harmless_ones_left_alone(
    found: Counter[tuple[bool, bool, bool]], held_out: bool, recall: float, alarms: float
) -> None:
    def share(*, risky: bool) -> float:
        hits = found[risky, held_out, True]
        return hits / (hits + found[risky, held_out, False])

    assert share(risky=True) >= recall
    assert share(risky=False) <= alarms


def test_the_fast_first_look_passes_over_nothing_that_the_rules_find() -> None:
    rules = rules_for("GB")
    assert rules is not None
    risky = [text for one in sentences() if one.is_risky for text in (one.text, one.text.upper())]
    found = [text for text in risky if rules.matches_in(text) or rules.conditions_in(text)]
    assert len(found) > len(risky) / 2
    assert [text for text in found if not rules.may_have(text)] == []
