"""The catalogues of words, brought up to date with the templates and the code.

``python -m tests.docs.words --write`` (``make words``) writes ``theme/locale/messages.pot`` from every message, and
gives each catalogue the messages that are new; a translation whose English has changed is marked as doubtful (fuzzy),
and not shown. A catalogue of another English has only what differs. Without ``--write`` it names the files that are
out of date and exits with 1.
"""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext

from clinic.models.words import LOCALE, TEMPLATE
from tests.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRANSLATORS = "Translators:"
"""How a comment to translators begins."""
_KEYWORDS = {**DEFAULT_KEYWORDS, "counts_in_words": (1, 2)}
_NOT_SHOWN = ("examples", "styleguide")
"""Folders of templates that no visitor sees."""
_HEADER = "# {} of the site: every message is named by its English (clinic/models/words.py).\n#"


def template() -> Catalog:
    """Every message of the templates and the code, with the files it stands in."""
    found = Catalog(project="clinic-site", header_comment=_HEADER.format("The words"), fuzzy=False)
    for path in _sources():
        name = path.relative_to(ROOT).as_posix()
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        options = {} if path.suffix == ".py" else {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
        with path.open("rb") as file:
            messages = extract(method, file, _KEYWORDS, [TRANSLATORS], options)
            for _, message, comments, context in messages:
                said = [comment.removeprefix(TRANSLATORS).strip() for comment in comments]
                found.add(message, locations=[(name, 0)], auto_comments=said, context=context)
    return found


def _sources() -> Iterator[Path]:
    templates = ROOT / "theme" / "templates"
    for path in sorted((*templates.rglob("*.html"), *templates.rglob("*.css"))):
        if path.relative_to(templates).parts[0] not in _NOT_SHOWN:
            yield path
    yield from sorted((ROOT / "plugins" / "clinic").rglob("*.py"))


def catalogue(path: Path, messages: Catalog) -> Catalog:
    """A catalogue with all messages, or, of another English, with those that differ."""
    tag = path.parts[-3]
    locale = Locale.parse(tag, sep="-")
    with path.open("rb") as file:
        found = read_po(file, locale=locale)
    found.mime_headers = [*found.mime_headers, ("Plural-Forms", to_gettext(locale.plural_form))]
    found.update(messages, no_fuzzy_matching=True, update_header_comment=False)
    found.obsolete.clear()
    if locale.language == "en":
        for message in [message for message in found if message.id and not any(_texts(message.string))]:
            found.delete(message.id, message.context)
    return found


def _texts(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (str(string or ""),)


def written(found: Catalog) -> str:
    """The text of the file: without dates, line numbers and names, so that it changes with its words alone."""
    data = BytesIO()
    write_po(data, found, width=120, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    kept = (line for line in data.getvalue().decode().splitlines(keepends=True) if not line.startswith(_DATED))
    return "".join(kept)


_DATED = (
    '"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Generated-By', '"Report-Msgid', '"Project-Id',
    '"Language-Team',
)  # fmt: skip


def files() -> Iterator[tuple[Path, str]]:
    """Every file of words, with the text that it should have."""
    messages = template()
    yield TEMPLATE, written(messages)
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/messages.po")):
        yield path, written(catalogue(path, messages))


def main() -> int:
    """Write the catalogues, or say which are old."""
    old = [(path, text) for path, text in files() if not path.exists() or path.read_text("utf-8") != text]
    for path, text in old:
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
        if "--write" in sys.argv:
            path.write_text(text, "utf-8", newline="")
    return int(bool(old) and "--write" not in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
