"""The comments on articles: ``comments/<article>/<name>.md``, one file each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from clinic.content.clinic import context_of
from clinic.content.diagnostics import Diagnostic
from clinic.content.front_matter import MarkdownFile
from clinic.content.validation import validate
from clinic.content.yaml_text import YamlText
from clinic.domain.comments.threads import thread_findings, visible_comments
from clinic.models.clinic import Clinic
from clinic.models.comments import LONGEST_COMMENT, AnswerFrontMatter, Comment, CommentFrontMatter, sanitize
from clinic.models.suggestions import suggestion
from clinic.models.types import is_slug, slug_like
from clinic.models.words import gettext

_NOT_YET = {"name": "(no name yet)", "consent": "2000-01-01"}
"""What a draft may do without."""


@dataclass(frozen=True)
class Comments:
    """``shown`` are the comments to be shown, ``due`` the moments at which further ones appear, by slug of the article.

    ``files`` are all files of comments by their keys, also of those that are wrong.
    """

    shown: Mapping[str, tuple[Comment, ...]] = field(default_factory=dict)
    due: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    files: Mapping[str, MarkdownFile] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class CommentsReader:
    """What is known while reading: ``now`` decides what is due; the preview shows what is ``unpublished``.

    ``absent`` are practitioners who have a file that is wrong or a draft: naming them is no further error.
    """

    clinic: Clinic
    now: datetime
    unpublished: bool = False
    absent: frozenset[str] = frozenset()

    def read(self, files: Mapping[str, MarkdownFile]) -> Comments:
        """Every comment among ``files`` (by key), and everything that is wrong with them."""
        read = {key: file for key, file in files.items() if len(PurePosixPath(key).parts) == 3}
        by_article: dict[str, dict[str, MarkdownFile]] = defaultdict(dict)
        for key, file in read.items():
            _, article, _ = PurePosixPath(key).parts
            by_article[article][PurePosixPath(key).stem] = file
        shown: dict[str, tuple[Comment, ...]] = {}
        due: dict[str, tuple[datetime, ...]] = {}
        diagnostics: list[Diagnostic] = []
        for article, thread in by_article.items():
            shown[article], due[article] = self._on_article(thread, diagnostics)
        return Comments(shown, due, read, tuple(diagnostics))

    def _on_article(
        self, files: Mapping[str, MarkdownFile], diagnostics: list[Diagnostic]
    ) -> tuple[tuple[Comment, ...], tuple[datetime, ...]]:
        """The comments on one article to be shown, and when others are due."""
        comments: list[Comment] = []
        for key, file in files.items():
            if self.unpublished or not file.is_draft:
                comment, wrong = self._comment(key, file)
                diagnostics += wrong
                comments += [comment] if comment else []
        for record, key_path, message in thread_findings(comments, files):
            diagnostics.append(_error(files[record], str(key_path[-1]), message))
        wanted = [comment for comment in comments if self.unpublished or comment.date <= self.now]
        due = {comment.date for comment in comments if comment.date > self.now and not files[comment.key].is_draft}
        return visible_comments(wanted, files), tuple(sorted(due))

    def _comment(self, key: str, file: MarkdownFile) -> tuple[Comment | None, list[Diagnostic]]:
        diagnostics = [*file.diagnostics]
        if not is_slug(key):
            message = f"the name of this file becomes its address; name it {slug_like(key)}.md"
            diagnostics.append(Diagnostic(file.name, 0, message))
        if diagnostics:
            return None, diagnostics
        words = sanitize(file.body)
        if wrong := _error_in(words):
            diagnostics.append(Diagnostic(file.name, file.body_line, wrong))
        is_answer = "practitioner" in file.front_matter.value
        comment, further = self._answer(key, file, words) if is_answer else self._of_visitor(key, file, words)
        return (None if diagnostics else comment), [*diagnostics, *further]

    def _of_visitor(self, key: str, file: MarkdownFile, words: str) -> tuple[Comment | None, list[Diagnostic]]:
        given = {**_NOT_YET, **file.front_matter.value} if file.is_draft else file.front_matter.value
        text = YamlText(given, file.front_matter.lines)
        front_matter, diagnostics, _ = validate(CommentFrontMatter, text, file.name, context_of(self.clinic, self.now))
        return (self._made(key, words, front_matter, name=front_matter.name) if front_matter else None), diagnostics

    def _answer(self, key: str, file: MarkdownFile, words: str) -> tuple[Comment | None, list[Diagnostic]]:
        context = context_of(self.clinic, self.now)
        front_matter, diagnostics, _ = validate(AnswerFrontMatter, file.front_matter, file.name, context)
        if front_matter is None:
            return None, diagnostics
        practitioner = self.clinic.practitioner(front_matter.practitioner)
        if practitioner:
            made = self._made(key, words, front_matter, name=practitioner.name, answer_by=practitioner)
            return made, diagnostics
        if front_matter.practitioner not in self.absent:
            near = suggestion(front_matter.practitioner, self.clinic.team) or "; make a file for this person in team/"
            message = f'unknown practitioner "{front_matter.practitioner}"{near}'
            diagnostics.append(_error(file, "practitioner", message))
        return None, diagnostics

    def _made(
        self, key: str, words: str, front_matter: CommentFrontMatter | AnswerFrontMatter, **author: Any
    ) -> Comment:
        scheduled = gettext("Scheduled") if front_matter.date > self.now else None
        reason = gettext("Draft") if front_matter.status == "draft" else scheduled
        return Comment(
            key, date=front_matter.date, words=words, in_reply_to=front_matter.in_reply_to, unpublished=reason, **author
        )


def _error(file: MarkdownFile, key: str, message: str) -> Diagnostic:
    return Diagnostic(file.name, file.front_matter.line((key,)), message)


def _error_in(words: str) -> str | None:
    if not words:
        return "the comment is empty; write the person's words below the header, or remove the file"
    if len(words) > LONGEST_COMMENT:
        return f"this comment has {len(words):,} characters; {LONGEST_COMMENT:,} are the most, so shorten it"
    return None
