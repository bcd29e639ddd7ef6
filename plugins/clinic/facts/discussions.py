"""What stands under an article: the comments, and whether and how to write one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from clinic.facts.comments import Comment
from clinic.facts.threads import Thread, walk


@dataclass(frozen=True)
class Discussion:
    """``write_url`` opens an e-mail to fill in, ``reply_urls`` the same as an answer to a comment, by its key.

    ``is_closed`` says that there were comments or could have been; neither open nor closed means that nothing is said.
    """

    threads: tuple[Thread, ...] = ()
    count: int = 0
    write_url: str | None = None
    reply_urls: Mapping[str, str] = field(default_factory=dict)
    is_closed: bool = False
    by_form: bool = False
    """Whether a form is shown to write one, in place of an e-mail."""

    @property
    def heading(self) -> str:
        """``3 comments``; an invitation where there is none yet."""
        return self.counted if self.count else "Comments"

    @property
    def counted(self) -> str:
        """``1 comment``."""
        return f"{self.count:,} comment{'' if self.count == 1 else 's'}"

    @property
    def comments(self) -> Iterator[Comment]:
        """All of them, each before its answers."""
        return (found.comment for found in walk(self.threads))
