"""Advice on claims in everything the owner wrote: published documents, clinic.yaml, comments; with her waivers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby, pairwise

from babel import Locale

from clinic.advertising.rules import OF_CONDITIONS, Rules, rules_for
from clinic.advertising.sentences import Claim, Passage, Placed, claims_in, of_markdown
from clinic.content.content import Content
from clinic.content.diagnostics import Diagnostic, Severity
from clinic.content.documents import AnyFrontMatter, Document, State
from clinic.content.folder import SERVICES, TEAM
from clinic.content.prose import prose
from clinic.content.yaml_text import YamlText
from clinic.models.claims import ClaimWaiver
from clinic.models.clinic import Clinic
from clinic.models.language import bare
from clinic.models.person_name import PersonName
from clinic.models.suggestions import join_and
from clinic.models.types import KeyPath, unique

NOT_LEGAL_ADVICE = (
    "This is advice, not legal advice. A program reads words and not evidence: it misses claims, and it may be wrong."
)
"""What is to be said once wherever the advice is shown."""
CHECK = "claims"
"""The ``rule`` of what is said of this check itself."""
_TITLES_OF_OTHERS = frozenset({"references", "words", "third_parties", "insurers", "legal", "social"})
"""Top-level keys with words that are somebody else's, or nobody's claim."""
_SHORTEST_WAIVER = 3
"""Letters of a waiver that may clear words by being a part of them."""
_NEAR_LINES, _NEAR_WORDS = 5, 1000
"""How many lines below a word, and characters behind it, the next one of a value is looked for."""


def find_claims(content: Content, today: date) -> Iterator[Diagnostic]:
    """Every claim that the rules of the clinic's country ask evidence for, as advice at its file and line.

    ``rule`` is the name of the rule and ``source`` where it is laid down. A claim with a waiver that holds on ``today``
    is not told; a waiver that fits nothing is. Where no rules are known, where texts are in another language than they
    are for, and where they have not been checked for too long, one diagnostic says so. Drafts count if ``content`` was
    loaded for the preview. No file is opened.
    """
    file = content.clinic_yaml
    rules = rules_for(content.clinic.country)
    if rules is None:
        yield _of_check(file.name, file.line(("country",)), _unknown(content.clinic.country))
        return
    if today > rules.file.check_again_by:
        yield _of_check(file.name, 0, _outdated(rules))
    check = _Check(rules, today)
    of_site = [_Waiver(waiver, file.name, file.line(("claims", at))) for at, waiver in enumerate(file.facts.claims)]
    for each in (content, *content.translations):
        if bare(each.clinic.language) == rules.language:
            yield from check.content(each, of_site)
        else:
            language = Locale(bare(each.clinic.language)).get_display_name("en")
            message = (
                f"claims about treatment are looked for in English alone; ask somebody to read the texts in {language}"
            )
            yield _of_check(file.name, file.line(("language",)), message)
    yield from check.unused(of_site)


def _of_check(file: str, line: int, message: str) -> Diagnostic:
    return Diagnostic(file, line, message, Severity.ADVICE, CHECK)


def _unknown(country: str) -> str:
    name = Locale("en").territories.get(country, country)
    return (
        f"no advertising rules of {name} are known to this program, so it does not look for claims about treatment; "
        "ask the body that keeps your register what may be said"
    )


def _outdated(rules: Rules) -> str:
    return (
        f"the advertising rules were last compared with their sources on {rules.file.checked}, and should have been by "
        f"{rules.file.check_again_by} again; bring this program up to date, and read the sources yourself until then"
    )


@dataclass
class _Waiver:
    """One of the owner's, where it stands, and whether it has cleared anything."""

    said: ClaimWaiver
    file: str
    line: int
    is_used: bool = False

    def fits(self, claim: Claim) -> bool:
        """Whether it is about these words: it is a part of their sentence that has them, or is a part of them."""
        if self.said.rule and self.said.rule != claim.rule:
            return False
        waived, words, sentence = map(_letters, (self.said.words, claim.words, claim.sentence))
        return waived in sentence and (words in waived or (waived in words and len(waived) >= _SHORTEST_WAIVER))


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@dataclass(frozen=True)
class _Check:
    rules: Rules
    today: date

    def content(self, content: Content, of_site: list[_Waiver]) -> Iterator[Diagnostic]:
        """Everything that is written in one language."""
        clinic, file = content.clinic, content.clinic_yaml
        professions = professions_of(clinic, self.rules)
        told_as_doctors = frozenset(PersonName.parse(one.title).family for one in clinic.team.values())
        texts = _Texts(professions, told_as_doctors)
        yield from self._claims(file.name, _of_yaml(file.written, file.text, ""), texts, of_site)
        articles = dict[str, list[_Waiver]]()
        for document in filter(lambda each: _is_read(each, content), content.documents.values()):
            front_matter = document.file.front_matter
            own = [
                _Waiver(waiver, document.name, front_matter.line(("claims", at)))
                for at, waiver in enumerate(getattr(document.front_matter, "claims", ()))
            ]
            articles[getattr(document.front_matter, "slug", "")] = own
            placed = chain(
                _of_yaml(front_matter, document.file.text, document.folder, document.file.body_line),
                of_markdown(document.file.body, document.file.body_line),
            )
            yield from self._claims(document.name, placed, texts, [*own, *of_site])
        for slug, own in articles.items():
            yield from self._comments(content, slug, texts, [*own, *of_site])
            yield from self.unused(own)

    def _comments(self, content: Content, slug: str, texts: "_Texts", waivers: list[_Waiver]) -> Iterator[Diagnostic]:
        """The comments under an article: what a visitor says of a result counts as the clinic's claim."""
        for comment in content.comments.shown.get(slug, ()):
            file = content.comments.files[f"comments/{slug}/{comment.key}.md"]
            placed = of_markdown(file.body, file.body_line, is_testimonial=comment.answer_by is None)
            yield from self._claims(file.name, placed, texts, waivers)

    def _claims(
        self, file: str, placed: Iterable[Placed], texts: "_Texts", waivers: list[_Waiver]
    ) -> Iterator[Diagnostic]:
        for passage, first in placed:
            claims = claims_in(passage, self.rules, texts.professions)
            asked = (one for one in claims if not texts.is_told(one) and not self._is_waived(one, waivers))
            for (name, sentence), found in groupby(asked, lambda one: (one.rule, one.sentence)):
                of_rule = [*found]
                text = self.rules.rules[name].text
                source = self._source(of_rule[0], texts.professions)
                line = first + passage.text.count("\n", 0, of_rule[0].start)
                message = f"{_quoted(of_rule, sentence)}: {text.why}; {text.instead} ({text.law})"
                yield Diagnostic(file, line, message, Severity.ADVICE, name, source)

    def _source(self, claim: Claim, professions: frozenset[str]) -> str:
        """Where the rule is laid down: for conditions, the list of the one profession that is meant."""
        named = self.rules.professions_in(claim.sentence) & professions or professions
        if claim.rule == OF_CONDITIONS and len(named) == 1:
            return self.rules.file.professions[next(iter(named))].source
        return self.rules.rules[claim.rule].text.source

    def _is_waived(self, claim: Claim, waivers: list[_Waiver]) -> bool:
        fitting = [waiver for waiver in waivers if waiver.fits(claim)]
        for waiver in fitting:
            waiver.is_used = True
        return any(waiver.said.holds_on(self.today) for waiver in fitting)

    def unused(self, waivers: Iterable[_Waiver]) -> Iterator[Diagnostic]:
        """Waivers that fit nothing any more, that have ended, and that name a rule there is not."""
        for waiver in waivers:
            said = waiver.said
            if said.rule and said.rule not in self.rules.rules:
                message = f'there is no rule "{said.rule}"; write one of {", ".join(self.rules.rules)}, or leave it out'
            elif not waiver.is_used:
                message = f'no claim says "{said.words}" here any more; take this entry out of "claims"'
            elif not said.holds_on(self.today):
                message = f'the entry for "{said.words}" ended on {said.until}; see the evidence again, or reword it'
            else:
                continue
            yield _of_check(waiver.file, waiver.line, message)


