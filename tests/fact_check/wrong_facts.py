"""Files with wrong facts in them, laid over the full clinic, and the line of each."""

from __future__ import annotations

from tests.site import CLINICS

_FULL = CLINICS / "full"
_ARTICLE = """---
title: Old numbers of ours
summary: Ring 01632 960998 if you are unsure.
image: images/ankle.png
image_alt: A sign that says 07700 900998
---

Call 01632 <b>960</b>999 in the morning, or
write to hello@larkmouth.example.org instead.

[Ring the harbour](tel:01632960997 "or write to old@larkmouth.example.com")
and [write](mailto:harbour@larkmouth.example.net?subject=Hello).
<a href="https://wa.me/447700900997">WhatsApp</a>

## Only £44 until May

| Day      | Hours     |
|----------|-----------|
| Monday   | 9am – 5pm |
| Thursday | 8am – noon |

We are at zz99 3bb, and open until 7pm on Wednesdays. A session costs 49 pounds,
or 47.50 GBP with a friend, and 52 quid on Sundays.

```
reception: 0 1 6 3 2 9 6 0 9 9 6
```

![The door with +44 (0)7700 900996 on it]({static}/images/steps.png)

Rosa is registered: Invented Register of Therapists no. 00124.

<!-- the old number was 01632 960995 -->

/// callout | Our hours
    kind: note
9.30am – 5.30pm
///

/// booking | Ring 01632\u00a0960‑994
    service: sports-therapy
Or [ring 01632 960100](tel:+441632960111).
///
"""
_SERVICE = """---
title: Pilates
summary: From £12 a class.
order: 3
questions:
  - question: What does it cost?
    answer: A class is £13.
---

Small classes on the mat, four people at most.
"""
FILES = {
    "posts/2026-02-20-old-numbers.md": _ARTICLE,
    "services/pilates.md": _SERVICE,
    "pages/first-visit.md": (_FULL / "pages/first-visit.md").read_text("utf-8") + "\nThe bus costs £2.\n",
    "clinic.yaml": (_FULL / "clinic.yaml")
    .read_text("utf-8")
    .replace("Nobody had.", "Nobody had. I rang 01632 960993.")
    .replace("the blue door", "the blue door (ZZ99 1AB)")
    .replace("strapline: Move well, wherever you start", "strapline: Move well, from £39  # once £38"),
}


def _in_clinic_yaml(words: str) -> str:
    before, _, _ = FILES["clinic.yaml"].partition(words)
    return f"content/clinic.yaml:{before.count(chr(10)) + 1}"


ARTICLE, SERVICE = "content/posts/2026-02-20-old-numbers.md", "content/services/pilates.md"
REPORTED = [
    (f"{ARTICLE}:3", "01632 960998", "a number"),
    (f"{ARTICLE}:5", "07700 900998", "a number"),
    (f"{ARTICLE}:8", "01632 960999", "a number"),
    (f"{ARTICLE}:9", "hello@larkmouth.example.org", "an e-mail address"),
    (f"{ARTICLE}:11", "01632960997", "a number"),
    (f"{ARTICLE}:11", "old@larkmouth.example.com", "an e-mail address"),
    (f"{ARTICLE}:12", "harbour@larkmouth.example.net", "an e-mail address"),
    (f"{ARTICLE}:13", "+447700900997", "a number"),
    (f"{ARTICLE}:15", "£44", "a price"),
    (f"{ARTICLE}:19", "9am - 5pm", "an opening time"),
    (f"{ARTICLE}:22", "zz99 3bb", "a postcode"),
    (f"{ARTICLE}:22", "7pm", "an opening time"),
    (f"{ARTICLE}:22", "49 pounds", "a price"),
    (f"{ARTICLE}:23", "47.50 GBP", "a price"),
    (f"{ARTICLE}:23", "52 quid", "a price"),
    (f"{ARTICLE}:26", "0 1 6 3 2 9 6 0 9 9 6", "a number"),
    (f"{ARTICLE}:29", "+44 (0)7700 900996", "a number"),
    (f"{ARTICLE}:31", "00124", "a registration number"),
    (f"{ARTICLE}:37", "9.30am - 5.30pm", "an opening time"),
    (f"{ARTICLE}:40", "01632 960-994", "a number"),
    (f"{SERVICE}:3", "£12", "a price"),
    (f"{SERVICE}:7", "£13", "a price"),
    ("content/pages/first-visit.md:15", "£2", "a price"),
    (_in_clinic_yaml("£39"), "£39", "a price"),
    (_in_clinic_yaml("ZZ99 1AB"), "ZZ99 1AB", "a postcode"),
    (_in_clinic_yaml("01632 960993"), "01632 960993", "a number"),
]
MISLEADING = f'{ARTICLE}:42: this link says "01632 960100" but leads to tel:+441632960111; let both be the same'
