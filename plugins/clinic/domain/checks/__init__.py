"""Whether the records agree with each other, with the law and with the theme."""

from typing import NamedTuple

from clinic.models.types import KeyPath


class Finding(NamedTuple):
    """An error at ``key_path`` of a record: ``clinic``, ``services/<slug>``, ``team/<slug>``, or a comment's key."""

    record: str
    key_path: KeyPath
    message: str
