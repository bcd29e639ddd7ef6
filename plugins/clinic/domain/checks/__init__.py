"""Whether the records agree with each other, with the law and with the theme.

The content floor makes of a Finding a diagnostic with file and line.
"""

from typing import NamedTuple

from clinic.models.types import KeyPath


class Finding(NamedTuple):
    """An error at ``key_path`` of a record: ``clinic``, ``services/<slug>`` or ``team/<slug>``."""

    record: str
    key_path: KeyPath
    message: str
