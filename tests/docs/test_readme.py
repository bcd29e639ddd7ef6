"""The README is held to the code: what it lists is what there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from clinic.content.error_messages import WRITTEN_KEYS
from clinic.models import announcements as testimonials
from clinic.models.announcements import CareCard, Notice
from clinic.models.articles import ArticleFrontMatter, Citation, Reviews
from clinic.models.bank_holidays import BankHolidays
from clinic.models.booking import Booking
from clinic.models.booking_providers import BOOKING_PROVIDERS
from clinic.models.brand import Brand
from clinic.models.clinic import ClinicFile
from clinic.models.comments import AnswerFrontMatter, CommentFrontMatter, CommentSettings
from clinic.models.contact_form import ContactForm, FormProvider
from clinic.models.exemptions import Exemption
from clinic.models.legal import Legal
from clinic.models.location import Address, Coordinates, Location, LocationFrontMatter
from clinic.models.opening_hours import Closure, Season, SpecialHours
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.registers import Registration
from clinic.models.service import Price, Question, ServiceFrontMatter
from clinic.rendering.markdown.directives import KINDS

if TYPE_CHECKING:
    from pydantic import BaseModel

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def in_code(word: str) -> bool:
    """Whether the README names it as code."""
    return bool(re.search(rf"`[^`\n]*\b{re.escape(word)}\b[^`\n]*`", README)) or bool(
        re.search(rf"^    .*\b{re.escape(word)}\b", README, re.MULTILINE)
    )


def test_every_make_target_is_in_the_readme() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert targets
    assert [target for target in targets if target != "help" and f"`make {target}`" not in README] == []


def test_every_directive_is_in_the_readme() -> None:
    assert [name for name in KINDS if not in_code(name)] == []
    options = {option for kind in KINDS.values() for option in kind.options.model_fields}
    assert [option for option in options if not in_code(option)] == []


def test_every_key_of_the_facts_is_in_the_readme() -> None:
    models: list[type[BaseModel]] = [
        ClinicFile, Brand, Legal, Booking, Location, Address, Coordinates, ServiceFrontMatter, Price, Question,
        PractitionerFrontMatter, Registration, ArticleFrontMatter, Citation, Notice, ContactForm, LocationFrontMatter,
        testimonials.Testimonial, Season, Closure, SpecialHours, BankHolidays, CareCard, Reviews, Exemption,
        CommentSettings, CommentFrontMatter, AnswerFrontMatter,
    ]  # fmt: skip
    keys = [
        (model, key) for model in models for field in model.model_fields for key in WRITTEN_KEYS.get(field, (field,))
    ]
    missing = [f"{model.__name__}.{key}" for model, key in keys if not in_code(key)]
    assert missing == []


def test_every_taker_in_of_forms_is_in_the_readme() -> None:
    assert [provider.value for provider in FormProvider if not in_code(provider.value)] == []


def test_every_booking_provider_is_in_the_readme() -> None:
    assert [name for name in BOOKING_PROVIDERS if not in_code(name)] == []


def test_every_dependency_earns_its_place_in_the_readme() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    named = re.findall(r'^    "([A-Za-z0-9_-]+)(?:\[\w+\])?[=><]', project, re.MULTILINE)
    table = README[README.index("### Dependencies") :].lower()
    assert [name for name in named if name.lower() not in table and not name.startswith("types-")] == []
