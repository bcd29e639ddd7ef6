"""`admin`: the browser editor on this machine, beside the preview.

Its packages are fetched by npm, held to their checksums, and unpacked where they are served from.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import click

from clinic.cli.build import Project
from clinic.cli.disk import sentence
from clinic.cli.options import port_number, settings_option
from clinic.cli.preview.command import preview
from clinic.cli.preview.server import Answer, file_at
from clinic.content.clinic import read_clinic_yaml
from clinic.rendering.editor.config import ADMIN, admin_files, backend_of
from clinic.rendering.files.hosting import media_type

_SECONDS = 300


class Package(NamedTuple):
    """One of npm's. ``integrity`` is the SHA-512 that npm publishes; ``into`` is its folder below /admin/.

    ``parts`` are the folders that are served, ``strip`` whether without the name of that folder.
    """

    name: str
    version: str
    integrity: str
    into: str
    parts: tuple[str, ...]
    strip: bool = False


SVELTIA = Package(
    "@sveltia/cms",
    "0.221.1",
    "J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
    "sveltia",
    ("npm", "locales", "schema", "LICENSE.txt"),
)
YAML = Package(
    "yaml",
    "2.9.1",
    "3NxN8+78OdzbT7C/WjGsyfPAtJaN3FNDsWxv7Y7mcDsT/oOmgW8BpyQQFFBnvZE3j9Y2Sdz1ULFLezL7Eb2yFw==",
    "yaml",
    ("browser", "LICENSE"),
    strip=True,
)
_FONT = re.compile(r"https://[^`()\s]*/fontsource/fonts/([a-z0-9-]+)(?::vf)?@[\d.]+/([a-z0-9-]+)\.woff2")
_LOCALE = re.compile(r"import\(`(\.\./locales/[\w-]+)\.json`\)")


def packages(root: Path) -> Path:
    """The folder with both, from the cache of the project; fetched first where they are not there.

    Raises ClickException, in one sentence, where they cannot be had; then nothing is left behind.
    """
    folder = root / ".cache" / "editor" / f"{SVELTIA.version}+{YAML.version}"
    if folder.is_dir():
        return folder
    npm = shutil.which("npm")
    if npm is None:
        raise click.ClickException(
            "The editor is fetched by npm, which is not on this machine: install Node.js from nodejs.org, then try "
            "again."
        )
    click.echo("Fetching the editor (once; some 5 MB) …")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as beside:
            whole = Path(beside) / "whole"
            for package in (SVELTIA, YAML):
                _unpack(package, _fetched(npm, package, Path(beside) / package.into), whole / package.into)
            _served_from_here(whole / SVELTIA.into)
            whole.rename(folder)
    except OSError as error:
        if folder.is_dir():  # another command was quicker
            return folder
        raise click.ClickException(f"The editor could not be put into {folder.parent}: {sentence(error)}.") from error
    return folder


def _fetched(npm: str, package: Package, into: Path) -> bytes:
    """The package as npm gives it, which is what its checksum says."""
    into.mkdir(parents=True)
    name = f"{package.name}@{package.version}"
    try:
        subprocess.run(  # noqa: S603 -- npm, with names of our own
            [npm, "pack", name, "--pack-destination", str(into), "--ignore-scripts", "--silent"],
            check=True,
            capture_output=True,
            timeout=_SECONDS,
            cwd=into,
        )
        data = next(into.glob("*.tgz")).read_bytes()
    except (subprocess.SubprocessError, StopIteration) as error:
        raise click.ClickException(
            f"The editor could not be fetched ({name}, by npm): please see that there is a connection to the internet, "
            "then try again."
        ) from error
    checked(package, data)
    return data


def checked(package: Package, data: bytes) -> None:
    """Raise ClickException for bytes that are not those of the package, as npm's lock files hold them (SRI, sha512)."""
    if base64.b64encode(hashlib.sha512(data).digest()).decode() != package.integrity:
        raise click.ClickException(
            f"What npm has fetched is not {package.name} {package.version} as it was published (its checksum is "
            "another), so it is not used: try again, and if it stays so, ask whoever looks after the site."
        )


def _unpack(package: Package, data: bytes, into: Path) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with tarfile.open(fileobj=file, mode="r:gz") as archive:
            for member in archive:
                path = PurePosixPath(*PurePosixPath(member.name).parts[1:])  # npm puts all into package/
                if member.isfile() and path.parts and path.parts[0] in package.parts and path.suffix != ".map":
                    inside = path.relative_to(path.parts[0]) if package.strip and len(path.parts) > 1 else path
                    content = archive.extractfile(member)
                    target = into / inside
                    if content is None or ".." in inside.parts:
                        continue
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content.read())


def _served_from_here(sveltia: Path) -> None:
    """Let its fonts come from its own files, and its languages be modules, as no server says of JSON that it is one."""
    script = sveltia / "npm" / "index.js"
    fonts = {file.name.rpartition("-")[0]: file.name for file in (sveltia / "npm" / "assets").glob("*.woff2")}

    def own(found: re.Match[str]) -> str:
        wanted = f"{found[1]}-{found[2]}"
        names = (name for start, name in fonts.items() if start == wanted or name.startswith(f"{wanted}-"))
        return f"{sveltia.name}/npm/assets/{next(names, wanted)}"

    text = _LOCALE.sub(r"import(`\1.js`)", _FONT.sub(own, script.read_text("utf-8")))
    script.write_text(text, "utf-8", newline="")
    for file in (sveltia / "locales").glob("*.json"):
        module = f"export default {json.dumps(json.loads(file.read_text('utf-8')), ensure_ascii=False)};\n"
        file.with_suffix(".js").write_text(module, "utf-8", newline="")
        file.unlink()


@click.command("admin")
@settings_option("pelicanconf.py")
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
