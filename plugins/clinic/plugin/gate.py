"""The gate between reading and writing: everything has been read, nothing has been written. It changes nothing."""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from clinic.content.clinic import HOURS_KEYS
from clinic.content.diagnostics import Diagnostic, Diagnostics, Severity, write_report
from clinic.content.documents import Document, State
from clinic.content.front_matter import slug_of
from clinic.domain.checks.hours import bank_holiday_reminders
from clinic.domain.pages.default_pages import IMPRINT, missing_in_imprint
from clinic.domain.pages.urls import article_path, duplicate_address_message
from clinic.domain.schedule import day_reviewed, review_due
from clinic.models.legal import imprint_law
from clinic.models.suggestions import did_you_mean
from clinic.plugin.adapter import body_of
from clinic.plugin.comments import stray_comments
from clinic.plugin.context import Context
from clinic.plugin.copied_files import unlinked
from clinic.plugin.home import empty_diagnostics, text_diagnostics
from clinic.plugin.index import Index
from clinic.plugin.links import LinkCheck, file_meant
from clinic.plugin.other_files import names_elsewhere, static_conflicts, unread_files
from clinic.plugin.pelican_types import Content
from clinic.plugin.related import series_clashes
from clinic.rendering.dates import day, month
from clinic.rendering.markdown.lint import lint_values

_REQUIRED_PAGES = ("home", "blog", "contact", "book", "privacy", "accessibility", "not-found")


def validate(context: Context, index: Index) -> Iterator[Diagnostic]:
    """Everything that is wrong, or worth knowing, once all has been read and related."""
    yield from validate_language(context, index)
    yield from context.faults
    named = (file_meant(content, reference.url) for content in index.contents for reference in content.read.references)
    yield from unlinked(context, index.copied, filter(None, named))
    yield from LinkCheck(context, index.library).notices()
    yield from index.menus.diagnostics
    yield from empty_diagnostics(context, has_articles=bool(index.listed))
    yield from _addresses_to_come(context)
    yield from _reminders(context, index)
    yield from _trial(context)
    yield from missing_pages(context, index)
    yield from static_conflicts(context, index)


def validate_all(context: Context, indexes: Sequence[Index]) -> Iterator[Diagnostic]:
    """What can be said only once all languages are known; ``context`` is that of the clinic's own."""
    yield from stray_comments(context, [article for index in indexes for article in index.articles])
    yield from unread_files(context, indexes)
    yield from names_elsewhere(context, indexes)


def validate_language(context: Context, index: Index) -> Iterator[Diagnostic]:
    """What is wrong with the pages in one language; what is of the whole site is told with the clinic's own."""
    links = LinkCheck(context, index.library)
    broken: defaultdict[str, set[str]] = defaultdict(set)
    for link in index.broken_links:
        broken[link.content.read.key].add(link.url)
        yield link.diagnostic
    for content in index.contents:
        yield from of_page(context, links, content, broken[content.read.key])
    yield from (alias.diagnostic for alias in index.aliases if alias.diagnostic)
    yield from (
        content.read.document.error(("slug",), duplicate_address_message(content.url, other))
        for content, other in index.twins
    )
    yield from index.site_images.diagnostics
    yield from index.files.diagnostics
    yield from series_clashes(index.listed)  # of a copy nothing more is said
    yield from _marked_values(context)


def of_page(context: Context, links: LinkCheck, content: Content, broken: Collection[str]) -> Iterator[Diagnostic]:
    """What is wrong with one page beside its links; ``broken`` are the addresses that have their diagnostics."""
    yield from links.images(content, broken)
    yield from links.article_lists(content)
    yield from text_diagnostics(context, content.read, body_of(content))
    yield from _overdue_review(context, content)


def report(
    diagnostics: Diagnostics,
    settings: dict[str, Any],
    *,
    go_on: bool,
    printed: Collection[Diagnostic] = (),
    end: str = "Nothing was written.",
) -> None:
    """Print diagnostics, leave them for the commands, and stop on errors unless the preview can ``go_on``.

    What was ``printed`` before is not printed again; ``end`` says what has become of the site. Raises SystemExit(1),
    which Pelican lets through without a traceback.
    """
    if target := settings.get("CLINIC_PROBLEMS_FILE"):
        write_report(Path(target), diagnostics)
    errors = [error for error in diagnostics.errors if error not in printed]
    stops = bool(errors) and not go_on
    lines = [*_lines(errors, more=len(errors) < len(diagnostics.errors), end=end if stops else "")]
    lines += [str(warning) for warning in diagnostics.warnings if warning not in printed]
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    if stops:
        raise SystemExit(1)


