"""What follows the owner's words and is part of the body of a page or an article."""

import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from clinic.content.documents import Document
from clinic.domain.booking.call_to_action import call_to_action_for
from clinic.domain.booking.provider_links import Origin
from clinic.domain.booking.routing import Subject
from clinic.domain.pages.default_pages import IMPRINT
from clinic.models.articles import ArticleFrontMatter
from clinic.models.legal import data_protection
from clinic.models.service import ServiceFrontMatter
from clinic.models.types import TextList
from clinic.plugin.context import Context
from clinic.plugin.records import exercise_of, films
from clinic.rendering.markdown.components import BOOK_PAGE, approved_care_card
from clinic.rendering.markdown.renderer import Rendered
from clinic.rendering.typography import with_true_signs

_PRIVACY_PAGE = "pages/privacy.md"
_STATEMENTS = {
    _PRIVACY_PAGE: "privacy_statement",
    "pages/accessibility.md": "accessibility_statement",
    IMPRINT: "imprint",
}
"""The component that has the words of a page without any of the owner's."""
_PLAYER = re.compile(r"\b(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com)/", re.IGNORECASE)


def after_page(context: Context, document: Document[Any], rendered: Rendered) -> Iterator[str]:
    """The words of a page that the owner leaves empty; what the site loads from others; the film of an exercise.

    Of a service, when to seek help with the conditions that it is for.
    """
    if isinstance(document.front_matter, ServiceFrontMatter):
        yield from _care_cards(context, document.front_matter.conditions, rendered)
    statement = _STATEMENTS.get(document.page_key)
    if statement and not document.file.body.strip():
        yield context.components.render(statement, **_statement_facts(context))
    exercise = exercise_of(context, document)
    if exercise and exercise.video:
        heading = with_true_signs(exercise.title)
        yield context.components.render("video", video=exercise.video, heading=heading, body=Markup(""))
    if document.page_key == _PRIVACY_PAGE and context.clinic.third_parties:
        yield context.components.render("third_parties", parties=context.clinic.third_parties)


def _statement_facts(context: Context) -> dict[str, Any]:
    """What is switched on, for pages that say what this site does."""
    clinic = context.clinic
    players = any(map(_has_player, context.content.documents.values()))
    return {"clinic": clinic, "protection": data_protection(clinic.country), "has_players": players}


def _has_player(document: Document[Any]) -> bool:
    return bool(_PLAYER.search(document.file.body)) or any(film.player for _, film in films(document))


def _care_cards(context: Context, conditions: TextList, rendered: Rendered) -> Iterator[str]:
    """Those that a text about these conditions must carry, unless it shows them itself."""
    shown = {directive.option("card") for directive in rendered.directives}
    for slug, card in context.clinic.care_cards_for(conditions).items():
        if slug not in shown:
            yield approved_care_card(context.clinic, context.components.render, card)


def after_text(
    context: Context, front_matter: ArticleFrontMatter, rendered: Rendered, subject: Subject, path: str
) -> Iterator[str]:
    """What follows the text of an article and is part of its body, so that feeds have it too.

    The care cards that an article on these conditions must carry, unless it shows them itself; a call to action, where
    it has none of its own; what it leans on.
    """
    clinic, render = context.clinic, context.components.render
    yield from _care_cards(context, front_matter.conditions, rendered)
    if front_matter.booking != "none" and all(directive.name != "booking" for directive in rendered.directives):

        def invitation() -> Markup:
            action = call_to_action_for(clinic, BOOK_PAGE, subject=subject, origin=Origin(path, "foot"))
            return render("call_to_action", heading=None, body=Markup(""), action=action)

        shown_at = path if clinic.booking.campaign else ""  # only then its links say where it stands
        yield context.components.once(("call_to_action", subject.key, shown_at), invitation)
    if front_matter.references:
        yield render("references", citations=front_matter.references)
