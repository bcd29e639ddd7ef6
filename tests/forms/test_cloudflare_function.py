"""The function for Cloudflare Pages: what it sends, whom it thanks, what it refuses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright._impl._driver import compute_driver_executable

from clinic.domain.comments.mail_form import EmailComment, parse_email_comment
from tests.site import ROOT

NODE = compute_driver_executable()[0]
"""The one that the browser's driver brings along."""
FUNCTION = ROOT / "plugins" / "clinic" / "hosts" / "cloudflare" / "functions" / "api" / "contact.js"
CALL = Path(__file__).with_name("call_function.mjs")


@pytest.fixture(scope="module")
def function(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The function as a module: Cloudflare takes every .js there for one, Node by its ending."""
    copy = tmp_path_factory.mktemp("function") / "contact.mjs"
    copy.write_text(FUNCTION.read_text("utf-8"), "utf-8")
    return copy.as_uri()


def answer_to(function: str, form: dict[str, str], **how: object) -> dict[str, Any]:
    """What it answers at last, and what it sent; ``how`` as in call_function.mjs."""
    command = [NODE, str(CALL), function, json.dumps(form), json.dumps(how)]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=30, check=True)
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def test_a_message_is_sent_and_its_writer_thanked(function: str) -> None:
    answer = answer_to(function, {"name": "Ann\nBcc: x", "email": "ann@example.com", "preferred_time": "mornings"})
    assert (answer["status"], answer["location"]) == (303, "https://clinic.example.com/contact/thank-you/")
    [message] = answer["sent"]
    assert message["text"] == "name: Ann Bcc: x\nemail: ann@example.com\npreferred time: mornings"
    assert (message["subject"], message["reply_to"]) == ("Message from Ann Bcc: x", "ann@example.com")
    assert (message["to"], message["authorization"]) == (["hello@clinic.example.com"], "Bearer secret")


def test_a_robot_is_thanked_and_nothing_is_sent(function: str) -> None:
    answer = answer_to(function, {"name": "Bot", "email": "bot@example.com", "website": "https://spam.example.com"})
    assert (answer["status"], answer["sent"]) == (303, [])


def test_nobody_who_cannot_be_reached_is_thanked(function: str) -> None:
    answer = answer_to(function, {"name": "Ann", "preferred_time": "mornings"})
    assert (answer["status"], answer["sent"]) == (400, [])
    assert "phone number or an e-mail" in answer["words"]


@pytest.mark.parametrize("mailer", ["down", "gone"])
def test_a_message_that_could_not_be_sent_is_not_thanked_for(function: str, mailer: str) -> None:
    answer = answer_to(function, {"name": "Ann", "phone": "07700 900123"}, mailer=mailer)
    assert answer["status"] == 502
    assert "call us" in answer["words"]


def test_what_failed_is_told_in_the_words_that_the_form_brings(function: str) -> None:
    words = {"if_incomplete": "Bitte zurück!", "if_not_sent": "Bitte rufen Sie an."}
    assert answer_to(function, {"name": "Ann", **words})["words"] == "Bitte zurück!"
    assert answer_to(function, {"name": "Ann", "phone": "1", **words}, mailer="down")["words"] == "Bitte rufen Sie an."


def test_a_comment_is_sent_as_the_clinic_takes_it_in(function: str) -> None:
    form = {"name": "Zoë", "comment": "One.\n\nTwo.", "consent": "yes", "article": "ankles", "in_reply_to": "jo"}
    answer = answer_to(function, form)
    [message] = answer["sent"]
    assert (answer["status"], message["subject"], message.get("reply_to")) == (303, "Comment from Zoë", None)
    assert parse_email_comment(message["text"]) == EmailComment("One.\n\nTwo.", "Zoë", True, "jo", "ankles")


ANN = {"name": "Ann", "phone": "07700 900123"}
MULTIPART = "multipart/form-data; boundary=x"


@pytest.mark.parametrize(
    ("status", "how"),
    [
        (415, {"headers": {"content-type": "application/json"}, "body": '{"name": "Ann"}'}),
        (415, {"headers": {"content-type": "text/plain"}, "body": "name=Ann"}),
        (400, {"headers": {"content-type": MULTIPART}, "body": "--x\r\nContent-Disposition: form-da"}),
        (400, {"headers": {"content-type": "multipart/form-data"}, "body": "name=Ann"}),
        (413, {"body": "name=" + "a" * 100_001, "headers": {"content-type": "application/x-www-form-urlencoded"}}),
    ],
    ids=["JSON", "text", "broken off", "without a boundary", "too large"],
)
def test_what_no_form_sends_is_asked_to_call_and_nothing_is_sent(
    function: str, status: int, how: dict[str, object]
) -> None:
    answer = answer_to(function, {}, **how)
    assert (answer["status"], answer["sent"]) == (status, [])
    assert "Please call us" in answer["words"]


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://elsewhere.example"}, {"origin": "null"}, {"origin": "http://clinic.example.com"}],
    ids=["elsewhere", "nowhere", "unencrypted"],
)
def test_only_forms_of_the_site_itself_are_taken(function: str, headers: dict[str, str]) -> None:
    answer = answer_to(function, ANN, headers=headers)
    assert (answer["status"], answer["sent"]) == (403, [])
    assert "call us" in answer["words"]


def test_a_form_of_the_site_itself_is_taken(function: str) -> None:
    assert answer_to(function, ANN, headers={"origin": "https://clinic.example.com"})["status"] == 303


def test_nobody_sends_more_than_a_few_messages_at_once(function: str) -> None:
    answer = answer_to(function, ANN, calls=8)
    assert (answer["status"], len(answer["sent"])) == (429, 5)
    assert "call us" in answer["words"]


@pytest.mark.parametrize("email", ["ann", "ann@example", "a b@example.com", "Ann <ann@example.com>", "a@b.c, d@e.fg"])
def test_an_address_that_is_none_is_left_out_and_never_the_message(function: str, email: str) -> None:
    answer = answer_to(function, {"name": "Ann", "email": email})
    [message] = answer["sent"]
    assert answer["status"] == 303
    assert "reply_to" not in message
    assert email in message["text"]
