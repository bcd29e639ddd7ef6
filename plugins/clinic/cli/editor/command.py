"""`admin`: the browser editor on this machine, beside the preview."""

import re
import sys
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

import click

from clinic.cli.build import Project
from clinic.cli.disk import sentence
from clinic.cli.editor.package import packages
from clinic.cli.options import port_number
from clinic.cli.preview.loop import preview
from clinic.cli.preview.server import Answer, file_at
from clinic.content.clinic import read_clinic_yaml
from clinic.rendering.editor.page import ADMIN, admin_files, backend_of
from clinic.rendering.files.hosting import media_type


@click.command("admin")
@click.option("--settings", type=click.Path(path_type=Path, readable=False), default="pelicanconf.py")
@click.option("--port", callback=port_number, default="8000", show_default=True, help="0 takes any free port.")
@click.pass_obj
def admin_command(project: Project, settings: Path, port: int) -> None:
    """Write in the browser: the editor at localhost/admin/, beside the preview."""
    files = local_files(project)
    admin = Admin(packages(project.root), files)
    try:
        preview(project, settings, port, opens=sys.stdout.isatty(), editor=admin.at)
    except OSError as error:
        raise click.ClickException(f"The editor could not start: {sentence(error)}.") from error


class Admin:
    """What there is below /admin/: generated ``files`` by their paths, and the folder of the packages."""

    def __init__(self, folder: Path, files: Mapping[str, str]) -> None:
        self.folder = folder
        self.files = files

    def at(self, path: str) -> Answer | None:
        """The answer to a path of the site; None for one that is not below /admin/."""
        inside = path.lstrip("/")
        if inside == ADMIN.rstrip("/"):
            return Answer(HTTPStatus.MOVED_PERMANENTLY, b"", None, f"/{ADMIN}", own=True)
        if not inside.startswith(ADMIN):
            return None
        name = f"{inside}index.html" if inside.endswith("/") else inside
        if name in self.files:
            kind = "application/yaml" if name.endswith(".yml") else media_type(name)
            return Answer(HTTPStatus.OK, self.files[name].encode(), kind, own=True)
        file = file_at(self.folder, inside.removeprefix(ADMIN))
        return Answer.of_file(file) if file else Answer(HTTPStatus.NOT_FOUND, b"", "text/plain", own=True)


def local_files(project: Project) -> Mapping[str, str]:
    """The files of the editor for this project. Raises ClickException where it could not work in it."""
    root = project.root
    if not (root / ".git").exists():
        raise click.ClickException(
            f'The editor works in a folder that git looks after, and {root} is none: run "git init" there, then try '
            "again."
        )
    if not project.content_folder.is_relative_to(root):
        raise click.ClickException(
            f"{project.content_folder} lies outside of {root}, where the editor cannot reach it: move it there."
        )
    editor = read_clinic_yaml(project.content_folder).facts.editor
    # signing in is of no use here; the editor asks for a repository all the same, and shows its name
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", root.name) or "site"
    backend = backend_of(editor) if editor else {"name": "github", "repo": f"local/{name}", "auth_methods": ["token"]}
    return admin_files(project.content_folder.relative_to(root).as_posix(), backend)
