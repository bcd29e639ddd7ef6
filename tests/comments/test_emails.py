"""E-mails as programs write them: the comment is read, and nothing else of an e-mail is ever published by itself."""

from __future__ import annotations

import base64
import quopri
from datetime import UTC, datetime

import pytest

from clinic.cli.comments.command import read_messages
from clinic.cli.comments.submission import Submission
from clinic.cli.dates import parse_date
from clinic.domain.comments.mail_form import asks_for_first_name, parse_consent
from clinic.domain.comments.personal_data import first_name, last_names_in, phones_in
from tests.comments.mails import (
    APPLE_HEAD,
    FILLED_IN,
    FORM,
    FORWARDS,
    GMAIL_HEAD,
    KIT,
    SERVICE_MAILS,
    SIGNATURE,
    WORDS,
    mail,
    marked,
)

WINDOWS = mail(f"Schön – “gut”.\n\n{FORM}", charset="windows-1252")


def read(data: bytes) -> Submission:
    [received] = read_messages(data)
    assert isinstance(received.found, Submission), received.found
    return received.found


@pytest.mark.parametrize(
    "below",
    [
        SIGNATURE,
        f"-- \n{SIGNATURE}",
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.ms/" + "x" * 200 + ">",
        "Gesendet mit der Mail-App",
        f"Kind regards\n\n{SIGNATURE}",
        "Mit freundlichen Grüßen\nAnna Berg",
        "This e-mail is confidential and intended only for whom it is addressed to.",
        f"{'_' * 32}\nFrom: Clinic <hello@example.com>\nSent: Monday\nTo: Anna Berg\nSubject: News\n\nWrite to us!",
        "From: Clinic <hello@example.com>\nSent: 1 February 2026 20:00\nTo: Anna Berg\nSubject: News\n\nWrite to us!",
        "Von: Clinic <hello@example.com>\nGesendet: Sonntag, 1. Februar 2026\nAn: Anna Berg\nBetreff: x\n\nNeues",
        "On Sun, 1 Feb 2026 at 20:00, Clinic <hello@example.com>\nwrote:\n> Write to us!",
        "Am So., 1. Feb. 2026 um 20:00 Uhr schrieb Clinic <hello@example.com>:\n> Schreiben Sie!",
        "Le dim. 1 févr. 2026 à 20:00, Clinic <hello@example.com> a écrit :\n> Écrivez-nous !",
        "> Write to us!\n> Anna Berg, 01632 960123",
    ],
)
def test_what_stands_under_the_form_is_never_published(below: str) -> None:
    found = read(mail(f"{FILLED_IN}\n{below}\n"))
    assert (found.words, found.name, list(found.missing())) == (WORDS, "Anna", [])


@pytest.mark.parametrize(
    ("body", "words", "why"),
    [
        (f"{FILLED_IN}\nThe second exercise helped, too.\n", WORDS, "“The second exercise helped, too.” stands under"),
        (f"{FORM}\nThe second one helped.\n", "The second one helped.", "its words stand under the form"),
        (f"{WORDS}\n\nAnna\nBerg & Sons\n\n{FORM}", f"{WORDS}\n\nAnna\nBerg & Sons", "end with a signature"),
        (
            f"{WORDS}\nKind regards,\nAnna\nAcme\n\n{FORM}",
            f"{WORDS}\nKind regards,\nAnna\nAcme",
            "end with a signature",
        ),
        (f"{WORDS}\nAnna Berg\n\n{FORM}", f"{WORDS}\nAnna Berg", "hold the sender's other name (Berg)"),
        (f"{WORDS}\nAnna Marlow\n\n{FORM}", f"{WORDS}\nAnna Marlow", "its words end with “Anna Marlow”"),
        (f"{WORDS} Call 01632 960123.\n\n{FORM}", f"{WORDS} Call 01632 960123.", "its words hold 01632 960123"),
        (f"{WORDS} a@b.example\n\n{FORM}", f"{WORDS} a@b.example", "its words hold a@b.example"),
        (f"{WORDS}\n\n{FORM}Name to show: Berg\n", WORDS, "the line “Name to show” is there twice"),
        (f"Name to show: Anna\n{WORDS}\n{FORM}", WORDS, "some of its words stand between the lines of the form"),
        (FILLED_IN.replace("Anna", "anna@example.com"), WORDS, "the name is an e-mail address or a telephone number"),
        (FILLED_IN.replace("Anna", "Anna (not my last name)"), WORDS, "leave only the name in it"),
        (FILLED_IN.replace("Anna", ""), WORDS, "no name to show was given, and “Anna” is from the e-mail's sender"),
        (FILLED_IN.replace(": yes", ": yes, but not my town"), WORDS, "about consent is “yes, but not my town”"),
        (FILLED_IN.replace(": yes", ": "), WORDS, "there is no consent"),
        (FILLED_IN.replace(": yes", ": No"), WORDS, "the person does not agree"),
        (f"Yes, do!\n\nOn 1 Feb 2026, Clinic wrote:\n{marked(FILLED_IN)}", WORDS, "answered it, with “Yes, do!”"),
    ],
)
def test_a_doubt_makes_a_draft_that_says_why(body: str, words: str, why: str) -> None:
    found = read(mail(body))
    assert found.words == words
    assert any(why in reason for reason in found.missing()), list(found.missing())
    assert "Berg" not in found.name