def _quoted(claims: list[Claim], sentence: str) -> str:
    """The words of claims, and the sentence they stand in where that is more."""
    said = join_and([f'"{words}"' for words in unique(" ".join(claim.words.split()) for claim in claims)])
    whole = f'"{" ".join(sentence.split())}"'
    return said if said == whole else f"{said} in {whole}"


@dataclass(frozen=True)
class _Texts:
    """Whose texts they are; ``doctors`` are family names of the team, whose "Dr" every build looks at by itself."""

    professions: frozenset[str]
    doctors: frozenset[str]

    def is_told(self, claim: Claim) -> bool:
        """Whether the build tells of it already (``domain/checks/professional_titles``)."""
        return claim.rule == "doctor" and any(name in claim.sentence for name in self.doctors)


def _is_read(document: Document[AnyFrontMatter], content: Content) -> bool:
    """Whether it is on the site, or will be on its day."""
    away = {State.EXPIRED, State.NO_LOCATION} if content.preview else {State.EXPIRED, State.NO_LOCATION, State.DRAFT}
    return document.file.is_written and document.state not in away


def professions_of(clinic: Clinic, rules: Rules) -> frozenset[str]:
    """What people at the clinic are, as far as their registrations, their roles, the services and its name say."""
    registrations = [entry for one in clinic.team.values() for entry in one.registration]
    bodies = [entry.register.abbreviation if entry.register else entry.body for entry in registrations]
    words = [clinic.name, clinic.strapline or "", clinic.description or "", *clinic.knows_about]
    words += [service.title for service in clinic.services.values()]
    words += [one.role or "" for one in clinic.team.values()]
    return rules.professions_in(". ".join(words)).union(*map(rules.professions_of_register, bodies))


