"""E-mails and form messages as programs and services write them, each with a comment in it."""

from __future__ import annotations

FORM = "Name to show: Anna\nMay we publish it with this name? (yes/no): yes\nArticle: shoes\n"
WORDS = "Lovely article, thank you."
FILLED_IN = f"{WORDS}\n\n{FORM}"
SIGNATURE = "Anna Berg\nHead of Sales | Berg & Sons Ltd\nT: 01632 960123\nwww.berg.example.com\n"
SENDER = "Anna Berg <anna.berg@example.com>"


def mail(
    body: str,
    subject: str = "Comment on: Shoes",
    kind: str = "text/plain",
    charset: str = "utf-8",
    sender: str = SENDER,
) -> bytes:
    """An e-mail with this body."""
    head = (
        f"From: {sender}\nTo: hello@example.com\nSubject: {subject}\nDate: Mon, 2 Feb 2026 21:10:00 +0000\n"
        f"MIME-Version: 1.0\nContent-Type: {kind}; charset={charset}\n\n"
    )
    return head.encode() + body.encode(charset)


def marked(text: str) -> str:
    """A text as a quotation."""
    return "".join(f"> {line}\n" for line in text.splitlines())


GMAIL_HEAD = (
    "---------- Forwarded message ---------\nFrom: Anna Berg <anna@example.com>\nDate: Sun, Feb 1, 2026 at 8:00 PM\n"
    "Subject: Comment on: Shoes\nTo: <hello@example.com>\n\n\n"
)
APPLE_HEAD = (
    "From: Anna Berg <anna@example.com>\nSubject: Comment on: Shoes\nDate: 1 February 2026 at 20:00:00 GMT\n"
    "To: hello@example.com\n\n"
)
OUTLOOK_HEAD = (
    "From: Anna Berg <anna@example.com>\nSent: 01 February 2026 20:00\nTo: hello@example.com <hello@example.com>\n"
    "Subject: Comment on: Shoes\n\n"
)
GERMAN_HEAD = (
    "Von: Anna Berg <anna@example.com>\nGesendet: Sonntag, 1. Februar 2026 20:00\nAn: hello@example.com\n"
    "Betreff: Comment on: Shoes\n\n"
)
FORWARDS = {
    "gmail": mail(f"FYI\n\n{GMAIL_HEAD}{FILLED_IN}", "Fwd: Comment on: Shoes"),
    "apple": mail(
        f"See below.\n\nSent from my iPhone\n\nBegin forwarded message:\n\n{marked(APPLE_HEAD + FILLED_IN)}", "Fwd: x"
    ),
    "apple on a phone, without marks": mail(f"Begin forwarded message:\n\n{APPLE_HEAD}{FILLED_IN}", "Fwd: x"),
    "outlook": mail(f"Rosa\n\n{'_' * 32}\n{OUTLOOK_HEAD}{FILLED_IN}\n{SIGNATURE}", "FW: x"),
    "outlook without a word above": mail(f"\n{OUTLOOK_HEAD}{FILLED_IN}", "x"),
    "outlook, german": mail(f"Zur Info\n\n{GERMAN_HEAD}{FILLED_IN}\nMit freundlichen Grüßen\nAnna Berg\n", "WG: x"),
    "outlook, original message": mail(f"-----Original Message-----\n{OUTLOOK_HEAD}{FILLED_IN}", "FW: x"),
    "thunderbird": mail(f"\n-------- Forwarded Message --------\n{APPLE_HEAD}{FILLED_IN}", "Fwd: x"),
    "forwarded twice": mail(
        f"{GMAIL_HEAD.replace('Anna', 'Rosa')}Please publish this.\n\n{GMAIL_HEAD}{FILLED_IN}", "Fwd: Fwd: x"
    ),
    "gmail in html": mail(
        '<div dir="ltr"><br><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>'
        "From: <strong>Anna Berg</strong> <span>&lt;anna@example.com&gt;</span><br>"
        "Date: Sun, Feb 1, 2026 at 8:00 PM<br>"
        f"Subject: Comment on: Shoes<br>To: &lt;hello@example.com&gt;<br></div><br>{WORDS}<br><br>"
        f"{'<br>'.join(FORM.splitlines())}</div></div>",
        "Fwd: x",
        "text/html",
    ),
    "outlook in html": mail(
        '<div>FYI</div><hr><div id="divRplyFwdMsg"><b>From:</b> Anna Berg &lt;anna@example.com&gt;<br><b>Sent:</b> '
        "01 February 2026 20:00<br><b>To:</b> hello@example.com<br><b>Subject:</b> Comment on: Shoes<div>&nbsp;</div>"
        f"</div><div>{WORDS}</div>{''.join(f'<p>{line}</p>' for line in FORM.splitlines())}"
        "<p>Anna Berg<br>Berg Ltd</p>",
        "FW: x",
        "text/html",
    ),
    "apple in html": mail(
        '<div>See</div><blockquote type="cite"><div>Begin forwarded message:</div><br><div><b>From: </b>Anna Berg '
        "&lt;anna@example.com&gt;</div><div><b>Subject: </b><b>Comment on: Shoes</b></div><div><b>Date: </b>1 February "
        f"2026 at 20:00:00 GMT</div><br><div>{WORDS}<br><br>{'<br>'.join(FORM.splitlines())}</div></blockquote>",
        "Fwd: x",
        "text/html",
    ),
}

