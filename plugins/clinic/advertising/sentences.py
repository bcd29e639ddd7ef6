"""Claims in English sentences: what a sentence says the clinic does, and what in it takes that back.

A rule's words are no claim where the sentence denies them, asks, sends people to a doctor, asks what they have had,
tells of red flags or of somebody's life, or doubts what others say. A condition is a claim only where the sentence, or
what stands above it, says that the clinic treats it. All patterns look ahead over a bounded number of characters, and a
sentence is cut at LONGEST_SENTENCE: the time needed grows with the length of a text, whatever is in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from clinic.advertising.rules import Rule, Rules

LONGEST_SENTENCE = 600
"""Characters; about a hundred words."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_END = re.compile(r"(?<![A-Z]\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bSt\.)(?<!e\.g\.)(?<!i\.e\.)(?<!\bMrs\.)(?<=[.!?…])[\"”’)]*\s+")
_CLAUSE = re.compile(r"[;:–—]|\s-\s|,? but |,? yet |\bhowever\b|,? and (?:we|our|I|it|they|with it) |, so ", re.IGNORECASE)
_NOT = _any(
    r"\b(?:not|no|never|cannot|nobody|nothing|none|neither|nor|without|hardly|seldom|rarely|unlikely|nowhere)\b",
    r"n[’']t\b",
    r"\b(?:little|insufficient|too little|weak|poor|not enough) (?:good |strong |reliable )?(?:evidence|proof)",
    r"\b(?:avoid|refuse|wary|stopped|instead of|rather than|myth|wrong|false|nonsense|lack of)\b",
)
_NO_DENIAL = _any(
    r"\bnot (?:only|just|merely|sure|sleeping|feeling)\b",
    r"\bno (?:longer|matter|wonder|need|doubt)\b",
    r"(?:do not|don[’']t|never|should not|shouldn[’']t|need not|can[’']t|cannot|couldn[’']t|why not) (?:have to |need to )?"
    r"(?:wait|delay|suffer|let|put|live|worry|hesitate|ignore|miss|recommend|thank|believe|tell|face|give up|accept)\b",
    r"\bnothing (?:else|worked)\b",
    r"\bnever (?:looked back|fails?|felt|been)\b",
    r"\bwithout (?:the |any |using |taking |needing |having |the need for )*(?:drugs?|medic\w+|surgery|inhalers?|painkillers?|pills|side|an operation)",
    r"\b(?:has|have|had|hasn[’']t|haven[’']t)(?: not)? had\b",
)
"""Words of denial that deny nothing of what follows."""
_DENIED_AFTER = re.compile(
    r"[^.;:]{0,40}?\b(?:is|are|was|were|do|does|did|can|has|have|shown|found|will)?(?: ?not|n[’']t|not|never| no| little)\b"
    r"[^.;]{0,30}?(?:cur|treat|help|someth|claim|proof|benefit|evid|relie|work|measur|differ|it works|offer|prov|possib|caus|go out|"
    r"because of|be reversed|end|a cure|enough)",
    re.IGNORECASE,
)
_MEDIC = (
    r"(?:gps?|doctors?|health visitors?|midwi(?:fe|ves)|(?:asthma |specialist )?nurses?|pharmacists?|consultants?|surgeons?|dentists?|"
    r"p(?:a)?ediatricians?|hospital|specialists?|optician|neurologist|fertility clinic|physician)"
)
_ELSEWHERE = _any(
    rf"\b(?:see|ask|tell|call|ring|phone|visit|consult|contact|speak (?:to|with)|talk (?:to|with)|go (?:back )?to|check with|speak) "
    rf"(?:first )?(?:to )?(?:your|a|the|their|his|her|an)? ?(?:own )?(?:\w+ )?{_MEDIC}\b",
    rf"\b(?:your|a|the|their|with your|should see a) (?:own )?(?:\w+ )?{_MEDIC}(?: or \w+)?(?:, \w+)?(?: team| and \w+ \w+)? (?:can|will|should|is the|is the right|may|might|needs?|could|has told)\b",
    rf"\b(?:by|from|with|to) (?:your|a|the|their|our own) (?:own )?(?:\w+ )?{_MEDIC}\b",
    r"\b(?:999|112|911|111|a&e|a and e|casualty|emergenc(?:y|ies)|ambulance)\b",
    r"\b(?:urgent(?:ly)?|immediate) (?:medical |help|care|attention)|\bmedical (?:help|advice|attention|emergency)",
    r"\bred flags?\b|\b(?:can|could|may|might) (?:also )?(?:be|mean|point to|signal) (?:a |an |the )?(?:sign|signs|symptom|clot|something serious|cancer|stroke)",
    r"\b(?:signs?|symptoms?) of (?:a |an )?(?:serious|stroke|cancer|clot|cauda|infection|heart)",
    r"\b(?:refer|referred|send|sent) (?:you|me|yourself|them|people|him|her) (?:on |back |straight )?to (?:my|your|the|a|their) ",
    r"\bask your (?:gp|doctor)|\bshould be (?:checked|seen|looked at) (?:by|at|once|soon|the)|\bseen by a (?:doctor|gp)",
    r"\brule[sd]? out\b|\bmeasured at\b|\bchecked at\b|\bthe NHS (?:explains|says)|\bsays the NHS\b|\bSamaritans\b",
    r"\bnot a substitute\b|\bjust a symptom\b",
)
"""People are sent to a doctor, or told when to go."""
_HISTORY = _any(
    r"\b(?:tell|let|inform|remind) (?:us|me|your \w+|the \w+|him|her|reception)(?: know)?\b[^.]{0,40}?\b(?:if|about|whether|of|before|any|when)\b",
    r"\b(?:please )?mention (?:any|if|it)\b|\bhistory of\b|\b(?:medical|full|case) history\b|\bwe (?:also )?ask (?:everyone|you|about|people|whether|if)\b",
    r"\bif you (?:have|have had|suffer from|live with|take)\b[^.]{0,60}?\b(?:let us|tell|mention|check|ask|say|we (?:may|will|would) adapt|please)",
    r"\b(?:not suitable|unsuitable|contra-?indicat\w+|not recommended|take care|caution) (?:if|for|when|after|with|in)\b|\bwe (?:will|would|do) not\b",
    r"\bare welcome\b|\bwelcome (?:at|to|in|here)\b|\bkinder to\b|\bwe (?:would|will|can) adapt\b",
    r"\bquestionnaire\b|\bbefore (?:we|your) (?:begin|start|treat)",
)
"""What people have is asked, or borne in mind."""
_LIFE = _any(
    r"\b(?:he|she|they|\w+) (?:worked|volunteers?|trained|studied|spent|lectures?|wrote|writes|nursed|sponsors?|raised|ran|runs for|served)\b[^.]{0,60}?\b"
    r"(?:ward|unit|hospital|hospice|charity|team|university|children|dissertation|years|school|walk|on|for)\b",
    r"\b(?:charity|in aid of|fundrais\w*|raised £|raise money|sponsor\w*|dissertation|thesis|degree|Research UK|Lung UK|lectures? on|a talk|master.s)\b",
    r"\bas a (?:child|boy|girl|teenager|student)\b|\bmy own (?:son|daughter|child|mother|father)\b|\bbefore (?:that|she|he)\b|\bmy grandmother\b",
    r"\bworked (?:in|on|at|for) (?:a|the) ",
    r"\b(?:nineteenth|eighteenth|\d\dth) century\b|\bbelieved that\b|\bpeople thought\b|\baccording to tradition\b",
)
"""Somebody's life, a charity, the past."""
_DOUBT = _any(
    r"\b(?:myths?|claims? (?:that|to)|wary of|beware|so-called|whatever you (?:may )?have heard|despite what|words we do not use)\b",
    r"\b(?:you may have|some (?:people|adverts?|websites?|clinics?)|many people|anyone who|others) "
    r"(?:read|heard|say|says|claim|promise|promises|think|believe|worry|ask|seen)",
    r"\b(?:looking into|looked at|looks at|whether|compared|followed|investigat\w+|inconclusive|criticised|further research|unclear|"
    r"too small|made little difference|no difference|no benefit|not enough evidence|too little evidence|no evidence|little evidence|weak evidence|mixed)\b",
    r"^(?:source|reference|references|see also):",
    r"\bare (?:common|rare) among\b",
    r"\bbest walked past\b|\ban idea of\b",
)
"""Somebody else's opinion, or what research does not know."""
_BY_ITSELF = _any(
    r"\b(?:by (?:it|them)sel(?:f|ves)|on (?:its|their) own|with time|without (?:any )?treatment|go(?:es)? away|usually (?:passes|settles|improves)|"
    r"passes by|common and)\b",
)
_OTHER_SUBJECT = re.compile(
    rf"^(?:(?:regular|gentle|daily|some|most|the|your|a|an|our|these) )?(?:\w+ )?(?:exercis\w+|walking|running|swimming|painkillers?|inhalers?|{_MEDIC}|nhs|nice|sunlight|smoking|"
    r"the flu jab|sleep|stretching|paracetamol|ibuprofen|surgery|operations?|studies|pharmacists?)\b(?! (?:program|class|plan))",
    re.IGNORECASE,
)
_OTHER_MEANS = _any(
    rf"\b(?:treated|managed|helped|controlled|eased) (?:with|by) (?:your |a |the )?(?:inhalers?|medic\w+|drugs?|antibiotics|tablets|insulin|surgery|{_MEDIC})\b",
)
_OUR = re.compile(
    r"\b(?:we|our|us|I|my|chiropract\w+|osteopath\w+|massages?|physio\w*|podiatr\w+|acupunct\w+|adjust\w+|manipulation|treatments?|"
    r"therap\w+|cranial|reflexolog\w+|reiki|cupping|insoles?|clinic|care|shockwave|laser|needl\w+|herbs?)\b",
    re.IGNORECASE,
)
_AGENT = re.compile(
    r"\b(?:we|our|chiropract\w+|osteopath\w+|massages?|physiotherapy|acupunct\w+|adjust\w+|manipulations?|cranial|reflexolog\w+|reiki|"
    r"cupping|insoles?|shockwave|laser|needl\w+|herbs?)\b",
    re.IGNORECASE,
)
"""Who or what treats: a sentence that names it beside a condition says that it does, unless something takes it back."""
_TREATS = _any(
    r"\btreat(?:s|ed|ing|ments?)?\b(?! (?:table|room|couch))", r"\b(?:help|helps|helped|helping|helpful)\b", r"\breliev\w+", r"\brelief\b",
    r"\beas(?:e|es|ed|ing)\b", r"\balleviat\w+", r"\bimprov\w+", r"\bmanag(?:e|es|ed|ing|ement)\b", r"\breduc\w+",
    r"\b(?:lessen|resolv|heal|revers|eliminat|eradicat|banish|combat|tackl|target|sooth|calm|clear|lower|prevent|overcom|correct|regulat|cur)\w*\b",
    r"\b(?:fix|fixes|fixed|fixing|stop|stops|stopped|end|ends|ended|beat|beats|fight|fights|settle|settles|lift|lifts)\b",
    r"\b(?:benefit|benefits|benefited)\b", r"\b(?:effective|good|great|wonderful|ideal|recommended|perfect|excellent|suitable|useful|proven) (?:for|against|in|with)\b",
    r"\bsuccess\w*\b", r"\bspeciali[sz]\w+\b", r"\bspecial interest in\b", r"\bexperts? (?:in|on)\b", r"\b(?:solution|remedy|remedies|therap(?:y|ies)|support|answer|alternatives?|results|medicine) (?:for|to|with)\b",
    r"\b(?:get|gets|getting|got) rid of\b", r"\btak(?:e|es|ing) away\b", r"\bdeal(?:s|ing)? with\b", r"\bwork(?:s|ed|ing)? (?:for|with|on|well)\b",
    r"\bsay (?:good ?-?bye|bye-?bye|farewell|no) to\b", r"\b(?:no more|goodbye|free of|free from|freedom from|end to|natural (?:way|help|answer|approach|relief))\b",
    r"\b(?:makes?|made) (?:a|all the) (?:\w+ )?difference\b", r"\bresults? (?:in|with|for|on)\b", r"\b(?:transform|restor|strengthen|enhanc|promot|encourag|support|dissolv|dispel|protect|shrink|solv|conquer|defeat|aid)\w*\b",
    r"\b(?:quit|control|controls|kick|try|tried|shift|shifts|rid|rids|counter|counters|remedy|remedies)\b", r"\bcome to (?:us|me) (?:with|for)\b", r"\bat bay\b",
    r"\bget(?:s|ting)? you (?:back|moving|better|well|running|walking)\b", r"\b(?:keep|keeps|ward|wards|chase|chases)\b", r"\bturn(?:s|ed|ing)?\b", r"\b(?:bring|brings) on\b", r"\bmakes? for\b", r"\bspeeds? up recovery\b",
    r"\brecover\w* (?:from|after)\b", r"\b(?:double|doubles|increase|increases|boost|boosts)\b", r"\breleas\w+\b", r"\baddress\w*\b", r"\bassist\w*\b",
)  # fmt: skip
"""What a clinic says it does to a condition that is named after it."""
_TREATED = re.compile(
    r"[^.;]{0,60}?\b(?:improves?|improved|improving|responds?(?: very)?(?: well)?|(?:has|have|had|is|are|was|were)(?: all| now| completely)? (?:gone|disappeared|vanished|"
    r"cleared|cured|healed|helped|treated|relieved|eased|resolved|reversed|better)|disappear\w*|vanish\w*|clears? up|cleared up|stopped|cured|gone|"
    r"benefits?(?: from)?|a thing of the past|(?:can|may) be (?:helped|treated|eased|relieved|improved|reversed|cured)|treated (?:here|with us|by)|eased)\b",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"(?:[ -](?:and|or|&) [\w-]+)?[ -](?:treatments?|relief|therap(?:y|ies)|clinics?|corrections?|remed(?:y|ies)|program(?:me)?s?|specialists?|experts?|support|"
    r"massages?|packages?|sessions?|cures?|management|solutions?)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?:massages?|acupuncture|physio\w*|osteopathy|chiropractic|care|therap(?:y|ies)|needling|reflexology|cranial osteopathy|reiki|cupping|"
    r"treatments?|drainage|work|hypnotherapy|adjustments?|sessions|clinics?|help|candles?|herbs?) (?:\w+ ){0,2}?(?:for|with)\b",
    re.IGNORECASE,
)
_OFFER = _any(
    r"\b(?:what|conditions?|complaints|problems|ailments|symptoms|things|who)\b[^.]{0,30}?\b(?:we|I|our \w+)\b[^.]{0,15}?\b(?:treat|help|see|work)",
    r"\b(?:we|I|our [\w ]{0,20}|chiropractic|osteopathy|massage|acupuncture|physiotherapy|reflexology|it|this|treatment|which)(?: \w+){0,2} (?:treats?|helps?|eases?|relieves?|works? for|works? with|benefits?|see)\b",
    r"\b(?:treatment|help|relief|therapy|good|suitable|ideal|effective|massage|acupuncture|recommended) (?:for|with|from)\b|\bbenefits\b|\bconditions treated\b|\bcommon conditions\b",
    r"\bhelps? (?:with|to)\b|\bused (?:for|to treat)\b",
)
"""A heading or the beginning of a list: what follows is what the clinic treats."""
_SEES = _any(
    r"\b(?:we|I) (?:also )?(?:see|look after|welcome|write|wrote|talk|send|ask|are often asked|are asked|work)\b|\bask(?:s|ed)? (?:whether|about|if|us)\b|\b(?:article|blog|post|page|sheet|class|group|team)\b",
    r"\bwe can tell\b|\bspecialist nurse\b|\bneeds? treatment\b|\b(?:behind|opposite|beside|next to) the\b|\b(?:mailing|waiting) list\b",
)
"""People are seen, or something is written about, without a word on what becomes of it."""
_SUFFERING = _any(
    r"\b(?:suffer\w*|struggl\w*|troubled|plagued|bothered|living|fed up|tired) (?:from|with|by|of)\b",
    r"\b(?:do|does|has|have|is|are) (?:you|your|he|she)\b",
)
_ANSWERS = _any(
    r"\bworks? wonders\b|\b(?:could|may|might|can) be (?:the answer|just what|what you|a solution|the solution|due to|because)\b|\btry\b|\blook no further\b|"
    r"\bcome and see\b|\b(?:we|our \w+) can\b|\bmakes? (?:a|all the) (?:\w+ )?difference\b|\bbook\b|\bget you back\b|\bthe answer\b|\bwe know\b|\bgive us\b|\bthen (?:chiro|osteo|massage|acu)"
)
"""What answers a question about a complaint: "Ear infections? Try us"."""
_RHETORICAL = re.compile(
    r"(?:did you know|want|ready|would you like|why (?:not|suffer|wait|put up|live)|isn.t it|wouldn.t|fancy|looking (?:for|to)|need|who (?:would not|wouldn.t))\b",
    re.IGNORECASE,
)
"""How questions begin that ask nothing."""
_YES = re.compile(r"^(?:yes|absolutely|certainly|of course|definitely|it can|it does)\b(?!,? (?:we see|but tell))", re.IGNORECASE)


