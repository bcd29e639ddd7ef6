"""An export of WordPress (WXR 1.0 to 1.2): posts and pages, with what its editor keeps in the text as shortcodes."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from urllib.parse import urlsplit

from clinic.cli.dates import read_moment
from clinic.cli.importing.feed import child, local
from clinic.cli.importing.found import (
    NO_CATEGORY,
    Asset,
    Found,
    Harvest,
    Remark,
    Reply,
    Sort,
    Unreadable,
    host_of,
    one_line,
)
from clinic.cli.importing.html_body import read_body
from clinic.cli.importing.tree import Element, parse_html, text_of

_STATUS = {"publish": "published", "future": "published", "draft": "draft", "pending": "draft", "private": "draft"}
_BLOCK = (
    "(?:p|div|h[1-6]|ul|ol|li|table|thead|tbody|tr|td|th|blockquote|pre|figure|figcaption|section|article|aside|hr|iframe"
    "|form|dl|dt|dd|details|summary|style|script|address|header|footer|main|nav|video|audio)"
)
_CAPTION = re.compile(
    r"\[caption(?P<options>[^\]]*)\](?P<image>\s*+(?:<a[^>]*>\s*+)?<img[^>]*>\s*+(?:</a>)?)(?P<words>(?:(?!\[caption).)*?)\[/caption\]",
    re.DOTALL,
)
_EMBED = re.compile(
    r"\[(?:embed|youtube|vimeo|video|audio)(?P<options>[^\]]*)\](?:(?P<address>[^\[\]]*)\[/(?:embed|youtube|vimeo|video|audio)\])?"
)
_GALLERY = re.compile(r"\[gallery(?P<options>[^\]]*)\]")
_SHORTCODE = re.compile(
    r"\[/?(?P<name>[a-zA-Z][a-zA-Z0-9]*+(?:[_-][\w-]++)?)(?=[\s\]/])(?P<options>(?:[^\[\]\"'”″]|\"[^\"]*\"|'[^']*')*)/?\]"
)
_ADDRESS = re.compile(r"https?://[^\s\"'\]]+")


@dataclass
class _Site:
    """The address of a site and its hosts, the names of authors by log-in, and attachments by number."""

    home: str
    authors: Mapping[str, str]
    files: Mapping[str, Element]
    hosts: frozenset[str]


def read_wordpress(root: Element, source: str) -> Harvest:
    """Every post and page of an export, with approved comments; what is of another kind is counted."""
    channel = next((each for each in root.iter("channel")), None)
    items = list(root.iter("item")) if channel is not None else []
    if channel is None or not items:
        raise Unreadable(
            "this export has no posts; in WordPress choose Tools, Export, All content, and import that file"
        )
    people = {
        child(each, "author_login"): child(each, "author_display_name") for each in channel if local(each) == "author"
    }
    files = {child(each, "post_id"): each for each in items if child(each, "post_type") == "attachment"}
    home = child(channel, "link")
    homes = {home, child(channel, "base_site_url"), child(channel, "base_blog_url")}
    site = _Site(home, people, files, frozenset(map(host_of, homes)))
    harvest, others = Harvest(), Counter[str]()
    for item in items:
        kind, status = child(item, "post_type") or "post", child(item, "status") or "publish"
        if kind not in {"post", "page"}:
            others[kind] += 1
        elif status not in _STATUS:
            others[f"{kind} in the bin" if status == "trash" else f"{kind} that is {status}"] += 1
        else:
            harvest.found.append(_item(item, source, site, status))
    told = {kind: count for kind, count in others.items() if kind != "attachment"}
    if told:
        listed = ", ".join(f"{count} of “{kind}”" for kind, count in told.items())
        harvest.remarks.append((source, Remark(Sort.LEFT_OUT, f"what is neither a post nor a page: {listed}")))
    return harvest


def _item(item: Element, source: str, site: _Site, status: str) -> Found:
    found = Found(source, line=item.sourceline or 1, is_page=child(item, "post_type") == "page")
    found.title = one_line(unescape(child(item, "title")))
    found.slug, found.address = child(item, "post_name"), child(item, "link")
    found.status = _STATUS[status]
    if status in {"private", "pending"}:
        found.to_do(f"WordPress had it as {status}, so it is a draft", "status:")
    if child(item, "post_password"):
        found.status = "draft"
        found.to_do("a password kept it from readers in WordPress, so it is a draft", "status:")
    local_day = read_moment(child(item, "post_date"))
    found.day = local_day if child(item, "post_date")[:4] not in {"", "0000"} else read_moment(child(item, "pubDate"))
    found.modified = _modified(item, local_day)
    login = child(item, "creator")
    found.authors = [site.authors.get(login) or login] if login else []
    categories = [name for name in _terms(item, "category") if name.casefold() not in NO_CATEGORY]
    found.set_lists(categories, _terms(item, "post_tag"))
    meta = _meta(item)
    found.summary = text_of(parse_html(child(item, "excerpt:encoded")))
    found.summary = found.summary or _said(
        meta, "_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_genesis_description"
    )
    found.aliases += [
        f"{found.address.rstrip('/').rpartition('/')[0]}/{child(each, 'meta_value')}/"
        for each in item
        if child(each, "meta_key") == "_wp_old_slug" and child(each, "meta_value")
    ]
    if urlsplit(found.address).query:
        if found.status == "published":
            found.left_out(f"its former address {found.address} cannot lead here, since all is in what follows the “?”")
        found.address = ""
    if child(item, "is_sticky") == "1" and not found.is_page:
        found.more["pinned"] = "yes"
    if child(item, "comment_status") == "closed" and not found.is_page:
        found.more["comments"] = "closed"
    found.image = _attached(site, meta.get("_thumbnail_id", ""))
    html = _html(child(item, "content:encoded"), site, found, child(item, "post_id"))
    found.body = read_body(parse_html(html), found.title, found.address or site.home, site.hosts)
    found.replies = [*_replies(item)]
    return found


def _modified(item: Element, day: object) -> datetime | None:
    """When it was changed, where that was a day or more after it was written."""
    changed = read_moment(child(item, "post_modified"))
    if isinstance(changed, datetime) and isinstance(day, datetime) and changed.tzinfo is None and day.tzinfo is None:
        return changed if changed - day > timedelta(days=1) else None
    return None


def _said(meta: Mapping[str, str], *keys: str) -> str:
    return next((one_line(meta[key]) for key in keys if meta.get(key) and "%%" not in meta[key]), "")


def _terms(item: Element, taxonomy: str) -> list[str]:
    """The names of its categories or tags (``post_tag``)."""
    of_kind = (each for each in item if local(each) == "category" and each.get("domain") == taxonomy)
    return [one_line(unescape(each.text or "")) for each in of_kind]


def _meta(item: Element) -> Mapping[str, str]:
    """What WordPress and its plugins keep beside a post, by key."""
    return {child(each, "meta_key"): child(each, "meta_value") for each in item if local(each) == "postmeta"}


def _attached(site: _Site, number: str) -> Asset | None:
    file = site.files.get(number)
    if file is None:
        return None
    address = child(file, "attachment_url") or child(file, "guid")
    alt = one_line(_meta(file).get("_wp_attachment_image_alt"))
    return Asset(address, alt, one_line(child(file, "excerpt:encoded"))) if address else None


def _html(text: str, site: _Site, found: Found, number: str) -> str:
    """The text with its shortcodes as HTML; those of other plugins go, their words stay."""
    text = _CAPTION.sub(
        lambda each: _figure(each["image"], each["words"].strip() or _option(each["options"], "caption")),
        text,
    )

    def embed(each: re.Match[str]) -> str:
        address = (each["address"] or "").strip() or next(iter(_ADDRESS.findall(each["options"])), "")
        return f'<iframe src="{escape(address)}"></iframe>' if address else ""

    def gallery(each: re.Match[str]) -> str:
        wanted = re.findall(r"\d+", _option(each["options"], "ids") or _option(each["options"], "include"))
        wanted = wanted or [key for key, file in site.files.items() if child(file, "post_parent") == number]
        images = [image for one in wanted if (image := _attached(site, one))]
        return "".join(
            _figure(f'<img src="{escape(one.url)}" alt="{escape(one.alt)}">', escape(one.caption)) for one in images
        )

    text = _GALLERY.sub(gallery, _EMBED.sub(embed, text))
    unknown = [*dict.fromkeys(each["name"] for each in _SHORTCODE.finditer(text) if _is_shortcode(each, text))]
    if unknown:
        names = ", ".join(f"[{name}]" for name in unknown)
        found.to_do(f"what plugins of WordPress showed at {names} is not here; the words inside are")
        text = _SHORTCODE.sub(lambda each: "\n\n" if each["name"] in unknown else each[0], text)
    return _plain_lines(text)


def _figure(image: str, caption: str) -> str:
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"


def _is_shortcode(each: re.Match[str], text: str) -> bool:
    """Whether square brackets are a shortcode: with options, an end, or a name of two parts; [sic] is a word."""
    name = each["name"]
    return bool("=" in each["options"] or f"[/{name}]" in text or "_" in name or "-" in name)


def _option(options: str, name: str) -> str:
    found = re.search(rf"\b{name}\s*=\s*[\"'”]?([^\"'”\]]*)", options)
    return found[1] if found else ""


def _replies(item: Element) -> Iterator[Reply]:
    """Approved comments of people; not those that other sites send."""
    for each in item:
        if local(each) != "comment" or child(each, "comment_approved") not in {"1", "approve", "approved"}:
            continue
        if child(each, "comment_type") not in {"", "comment"}:
            continue
        day = read_moment(child(each, "comment_date_gmt")) or read_moment(child(each, "comment_date"))
        if isinstance(day, datetime) and child(each, "comment_date_gmt") and day.tzinfo is None:
            day = day.replace(tzinfo=UTC)
        words = text_of(parse_html(_plain_lines(child(each, "comment_content"))))
        parent = child(each, "comment_parent")
        if day and words:
            yield Reply(
                one_line(unescape(child(each, "comment_author"))),
                day,
                words,
                child(each, "comment_id"),
                "" if parent == "0" else parent,
            )


def _plain_lines(text: str) -> str:
    """Text in which empty lines part paragraphs and lines stay lines (WordPress's own rule, ``wpautop``)."""
    if re.search(r"<!-- wp:|<p[\s>]", text):
        return text
    parts: list[str] = []
    for part in re.split(
        r"\n\s*\n", re.sub(rf"(</?{_BLOCK}(?:\s[^<>]*)?/?>)", r"\n\n\1\n\n", text) if "<pre" not in text else text
    ):
        bare = part.strip()
        if not bare:
            continue
        is_block = re.fullmatch(rf"</?{_BLOCK}(?:\s[^>]*)?/?>", bare, re.DOTALL)
        parts.append(bare if is_block or "<pre" in bare else f"\x02{bare}\x03")
    return _paragraphs("\n".join(parts))


def _paragraphs(text: str) -> str:
    """Marked parts as paragraphs with line breaks; inside an element of their own they are its words."""

    def paragraph(found: re.Match[str]) -> str:
        lines = "<br>".join(line.strip() for line in found[2].split("\n") if line.strip())
        inside = re.match(r"<(?:li|td|th|h[1-6]|figcaption|dt|summary|p)\b", found[1] or "")
        return f"{found[1] or ''}{lines if inside else f'<p>{lines}</p>'}"

    return re.sub("(<[^<>]*>\n)?\x02(.*?)\x03", paragraph, text, flags=re.DOTALL)