@pytest.mark.parametrize("kind", FORWARDS)
def test_a_message_that_was_sent_on_is_read_as_it_was_sent(kind: str) -> None:
    found = read(FORWARDS[kind])
    assert (found.words, found.name, found.article, list(found.missing())) == (WORDS, "Anna", "shoes", [])
    assert found.date
    assert f"{found.date:%Y-%m-%d %H:%M}" == "2026-02-01 20:00"


def test_a_message_without_a_form_that_was_sent_on_is_a_draft_with_the_first_name_of_its_sender() -> None:
    found = read(mail(f"FYI\n\n{GMAIL_HEAD}{WORDS}\n\n-- \nAnna Berg\n", "Fwd: x", sender="Rosa Quill <r@example.com>"))
    assert (found.words, found.name, found.article) == (WORDS, "Anna", "Shoes")
    assert any("no consent" in reason for reason in found.missing())


@pytest.mark.parametrize("kind", SERVICE_MAILS)
def test_the_e_mail_of_a_form_service_is_read(kind: str) -> None:
    found = read(SERVICE_MAILS[kind])
    assert (found.words, found.name, found.article, found.consent) == (KIT["comment"], "Kit", "shoes", True)
    assert list(found.missing()) == []


def test_a_comment_that_ends_the_e_mail_of_a_service_ends_at_its_footer_or_is_doubtful() -> None:
    fields = "name: Kit\narticle: shoes\nconsent: yes\ncomment: Mine too.\n\n"
    assert read(mail(f"{fields}Submitted at 9:10 PM\n")).words == "Mine too."
    assert any("other lines" in why for why in read(mail(f"{fields}Your Form Team\n")).missing())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (WINDOWS, "Schön – “gut”."),
        (WINDOWS.replace(b"windows-1252", b"iso-8859-1"), "Schön – “gut”."),
        (WINDOWS.replace(b"; charset=windows-1252", b""), "Schön – “gut”."),
        (mail("Schön.\n\n" + FORM).replace(b"charset=utf-8", b"charset=x-unknown"), "Schön."),
        (mail("Dobře.\n\n" + FORM, charset="iso-8859-2"), "Dobře."),
        (mail("Dobře.\n\n" + FORM, charset="utf-16"), "Dobře."),
        (mail(FILLED_IN).replace(b"\n", b"\r\n"), WORDS),
        (mail(f"{WORDS} \nTruly.\n\n{FORM}", kind="text/plain; format=flowed"), f"{WORDS} Truly."),
        (mail(f"{WORDS}\n\nName to show: \nMay we publish it with this name? (yes/no): \nArticle: shoes\n",
              kind="text/plain; format=flowed"), WORDS),
        (mail(FILLED_IN.replace("name? (yes", "name?\n(yes")), WORDS),
        (mail(FILLED_IN.replace("show: A", "show:\nA").replace("): y", "):\ny")), WORDS),
        (mail(FILLED_IN.replace("Name to show:", "*Name to show:*")), WORDS),
        (b"1234\n" + mail(FILLED_IN) + b"<?xml version='1.0'?><plist></plist>", WORDS),
        (FILLED_IN.encode(), WORDS),
        (FILLED_IN.encode("utf-16"), WORDS),
        (mail(f"CAUTION: This e-mail is from outside of your organisation.\n{FILLED_IN}"), WORDS),
    ],
)  # fmt: skip
def test_an_e_mail_is_read_however_it_was_written(data: bytes, words: str) -> None:
    found = read(data)
    assert (found.words, found.name, found.article) == (words, "Anna", "shoes")


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_an_e_mail_is_read_however_it_was_encoded(encoding: str) -> None:
    text = f"Schön.\n\n{FORM}".encode()
    body = (base64.encodebytes(text) if encoding == "base64" else quopri.encodestring(text)).decode()
    head = f"Content-Transfer-Encoding: {encoding}\nMIME-Version".encode()
    found = read(mail(body).replace(b"MIME-Version", head))
    assert (found.words, list(found.missing())) == ("Schön.", [])


