"""A Markdown file of Hugo, Jekyll, Eleventy, Astro, Decap, Pelican and others: its keys as ours."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import yaml

from clinic.cli.dates import read_day, read_moment
from clinic.cli.importing.found import Asset, Found, Unreadable, one_line, shown
from clinic.cli.importing.markdown_body import read_markdown
from clinic.cli.importing.static_sites import Origin
from clinic.content.front_matter import day_in_name, slug_in_name
from clinic.content.other_programs import DRAFT_KEYS, HIDDEN_KEYS, OTHER_PROGRAMS, plain_key

_YAML = re.compile(r"\s*---[ \t]*\n(?P<keys>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(?P<keys>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADER = re.compile(r"(?:[A-Za-z][\w -]{1,30}:[ \t]*[^\n]*\n(?:[ \t]{4,}[^\n]+\n)*)+(?=\s*\n|\Z)")
"""Lines such as ``Title: …`` at the top, which end at an empty line (Pelican, MultiMarkdown)."""
_HEADER_LINE = re.compile(r"^([A-Za-z][\w -]{1,30}):[ \t]*(.*(?:\n[ \t]{4,}.+)*)$", re.MULTILINE)
_TITLE_LINE = re.compile(r"\s*#[ \t]+(.*[^\s#])[ \t#]*\n|\s*(\S.*)\n=+[ \t]*\n")
_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})


def read_markdown_post(text: str, source: str, origin: Origin, today: date) -> Found:
    """The post or page in a Markdown file. Raises Unreadable where its front matter cannot be read."""
    keys, body, first_line = _split(text)
    found = Found(source)
    values = _Values(keys, origin.program)
    stem = origin.path.parent.name if origin.path.stem in {"index", "_index"} else origin.path.stem
    title = _TITLE_LINE.match(body)
    found.title = one_line(values.text("title")) or one_line(title[1] or title[2] if title else "")
    if not found.title:
        found.title = slug_in_name(stem).replace("-", " ").capitalize()
        found.guess("it has no title, so the name of the file became one", "title:")
    _read_keys(found, values)
    is_draft = "_drafts" in origin.path.parts
    found.status = "draft" if is_draft else _status(keys)
    folders = {part.casefold() for part in origin.path.parts[:-1]}
    is_in_posts = bool(folders & {"_posts", "_drafts", "posts", "post", "blog", "articles", "article", "news"})
    layout = values.text("layout") or values.text("type")
    has_day = bool(values.text("date") or day_in_name(stem))
    found.is_page = not is_in_posts and (
        bool(folders & {"pages", "page"}) or layout == "page" or (origin.program != "" and not has_day)
    )
    _read_day(found, values, stem, origin, today)
    _read_address(found, values, stem, origin)
    if found.image and "//" not in found.image.url:
        found.image.data = origin.lookup(found.image.url)
    found.body = read_markdown(body, found.title, origin.path, origin.lookup, first_line)
    return found


def _split(text: str) -> tuple[dict[str, Any], str, int]:
    """Keys, body, and the line at which the body begins."""
    keys: Any = {}
    end = 0
    try:
        if found := _YAML.match(text):
            keys, end = yaml.load(found["keys"], Loader=yaml.BaseLoader), found.end()  # noqa: S506 -- it makes text alone
        elif found := _TOML.match(text):
            keys, end = tomllib.loads(found["keys"]), found.end()
        elif text.lstrip()[:1] == "{" and not text.lstrip().startswith(("{{", "{%")):
            start = len(text) - len(text.lstrip())
            keys, end = json.JSONDecoder().raw_decode(text, start)
        elif (found := _HEADER.match(text)) and re.search(
            r"^(?:title|date|slug)\s*:", found[0], re.IGNORECASE | re.MULTILINE
        ):
            keys, end = {name: one_line(value) for name, value in _HEADER_LINE.findall(found[0])}, found.end()
        elif re.match(r"\s*(?:---|\+\+\+)[ \t]*\n\s*\w+\s*[:=]", text):
            raise Unreadable("its front matter does not end; put the line that it begins with under its last key")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Unreadable(
            f"its front matter is no YAML (line {mark.line + 2 if mark else 1}); correct it, and import it again"
        ) from None
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise Unreadable(
            f"its front matter cannot be read ({shown(str(error), 90)}); correct it, and import it again"
        ) from None
    return (keys if isinstance(keys, dict) else {}), text[end:], text[:end].count("\n") + 1


class _Values:
    """Front matter asked for by our keys, whatever another program calls them."""

    def __init__(self, keys: Mapping[str, Any], program: str = "") -> None:
        self.keys = {**keys}
        self.parts_at = r"[\s,]+" if program == "jekyll" else ","
        for name, value in keys.items():
            if isinstance(value, dict) and plain_key(str(name)) in {"params", "extra", "taxonomies", "seo", "data"}:
                self.keys = {**value, **self.keys}

    def all(self, role: str) -> Iterator[Any]:
        """Every value that says the same as our key, that of the key itself first."""
        table = [ours for ours in OTHER_PROGRAMS if ours.partition(" ")[0] == role]
        order = [role, *(word for ours in table for word in OTHER_PROGRAMS[ours].split())]
        plain = {plain_key(str(name)): value for name, value in self.keys.items()}
        yield from (plain[word] for word in order if word in plain and plain[word] not in (None, "", [], {}))

    def text(self, role: str) -> str:
        """The first of them that is no list and no map."""
        return next((_line(value) for value in self.all(role) if not isinstance(value, dict | list)), "")

    def words(self, role: str) -> list[str]:
        """The first of them as a list: one line with commas is several."""
        value: Any = next(self.all(role), [])
        parts_at = self.parts_at if role in {"category", "tags"} else ","
        entries = (
            value if isinstance(value, list) else [value] if isinstance(value, dict) else re.split(parts_at, str(value))
        )
        named = (
            each.get("name") or each.get("title") or each.get("slug") or "" if isinstance(each, dict) else each
            for each in entries
        )
        return [*dict.fromkeys(line for each in named if (line := _line(each)))]


def _line(value: Any) -> str:
    return one_line(value.isoformat(" ") if isinstance(value, datetime) else str(value))


def _read_day(found: Found, values: _Values, stem: str, origin: Origin, today: date) -> None:
    given = next(values.all("date"), None) or day_in_name(stem)
    found.day = read_moment(given)
    if found.day is None and given and (day := read_day(str(given), today)):
        found.day = day[0]
        if day[1]:
            found.guess(day[1], "date:")
    if found.day is None and origin.changed and not found.is_page:
        found.day = origin.changed
        found.guess(f"it names no day, so that of the file was taken, {origin.changed}", "date:")
    found.modified = read_moment(next(values.all("modified"), None))
    found.expires = read_moment(next(values.all("expires"), None))


def _read_keys(found: Found, values: _Values) -> None:
    found.authors = [name.rpartition("/")[2] for name in values.words("author") or values.words("authors")]
    found.set_lists(values.words("category"), values.words("tags"))
    found.tags = [tag.lstrip("#") for tag in found.tags if tag.casefold() not in {"post", "posts", "blog", "all"}]
    found.summary = values.text("summary")
    for key in ("series", "part", "reviewed_by"):
        if said := next(iter(values.words(key)), ""):
            found.more[key] = said
    if "part" in found.more and ("series" not in found.more or not found.more["part"].isdecimal()):
        del found.more["part"]
    found.more |= {key: "yes" for key in ("pinned", "featured") if values.text(key).casefold() in _YES}
    found.image = _image(values)


def _image(values: _Values) -> Asset | None:
    for value in values.all("image"):
        first = value[0] if isinstance(value, list) else value
        if isinstance(first, dict):
            source = next(
                (
                    str(first[key])
                    for key in ("image", "src", "url", "path", "relative", "file")
                    if isinstance(first.get(key), str)
                ),
                "",
            )
            if source:
                return Asset(source, one_line(str(first.get("alt") or "")), one_line(str(first.get("caption") or "")))
        elif isinstance(first, str) and (re.search(r"\.\w{3,5}(?:\?.*)?$", first) or "/" in first):
            return Asset(first, values.text("image_alt"))
    return None


def _status(keys: Mapping[str, Any]) -> str:
    """Whether it was published: each program has its own key for that."""
    plain = {plain_key(str(name)): str(value).strip().casefold() for name, value in keys.items()}
    for name, hides in DRAFT_KEYS.items():
        said = plain.get(name, "")
        if (
            (said in _YES and hides)
            or (said in _NO and not hides)
            or said in {"draft", "private", "hidden", "protected"}
        ):
            return "draft"
    if plain.get("status") in {"draft", "private", "pending", "in progress", "idea"}:
        return "draft"
    is_hidden = plain.get("status") == "hidden" or any(plain.get(name) in _YES for name in HIDDEN_KEYS)
    return "hidden" if is_hidden else "published"


def _read_address(found: Found, values: _Values, stem: str, origin: Origin) -> None:
    """The address that it had, as its keys or the rules of its program say."""
    # a text file is called whatever it was saved as
    found.slug = values.text("slug") or (slug_in_name(stem) if origin.path.suffix.lower() != ".txt" else "")
    plain = {plain_key(str(name)): value for name, value in values.keys.items()}
    for name in ("permalink", "url", "uri", "path", "link"):
        said = plain.get(name)
        if (
            isinstance(said, str)
            and re.match(r"https?://|/|[\w-]+(?:/[\w.-]+)*/?$", said)
            and not re.search(r"[:{]\w|\{", said.partition("://")[2] or said)
        ):
            found.address = said if "://" in said else "/" + said.lstrip("/")
            break
    for name in ("aliases", "alias", "redirectfrom", "redirects", "oldurl", "oldurls", "wordpressurl"):
        said = plain.get(name)
        found.aliases += [
            each for each in (said if isinstance(said, list) else [said]) if isinstance(each, str) and each
        ]
    found.address = found.address or origin.address(found, values.text("slug"), stem, values.words("category"))
