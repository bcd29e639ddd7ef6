"""`hosting`: what each kind of host needs beside the site, and where it is written."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from clinic.cli.build import Project
from clinic.cli.deploy.cloudflare import FUNCTIONS, takes_forms
from clinic.cli.deploy.command import host_of
from clinic.cli.disk import write_whole
from clinic.cli.options import run_writing
from clinic.content.clinic import read_clinic_yaml
from clinic.models.clinic import ClinicFile
from clinic.models.host import Host, HostKind
from clinic.rendering.files.headers import HEADERS, read_headers
from clinic.rendering.files.servers import (
    PYTHON,
    Served,
    apache,
    caddy,
    cloudfront,
    netlify_toml,
    nginx,
    read_redirects,
)

FOLDER = "hosting"
"""Of what belongs on a server; it is no part of the site."""
_MARK = "# Made by make hosting"
_HEAD = 80
"""Characters at whose beginning the mark stands, in a comment as the file has them."""
_AGAIN = f"{_MARK}, which writes it anew while this line is here; without it, it is yours."


class HostFile(NamedTuple):
    """A file: its path in the project, its text, and what to do with it."""

    path: str
    text: str
    then: str


def write_hosting(project: Project, to: str) -> None:
    """Write the files of the host, and say what to do with each. Raises OSError, DeployError."""
    clinic = read_clinic_yaml(project.content_folder, project.content_name)
    host = host_of(clinic, to)
    files = list(files_for(host, clinic.facts, *_published(project.root)))
    for file in files:
        path = project.root / file.path
        if not _is_ours(path, file.text):
            beside = project.root / FOLDER / path.name
            write_whole(beside, file.text)
            name = beside.relative_to(project.root).as_posix()
            click.echo(f"{file.path} is your own, so it stays as it is; ours is in {name}, to compare.")
            continue
        write_whole(path, file.text)
        click.echo(f"{file.path}: {file.then}")
    if host.kind is HostKind.GITHUB:
        click.echo(
            "github needs nothing beside the site, and sends no headers of ours: every page has its policy in itself; "
            "switch on Enforce HTTPS in the repository's settings, under Pages."
        )
    elif not files:
        click.echo(f"{host.kind.value} needs nothing beside the site: _headers and _redirects are in it.")


def files_for(host: Host, facts: ClinicFile, redirects: str, headers: str) -> Iterator[HostFile]:
    """The files for a host; ``redirects`` and ``headers`` are the texts of its ``_redirects`` and ``_headers``."""
    if host.kind is HostKind.NETLIFY:
        yield HostFile(
            "netlify.toml", f"{_AGAIN}\n{netlify_toml()}", "commit it, if Netlify builds from the repository."
        )
    if host.kind in {HostKind.NETLIFY, HostKind.CLOUDFLARE}:
        yield HostFile(".python-version", f"{PYTHON}\n", "commit it; hosts that build take this Python.")
    if host.kind is HostKind.CLOUDFLARE and takes_forms(facts):
        for file in sorted(FUNCTIONS.rglob("*.js")):
            path = (Path("functions") / file.relative_to(FUNCTIONS)).as_posix()
            yield HostFile(path, file.read_text("utf-8"), "commit it, if Cloudflare builds from the repository.")
    if host.kind is HostKind.S3:
        yield HostFile(
            f"{FOLDER}/cloudfront.json",
            cloudfront(Served(facts.url, "/", {}, {}, read_headers(headers)), _MARK.removeprefix("# ")),
            "for CloudFront, which stands before your bucket (a bucket alone sends no such headers): aws cloudfront "
            f"create-response-headers-policy --response-headers-policy-config file://{FOLDER}/cloudfront.json",
        )
    if host.kind in {HostKind.RSYNC, HostKind.SFTP}:
        site = Served(facts.url, host.folder or "/var/www/html", *read_redirects(redirects), read_headers(headers))
        yield HostFile(
            f"{FOLDER}/nginx.conf",
            f"{_AGAIN}\n{nginx(site)}",
            "for nginx: copy it to /etc/nginx/conf.d/ of the server, then run nginx -t and nginx -s reload there.",
        )
        yield HostFile(
            f"{FOLDER}/Caddyfile",
            f"{_AGAIN}\n{caddy(site)}",
            "for Caddy: copy it to /etc/caddy/ of the server, then run systemctl reload caddy there.",
        )
        yield HostFile(
            f"{FOLDER}/apache.htaccess",
            f"{_AGAIN}\n{apache(site)}",
            "for web space with Apache: save it as static/.htaccess in your content, then publish and deploy.",
        )


def _published(root: Path) -> tuple[str, str]:
    """The redirects and headers of the published site; without one, they are told to be missing."""
    files = [root / "output" / name for name in ("_redirects", HEADERS)]
    if not all(file.is_file() for file in files):
        click.echo(
            "There is no site in output/ yet, so former addresses and security headers are left out: run make publish, "
            "then this again."
        )
    redirects, headers = (file.read_text("utf-8") if file.is_file() else "" for file in files)
    return redirects, headers


def _is_ours(path: Path, text: str) -> bool:
    """Whether a file may be written: there is none, it has our mark, or it says what ours says."""
    if not path.exists():
        return True
    try:
        there = path.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return _MARK.removeprefix("# ") in there[:_HEAD] or there == text


@click.command("hosting")
@click.option("--to", default="", help="A kind of host, if it is not that of clinic.yaml.")
@click.pass_context
def hosting_command(context: click.Context, to: str) -> None:
    """Write what the host needs beside the site; no file of the owner's own is ever overwritten."""
    run_writing(context, lambda: write_hosting(context.obj, to.strip().lower()))
