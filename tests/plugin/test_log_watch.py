"""What is logged is noticed, and still said."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from clinic.plugin.build import LogWatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


@contextmanager
def watching(*others: logging.Handler) -> Iterator[LogWatch]:
    """With these handlers of the root logger beside it; with Pelican's plain log there is none."""
    root, watch = logging.getLogger(), LogWatch()
    kept, root.handlers = root.handlers, [watch, *others]
    yield watch
    root.handlers = kept


def test_a_warning_is_noticed_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    with watching() as watch:
        logging.getLogger("one").warning("this is odd")
    assert (watch.has_spoken, capsys.readouterr().err) == (True, "this is odd\n")


def test_what_is_no_warning_is_neither(capsys: pytest.CaptureFixture[str]) -> None:
    with watching() as watch:
        logging.getLogger("two").info("all is well")
    assert (watch.has_spoken, capsys.readouterr().err) == (False, "")


def test_where_another_handler_says_it_it_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(logging.StreamHandler()) as watch:
        logging.getLogger("three").warning("this is odd, too")
    assert (watch.has_spoken, capsys.readouterr().err) == (True, "this is odd, too\n")
