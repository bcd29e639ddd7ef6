"""No message, however broken, ends ``make comment`` with anything but a comment or a sentence."""

from __future__ import annotations

import random
import time
from zoneinfo import ZoneInfo

import pytest

from clinic.cli.comments.command import read_messages
from clinic.cli.comments.submission import Received, Unreadable, dated, file_text
from tests.comments.mails import FILLED_IN, FORWARDS, SERVICE_MAILS, mail
from tests.comments.test_form_data import LISTS
from tests.site import NOW

SEEDS = range(8)
MUTANTS = 80  # of each seed
WHOLE = [*FORWARDS.values(), *SERVICE_MAILS.values(), *(text.encode() for text in LISTS.values())]
PIECES = (
    b"\0", b"\r", b"\n\n", b"=?utf-8?q?=ED=A0=80?=", b"From: ", b"Content-Type: multipart/mixed; boundary=b\n",
    b"--b\n", b"Content-Transfer-Encoding: base64\n", b"charset=utf-16;", b'charset="\xff"', b'"\\ud800"', b"[", b"{",
    b"Date: Mon, 99 Feb 0001 99:99 +9999\n", b'"', b"Content-Type: message/rfc822\n\n", b"\xff\xfe", b"<table><td>",
    b">" * 50,
)  # fmt: skip
CHARSETS = (b"utf-16", b"utf-7", b"idna", b"rot13", b"undefined", b"unicode_escape", b"x-unknown", b"")


def mutant(data: bytes, chance: random.Random) -> bytes:
    """A message with some of it lost, doubled, or replaced."""
    for _ in range(chance.randint(1, 6)):
        at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        end = min(end, at + 60)
        change = chance.randrange(6)
        if change == 0:
            data = data[:at] + data[end:]
        elif change == 1:
            data = data[:at] + chance.randbytes(chance.randint(1, 8)) + data[at:]
        elif change == 2:
            data = data[:at] + data[at:end] * 2 + data[end:]
        elif change == 3:
            data = data[:at] + chance.choice(PIECES) + data[at:]
        elif change == 4:
            data = data.replace(b"utf-8", chance.choice(CHARSETS))
        else:
            data = data[: max(at, 20)]
    return data


def received(data: bytes) -> list[Received]:
    """What is read of a file, or why nothing is."""
    try:
        return read_messages(data)
    except Unreadable as fault:
        return [Received("", fault)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_damaged_message_is_a_comment_that_a_file_can_hold_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- the same mutants each time
    for _ in range(MUTANTS):
        for one in received(mutant(chance.choice(WHOLE), chance)):
            if isinstance(one.found, Unreadable):
                assert "\n" not in str(one.found)
            else:
                file_text(dated(one.found, ZoneInfo("Europe/Dublin")), NOW, "").encode("utf-8")


NESTED = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1000))
HUGE = {
    "3,000 parts": mail(
        "".join(f"--b\nContent-Type: text/plain\n\nx{n}\n" for n in range(3000)), kind="multipart/mixed; boundary=b"
    ),
    "parts in parts": b"From: a@example.com\n" + NESTED.encode() + b"\nHello",
    "e-mails in e-mails": b"From: a@example.com\n" + b"Content-Type: message/rfc822\n\n" * 300 + b"\nHello",
    "elements in elements": mail("<div>" * 20_000 + "Hello", kind="text/html"),
    "quotations in quotations": mail(">" * 300_000 + "Hello"),
    "spaces": mail("a " * 200_000 + "\n" + " " * 200_000 + "b"),
    "rules": mail("____________ x\n" * 30_000),
    "replies": mail("On Monday I wrote\n" * 15_000),
    "headers": mail("From: a\nDate: b\n" * 15_000),
    "fields": mail("name: a\ncomment: b\n" * 10_000),
    "digits": mail("1 " * 200_000),
    "a name": mail(FILLED_IN.replace("Anna", "A " * 100_000)),
}


@pytest.mark.parametrize("kind", HUGE)
def test_a_huge_message_takes_no_long_time(kind: str) -> None:
    started = time.process_time()
    read_messages(HUGE[kind])
    assert time.process_time() - started < 15
