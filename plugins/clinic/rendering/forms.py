"""The attributes and hidden fields of the contact form and the comment form, as each form service asks for them.

Sources: docs.netlify.com/manage/forms/setup, help.formspree.io, docs.web3forms.com/getting-started/api-reference.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from clinic.domain.pages.urls import FORM_FUNCTION, THANK_YOU, SiteAddress
from clinic.models.clinic import Clinic
from clinic.models.contact import FormProvider
from clinic.models.words import N_, gettext

_TRAP = "website"
"""Name of the field that only robots fill in."""


class Purpose(Enum):
    """What a form is for; the value is its name at the service."""

    CONTACT = "contact"
    COMMENT = "comment"


_SUBJECTS = {Purpose.CONTACT: N_("Message from {site}"), Purpose.COMMENT: N_("Comment from {site}")}
"""The e-mail's subject."""


@dataclass(frozen=True)
class FormView:
    """The ``form`` element's attributes, hidden fields, and name and ``type`` of the field that only robots fill in."""

    attributes: Mapping[str, str]
    hidden: Mapping[str, str]
    trap: str = _TRAP
    trap_type: str = "text"


def form_view(
    clinic: Clinic, address: SiteAddress, link: Callable[[str], str], purpose: Purpose = Purpose.CONTACT
) -> FormView | None:
    """The clinic's form, None without a form service. ``link`` gives the link to a path of the site."""
    form = clinic.contact_form
    if form is None:
        return None
    after = address.absolute(THANK_YOU)
    subject = gettext(_SUBJECTS[purpose], site=address.public.partition("://")[2])
    match form.provider:
        case FormProvider.NETLIFY:
            marks = {"name": purpose.value, "data-netlify": "true", "data-netlify-honeypot": _TRAP}
            return FormView({"action": link(THANK_YOU), **marks}, {"form-name": purpose.value})
        case FormProvider.FORMSPREE:
            return FormView(
                {"action": f"https://formspree.io/f/{form.id}"}, {"_next": after, "_subject": subject}, "_gotcha"
            )
        case FormProvider.WEB3FORMS:
            hidden = {"access_key": form.key or "", "subject": subject, "from_name": clinic.name, "redirect": after}
            return FormView({"action": "https://api.web3forms.com/submit"}, hidden, "botcheck", "checkbox")
        case FormProvider.CLOUDFLARE:
            return FormView({"action": link(FORM_FUNCTION)}, _words_of_function())
        case FormProvider.OWN:
            return FormView({"action": str(form.endpoint)}, {"next": after})


def _words_of_function() -> dict[str, str]:
    """What our function for Cloudflare tells the visitor where it fails (``hosts/cloudflare``)."""
    return {
        "if_incomplete": gettext("Please go back, and leave your name with a phone number or an e-mail address."),
        "if_not_sent": gettext("This could not be sent. Please call us instead."),
    }
