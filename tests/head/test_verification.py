"""Codes by which search engines know whose site it is: on the home page, or refused with what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from clinic.models.discovery import META_NAMES, Verification

if TYPE_CHECKING:
    from tests.site import Site

CODE = "aBc-123_dEfGhIjKlMnOpQrStUvWxYz0123456789AB"


def test_each_code_is_on_the_home_page_alone(full: Site) -> None:
    for name in META_NAMES.values():
        [meta] = full.page("/").find_all("meta", attrs={"name": name})
        assert str(meta["content"]).isascii()
        assert "<" not in str(meta["content"])
        assert not full.page("/contact/").find_all("meta", attrs={"name": name})


@pytest.mark.parametrize("key", META_NAMES)
@pytest.mark.parametrize(
    "typed",
    [
        "{code}",
        '<meta name="{name}" content="{code}" />',
        "<META content='{code}' name='{name}'>",
        "<meta name=“{name}” content=“{code}”>",
        "<meta name={name} content={code}>",
        '  <meta content="{code}"/>',
    ],
)
def test_a_code_and_a_whole_tag_are_the_same(key: str, typed: str) -> None:
    given = typed.format(name=META_NAMES[key], code=CODE)
    assert list(Verification.model_validate({key: given}).metas()) == [(META_NAMES[key], CODE)]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"google": "google0123456789abcdef.html"}, "is a file; put that file into static/"),
        ({"bing": "BingSiteAuth.xml"}, "is a file; put that file into static/"),
        ({"google": f"google-site-verification={CODE}"}, 'is for the settings of your domain; choose "HTML tag"'),
        ({"facebook": f"facebook-domain-verification={CODE}"}, "is for the settings of your domain"),
        ({"google": f'<meta name="msvalidate.01" content="{CODE}">'}, 'write it under "bing"'),
        ({"bing": f'<meta name="viewport" content="{CODE}">'}, "copy the one whose name is msvalidate.01"),
        ({"google": '<meta name="google-site-verification">'}, "is not a code; copy what stands between the quotes"),
        ({"yandex": "my code"}, "is not a code; copy"),
        ({"pinterest": "https://pinterest.example.com/me"}, "is not a code; copy"),
    ],
)
def test_what_is_no_code_is_told_with_what_to_write(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message.replace(".", r"\.")):
        Verification.model_validate(given)