def test_what_could_not_be_decoded_is_a_draft() -> None:
    broken = base64.encodebytes(FILLED_IN.encode()).decode().replace("\n", "!\n", 1)
    data = mail(broken).replace(b"MIME-Version", b"Content-Transfer-Encoding: base64\nMIME-Version")
    assert any("could not be read" in why for why in read(data).missing())


def test_the_part_that_has_the_form_is_read() -> None:
    html = FILLED_IN.replace("\n", "<br>")
    parts = {"text/plain": "This e-mail is in HTML.", "text/html": html}
    body = "".join(f"--b\nContent-Type: {kind}; charset=utf-8\n\n{text}\n" for kind, text in parts.items())
    assert read(mail(f"{body}--b--\n", kind="multipart/alternative; boundary=b")).words == WORDS


def test_each_of_several_messages_sent_on_in_one_e_mail_is_read() -> None:
    sent_on = "\n".join(f"{GMAIL_HEAD}{word}.\n\n{FORM}" for word in ("One", "Two", "Three"))
    received = read_messages(mail(f"These came today.\n\n{sent_on}", "Fwd: x"))
    assert [(one.where, one.found.words) for one in received if isinstance(one.found, Submission)] == [
        ("message 1", "One."), ("message 2", "Two."), ("message 3", "Three."),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["", "Content-Disposition: attachment\n"])
def test_each_e_mail_attached_to_one_is_read(head: str) -> None:
    inner = [mail(f"{word}.\n\n{FORM}").decode() for word in ("One", "Two", "Three")]
    attached = "".join(f"--b\nContent-Type: message/rfc822\n{head}\n{text}\n" for text in inner)
    body = f"--b\nContent-Type: text/plain\n\nThese came today.\n{attached}--b--\n"
    received = read_messages(mail(body, kind="multipart/mixed; boundary=b"))
    assert [one.found.words for one in received if isinstance(one.found, Submission)] == ["One.", "Two.", "Three."]


def test_each_e_mail_of_a_mailbox_is_read_at_its_line() -> None:
    one, two = (mail(f"{word}\n>From here.\n\n{FORM}") for word in ("One", "Two"))
    received = read_messages(b"From a Mon Feb  2 21:10:00 2026\n" + one + b"\nFrom b Mon Feb  2 21:11:00 2026\n" + two)
    assert [(r.where, r.found.words) for r in received if isinstance(r.found, Submission)] == [
        ("line 1", "One\nFrom here."),
        ("line 16", "Two\nFrom here."),
    ]


@pytest.mark.parametrize(
    ("answer", "agreed", "first_only"),
    [
        ("yes", True, False), ("Yes, please!", True, False), ("y", True, False), ("OK, thank you", True, False),
        ("Yes of course, with this name", True, False), ("no", False, False), ("No thanks", False, False),
        ("", None, False), ("maybe", None, False), ("yes but not my town", None, False), ("no problem", None, False),
        ("yes, first name only", None, True), ("Yes, but only my first name please", None, True),
        ("yes, first name only and not my town", None, False), ("yes unless my boss reads it", None, False),
    ],
)  # fmt: skip
def test_a_yes_with_a_condition_is_no_consent_but_for_the_first_name(
    answer: str, *, agreed: bool | None, first_only: bool
) -> None:
    assert (parse_consent(answer), asks_for_first_name(answer)) == (agreed, first_only)


