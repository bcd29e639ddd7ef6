"""The files of /admin/ beside the editor's package: its page, and its configuration (``config.yml`` of Sveltia CMS).

The configuration is generated from the models.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from clinic.models.articles import ArticleFrontMatter, PageFrontMatter
from clinic.models.clinic import ClinicFile
from clinic.models.comments import CommentFrontMatter
from clinic.models.events import EventFrontMatter
from clinic.models.exercises import ExerciseFrontMatter
from clinic.models.host import Editor
from clinic.models.location import LocationFrontMatter
from clinic.models.practitioner import PractitionerFrontMatter
from clinic.models.service import ServiceFrontMatter
from clinic.rendering.editor.fields import Json, fields_of

PICTURES = "images"
"""The folder of the content in which new pictures are put."""
ADMIN = "admin/"
"""Where it is, from the root of the site."""
_ASSETS = Path(__file__).with_name("assets")
_SERVICES = {"github": ("https://api.github.com",)}
"""What each backend is asked (docs.github.com, "REST API endpoints"); nothing else is ever loaded from elsewhere."""


@dataclass(frozen=True)
class Kind:
    """Files of one folder. ``slug`` is how a new one is named, ``depth`` how many folders lie in each other."""

    label: str
    one: str
    model: type[BaseModel]
    optional: tuple[str, ...] = ()
    slug: str = "{{slug}}"
    depth: int = 1
    create: bool = True
    said: str = ""


KINDS: Mapping[str, Kind] = {
    "posts": Kind("Posts", "Post", ArticleFrontMatter, ("slug", "date"), "{{year}}-{{month}}-{{day}}-{{slug}}"),
    "pages": Kind("Pages", "Page", PageFrontMatter, ("slug",)),
    "services": Kind("Services", "Service", ServiceFrontMatter),
    "team": Kind("Team", "Person", PractitionerFrontMatter),
    "events": Kind("Events", "Event", EventFrontMatter),
    "exercises": Kind("Exercises", "Exercise", ExerciseFrontMatter),
    "locations": Kind("Pages of locations", "Page of a location", LocationFrontMatter, ("title",)),
    "comments": Kind(
        "Comments", "Comment", CommentFrontMatter, ("name", "consent"), create=False, depth=2,
        said="Taken in with make comment, which keeps the person's consent; here they are published or corrected.",
    ),
}  # fmt: skip
"""By the name of the folder."""
_RENAMED = {"posts": {"author": "authors"}}
"""Keys with a second spelling, by folder."""
_SELDOM = ("slug", "aliases", "language", "translation_of", "others")
"""Keys that stand at the end, as most files need none of them."""
_NEW = {"status": "draft", "date": "{{now}}"}
"""What a new post says; it is a draft until its writer says otherwise, as with ``make post``."""


def config(content: str, backend: Json) -> Json:
    """All of it: ``content`` is the content folder from the repository's root, ``backend`` where the files are."""
    return {
        "backend": backend,
        "media_folder": f"{content}/{PICTURES}",
        "public_folder": PICTURES,
        # photographs are made smaller when the site is built; HEIC is what no build can read
        "media_libraries": {
            "default": {"config": {"max_file_size": 20_000_000, "slugify_filename": True}},
            "stock_assets": {"providers": []},  # of other sites, which would learn who writes
        },
        "slug": {"encoding": "ascii", "clean_accents": True, "timezone": "local", "maxlength": 100},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "double"}},
        "editor": {"preview": False},
        "collections": [*(_collection(name, kind, content) for name, kind in KINDS.items()), _facts(content)],
    }


def config_yaml(content: str, backend: Json) -> str:
    """The same as the text of ``config.yml``."""
    return yaml.safe_dump(config(content, backend), allow_unicode=True, sort_keys=False, width=120)


def shapes() -> dict[str, Json]:
    """For each collection the shape of its files, and keys that have another name in the editor."""
    found: dict[str, Json] = {
        name: {
            "shape": {"is": "object", "keys": {key: made.shape for key, made in _fields(kind).items()}},
            "rename": _RENAMED.get(name, {}),
            "markdown": True,
        }
        for name, kind in KINDS.items()
    }
    facts = {key: made.shape for key, made in fields_of(ClinicFile).items()}
    return found | {"clinic": {"shape": {"is": "object", "keys": facts}, "markdown": False}}


def _fields(kind: Kind) -> dict[str, Any]:
    fields = fields_of(kind.model, optional=kind.optional)
    return {key: fields[key] for key in sorted(fields, key=lambda key: key in _SELDOM)}


def _collection(name: str, kind: Kind, content: str) -> Json:
    fields = [made.field for made in _fields(kind).values()]
    if name == "posts":
        fields = [field | ({"default": _NEW[field["name"]]} if field["name"] in _NEW else {}) for field in fields]
    body = {"name": "body", "label": "Text", "widget": "richtext", "required": False, "modes": ["raw"]}
    title = next((field["name"] for field in fields if field["name"] in {"title", "name"}), "title")
    return {
        "name": name,
        "label": kind.label,
        "label_singular": kind.one,
        **({"description": kind.said} if kind.said else {}),
        "folder": f"{content}/{name}",
        "format": name,
        "identifier_field": title,
        "slug": kind.slug,
        **({"nested": {"depth": kind.depth}} if kind.depth > 1 else {}),
        "create": kind.create,
        "fields": [fields[0], body, *fields[1:]],
    }


def _facts(content: str) -> Json:
    return {
        "name": "clinic",
        "label": "Clinic",
        "files": [
            {
                "name": "facts",
                "label": "Facts of the clinic",
                "file": f"{content}/clinic.yaml",
                "format": "clinic",
                "fields": [made.field for made in fields_of(ClinicFile).values()],
            }
        ],
    }


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
