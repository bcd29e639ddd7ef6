"""What is nobody's in particular: numbers and addresses that any clinic may name without a reason."""

from typing import NamedTuple


class Public(NamedTuple):
    """``text`` as it is usually written, and whose it is."""

    text: str
    whose: str


PUBLIC = (
    Public("999", "emergency services"),
    Public("112", "emergency services, all of Europe"),
    Public("111", "NHS, urgent and not life-threatening"),
    Public("119", "NHS test and vaccination line"),
    Public("101", "police, not an emergency"),
    Public("105", "power cuts"),
    Public("116 123", "Samaritans"),
    Public("jo@samaritans.org", "Samaritans"),
    Public("116 000", "Missing People"),
    Public("0800 1111", "Childline"),
    Public("0808 2000 247", "National Domestic Abuse Helpline"),
    Public("85258", "Shout, crisis text line"),
    Public("18001", "Relay UK, in front of any number"),
    Public("0303 123 1113", "Information Commissioner's Office, named in privacy notices"),
    Public("SK9 5AF", "Information Commissioner's Office, named in privacy notices"),
)
"""As known in March 2026; a number that is not here is vouched for with ``others``."""
