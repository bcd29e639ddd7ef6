"""What patients said stands on the home page in their words, and is never passed off as a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from clinic.models import announcements
from tests.site import NOW

if TYPE_CHECKING:
    from tests.site import Site


def test_they_stand_on_the_home_page_as_quotations_with_their_source(full: Site) -> None:
    said = [" ".join(figure.get_text(" ").split()) for figure in full.page("/").select("figure.testimonial")]
    assert len(said) == 2
    assert said[0].startswith("“They asked about my old football ankle")
    assert said[0].endswith("Nobody had.” J., runner, December 2025")
    assert "““" not in said[0]  # the owner typed quotation marks; one pair is enough


def test_no_page_and_no_graph_calls_them_reviews(full: Site) -> None:
    for address in full.pages:
        html = full.html(address)
        assert '"Review"' not in html, address
        assert "ratingValue" not in html, address
        assert "itemprop" not in html, address


def test_the_day_of_consent_is_kept_and_not_shown(full: Site) -> None:
    assert "2026-01-11" not in full.everything()


def test_without_any_the_home_page_has_no_place_for_them(minimal: Site) -> None:
    assert "testimonial" not in minimal.html("/")


@pytest.mark.parametrize("consent", [{}, {"consent": "2026-03-04"}], ids=["nobody asked", "tomorrow"])
def test_nobody_is_quoted_before_they_have_agreed(consent: dict[str, str]) -> None:
    said = {"words": "They listened.", "source": "J. in Larkmouth", "date": "2026-02-01"}
    taken = announcements.Testimonial.model_validate(said | {"consent": "2026-03-01"}, context={"now": NOW})
    assert taken.source == said["source"]
    with pytest.raises(ValidationError):
        announcements.Testimonial.model_validate(said | consent, context={"now": NOW})
