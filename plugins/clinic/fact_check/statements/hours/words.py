"""Patterns for the words and figures of a sentence about opening times."""

import re

TIME = re.compile(
    r"(?P<always>\b24/7\b|\b24[ -]hours\b(?! (?:before|after|notice|in advance|later|of)))"
    r"|(?<![\w.:,£€$/+])(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?"
    r"(?:\s?(?P<half>[ap])(?:\.\s?m\b\.?|\s?m\b)|\s?o'clock\b|\s?(?:hrs|h)\b)?(?![\w%°£]|[.:,]\d|\.m)"
    r"|(?<![\w:.])(?P<bare>(?:[01]\d|2[0-3])[0-5]\d)(?:\s?hrs\b|\s?h\b|(?=\s?-\s?\d{4}\b)|(?<=-\d{4})(?!\d)"
    r"|(?<=0\d{3})(?=\sto\s\d{4}\b)|(?<=0\d{3}\sto\s\d{4})(?!\d))"
    r"|\b(?P<word>noon|midday|midnight)\b",
    re.IGNORECASE,
)
TO = re.compile(r"\s?(?:-|\bto\b|\btill?\b|'til\b|\buntil\b|\band\b)\s?", re.IGNORECASE)
SENTENCE = re.compile(r"\n|(?<=[\w)\"'”][.!?])\s+(?=[A-Z“\"])(?<![ap]\.m\.\s)")
OPENING = re.compile(
    r"\b(?:open(?:s|ing)?(?!\s(?:up|your|a|an|their|his|her|its|wounds?|fractures?|chain|kinetic|minded|mind|letter|mouth)\b)|"
    r"clos(?:es|ed|ing)|close(?=\s(?:at|for|from|on|early|until|till|every|by\s\d)\b)|shuts?|"
    r"(?:business|office|clinic|surgery|reception|consulting|working|our|usual|normal|late|weekend|evening|phone)\s+hours|"
    r"(?:clinic|surgery|reception|consulting)\s+times|(?:we(?:'re|\sare)|find\sus)\shere\b|answer\sthe\sphones?\b|"
    r"last\sappointments?\b|appointments(?=\s(?:from|between)\b)|"
    r"hours(?=\s?(?::|are\b|vary\b))|(?<=^)hours\b)",
    re.IGNORECASE,
)
IS = re.compile(r"(?:\b(?:is|are|be|stays?|remains?|keeps?)|'re)(?:\snot)?\s(?:\w+\s)?$", re.IGNORECASE)
"""Before an ``open`` that is a state, not a beginning: ``we are open at 7pm``."""
CLOSED = re.compile(r"\b(?:closed|shut|lunch|break)\b", re.IGNORECASE)
EVENT = re.compile(
    r"\b(?:class(?:es)?|courses?|workshops?|sessions?|lessons?|talks?|events?|webinars?|groups?|appointments?|slots?|visits?|"
    r"arriv\w+|starts?|begins?|runs?|running|races?|trains?|bus(?:es)?|ferr(?:y|ies)|meets?|meeting|walks?|"
    r"leaves?|departs?|sails?|come|book|call|ring|take|wake|sleep|bed|eat|drink|doses?|tablets?)\b",
    re.IGNORECASE,
)
LEADS = re.compile(
    r"(?:\b(?P<until>until|till?|to|by|before)|'til|\b(?P<since>from|after)|\b(?P<at>at)|(?P<open>\bopen(?:s|ing)?:?|hours:?|[:@(|]))\s?$",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"\s?-?(?:min|mins|minutes?|hours?|hrs|days?|weeks?|months?|years?|people|person|times|reps?|sets?|miles?|km|metres?|of\b|per\b|"
    r"st\b|nd\b|rd\b|th\b|jan|feb|march|apr|may\b|june|july|aug|sept|oct|nov|dec)",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"\s*(?:$|[.,;:!?)|&]|(?:on|and|but|or|every|most|each|in|at|except|only|today|tomorrow)\b)", re.IGNORECASE
)
"""What follows a bare figure that is a time: ``open until 8 on Thursdays``."""
COUNTED = re.compile(
    r"\b(?:days?|weeks?|months?|years?|age[ds]?|steps?|stages?|phases?|levels?|grades?|versions?|scores?|pages?|pp?\.)\s$",
    re.IGNORECASE,
)
"""Before a range of figures that are no times."""
COUNTS = re.compile(
    r"\s?-?(?!(?:on|and|but|or|every|most|each|all|in|at|except|only|today|tomorrow|this|with|by|for|from|to|daily|weekdays?|"
    r"weekends?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|open|closed|then)\b)[a-z]"
)
"""After a rising range of figures: what they count, ``8-10 squats``."""
_MONTH = r"(?:0?[1-9]|1[0-2])(?:\.\d{2,4}|\b\.?(?!\d))"
DATE = re.compile(
    r"\b\d{4}-\d\d?-\d\d?\b|\b\d\d?([/.-])\d\d?\1\d{2,4}\b|"
    rf"\b\d\d?\.{_MONTH}\s?-\s?\d\d?\.{_MONTH}(?!\s?[ap]\.?m\b)|"
    r"\b\d\d?(?:st|nd|rd|th)?\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b(?:\s\d{4})?"
)
BESIDE = re.compile(r"[\s:,(|]*(?:from|is|are)?\s*", re.IGNORECASE)
NEAR = 90
"""Characters between a time and the word or day that makes it an opening time, at most."""