_EFFECTS = frozenset({"stop", "stopping", "quit", "quitting", "give", "giving", "lose", "losing"})
"""First words of conditions that are promises by themselves: ``lose weight``."""


class Claim(NamedTuple):
    """Words that a rule is about, where they begin in the text, and the sentence they stand in."""

    rule: Rule
    words: str
    start: int
    sentence: str


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, item or value. ``above``: the headings and the line before a list that it stands under.

    ``is_testimonial``: somebody else said it. ``is_offer``: it is listed among what is treated.
    """

    text: str
    above: tuple[str, ...] = ()
    is_testimonial: bool = False
    is_offer: bool = False


class _Sentence(NamedTuple):
    text: str
    start: int
    before: str


def claims_in(passage: Passage, rules: Rules, professions: frozenset[str]) -> Iterator[Claim]:
    """Every claim in a passage of a clinic of these professions, each rule once in a sentence."""
    if any(_is_cleared(above) or _denies_list(above) for above in passage.above):
        return
    for sentence in _sentences(passage.text, passage.above[-1] if passage.above else ""):
        of = rules.professions_in(sentence.text) & professions or professions
        told = set[str]()
        for claim in _in_sentence(sentence, passage, rules, of):
            if claim.rule.name not in told:
                told.add(claim.rule.name)
                yield claim


def _sentences(text: str, heading: str) -> Iterator[_Sentence]:
    """The sentences, each with the one before it, the heading before the first."""
    ends = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    before = heading
    for begin, end in pairwise(ends):
        for start in range(begin, end, LONGEST_SENTENCE):
            words = text[start : min(end, start + LONGEST_SENTENCE)]
            if words.strip():
                yield _Sentence(" ".join(words.split("\n")), start, before)
        before = text[begin:end][:LONGEST_SENTENCE].strip()


def _in_sentence(sentence: _Sentence, passage: Passage, rules: Rules, professions: frozenset[str]) -> Iterator[Claim]:
    text = sentence.text
    is_question = text.rstrip(" \"”’)").endswith("?") and not _RHETORICAL.match(text.strip())
    if _is_cleared(text) or (is_question and not passage.is_testimonial):
        # a doctor who is named may be told to have failed, and treatment be advised against
        yield from _by_patterns(sentence, passage, rules, professions, only="medical treatment", question=is_question)
        return
    yield from _by_patterns(sentence, passage, rules, professions)
    yield from _by_conditions(sentence, passage, rules, professions)


def _is_cleared(text: str) -> bool:
    return any(guard.search(text) for guard in (_ELSEWHERE, _HISTORY, _LIFE, _DOUBT))


def _denies_list(above: str) -> bool:
    return bool(_NOT.search(_NO_DENIAL.sub(" ", above))) and not above.rstrip().endswith("?")


def _by_patterns(
    sentence: _Sentence, passage: Passage, rules: Rules, professions: frozenset[str], only: str = "", question: bool = False
) -> Iterator[Claim]:
    text = sentence.text
    for rule in rules.rules.values():
        if rule.found is None or (only and rule.name != only) or question or not _is_for(rule, professions, passage):
            continue
        if rule.unless and rule.unless.search(text):
            continue
        exempt = [rule.exempt[name] for name in professions if name in rule.exempt]
        for match in rule.found.finditer(text):
            if not any(words.search(match.group()) for words in exempt) and not _is_denied(text, match, passage):
                yield _claim(rule, sentence, match.start(), match.end())
                break


def _is_for(rule: Rule, professions: frozenset[str], passage: Passage) -> bool:
    if rule.text.testimonials_only and not passage.is_testimonial:
        return False
    return not rule.text.applies_to or not professions or bool(professions & {*rule.text.applies_to})


def _claim(rule: Rule, sentence: _Sentence, start: int, end: int) -> Claim:
    return Claim(rule, sentence.text[start:end].strip(), sentence.start + start, sentence.text.strip())


def _is_denied(text: str, match: re.Match[str], passage: Passage) -> bool:
    """Whether the clause says that it is not so, or says it of something else than the clinic's treatment."""
    if passage.is_testimonial:
        return False
    begin = max((clause.end() for clause in _CLAUSE.finditer(text, 0, match.start())), default=0)
    before = _NO_DENIAL.sub(lambda found: " " * len(found.group()), text)[begin : match.start()]
    if _NOT.search(before) or _DENIED_AFTER.match(text, match.end()):
        return True
    return bool(_OTHER_SUBJECT.match(text[begin:].strip())) and not _OUR.search(text[begin : match.end()])


