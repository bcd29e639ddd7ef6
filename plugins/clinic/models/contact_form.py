"""Who takes in the contact form of a site that has no server of its own."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.types import Url


class Provider(Enum):
    """A service that takes a plain HTML form in; ``own`` is any address that does."""

    NETLIFY = "netlify"
    FORMSPREE = "formspree"
    WEB3FORMS = "web3forms"
    CLOUDFLARE = "cloudflare"
    OWN = "own"


_NEEDED: Mapping[Provider, tuple[str, str]] = {
    Provider.FORMSPREE: ("id", "the letters at the end of the address it gave you, https://formspree.io/f/…"),
    Provider.WEB3FORMS: ("key", "the access key it sent you"),
    Provider.OWN: ("endpoint", "the address that takes the form in, with https://"),
}
_KEYS = ("id", "key", "endpoint")


def _secure(url: str) -> str:
    if not url.startswith(("https://", "http://localhost")):
        raise ValueError(f'"{url}" would send names and numbers where others can read them; write it with https://')
    return url


def _alone(value: str) -> str:
    if not re.fullmatch("[A-Za-z0-9-]+", value):
        raise ValueError(f'"{value}" is more than it should be; write its letters, digits and hyphens alone')
    return value


Code: TypeAlias = Annotated[str, AfterValidator(_alone)]
"""What a provider knows the form by."""


class ContactForm(Record):
    """``provider`` takes the form in; of the other keys each provider needs one at most."""

    provider: Annotated[Provider, Field(description="who takes the form in")]
    id: Code | None = None
    key: Code | None = None
    endpoint: Annotated[Url, AfterValidator(_secure)] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """A form that leads nowhere would swallow what visitors write."""
        needed, what = _NEEDED.get(self.provider, ("", ""))
        for key in _KEYS:
            given = getattr(self, key) is not None
            if given and key != needed:
                raise RecordError(key, f'"{self.provider.value}" uses no "{key}"; remove it')
            if key == needed and not given:
                raise RecordError("provider", f'"{self.provider.value}" needs "{key}"; add it: {what}')
        return self
