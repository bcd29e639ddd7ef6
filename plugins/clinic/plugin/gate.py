"""The gate between reading and writing: everything has been read, nothing has been written."""

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator

from clinic.content.clinic import CLINIC_FILE
from clinic.content.comments import COMMENTS_FOLDER
from clinic.content.diagnostics import Diagnostic, write_report
from clinic.domain.pages.urls import BLOG, year_path
from clinic.models.suggestions import nearest, same_address
from clinic.plugin.aliases import collect_aliases
from clinic.plugin.context import Run, run_of
from clinic.plugin.images import publish_images
from clinic.plugin.links import Library, check_notices, check_references
from clinic.plugin.reviews import note_overdue_reviews

_REQUIRED_PAGES = ("home", "blog", "contact", "book", "privacy", "accessibility", "not-found")
_READ_FOLDERS = ("posts", "pages", "services", "team", "locations", COMMENTS_FOLDER)
_FLAT_FOLDERS = ("services", "team", "locations")
_NOBODYS = frozenset({"Thumbs.db", "desktop.ini"})


def check(generators: Iterable[Generator], *further: Callable[[Run, Collection[Any], Collection[str]], None]) -> None:
    """Look at everything that was read; print every problem once; stop a strict run before it writes.

    ``further`` checks get the published documents and the paths of the files that are copied, under the content folder.
    Raises SystemExit(1), which Pelican lets through without a traceback.
    """
    by_kind = {type(generator): generator for generator in generators}
    articles, pages, static = (by_kind[kind] for kind in (ArticlesGenerator, PagesGenerator, StaticGenerator))
    run = run_of(articles.settings)
    _lead_to_lists_that_exist(articles)
    contents = [*chain(articles.articles, articles.hidden_articles), *chain(pages.pages, pages.hidden_pages)]
    library = Library.of(run, contents)
    collect_aliases(run, contents, _lists_of(run, articles))
    _check_files_read(run, contents)
    for content in contents:
        check_references(run, library, content)
    check_notices(run, library)
    note_overdue_reviews(run, contents)
    _note_idle_subjects(run, articles)
    publish_images(run, library, contents, static.staticfiles)
    for twin in _check_addresses(run, contents):
        _leave_out(twin, articles, pages)
    static.staticfiles[:] = [found for found in static.staticfiles if Path(found.source_path).is_file()]
    whole = _check_required_pages(run, contents)
    copied = [*(found.get_relative_source_path() for found in static.staticfiles), *run.images.images]
    for step in further:
        step(run, contents, copied)
    report(run, articles.settings, go_on=run.preview and run.folder.holds and whole)


def report(
    run: Run,
    settings: dict[str, Any],
    *,
    go_on: bool,
    told: Collection[Diagnostic] = (),
    end: str = "Nothing was written.",
) -> None:
    """Print problems and notes, leave them for the desk, and stop on problems unless the preview can ``go_on``.

    What was ``told`` before is not printed again; ``end`` says what has become of the site.
    """
    if target := settings.get("CLINIC_PROBLEMS_FILE"):
        write_report(Path(target), run.problems, run.notes)
    untold = [problem for problem in run.problems if problem not in told]
    stops = len(untold) > 0 and not go_on
    lines = [*_problem_lines(untold, more=len(untold) < len(run.problems), end=end if stops else "")]
    lines += [note.as_note() for note in run.notes if note not in told]
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    if stops:
        raise SystemExit(1)


def _problem_lines(problems: Collection[Diagnostic], *, more: bool, end: str) -> Iterator[str]:
    count = len(problems)
    if not count:
        return
    yield f"\n{count}{' more' if more else ''} problem{'s' if count > 1 else ''} to mend:\n"
    yield from map(str, problems)
    if end:
        yield f"\n{end} Mend {'these' if count > 1 else 'this'}, then try again."


def _lead_to_lists_that_exist(articles: ArticlesGenerator) -> None:
    """A hidden article is in no list, so its author may have none."""
    listed = {author for author, _ in articles.authors}
    for article in articles.hidden_articles:
        article.authors = [author for author in getattr(article, "authors", ()) if author in listed]


