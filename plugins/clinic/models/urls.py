"""Changing and reading addresses of other sites (RFC 3986)."""

from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qs, quote, urlencode, urlsplit, urlunsplit


def with_parameters(url: str, parameters: Mapping[str, str]) -> str:
    """The address with these parameters at the end of its query; those it has already keep their value."""
    parts = urlsplit(url)
    given = parse_qs(parts.query, keep_blank_values=True)
    new = urlencode({key: value for key, value in parameters.items() if key not in given}, safe="/", quote_via=quote)
    return joined(parts._replace(query="&".join(filter(None, (parts.query, new)))))


def joined(parts: SplitResult) -> str:
    """The address of these parts; before a query or fragment, an empty path becomes ``/`` as in browsers."""
    return urlunsplit(parts._replace(path=parts.path or "/") if parts.query or parts.fragment else parts)


def host_of(url: str) -> str:
    """The host in small letters, without ``www.``; empty if there is none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def in_path(text: str) -> str:
    """The text percent-encoded as one segment of a path."""
    return quote(text, safe="")
