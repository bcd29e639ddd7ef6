"""What is booked, in words: for buttons, headings and messages."""

from dataclasses import dataclass

from clinic.domain.booking.routing import BookingTarget
from clinic.models.language import in_a_sentence
from clinic.models.words import gettext


@dataclass(frozen=True)
class BookingWords:
    """What is booked, in words: ``service`` as in a sentence, ``person``, and where: ``place``, online, or ``visits``.

    Each button and heading is a sentence of its own, since no two languages put its parts in the same order.
    """

    service: str = ""
    person: str = ""
    place: str = ""
    visits: str = ""
    is_online: bool = False
    """Whether people are seen online there."""

    @classmethod
    def of(cls, target: BookingTarget, requested: BookingTarget) -> "BookingWords":
        """The practitioner requested, or derived where no service is known; the location requested."""
        practitioner = requested.practitioner or (None if target.service else target.practitioner)
        location = requested.location
        return cls(
            service=in_a_sentence(target.service.title) if target.service else "",
            person=practitioner.name if practitioner else "",
            place=location.short_name if location and location.address else "",
            visits=in_a_sentence(location.short_name) if location and not (location.address or location.online) else "",
            is_online=bool(location and location.online and not location.address),
        )

    @property
    def what(self) -> str:
        """For a message: ``an appointment with Rosa Quill in Larkmouth``, ``sports massage online``."""
        # Translators: what somebody would like to book: "Hello, I would like to book an appointment."
        what = self.service or gettext("an appointment")
        if self.person:
            what = gettext("{what} with {person}", what=what, person=self.person)
        if self.place:
            return gettext("{what} in {place}", what=what, place=self.place)
        if self.is_online:
            return gettext("{what} online", what=what)
        return f"{what} ({self.visits})" if self.visits else what

    def label(self, *, is_online: bool) -> str:
        """For a button; ``is_online``: whether it is booked online."""
        if self.service:
            said = gettext("Book {service} online") if is_online else gettext("Book {service}")
        elif self.person:
            said = gettext("Book an appointment with {person}")
            said = gettext("Book an appointment with {person} online") if is_online else said
        elif self.place:
            said = gettext("Book an appointment in {place}")
            said = gettext("Book an appointment in {place} online") if is_online else said
        elif self.visits:
            said = gettext("Book an appointment ({visits})")
            said = gettext("Book an appointment ({visits}) online") if is_online else said
        else:
            said = gettext("Book an appointment")
            said = gettext("Book an appointment online") if is_online or self.is_online else said
        return said.format_map(self._values)

    def heading(self, clinic: str) -> str:
        """For what stands around the button."""
        if self.service:
            said = gettext("Book {service} at {clinic}")
        elif self.person:
            said = gettext("Book an appointment with {person} at {clinic}")
        elif self.place:
            said = gettext("Book an appointment in {place} at {clinic}")
        elif self.visits:
            said = gettext("Book an appointment ({visits}) at {clinic}")
        elif self.is_online:
            said = gettext("Book an appointment online at {clinic}")
        else:
            said = gettext("Book an appointment at {clinic}")
        return said.format_map({**self._values, "clinic": clinic})

    @property
    def _values(self) -> dict[str, str]:
        return {"service": self.service, "person": self.person, "place": self.place, "visits": self.visits}
