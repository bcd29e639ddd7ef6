"""The files of /admin/ beside the editor's package: its page, its configuration, and what reads and writes for it."""

import json
from collections.abc import Mapping
from pathlib import Path

from clinic.models.editor import Editor
from clinic.rendering.editor.config import config_yaml, shapes
from clinic.rendering.editor.fields import Json

ADMIN = "admin/"
"""Where it is, from the root of the site."""
_ASSETS = Path(__file__).with_name("assets")
_SERVICES = {"github": ("https://api.github.com",)}
"""What each backend is asked (docs.github.com, "REST API endpoints"); nothing else is ever loaded from elsewhere."""


def admin_files(content: str, backend: Json) -> Mapping[str, str]:
    """Every file by its path from the root of the site; ``content`` is the content folder from the repository."""
    page = (_ASSETS / "index.html").read_text("utf-8").replace("{{ policy }}", policy(str(backend["name"])))
    scripts = {name: (_ASSETS / name).read_text("utf-8") for name in ("admin.js", "format.js")}
    made = {"index.html": page, "config.yml": config_yaml(content, backend), "shapes.json": json.dumps(shapes())}
    return {f"{ADMIN}{name}": text for name, text in {**made, **scripts}.items()}


def backend_of(editor: Editor) -> Json:
    """As the editor's configuration names it: signed in with a token alone, as OAuth needs a server of its own."""
    return {"name": editor.backend, "repo": editor.repo, "branch": editor.branch, "auth_methods": ["token"]}


def policy(backend: str) -> str:
    """The Content-Security-Policy (CSP 3): scripts of the site's own alone, and requests to the backend alone.

    The editor sets styles in its elements, reads pictures through ``blob:``, and decodes some with WebAssembly.
    """
    return (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "img-src 'self' blob: data:; media-src 'self' blob:; worker-src 'self' blob:; frame-src blob:; "
        f"connect-src 'self' blob: data: {' '.join(_SERVICES[backend])}; base-uri 'none'; form-action 'none'"
    )


def admin_headers(folder: str, editor: Editor) -> str:
    """Its part of ``_headers``; ``folder`` is the path part of the public address.

    ``frame-ancestors`` counts in a header alone (CSP 3, 3.3), and nobody may put a frame around an editor.
    """
    return (
        f"{folder}/{ADMIN}*\n  X-Robots-Tag: noindex, nofollow\n  Referrer-Policy: no-referrer\n"
        f"  Content-Security-Policy: {policy(editor.backend)}; frame-ancestors 'none'\n"
    )