KIT = {
    "article": "shoes",
    "name": "Kit",
    "comment": "Mine too.\n\nTruly.",
    "email": "kit@example.com",
    "consent": "yes",
}
_SERVICE = {"subject": "New submission", "sender": "Forms <noreply@forms.example.com>"}
_INTRO = "Hey there,\n\nSomeone just submitted your form on clinic.example.com. Here's what they had to say:\n\n"
SERVICE_MAILS = {
    "netlify": mail("".join(f"{key}: {value}\n" for key, value in KIT.items()), **_SERVICE),
    "labels in capitals, in another order": mail(
        "".join(f"{key.title()}: {KIT[key]}\n\n" for key in ("name", "comment", "email", "article", "consent")),
        **_SERVICE,
    ),
    "formspree": mail(
        _INTRO
        + "".join(f"{key}:\n{value}\n\n" for key, value in KIT.items())
        + "\nThis form was submitted at 9:10 PM.\n---\n\nYou are receiving this because you confirmed this address.\n",
        **_SERVICE,
    ),
    "formsubmit": mail(
        _INTRO
        + "".join(f"{key}:\n\n{value}\n\n{'_' * 32}\n" for key, value in KIT.items())
        + "\nSubmitted at Mon, Feb 2, 2026 9:10 PM (UTC)\n\nYour friends from,\n\nFormSubmit Team<https://formsubmit.co>\n",
        **_SERVICE,
    ),
    "a table in html": mail(
        "<p>New submission</p><table>"
        + "".join(f"<tr><td><b>{k}</b></td><td>{v.replace(chr(10), '<br>')}</td></tr>" for k, v in KIT.items())
        + "</table><p>You are receiving this because you have a form.</p>",
        kind="text/html",
        **_SERVICE,
    ),
    "paragraphs in html": mail(
        "".join(f"<p><strong>{k}:</strong><br>{v.replace(chr(10), '<br>')}</p>" for k, v in KIT.items()),
        kind="text/html",
        **_SERVICE,
    ),
    "forwarded by the owner": mail(
        "Rosa, what do you think?\n\n"
        + OUTLOOK_HEAD.replace("Anna Berg", "Forms")
        + "".join(f"{key}: {value}\n" for key, value in KIT.items()),
        "FW: New submission",
    ),
    "copied into a file": "".join(f"{key}: {value}\n" for key, value in KIT.items()).encode(),
}
