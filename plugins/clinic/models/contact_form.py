"""Who receives the contact form of a site that has no server of its own."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.types import Url


class FormProvider(Enum):
    """A service that accepts a plain HTML form; ``own`` is any address that does."""

    NETLIFY = "netlify"
    FORMSPREE = "formspree"
    WEB3FORMS = "web3forms"
    CLOUDFLARE = "cloudflare"
    OWN = "own"


_NEEDED: Mapping[FormProvider, tuple[str, str]] = {
    FormProvider.FORMSPREE: ("id", "the letters at the end of the address it gave you, https://formspree.io/f/…"),
    FormProvider.WEB3FORMS: ("key", "the access key it sent you"),
    FormProvider.OWN: ("endpoint", "the address that takes the form in, with https://"),
}
"""The one key that a provider needs, and what it is."""
_KEYS = ("id", "key", "endpoint")


def _secure(url: str) -> str:
    if not url.startswith(("https://", "http://localhost")):
        raise ValueError(f'"{url}" would send names and numbers where others can read them; write it with https://')
    return url


def _code(value: str) -> str:
    if not re.fullmatch("[A-Za-z0-9-]+", value):
        raise ValueError(f'"{value}" is more than it should be; write its letters, digits and hyphens alone')
    return value


Code: TypeAlias = Annotated[str, AfterValidator(_code)]
"""A provider's identifier of the form: letters, digits and hyphens."""


class ContactForm(Record):
    """``contact_form`` in clinic.yaml. Beside ``provider``, each provider needs one further key at most."""

    provider: FormProvider = Field(description="who takes the form in")
    id: Code | None = Field(default=None, description="for formspree: the end of the address it gave you")
    key: Code | None = Field(default=None, description="for web3forms: the access key it sent you")
    endpoint: Annotated[Url, AfterValidator(_secure)] | None = Field(
        default=None, description="for own: the address that takes the form in, with https://"
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """A form without a receiver would lose what visitors write."""
        needed, what = _NEEDED.get(self.provider, ("", ""))
        for key in _KEYS:
            given = getattr(self, key) is not None
            if given and key != needed:
                raise RecordError(key, f'"{self.provider.value}" uses no "{key}"; remove it')
            if key == needed and not given:
                raise RecordError("provider", f'"{self.provider.value}" needs "{key}"; add it: {what}')
        return self
