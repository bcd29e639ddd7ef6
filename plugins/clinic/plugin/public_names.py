"""The names under which pictures and downloads are published: no word in them that only the name itself says.

The name of a photograph is published with it, and ``Mrs-Janet-Smith-knee.jpg`` says who was treated. So of a picture's
name those words stay that the pages say that show it; of a download's those that anything published says, since its
address is passed on and has to last.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import blake2b
from pathlib import PurePosixPath
from urllib.parse import unquote

from clinic.content.documents import AnyFrontMatter, Document
from clinic.content.folder import READ_FOLDERS
from clinic.content.front_matter import slug_of
from clinic.models.types import LONGEST_SLUG
from clinic.plugin.context import Context

_FOLDERS = frozenset((*READ_FOLDERS, "images", "pictures", "photos", "files", "downloads", "documents", "media"))
_OF_FORMS = frozenset(
    """consent copy directions exercise exercises final for form forms guide health info information leaflet letter list
    map new patient patients pdf policy price prices privacy questionnaire referral registration sheet terms the and
    anamnese anamnesebogen anfahrt anmeldung anmeldebogen aufklaerung aufklärung bogen datenschutz einwilligung flyer
    formular fragebogen für fuer informationen merkblatt patienten preise preisliste schweigepflicht
    schweigepflichtentbindung und ueberweisung überweisung uebung uebungen übung übungen uebungsblatt übungsblatt
    caniatâd caniatad canllaw cleifion cofrestru ffurflen gwybodaeth holiadur iechyd polisi preifatrwydd prisiau
    taflen ymarfer ymarferion""".split()
)
"""What downloads of a clinic are called, whatever its pages say, in the languages that sites have words in."""
_OF_SIGNS = "logo mark icon light dark day night white black colour color hell dunkel"
"""What the pictures of ``brand`` are called."""
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[a-z]?\d{1,2}|(?:19|20)\d\d")
"""A second picture, an edition, a year."""
_NOTE = re.compile(r"<!--.*?-->|(?<=src=[\"'])[^\"'\n]*|(?<=href=[\"'])[^\"'\n]*", re.DOTALL)
_TARGET = re.compile(r"\]\([^)\n]*\)")
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}\b")
_BEFORE_NAME = re.compile(r"[/\n\"'(){}<>|\\]|: ")
_OF_FILE = re.compile(
    r"\.(?:jpe?g?|jf?if?|a?png|webp|gif|svg|avif|hei[cf]|tiff?|bmp|pdf|docx?|xlsx?|pptx?|mp[34]|zip)\b",
    re.IGNORECASE,
)
_BEFORE_FILE = re.compile(r"[\s\"'(){}<>|]")
_LONGEST_NAME = 200
_ALT_WORDS, _SHORT = 6, 2


class PublicNames:
    """The names for one build. In the preview, which nobody else sees, each file keeps its own."""

    def __init__(self, context: Context) -> None:
        self._keeps_all = context.preview
        self._clinic = f"{context.clinic.name} {_OF_SIGNS}".casefold()
        self._facts = _without_names(context.content.clinic_yaml.text).casefold()
        documents = context.documents.values()
        self._documents = [each for each in documents if context.preview or each.state.is_public]
        self._texts: dict[str, str] = {}

    def picture(self, path: str) -> tuple[str, ...]:
        """The folders and the name, without its ending, of the picture at a key; each fit for an address."""
        *folders, name = PurePosixPath(path).with_suffix("").parts
        if self._keeps_all:
            return (*map(_in_address, folders), _in_address(name))
        showing = self._naming.get(PurePosixPath(path).name.casefold(), [])
        texts = [self._clinic, *(self._text(document) for document in showing)]
        said = [[word for word in words_of(part) if word in _FOLDERS or _says(texts, word)] for part in folders]
        kept = [word for word in words_of(name) if _says(texts, word)]
        alt = next(filter(None, (_alt_of(document, path) for document in showing)), "")
        has_words = any(word.isalpha() and len(word) > _SHORT for word in kept)
        shown = slug_of(alt).split("-")[:_ALT_WORDS]
        stem = name if kept == words_of(name) else "-".join(kept if has_words else [*filter(None, shown)] or kept)
        return (*(_in_address("-".join(part)) for part in said if part), _in_address(stem))

    def download(self, path: str) -> tuple[str, tuple[str, ...]]:
        """Where the file at a key is published, and the words of its name that are not: nothing published says them."""
        gone = () if self._keeps_all else tuple(word for word in words_of(_stem(path)) if not self._is_public(word))
        if not gone:
            return path, ()
        *folders, name = _stem(path).split("/")
        kept = ["-".join(word for word in words_of(part) if word not in gone) for part in (*folders, name)]
        stem = "/".join(filter(None, (*kept[:-1], kept[-1] or f"file-{_digest(path)}")))
        return f"{stem}{PurePosixPath(path).suffix}", gone

    def downloads(self, paths: Iterable[str]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        """Of all files at these keys; no two have one name."""
        public: dict[str, str] = {}
        found = {path: self.download(path) for path in sorted(paths)}
        taken = {name.casefold() for path, (name, words) in found.items() if not words}
        for path, (name, words) in found.items():
            end = PurePosixPath(name).suffix
            is_free = not words or name.casefold() not in taken
            public[path] = name if is_free else f"{name.removesuffix(end)}-{_digest(path)}{end}"
            taken.add(public[path].casefold())
        return public, {path: words for path, (_, words) in found.items() if words}

    def _is_public(self, word: str) -> bool:
        if word in _FOLDERS or word in _OF_FORMS or _NUMBER.fullmatch(word) or (len(word) <= _SHORT and word.isalpha()):
            return True
        return _says((self._facts,), word) or _says(map(self._text, self._documents), word)

    @cached_property
    def _naming(self) -> Mapping[str, list[Document[AnyFrontMatter]]]:
        """The documents in which a file is named, by its name without folders, in small letters."""
        found: defaultdict[str, list[Document[AnyFrontMatter]]] = defaultdict(list)
        for document in self._documents:
            for name in dict.fromkeys(_names_in(document.file.text)):
                found[name].append(document)
        return found

    def _text(self, document: Document[AnyFrontMatter]) -> str:
        """What a document says, in small letters: without notes, the names of files, and where links lead."""
        if document.key not in self._texts:
            given = {key: value for key, value in document.file.front_matter.value.items() if key != "image"}
            said = "\n".join((document.slug, *_scalars(given), _without_targets(document.file.body)))
            self._texts[document.key] = _without_names(unicodedata.normalize("NFC", said)).casefold()
        return self._texts[document.key]


def words_of(name: str) -> list[str]:
    """``Mrs_Janet-Smith 2`` as mrs, janet, smith, 2."""
    return _WORD.findall(unicodedata.normalize("NFC", name).casefold().replace("_", " "))


def _without_targets(body: str) -> str:
    """A text without notes, and without where links and pictures lead."""
    return _TARGET.sub("] ", _NOTE.sub(" ", body) if "<" in body else body)


def _says(texts: Iterable[str], word: str) -> bool:
    return any(_has_word(text, word) for text in texts)


def _has_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(word, end)
    return False


def _stem(path: str) -> str:
    return path.removesuffix(PurePosixPath(path).suffix)


def is_digest(word: str) -> bool:
    """Whether a word of a public name stands there so that no two are equal."""
    return bool(re.fullmatch(r"[0-9a-f]{8}", word))


def _digest(path: str) -> str:
    return blake2b(path.encode(), digest_size=4).hexdigest()


def _names_in(text: str) -> Iterator[str]:
    for ending in _ENDING.finditer(text):
        before = text[max(0, ending.start() - _LONGEST_NAME) : ending.end()]
        yield unquote(_BEFORE_NAME.split(before)[-1]).strip().casefold()


def _without_names(text: str) -> str:
    """A text without the names of files in it: that a name is written does not show that its words are public."""
    kept, at = [], 0
    for ending in _OF_FILE.finditer(text):
        before = text[max(at, ending.start() - _LONGEST_NAME) : ending.start()]
        kept.append(text[at : ending.start() - len(_BEFORE_FILE.split(before)[-1])])
        at = ending.end()
    return " ".join((*kept, text[at:]))


def _alt_of(document: Document[AnyFrontMatter], path: str) -> str:
    """The words for a picture, where a document shows it."""
    given = document.file.front_matter.value
    if given.get("image") == path:
        return str(given.get("image_alt") or "")
    shown = re.search(rf"!\[([^\]\n]*)\]\([^)\n]*{re.escape(PurePosixPath(path).name)}", unquote(document.file.body))
    return shown[1] if shown else ""


def _scalars(value: object) -> Iterator[str]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _scalars(each)
    else:
        yield str(value)


def _in_address(name: str) -> str:
    """A name as part of an address, and of ``srcset``, which ends an address at a space or a comma."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST_SLUG] or "picture"
