"""In what order a country writes town, region and postcode."""

from collections.abc import Mapping
from typing import NamedTuple

_Layout = tuple[tuple[str, str], ...]
"""For each part what stands before it, and its key of ``Address``."""
_TOWN_FIRST: _Layout = (("", "locality"), (", ", "region"), (" ", "postcode"))
_LAYOUTS: Mapping[_Layout, str] = {
    (("", "postcode"), (" ", "locality"), (", ", "region")): (
        "AD AM AT AX AZ BA BE BG BL CH CL CV CY CZ DE DK DO DZ EE ES ET FI FO FR GE GF GL GN GP GR GT HR IL IS IT KG "
        "LA LI LT LU MA MC ME MF MG MK MQ MX MY MZ NC NE NL NO PL PM PT PY RE RO RS SE SI SJ SK SM SN TJ TN TR UY VA "
        "XK YT"
    ),
    (("", "locality"), (", ", "region"), (", ", "postcode")): "CN IE JP KE KR LV TH UA VN ZA",
    (("", "locality"), (" ", "region"), (" ", "postcode")): "AU CA",
    (("", "locality"), (" ", "postcode"), (", ", "region")): "BD BH BM BN BT IN JO KH LB LS MM MT MV NP NZ PK SA SG",
}
"""By what the format of a country (``fmt``, or ``lfmt`` in Latin letters) of Google's address data has after the street
(chromium-i18n.appspot.com/ssl-address, which libaddressinput reads): ISO 3166 codes. Others are written as in Britain
and America. A part that a country leaves out on letters stands last: the page shows all that the owner wrote."""
_BY_COUNTRY = {code: layout for layout, codes in _LAYOUTS.items() for code in codes.split()}


class AddressPart(NamedTuple):
    """One part of an address: ``before`` is what separates it from the last, ``name`` its key, ``text`` its value."""

    before: str
    name: str
    text: str


def place_parts(values: Mapping[str, str | None], country: str) -> tuple[AddressPart, ...]:
    """The known ones of ``locality``, ``region`` and ``postcode`` in the order of ``country``: ``10115 Berlin``."""
    layout = _BY_COUNTRY.get(country, _TOWN_FIRST)
    known = [AddressPart(before, name, text) for before, name in layout if (text := values.get(name))]
    return tuple(part._replace(before=part.before if number else "") for number, part in enumerate(known))
