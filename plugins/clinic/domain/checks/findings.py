"""What a check of the records yields. The content floor turns it into a diagnostic with file and line."""

from typing import NamedTuple

from clinic.models.types import KeyPath


class Finding(NamedTuple):
    """An error at ``key_path`` of a record: ``clinic``, ``services/<slug>`` or ``team/<slug>``."""

    record: str
    key_path: KeyPath
    message: str
