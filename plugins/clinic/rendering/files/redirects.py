"""Redirects from former addresses, as rules and as pages, for every kind of static host."""

import html
from collections.abc import Mapping


def netlify_redirects(moved: Mapping[str, str], folder: str) -> str:
    """The ``_redirects`` file of Netlify and Cloudflare Pages.

    ``moved`` maps former to present paths from the root; ``folder`` is the path part of the public address.
    """
    return "".join(f"{folder}/{old.strip('/')} {folder}/{new} 301\n" for old, new in sorted(moved.items()))


def redirect_page(link: str, canonical: str) -> str:
    """A page for hosts without redirect rules (GitHub Pages, S3): it forwards to ``link`` and names ``canonical``."""
    target = html.escape(link)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>This page has moved</title>'
        f'<meta http-equiv="refresh" content="0; url={target}"><link rel="canonical" href="{html.escape(canonical)}">'
        '<meta name="robots" content="noindex"></head>'
        f'<body><p>This page has <a href="{target}">moved</a>.</p></body></html>\n'
    )
