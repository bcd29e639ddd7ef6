"""Addresses elsewhere, with something added and nothing broken."""

from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qs, quote, urlencode, urlsplit, urlunsplit


def with_parameters(url: str, parameters: Mapping[str, str]) -> str:
    """The address with these in its query, before the fragment (RFC 3986, section 3).

    What is in the query already stays as it is typed, and is never said twice.
    """
    parts = urlsplit(url)
    said = parse_qs(parts.query, keep_blank_values=True)
    new = urlencode({key: value for key, value in parameters.items() if key not in said}, safe="/", quote_via=quote)
    return joined(parts._replace(query="&".join(filter(None, (parts.query, new)))))


def joined(parts: SplitResult) -> str:
    """The address of these parts; one without a path gets the path that browsers give it."""
    return urlunsplit(parts._replace(path=parts.path or "/") if parts.query or parts.fragment else parts)


def host_of(url: str) -> str:
    """The host, in small letters and without ``www.``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def in_path(words: str) -> str:
    """Words as one segment of a path."""
    return quote(words, safe="")