def _of_yaml(yaml: YamlText, text: str, folder: str, end: int | None = None) -> Iterator[Placed]:
    """The texts of YAML that ends before line ``end``, each at the line where its words begin."""
    starts = sorted({*yaml.lines.values()})
    ends = dict(pairwise([*starts, end]))
    lines = text.split("\n")
    for path, value, heading in prose(yaml.value):
        if path[0] not in _TITLES_OF_OTHERS:
            first = yaml.line(path)
            after = ends.get(first)
            yield from _placed(value, path, heading, folder, lines[first - 1 : after and after - 1], first)


def _placed(value: str, path: KeyPath, heading: str, folder: str, lines: list[str], first: int) -> Iterator[Placed]:
    passage = Passage(
        _as_written(value, lines),
        (heading,) if len(path) > 1 and heading != value else (),
        is_testimonial=path[0] == "testimonials" and path[-1] == "words",
        is_offer=path[0] == "conditions" and folder in {SERVICES, TEAM},
    )
    yield Placed(passage, first)


def _as_written(value: str, lines: list[str]) -> str:
    """The words of a value, with the line ends that they have in ``lines``, the source from its key on."""
    parts, line, column = list[str](), 0, 0
    for word in value.split():
        found = next(
            (
                (at, place)
                for at in range(line, min(line + _NEAR_LINES, len(lines)))
                if (place := lines[at].find(word, start := column if at == line else 0, start + _NEAR_WORDS)) >= 0
            ),
            None,
        )
        at, place = found or (line, column)
        parts += ("\n" * (at - line) or " ", word)
        line, column = at, place + len(word) if found else column
    return "".join(parts).removeprefix(" ")
