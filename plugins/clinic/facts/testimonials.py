"""What patients say, shown only with their recorded consent.

Words about one's health are special category data (UK GDPR, article 9): to publish them takes explicit consent, and a
record of it (article 7). Shown as words on a page and never as schema.org Review: Google bars those that a business
publishes about itself.
"""

from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from clinic.facts.base import Fact, Text
from clinic.facts.past import PastDay


def _without_quotes(words: str) -> str:
    """The theme puts them, so that all are the same."""
    pairs = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"))
    return words[1:-1].strip() if len(words) > 2 and (words[0], words[-1]) in pairs else words


Quoted: TypeAlias = Annotated[Text, AfterValidator(_without_quotes)]
"""What someone said, without quotation marks around it."""


class Testimonial(Fact):
    """What one person said."""

    words: Annotated[Quoted, Field(description="what the person said, word for word")]
    source: Annotated[Text, Field(description="who said it, as they agreed to be named, such as J. in Larkmouth")]
    date: Annotated[PastDay, Field(description="the day the person said it")]
    consent: Annotated[
        PastDay, Field(description="the day this person agreed to be quoted here; without it the words cannot be shown")
    ]
