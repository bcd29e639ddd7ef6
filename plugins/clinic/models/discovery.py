"""What programs are told of the site: crawlers of AI companies, search engines, and whoever finds a hole in it."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from clinic.models.base import Record
from clinic.models.types import Text


class AiCrawlers(Record):
    """``ai`` in clinic.yaml: what robots.txt says to the crawlers of companies that make AI.

    Search is open, since people ask there for a clinic as they ask a search engine, and are led to its pages. Training
    is closed: it leads nobody there, and what a model has learnt cannot be taken back when prices and hours change.
    """

    search: bool = Field(default=True, description="yes if AI assistants may read your pages to answer with a link")
    training: bool = Field(default=False, description="yes if your texts may be used to train AI models")


class Discovery(Record):
    """``discovery`` in clinic.yaml: files for programs beside the pages, and whom a deploy tells.

    All are on: they say nothing that the pages do not say, and no visitor meets them.
    """

    facts: bool = Field(default=True, description="no if there is to be no facts.json, your public facts for programs")
    llms: bool = Field(default=True, description="no if there is to be no llms.txt, your pages for AI assistants")
    security: bool = Field(
        default=True, description="no if there is to be no security.txt, which says where to report a security problem"
    )
    indexnow: bool = Field(
        default=True, description="no if a deploy is not to tell search engines (IndexNow) which pages have changed"
    )


META_NAMES: Mapping[str, str] = {
    "google": "google-site-verification",
    "bing": "msvalidate.01",
    "yandex": "yandex-verification",
    "pinterest": "p:domain_verify",
    "facebook": "facebook-domain-verification",
}
"""The ``name`` of the meta element for each (Search Console, Bing Webmaster Tools, Yandex Webmaster, Pinterest's "Claim
your website", Meta's "Domain verification"), all under "HTML tag" or "meta tag"."""
_META = re.compile(r"<\s*meta\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(name|content)\s*=\s*(?:["“”'‘’]([^"“”'‘’>]*)["“”'‘’]|([^\s"'>/]+))""", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z0-9_=-]{8,100}")
_FILE = re.compile(r"\S+\.(?:html?|xml|txt)", re.IGNORECASE)


def _code(key: str, typed: str) -> str:
    """The code alone, also of a whole meta element that was pasted."""
    if _META.search(typed):
        found = {match[1].lower(): (match[2] or match[3] or "").strip() for match in _ATTRIBUTE.finditer(typed)}
        name, code = found.get("name", ""), found.get("content", "")
        if name and name.lower() != META_NAMES[key]:
            other = next((own for own, known in META_NAMES.items() if known == name.lower()), None)
            how = f'write it under "{other}"' if other else f"copy the one whose name is {META_NAMES[key]}"
            raise ValueError(f'this is the tag "{name}", which is not for {key}; {how}')
        return _checked(key, code)
    return _checked(key, typed.strip())


def _checked(key: str, code: str) -> str:
    if _FILE.fullmatch(code):
        raise ValueError(f'"{code}" is a file; put that file into static/ and remove this line')
    if not _CODE.fullmatch(code):
        what = f'copy what stands between the quotes after content= in the tag "{META_NAMES[key]}", or the whole tag'
        raise ValueError(f'"{code}" is not a code; {what}')
    if code.lower().startswith(f"{META_NAMES[key].split('-')[0]}-") and "=" in code:
        raise ValueError(f'"{code}" is for the settings of your domain; choose "HTML tag" there, and copy that one')
    return code


Google: TypeAlias = Annotated[Text, AfterValidator(partial(_code, "google"))]
Bing: TypeAlias = Annotated[Text, AfterValidator(partial(_code, "bing"))]
Yandex: TypeAlias = Annotated[Text, AfterValidator(partial(_code, "yandex"))]
Pinterest: TypeAlias = Annotated[Text, AfterValidator(partial(_code, "pinterest"))]
Facebook: TypeAlias = Annotated[Text, AfterValidator(partial(_code, "facebook"))]


class Verification(Record):
    """``verification`` in clinic.yaml: each key is a code, or the whole meta element that has it."""

    google: Google | None = Field(default=None, description="the code or the tag of Google Search Console")
    bing: Bing | None = Field(default=None, description="that of Bing Webmaster Tools")
    yandex: Yandex | None = Field(default=None, description="that of Yandex Webmaster")
    pinterest: Pinterest | None = Field(default=None, description="that of Pinterest")
    facebook: Facebook | None = Field(default=None, description="that of Meta's domain verification")

    def metas(self) -> Iterator[tuple[str, str]]:
        """Name and content of the meta element for each that is given."""
        for key, name in META_NAMES.items():
            if code := getattr(self, key):
                yield name, code
