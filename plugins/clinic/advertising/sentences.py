"""Claims in English sentences: what a sentence says the clinic does, and what in it takes that back.

A rule's words are no claim where the sentence denies them, asks, sends people to a doctor, asks what they have had,
tells of red flags or of somebody's life, or doubts what others say. A condition is a claim only where the sentence, or
what stands above it, says that the clinic treats it. All patterns look ahead over a bounded number of characters, and a
sentence is cut at LONGEST_SENTENCE: the time needed grows with the length of a text, whatever is in it.

Texts come as passages: paragraphs, headings, items and values, each with its line and what is above it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from clinic.advertising.rules import Rule, Rules, english
from clinic.models.pieces import without_comments

LONGEST_SENTENCE = 600
"""Characters; about a hundred words."""
SAID = english()
"""What sentences say and take back."""
_SHORT_QUESTION = 40
"""Characters of a question such as "Whiplash?"."""
_OF_MEDICINE = "medical treatment"
"""The rule that also holds where people are sent to a doctor."""
_EFFECTS = frozenset({"stop", "stopping", "quit", "quitting", "give", "giving", "lose", "losing"})
"""First words of conditions that are promises by themselves: ``lose weight``."""
_DIRECTIVE = re.compile(r"[ \t]*///+[ \t]*(?:[\w-]+[ \t]*\|(?P<heading>.*)|.*)")
_TAG = re.compile(r"<[^<>]*>")
_BREAKS = frozenset({"softbreak", "hardbreak"})
_CELLS = frozenset({"th_open", "td_open"})


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, item or value. ``above``: the headings and the line before a list that it stands under.

    ``is_testimonial``: somebody else said it. ``is_offer``: it is listed among what is treated.
    """

    text: str
    above: tuple[str, ...] = ()
    is_testimonial: bool = False
    is_offer: bool = False


class Placed(NamedTuple):
    """A passage and the line of its first words, counted from 1; a line end in its text leads to the next."""

    passage: Passage
    line: int


@cache
def _markdown() -> MarkdownIt:
    """CommonMark and tables; as in pages, an indented paragraph is no code."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")


def of_markdown(body: str, first_line: int = 1, *, is_testimonial: bool = False) -> Iterator[Placed]:
    """The passages of a body that begins at ``first_line`` of its file."""
    walk = _Walk(first_line, is_testimonial=is_testimonial)
    return walk.run(_markdown().parse("\n".join(map(_without_directive, body.split("\n")))))


def _without_directive(line: str) -> str:
    """The line of a directive as its heading, or empty: its words are prose like any other."""
    found = _DIRECTIVE.fullmatch(line) if "///" in line else None
    if not found:
        return line
    return f"#### {found['heading'].strip()}" if found["heading"] else ""


def _line_ends(text: str) -> str:
    return "\n" * text.count("\n")


class _Walk:
    def __init__(self, first_line: int, *, is_testimonial: bool) -> None:
        self._first = first_line
        self._headings: dict[int, str] = {}
        self._is_testimonial = is_testimonial
        self._leads: list[str] = []
        self._last = ""

    def run(self, tokens: Sequence[Token]) -> Iterator[Placed]:
        previous, row = "", 0
        for token in tokens:
            row = token.map[0] if token.map else row
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self._leads.append(self._last)
                case "bullet_list_close" | "ordered_list_close":
                    self._leads.pop()
                case "html_block":
                    content = without_comments(token.content, _line_ends)
                    text = _TAG.sub(lambda tag: _line_ends(tag.group()), content)
                    yield self._placed(text, row)
                case "inline":
                    yield from self._inline(token, row, previous)
            previous = token.type if token.type != "inline" else previous
            if token.type == "heading_close":
                level = int(token.tag[1:])
                self._headings = {known: text for known, text in self._headings.items() if known < level}
                self._headings[level] = self._last
                self._last = ""

    def _inline(self, token: Token, row: int, previous: str) -> Iterator[Placed]:
        text = ""
        for child in token.children or ():
            if child.type == "image":
                yield self._placed(child.content, row + text.count("\n"))
            elif child.type in _BREAKS:
                text += "\n"
            elif child.type != "html_inline":
                text += child.content
        yield self._placed(text, row)
        if previous not in _CELLS:
            self._last = text

    def _placed(self, text: str, row: int) -> Placed:
        """Under the headings of the page and, in a list, the line before it."""
        headings = [text for _, text in sorted(self._headings.items())]
        above = tuple(filter(None, (*headings, *self._leads)))
        return Placed(Passage(text, above, self._is_testimonial), self._first + row)


class Claim(NamedTuple):
    """Words that a rule is about, by its name, where they begin in the text, and the sentence they stand in."""

    rule: str
    words: str
    start: int
    sentence: str


class _Sentence(NamedTuple):
    text: str
    start: int
    before: str


def claims_in(passage: Passage, rules: Rules, professions: frozenset[str]) -> list[Claim]:
    """Every claim in a passage of a clinic of these professions, in the order of sentences and of the rules.

    What takes a claim back is looked for only where there is one: most sentences have none, and are done fast.
    """
    sentences = _sentences(passage.text, passage.above[-1] if passage.above else "")
    found = [claim for sentence in sentences for claim in _in_sentence(sentence, passage, rules, professions)]
    is_taken_back = bool(found) and any(_is_cleared(above) or _denies_list(above) for above in passage.above)
    return [] if is_taken_back else found


def _sentences(text: str, heading: str) -> Iterator[_Sentence]:
    """The sentences, each with the one before it, the heading before the first."""
    ends = [0, *(match.end() for match in SAID.end.finditer(text)), len(text)]
    before = heading
    for begin, end in pairwise(ends):
        for start in range(begin, end, LONGEST_SENTENCE):
            words = text[start : min(end, start + LONGEST_SENTENCE)]
            if words.strip():
                yield _Sentence(" ".join(words.split("\n")), start, before)
        before = text[begin:end][:LONGEST_SENTENCE].strip()


def _in_sentence(sentence: _Sentence, passage: Passage, rules: Rules, of_clinic: frozenset[str]) -> list[Claim]:
    text = sentence.text
    is_question = text.rstrip(' "”’)').endswith("?") and not SAID.rhetorical.match(text.strip())
    if is_question and not passage.is_testimonial:
        return []
    if not (rules.may_have(text) or sentence.before.rstrip().endswith("?")):
        return []
    matches, conditions = rules.matches_in(text), rules.conditions_in(text)
    professions = rules.professions_in(text) & of_clinic or of_clinic
    by_patterns = [*_by_patterns(sentence, passage, matches, professions)]
    by_conditions = [*_by_conditions(sentence, passage, rules, rules.accepted(professions), conditions)]
    if (by_patterns or by_conditions) and _is_cleared(text):
        # a doctor who is named may be told to have failed, and treatment be advised against
        return [claim for claim in by_patterns if claim.rule == _OF_MEDICINE and not is_question]
    return by_patterns + by_conditions


def _is_cleared(text: str) -> bool:
    return any(guard.search(text) for guard in (SAID.elsewhere, SAID.history, SAID.life, SAID.doubt))


def _denies_list(above: str) -> bool:
    return bool(SAID.denied.search(SAID.no_denial.sub(" ", above))) and not above.rstrip().endswith("?")


def _by_patterns(
    sentence: _Sentence,
    passage: Passage,
    matches: Iterable[tuple[Rule, list[re.Match[str]]]],
    professions: frozenset[str],
) -> Iterator[Claim]:
    text = sentence.text
    for rule, found in matches:
        if not _is_for(rule, professions, passage) or (rule.unless and rule.unless.search(text)):
            continue
        exempt = [rule.exempt[name] for name in professions if name in rule.exempt]
        for match in found:
            if not any(words.search(match.group()) for words in exempt) and not _is_denied(text, match, passage):
                yield _claim(rule.name, sentence, match)


def _is_for(rule: Rule, professions: frozenset[str], passage: Passage) -> bool:
    if rule.text.testimonials_only and not passage.is_testimonial:
        return False
    return not rule.text.applies_to or not professions or bool(professions & {*rule.text.applies_to})


def _claim(rule: str, sentence: _Sentence, match: re.Match[str]) -> Claim:
    return Claim(rule, match.group().strip(), sentence.start + match.start(), sentence.text.strip())


def _is_denied(text: str, match: re.Match[str], passage: Passage) -> bool:
    """Whether the clause says that it is not so, or says it of something else than the clinic's treatment."""
    if passage.is_testimonial:
        return False
    begin = max((clause.end() for clause in SAID.clause.finditer(text, 0, match.start())), default=0)
    before = SAID.no_denial.sub(lambda found: " " * len(found.group()), text)[begin : match.start()]
    if SAID.denied.search(before) or SAID.denied_after.match(text, match.end()):
        return True
    return bool(SAID.other_subject.match(text[begin:].strip())) and not SAID.our.search(text[begin : match.end()])