def _by_conditions(sentence: _Sentence, passage: Passage, rules: Rules, professions: frozenset[str]) -> Iterator[Claim]:
    text = sentence.text
    accepted = rules.accepted(professions)
    if _BY_ITSELF.search(text) or _OTHER_MEANS.search(text):
        return
    for name, match in rules.conditions_in(text):
        says_it = rules.file.conditions[name].says_it and match.group().split()[0].lower() in _EFFECTS
        if name not in accepted and (says_it or _is_offered(sentence, passage, match)) and not _is_denied(text, match, passage):
            yield _claim(rules.rule_of(name), sentence, match.start(), match.end())
    yield from _by_answer(sentence, rules, accepted)


def _is_offered(sentence: _Sentence, passage: Passage, match: re.Match[str]) -> bool:
    """Whether the sentence or what stands above it says that the clinic treats what was found."""
    text, before, after = sentence.text, sentence.text[: match.start()], sentence.text[match.end() :]
    if passage.is_offer or any(_OFFER.search(above) for above in passage.above[-2:]):
        return True
    if _NAMED_AFTER.match(after) or _FOR.search(before) or _TREATED.match(after):
        return True
    if _AGENT.search(text) and not _SEES.search(text):
        return True
    treats = [*_TREATS.finditer(before)]
    return any(not _is_denied(text, verb, passage) for verb in treats)


def _by_answer(sentence: _Sentence, rules: Rules, accepted: frozenset[str]) -> Iterator[Claim]:
    """A condition in the question before: "Can it help with asthma? Yes", "Suffering from colic? We can help"."""
    if not sentence.before.rstrip().endswith("?") or _is_cleared(sentence.text):
        return
    answers = _YES.match(sentence.text) and _TREATS.search(sentence.before)
    answers = answers or (_OUR.search(sentence.text) or _TREATS.search(sentence.text))
    for name, match in rules.conditions_in(sentence.before):
        asks = _TREATS.search(sentence.before) or _SUFFERING.search(sentence.before) or len(sentence.before) < 40
        is_yes = _YES.match(sentence.text) or _ANSWERS.search(sentence.text) or _TREATS.search(_NO_DENIAL.sub(" ", sentence.text))
        if name not in accepted and answers and asks and is_yes and not _NOT.search(_NO_DENIAL.sub(" ", sentence.text)):
            yield Claim(rules.rule_of(name), match.group(), sentence.start, sentence.text.strip())
            return
