"""``site.webmanifest``: name, icons and colours for those who put the site on their phone's home screen."""

import json

from clinic.domain.checks.palette import Tokens
from clinic.models.clinic import Clinic
from clinic.rendering.images.brand import ICON_SIZES, MASKABLE

MANIFEST = "site.webmanifest"


def web_manifest(clinic: Clinic, folder: str, colours: Tokens) -> str:
    """W3C Web Application Manifest, as JSON. ``folder`` is the path of the public address, ``colours`` the palette.

    ``display`` is ``browser``: a site keeps its address bar and its back button.
    """
    manifest = {
        "name": clinic.name,
        "lang": clinic.language,
        "id": f"{folder}/",
        "start_url": f"{folder}/",
        "scope": f"{folder}/",
        "display": "browser",
        "background_color": colours["paper"],
        "theme_color": colours["paper"],
        "icons": [
            {"src": f"{folder}/theme/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
            for size in ICON_SIZES
        ]
        + [{"src": f"{folder}/theme/{MASKABLE}", "sizes": "512x512", "type": "image/png", "purpose": "maskable"}],
    }
    described = {"description": clinic.description} if clinic.description else {}
    return json.dumps(manifest | described, ensure_ascii=False, indent=2) + "\n"