def _lists_of(run: Run, articles: ArticlesGenerator) -> set[str]:
    """The addresses of the lists of articles, without slashes at their ends."""
    lists = chain(articles.categories, articles.tags.items(), articles.authors)
    years = {year_path(article.date.year).strip("/") for article in articles.articles}
    series = {series.path.strip("/") for series in run.series}
    return {wrapper.url.strip("/") for wrapper, _ in lists} | years | series


def _note_idle_subjects(run: Run, articles: ArticlesGenerator) -> None:
    """Words for the head of a list that is not there are seen by nobody."""
    listed = [str(wrapper) for wrapper, _ in chain(articles.categories, articles.tags.items())]
    for subject in run.clinic.subjects:
        if subject.casefold() not in map(str.casefold, listed):
            message = f'subjects: no published article has the category or tag "{subject}"{nearest(subject, listed)}'
            run.notes.add(run.name_of(run.content / CLINIC_FILE), run.folder.lines.line(("subjects", subject)), message)


def _check_addresses(run: Run, contents: Iterable[Any]) -> Iterator[Any]:
    """Every page that has the address of another: Pelican would stop at the file it writes, and name neither source."""
    taken: dict[str, str] = {f"{BLOG}index.html": run.name_of(run.content / "pages" / "blog.md")}
    for content in sorted(contents, key=lambda content: content.source.key):
        if not content.save_as:
            continue
        name = content.source.file.name
        other = taken.setdefault(content.save_as, name)
        if other != name:
            content.source.problem(run, ("slug",), same_address(content.url, other))
            yield content


def _leave_out(twin: Any, articles: ArticlesGenerator, pages: PagesGenerator) -> None:
    for listed in (articles.articles, articles.hidden_articles, pages.pages, pages.hidden_pages):
        if twin in listed:
            listed.remove(twin)


def _check_required_pages(run: Run, contents: Iterable[Any]) -> bool:
    """Whether every page is there, at its own address, that other pages link to."""
    by_source = {content.source.key: content for content in contents}
    wanted = list(_REQUIRED_PAGES)
    wanted += ["services"] if run.clinic.services else []
    wanted += ["team"] if run.clinic.team else []
    keys = [*(f"pages/{name}.md" for name in wanted), *run.generated]
    found = [_check_required_page(run, key, by_source.get(key)) for key in keys]  # each is told
    return all(found)


def _check_required_page(run: Run, key: str, page: Any) -> bool:
    path = run.content / key
    if not path.is_file() and key not in run.generated:
        message = "this page is missing; make the file, with at least a title in its header"
        run.problems.add(run.name_of(path), 0, message)
    elif page is None or page.status != "published" or page.unpublished:
        run.problems.add(run.name_of(path), 1, 'other pages link to this one; remove "status" from its header')
    elif page.slug != path.stem:
        page.source.problem(run, ("slug",), 'other pages link to this one at its usual address; remove "slug"')
    else:
        return True
    return False


def _check_files_read(run: Run, contents: Iterable[Any]) -> None:
    """A post saved as .txt or .docx, or in the wrong folder, would be left out in silence."""
    read = {content.source.key for content in contents} | run.unpublished.keys() | run.comment_files
    told = {problem.file for problem in run.problems}
    for path in sorted(run.content.rglob("*")):
        name = run.name_of(path)
        fault = _misplaced(path.relative_to(run.content).as_posix(), read)
        if fault and path.is_file() and name not in told and not _is_nobodys(path):
            run.problems.add(name, 0, fault)


def _is_nobodys(path: Path) -> bool:
    """What editors and systems leave."""
    return path.name.startswith((".", "~", "#")) or path.name.endswith("~") or path.name in _NOBODYS


def _misplaced(key: str, read: Collection[str]) -> str | None:
    folder, _, rest = key.partition("/")
    if folder not in _READ_FOLDERS:
        return "this file is not read; move it into posts/ or pages/" if key.endswith(".md") else None
    if not key.endswith(".md"):
        return "this file is not read; save it as plain text with a name that ends in .md, or keep it in images/"
    if folder == COMMENTS_FOLDER and rest.count("/") != 1:
        return "this file is not read; move it into the folder of its article: comments/the-name-of-the-article/"
    if folder in _FLAT_FOLDERS and "/" in rest:
        return f"this file is not read; move it out of its folder, directly into {folder}/"
    # a fault of this program, which Pelican would only mention
    return None if key in read else "this file was left out, and this program does not know why; please report it"
