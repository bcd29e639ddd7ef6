"""Contact details: telephone numbers as people write them and as machines dial them, WhatsApp, e-mail; the form."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, NamedTuple, Self, TypeAlias
from urllib.parse import quote

import phonenumbers
from pydantic import BeforeValidator, Field, PlainSerializer, ValidationInfo, model_validator
from pydantic.dataclasses import dataclass

from clinic.models.base import Record, RecordError
from clinic.models.types import Email, Url, checked

_CHARACTERS = frozenset("0123456789+()-–./ \N{NO-BREAK SPACE}")
_BETWEEN = re.compile(r"[/,;&|]|\b(?:or|and)\b")
_YES, _NO = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_CODE = re.compile("[A-Za-z0-9-]+")
_SECURE = re.compile("https://|http://localhost")
_FEWEST = 6  # digits of what may be a number of its own
_UNGROUPED = re.compile(r"\+?\d{7,}")
_UK, _UK_DIGITS = 44, 10


@dataclass(frozen=True)
class Phone:
    """A telephone number: ``shown`` as the owner grouped it, else as her country does.

    ``e164`` is as RFC 3966 and schema.org want it.
    """

    shown: str
    e164: str
    takes_texts: bool = False
    """Whether text messages can be sent to it, as far as its range tells."""

    @property
    def call_url(self) -> str:
        """The ``tel:`` address (RFC 3966)."""
        return f"tel:{self.e164}"

    def text_url(self, body: str = "") -> str:
        """The ``sms:`` address (RFC 5724), with a message if given."""
        return f"sms:{self.e164}" + (f"?body={quote(body)}" if body else "")

    def whatsapp_url(self, message: str = "") -> str:
        """The ``wa.me`` address (WhatsApp, "click to chat"): the number without its plus, with a message if given."""
        return f"https://wa.me/{self.e164.removeprefix('+')}" + (f"?text={quote(message)}" if message else "")


def parse_phone(text: str, country: str = "GB") -> Phone:
    """Read a number as it is written in ``country`` (ISO 3166 code).

    Raises ValueError with a sentence when it cannot be dialled. Numbers kept for drama (Ofcom's 01632 960xxx) pass:
    the length is checked, not whether the range is in use.
    """
    if len([part for part in _BETWEEN.split(text) if sum(map(str.isdigit, part)) >= _FEWEST]) > 1:
        raise ValueError(f'"{text}" is more than one phone number; keep one')
    wrong = ValueError(f'"{text}" is not a phone number; write it as people dial it, for example 01632 960123')
    if set(text) - _CHARACTERS:
        raise wrong
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise wrong from None
    if error := _length_error(number):
        raise ValueError(f'"{text}" has too {error} digits for a phone number; compare it with the real one')
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(_grouped(text.strip(), number), e164, takes_texts=_is_mobile(number))


def _grouped(text: str, number: phonenumbers.PhoneNumber) -> str:
    """The number as it was typed, unless without any group: nobody reads eleven digits in a row over a telephone."""
    if not _UNGROUPED.fullmatch(text):
        return text
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.INTERNATIONAL if text.startswith("+") else form.NATIONAL)


def _length_error(number: phonenumbers.PhoneNumber) -> str | None:
    """``few`` or ``many`` digits; None if as many as there should be."""
    if phonenumbers.is_valid_number(number):
        return None
    if number.country_code == _UK:  # phonenumbers accepts numbers that can be dialled only inside their own area
        digits = len(str(number.national_number))
        return None if digits == _UK_DIGITS else "few" if digits < _UK_DIGITS else "many"
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return "many" if possible == phonenumbers.ValidationResult.TOO_LONG else "few"


def _is_mobile(number: phonenumbers.PhoneNumber) -> bool:
    if number.country_code == _UK:  # every UK number that begins with 7 is mobile, drama numbers included
        return str(number.national_number).startswith("7")
    mobile = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.number_type(number) in mobile


def mail_url(address: str, subject: str = "", body: str = "") -> str:
    """The ``mailto:`` address (RFC 6068), with subject and body if given."""
    given = [f"{key}={quote(text)}" for key, text in (("subject", subject), ("body", body)) if text]
    return f"mailto:{address}" + (f"?{'&'.join(given)}" if given else "")


def _phone(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, str):
        return parse_phone(value, (info.context or {}).get("country", "GB"))
    if value is None or isinstance(value, Phone):
        return value
    raise ValueError("there is more than a number here; write one number alone, for example 01632 960123")


def _whatsapp(value: Any, info: ValidationInfo) -> Any:
    """Accept ``true`` for the number under ``phone``, which is validated before: it is the earlier field."""
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in _NO:
        return None
    if word not in _YES:
        return _phone(value, info)
    if info.data.get("phone", ...) is None:
        raise ValueError('there is no "phone" beside it whose number this could be; write the number itself')
    return info.data.get("phone")  # absent where it is invalid, which has an error of its own


_AS_SHOWN = PlainSerializer(lambda phone: phone and phone.shown)
PhoneNumber: TypeAlias = Annotated[Phone, BeforeValidator(_phone), _AS_SHOWN]
"""A telephone number, read in the clinic's country (validation context ``country``)."""
WhatsApp: TypeAlias = Annotated[Phone | None, BeforeValidator(_whatsapp), _AS_SHOWN]
"""The number of a WhatsApp account; ``true`` where it is the telephone's, None where there is none."""


class Reachable(Record):
    """A record with contact details: the clinic, a location, a practitioner."""

    phone: PhoneNumber | None = Field(
        default=None, description="a telephone number as people dial it, such as 01632 960123"
    )
    email: Email | None = Field(default=None, description="an e-mail address, like name@example.com")
    whatsapp: WhatsApp = Field(
        default=None, description="a number with WhatsApp, or yes where it is the one under phone"
    )


class Reach(NamedTuple):
    """The contact details of someone, as far as known."""

    phone: Phone | None
    whatsapp: Phone | None
    email: str | None


def reach(*records: Reachable | None) -> Reach:
    """The nearest contact details: each from the first record that has it."""
    known = [record for record in records if record]
    return Reach(
        phone=next((record.phone for record in known if record.phone), None),
        whatsapp=next((record.whatsapp for record in known if record.whatsapp), None),
        email=next((record.email for record in known if record.email), None),
    )


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
Code: TypeAlias = Annotated[
    str, checked(_CODE.fullmatch, "is more than it should be; write its letters, digits and hyphens alone")
]
"""A provider's identifier of the form."""
SecureUrl: TypeAlias = Annotated[
    Url, checked(_SECURE.match, "would send names and numbers where others can read them; write it with https://")
]


class ContactForm(Record):
    """``contact_form`` in clinic.yaml. Beside ``provider``, each provider needs one further key at most."""

    provider: FormProvider = Field(description="who takes the form in")
    id: Code | None = Field(default=None, description="for formspree: the end of the address it gave you")
    key: Code | None = Field(default=None, description="for web3forms: the access key it sent you")
    endpoint: SecureUrl | None = Field(
        default=None, description="for own: the address that takes the form in, with https://"
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """A form without a receiver would lose what visitors write."""
        needed, what = _NEEDED.get(self.provider, ("", ""))
        for key in ("id", "key", "endpoint"):
            given = getattr(self, key) is not None
            if given and key != needed:
                raise RecordError(key, f'"{self.provider.value}" uses no "{key}"; remove it')
            if key == needed and not given:
                raise RecordError("provider", f'"{self.provider.value}" needs "{key}"; add it: {what}')
        return self
