"""Pure functions in another language."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from clinic.models.language import DEFAULT_LANGUAGE, write_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def of_language(language: str, country: str = "GB") -> Iterator[None]:
    """Write in a language, and in British English again afterwards."""
    write_in(language, country)
    try:
        yield
    finally:
        write_in(DEFAULT_LANGUAGE)