def _by_conditions(
    sentence: _Sentence,
    passage: Passage,
    rules: Rules,
    accepted: frozenset[str],
    conditions: Iterable[tuple[str, re.Match[str]]],
) -> Iterator[Claim]:
    text = sentence.text
    if SAID.by_itself.search(text) or SAID.other_means.search(text):
        return
    for name, match in conditions:
        if name in accepted:
            continue
        says_it = rules.file.conditions[name].says_it and match.group().split()[0].lower() in _EFFECTS
        if (says_it or _is_offered(sentence, passage, match)) and not _is_denied(text, match, passage):
            yield _claim(rules.rule_of(name), sentence, match)
    yield from _by_answer(sentence, rules, accepted)


def _is_offered(sentence: _Sentence, passage: Passage, match: re.Match[str]) -> bool:
    """Whether the sentence or what stands above it says that the clinic treats what was found."""
    text, before, after = sentence.text, sentence.text[: match.start()], sentence.text[match.end() :]
    if passage.is_offer or any(SAID.offer.search(above) for above in passage.above[-2:]):
        return True
    if SAID.named_after.match(after) or SAID.treatment_for.search(before) or SAID.treated.match(after):
        return True
    if SAID.agent.search(text) and not SAID.sees.search(text):
        return True
    treats = [*SAID.treats.finditer(before)]
    return any(not _is_denied(text, verb, passage) for verb in treats)


def _by_answer(sentence: _Sentence, rules: Rules, accepted: frozenset[str]) -> Iterator[Claim]:
    """A condition in the question before: "Can it help with asthma? Yes", "Suffering from colic? We can help"."""
    if not sentence.before.rstrip().endswith("?"):
        return
    answer = SAID.no_denial.sub(" ", sentence.text)
    agrees = SAID.agrees.match(answer) or SAID.answers.search(answer) or SAID.treats.search(answer)
    asks = SAID.treats.search(sentence.before) or SAID.suffering.search(sentence.before)
    is_short = len(sentence.before) < _SHORT_QUESTION
    if not agrees or not (asks or is_short) or SAID.denied.search(answer):
        return
    for name, match in rules.conditions_in(sentence.before):
        if name not in accepted:
            yield Claim(rules.rule_of(name), match.group(), sentence.start, sentence.text.strip())
            return