def test_consent_for_the_first_name_shows_that_alone() -> None:
    body = FILLED_IN.replace("Anna", "Anna Berg").replace(": yes", ": yes, first name only")
    found = read(mail(body))
    assert (found.name, found.public_name, list(found.missing())) == ("Anna", "Anna", [])
    assert "first name" in found.notes[0]


@pytest.mark.parametrize(
    ("sender", "name"),
    [("Anna Berg", "Anna"), ("Berg, Anna", "Anna"), ("Anna", "Anna"), ("a.berg@example.com", ""),
     ("Dr. Anna Berg", "Anna"), ("", ""), ("01632 960123", "")],
)  # fmt: skip
def test_of_a_sender_only_the_first_name_is_taken(sender: str, name: str) -> None:
    assert first_name(sender) == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("01632 960123", True), ("+353 1 555 0123", True), ("(01632) 960 123", True), ("0049 30 901820", True),
        ("in 2019 and 2020", False), ("on 2026-02-02 at 20:10", False), ("02/02/2026", False),
        ("3 x 12, then 15", False), ("500 000 steps", False), ("1.5 km", False),
    ],
)  # fmt: skip
def test_telephone_numbers_are_told_from_other_numbers(text: str, *, found: bool) -> None:
    assert bool(phones_in(text)) == found


@pytest.mark.parametrize(
    "sender",
    ["Anna Berg <a@example.com>", '"Berg, Anna" <a@example.com>', "anna.berg@example.com", "<anna_berg1@example.com>",
     "=?utf-8?q?Anna_Berg?= <a@example.com>", "Anna Berg"],
)  # fmt: skip
def test_a_last_name_is_known_however_the_sender_is_written(sender: str) -> None:
    found = read(mail(f"{WORDS} My husband, Mr Berg, too.\n\n{FORM}", sender=sender))
    assert any("other name (Berg)" in why for why in found.missing())
    assert read(mail(WORDS, sender=sender)).name in {"Anna", ""}


def test_the_name_that_was_agreed_to_may_stand_in_the_words() -> None:
    assert last_names_in("Yours, Anna Berg", "Anna Berg", "Anna Berg") == []
    assert last_names_in("Yours, Anna Berg", "Anna Berg", "Anna") == ["Berg"]
    assert last_names_in("An iceberg", "Anna Berg", "Anna") == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Mon, 2 Feb 2026 21:10:00 +0100", "2026-02-02T21:10:00+01:00"),
        ("2026-02-02T20:10:00.000Z", "2026-02-02T20:10:00+00:00"),
        ("2026-02-02 20:10:00 UTC", "2026-02-02T20:10:00+00:00"),
        ("1770063000", "2026-02-02T20:10:00+00:00"),
        ("Mon, Feb 2, 2026 at 8:10 PM", "2026-02-02T20:10:00"),
        ("On Monday, February 2nd, 2026 at 20:10", "2026-02-02T20:10:00"),
        ("So., 2. Feb. 2026 um 20:10 Uhr", "2026-02-02T20:10:00"),
        ("Monday, February 2, 2026 12:10 AM", "2026-02-02T00:10:00"),
        ("2 February 2026 at 20:10:00 GMT", "2026-02-02T20:10:00+00:00"),
        ("Montag, 2. Februar 2026 20:10", "2026-02-02T20:10:00"),
        ("lundi 2 février 2026 20:10", "2026-02-02T20:10:00"),
        ("lunes, 2 de febrero de 2026 20:10", "2026-02-02T20:10:00"),
        ("2/3/2026", None), ("0001-01-01", None), ("Mon, 99 Feb 2026", None), ("yesterday", None), ("", None),
        ("Mon, 2 Feb 2026 21:10:00 +99999999", "2026-02-02T21:10:00"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_and_programs_write_them(text: str, date: str | None) -> None:
    assert parse_date(text) == (datetime.fromisoformat(date) if date else None)


def test_a_date_in_a_forward_has_the_zone_it_says() -> None:
    found = read(mail(f"Begin forwarded message:\n\n{marked(APPLE_HEAD + FILLED_IN)}", "Fwd: x"))
    assert found.date == datetime(2026, 2, 1, 20, 0, tzinfo=UTC)
