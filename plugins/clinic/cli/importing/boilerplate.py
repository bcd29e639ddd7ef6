"""What stands around a text and is none of it: reading times, buttons for sharing, lists of other posts.

By the words of a line, for texts as pasted, and by the names of elements, for pages as saved.
"""

import re

READING_TIME = re.compile(
    r"[-–•·|⏱\s]*(?:estimated\s+)?(?:reading time:?\s*)?(?:about\s+|ca\.?\s+)?\d+\s*[- ]?(?:min(?:ute)?s?\.?)"
    r"(?:\s*(?:read(?:ing)?(?:\s+time)?|to read|lesezeit|lesedauer|darllen|de lecture|de lectura|di lettura|leestijd))"
    r"|(?:estimated )?(?:reading time|read time|lesezeit|lesedauer):?\s*(?:about\s+|ca\.?\s+)?\d+ ?min(?:ute)?[sn]?\.?",
    re.IGNORECASE,
)
_COUNT = r"\d[\d,.]*(?:\s*[kKmM])?\s*"
BUTTON = re.compile(
    rf"(?:{_COUNT})?(?:views?|comments?|likes?|shares?|reads?|claps?|responses?|reactions?|restacks?)(?:\s*\(?\d*\)?)"
    r"|share(?: this)?(?: (?:post|article|page|story|on:?|on facebook|on twitter|on x|on linkedin|via email|link))?:?"
    r"|like this:?|loading\.*…?|tweet|pin(?: it)?|email|print|copy link|whats ?app|facebook|twitter|linked ?in"
    r"|pinterest|x|reddit|telegram|tumblr|pocket|follow|subscribe(?: now)?|sign (?:in|up)|log ?in(?: ?/ ?sign ?up)?"
    r"|search|(?:write|leave|add|post) a (?:comment|reply)(?:\.\.\.|…)?|leave a comment|reply|sort by:?|newest|oldest"
    r"|(?:add|log in to) (?:a )?rating|rate this(?: post)?|rated \d(?:\.\d)? out of \d(?: stars?)?\.?"
    r"|no ratings yet|post not marked as liked|post marked as liked"
    r"|all posts|see all|back to (?:blog|top|all posts)|skip to (?:main )?content|top of page|bottom of page"
    r"|edit(?: this)?(?: post)?|more actions|discover more from .*|type your email…?"
    r"|kommentare?|teilen|alle beiträge|alle ansehen|ähnliche beiträge|aktuelle beiträge"
    r"|kommentar (?:schreiben|verfassen)(?:\.\.\.|…)?|sylwadau|rhannu",
    re.IGNORECASE,
)
"""A whole line that is a button or a counter, where the text has ended or has not begun."""
END = re.compile(
    r"comments?(?: \(\d+\)|: ?\d+)?|\d+ comments?|(?:recent|related|similar|latest|more|other|popular) "
    r"(?:posts?|articles?|reading|stories)(?: from .*)?:?|you (?:may|might) also (?:like|enjoy|be interested in):?"
    r"|(?:read|what to read) next:?|(?:read|explore) more(?: posts?| articles?| like this)?:?|keep reading:?"
    r"|share this(?: post| article)?:?|like this:?|about the author:?|leave a (?:reply|comment)|ready for more\??"
    r"|kommentare?|ähnliche beiträge|aktuelle beiträge|weitere beiträge|sylwadau|post navigation|beitragsnavigation"
    r"|thanks for reading!?.{0,80}subscribe.*|discussion about this post",
    re.IGNORECASE,
)
"""A line after which nothing of the text follows."""
FEED_TRAIL = re.compile(
    r"the post .{1,300} (?:first appeared on|appeared first on) .{1,200}|(?:continue|keep) reading.{0,300}"
    r"|read more( at .*)?\W*|der beitrag .{1,300} erschien zuerst auf .{1,200}",
    re.IGNORECASE,
)
"""What programs put below a text in a feed."""
HASHTAGS = re.compile(r"(?:#[^\W\d_][\w-]*[\s,]*)+")
_NAMES = (
    "share|shares|sharing|share-?(?:buttons?|links?|bar|icons?|post|this)|sharedaddy|social(?:-?(?:share|sharing|links?|"
    "icons?|media|bar|buttons?))?|addtoany|a2a|addthis|sd-sharing|jp-relatedposts|related(?:-?(?:posts?|articles?|content|"
    "entries))?|recent-?posts?(?:-?\\w+)?|more-?posts|read-?next|recommended(?:-posts)?|author-?(?:box|bio|info|card|"
    "profile|description)|about-?(?:the-?)?author|post-?author|byline(?:-wrapper)?|comments?(?:-?(?:area|section|list|"
    "wrapper|form|box|template|container|respond))?|respond|disqus(?:_thread|-thread)?|newsletter(?:-?\\w+)?|"
    "subscri(?:be|ption)(?:-?\\w+)*|signup|breadcrumbs?|reading-?time|read-?time|time-?to-?read|(?:post|entry|blog)-?"
    "(?:meta(?:-?\\w+)*|footer|nav|navigation|tags|date|categories|info|header-?meta)|tags?-?links|cat-?links|"
    "posted-?(?:on|by)|nav(?:igation|bar)?|pagination|pager|prev-?next|cookie(?:-?\\w+)*|screen-reader-text|sr-only|"
    "visually-?hidden|skip-?link|ez-toc(?:-\\w+)*|lwptoc|table-of-contents|wp-block-table-of-contents|toc(?:-?container)?|"
    "post-?views?(?:-?\\w+)?|view-?count|like-?button|ratings?(?:-?\\w+)?|kk-star-ratings|sidebar|widget-area|site-header|"
    "site-footer|gh-(?:head|foot|navigation|comments|subscribe)|footer-cta|speechify-ignore|captioned-button-wrap|"
    "post-?categories|post-?likes|rating-display|post-list-item|blog-?item-?(?:meta|share|comments|author)(?:-?\\w+)*|"
    "ItemPagination|button-wrapper-share|wpcnt|wp-block-(?:post-(?:date|author|terms|comments|title|navigation-link)|"
    "comments|navigation|social-links|latest-posts)"
)
ELEMENT = re.compile(rf"(?:^|\s)(?:[\w-]*?__)?(?:{_NAMES})(?=$|\s)", re.IGNORECASE)
"""In the class, the id or the ``data-hook`` of an element that is around a text."""
TAGS = frozenset(
    "script style noscript template nav footer aside form button input select textarea dialog svg canvas map object "
    "applet link meta base head title menu".split()
)
"""Elements that are never a text."""


def is_button(line: str) -> bool:
    """Whether a line is boilerplate wherever it stands before or after a text."""
    return bool(BUTTON.fullmatch(line) or READING_TIME.fullmatch(line) or not re.search(r"\w", line))