def _lines(errors: Collection[Diagnostic], *, more: bool, end: str) -> Iterator[str]:
    count = len(errors)
    if not count:
        return
    yield f"\n{count}{' more' if more else ''} problem{'s' if count > 1 else ''} to mend:\n"
    yield from map(str, errors)
    if end:
        yield f"\n{end} Mend {'these' if count > 1 else 'this'}, then try again."


def _overdue_review(context: Context, content: Content) -> Iterator[Diagnostic]:
    """Everything published whose review is overdue; it is still shown, so nothing stops."""
    document = content.read.document
    reviewed, due = day_reviewed(document.front_matter), review_due(document.front_matter, context.clinic)
    if reviewed and due and due < context.now.date():
        message = f"this was reviewed on {day(reviewed)} and was due again by {month(due)}; check what it says, then"
        yield document.warning(("reviewed",), f'{message} change "reviewed"')


def _addresses_to_come(context: Context) -> Iterator[Diagnostic]:
    """Addresses that two articles will have: on the day both are there, the site would not be built.

    A draft may never be published, so for drafts it is a warning. What has expired may give its address to another.
    """
    documents = [found for found in context.content.articles.values() if found.state is not State.EXPIRED]
    taken: dict[str, Document[Any]] = {}
    for document in sorted(documents, key=lambda document: document.age):
        other = taken.setdefault(document.slug, document)
        # of two that are both shown, one is among the twins of the index
        shown = all(found.state.is_public or context.preview for found in (document, other))
        if other is document or shown:
            continue
        message = duplicate_address_message(article_path(document.slug), other.name)
        is_draft = State.DRAFT in {document.state, other.state}
        yield document.warning(("slug",), message) if is_draft else document.error(("slug",), message)


def _reminders(context: Context, index: Index) -> Iterator[Diagnostic]:
    """Bank holidays without hours, what an imprint lacks, and words for the head of a list that is not there."""
    reminders = bank_holiday_reminders(context.clinic, context.now.date())
    # where one of these keys is wrong, what it decides is not known
    is_known = not context.content.clinic_yaml.faulty & HOURS_KEYS
    found = [(each.key_path, each.message) for each in reminders if is_known]
    law, missing = imprint_law(context.clinic.country), missing_in_imprint(context.clinic)
    if law and missing and IMPRINT in context.content.generated and context.content.holds:
        message = f"the imprint that {law} asks for is not whole; add {'; '.join(missing)}"
        found.append(((), f"{message}; or write pages/imprint.md yourself"))
    listed = set(map(slug_of, index.list_names))
    for subject in context.clinic.subjects:
        if slug_of(subject) not in listed:
            near = did_you_mean(subject, index.list_names)
            message = f'subjects: no published article has the category or tag "{subject}"{near}'
            found.append((("subjects", subject), message))
    facts = context.content.clinic_yaml
    return (Diagnostic(facts.name, facts.line(path), message, Severity.WARNING) for path, message in found)


def _trial(context: Context) -> Iterator[Diagnostic]:
    """A clinic whose published site is a trial without knowing it would vanish from search engines."""
    if context.public or context.preview:
        return
    facts = context.content.clinic_yaml
    message = f"this site is for {context.address.public}, so search engines are asked to leave it out as a trial"
    advice = "if it is the clinic's own address, write it here"
    yield Diagnostic(facts.name, facts.line(("url",)), f"{message}; {advice}", Severity.WARNING)


def _marked_values(context: Context) -> Iterator[Diagnostic]:
    """Markdown and HTML in the facts, but for the codes of search engines, which may be pasted as whole elements."""
    facts = context.content.clinic_yaml
    shown = {key: value for key, value in facts.written.value.items() if key != "verification"}
    yield from (Diagnostic(facts.name, facts.line(path), message) for path, message in lint_values(shown))


def missing_pages(context: Context, index: Index) -> Iterator[Diagnostic]:
    """Pages that other pages link to and that are not published, or at another address."""
    by_key = {page.read.document.page_key: page for page in index.all_pages}
    wanted = [*_REQUIRED_PAGES]
    wanted += ["services"] if context.clinic.services else []
    wanted += ["team"] if context.clinic.team else []
    for key in [*(f"pages/{name}.md" for name in wanted), *context.content.generated]:
        yield from _missing_page(context, key, by_key.get(key))


def _missing_page(context: Context, key: str, page: Content | None) -> Iterator[Diagnostic]:
    document = context.content.by_page[key]
    if page is None or document.state is not State.PUBLISHED:
        yield Diagnostic(document.name, 1, 'other pages link to this one; remove "status" from its header')
    elif document.slug != document.stem:
        yield document.error(("slug",), 'other pages link to this one at its usual address; remove "slug"')
