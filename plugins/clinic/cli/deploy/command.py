"""`deploy` sends the published site to its host: looks whether it may, says what changes, leaves a line in the log."""

import getpass
import json
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from pydantic import ValidationError

from clinic.cli.build import Project
from clinic.cli.deploy.cloudflare import Cloudflare
from clinic.cli.deploy.folder import Folder
from clinic.cli.deploy.github import GitHub
from clinic.cli.deploy.indexnow import tell_of_changes
from clinic.cli.deploy.netlify import Netlify
from clinic.cli.deploy.outcome import DeployError, Plan, Site, Target
from clinic.cli.deploy.s3 import S3
from clinic.cli.deploy.ssh import Rsync, Sftp
from clinic.cli.deploy.tools import scrubbed
from clinic.cli.disk import sentence
from clinic.cli.interrupts import INTERRUPTED, Interrupted, interruptible
from clinic.cli.lock import Busy, only_one
from clinic.cli.options import yes_or_no
from clinic.cli.publish.kept_sites import Published, published
from clinic.cli.publish.site_files import read_site
from clinic.cli.unchanged import Request
from clinic.content.clinic import WHOLE_FILE, ClinicYaml, read_clinic_yaml
from clinic.content.clock import utc_now
from clinic.models.clinic import ClinicFile
from clinic.models.host import KEYS, NEEDED, Host, HostKind
from clinic.models.language import write_to_owner
from clinic.models.suggestions import some_of
from clinic.rendering.files.hosting import NEXT_BUILD, read_next_build

LOG = ".deploys.jsonl"
"""In the project: a line of JSON for each deploy. It has no secrets, and is never sent anywhere."""
_PUBLISH = "run make publish first"


@dataclass(frozen=True)
class Order:
    """What was asked for: another kind of host than that of clinic.yaml, only to look, or to take back."""

    to: str = ""
    output: Path = Path("output")
    is_dry: bool = False
    undoes: bool = False


def deploy(project: Project, order: Order) -> int:
    """Deploy, or say what a deploy would do; give the exit code. Raises DeployError before anything has begun."""
    if order.is_dry and order.undoes:
        raise DeployError("Write either DRY_RUN=yes or UNDO=yes: what an undo brings back, the host knows.")
    clinic = read_clinic_yaml(project.content_folder, project.content_name)
    write_to_owner(clinic.facts.language, clinic.facts.country)
    host = host_of(clinic, order.to)
    folder = (project.root / order.output).resolve()
    if not order.undoes:
        made = _checked(project, folder, clinic)
        for note in _notes(project, made):
            click.echo(f"Note: {note}")
    target = target_of(host, project.root, clinic.facts)
    try:
        with only_one(project.root, "make deploy"):
            public = clinic.facts.url if clinic.facts.discovery.indexnow else ""
            return _Run(project.root, order, host, target, public).run(folder)
    except Busy as busy:
        raise DeployError(f"Not deployed: {busy}") from busy


def host_of(clinic: ClinicYaml, to: str) -> Host:
    """The host of clinic.yaml, or one of the kind ``to`` with what clinic.yaml says of it. Raises DeployError."""
    kinds = ", ".join(kind.value for kind in HostKind)
    if to and to not in {kind.value for kind in HostKind}:
        raise DeployError(f"TO={to} is no kind of host; write TO= and one of {kinds}.")
    line = clinic.line(("host",)) if "host" in clinic.written.value else 1
    if clinic.faulty & {"host", WHOLE_FILE}:
        wrong = min((each for each in clinic.diagnostics if each.line >= line), default=clinic.name)
        raise DeployError(f"It is not clear where to send the site: {wrong}.")
    own = clinic.facts.host
    if own is None and not to:
        raise DeployError(
            f"{clinic.name} does not say where the site is served; write host: with one of {kinds} there, or TO=…."
        )
    host = own if own and to in {"", own.kind.value} else _of_kind(HostKind(to), own)
    if missing := [key for key in NEEDED.get(host.kind, ()) if getattr(host, key) is None]:
        keys = ", ".join(f"{key}: …" for key in missing)
        raise DeployError(
            f"{clinic.name}:{line}: a deploy to {host.kind.value} needs more; write "
            f"host: {{kind: {host.kind.value}, {keys}}} there ({Host.model_fields[missing[0]].description})."
        )
    if host is not own and host.kind is HostKind.GITHUB and host.repository is None:
        # Of a fresh clone the origin is the generator's own repository.
        raise DeployError(
            f"{clinic.name}:{line}: nothing says that the site goes to a repository; write host: github there, for the "
            "one that this folder was cloned from, or host: {kind: github, repository: …}."
        )
    return host


def _of_kind(kind: HostKind, own: Host | None) -> Host:
    """A host of another kind than that of clinic.yaml, with the keys that both know: rsync and sftp are one server."""
    given = own.model_dump(include={*KEYS[kind]}, exclude_none=True, exclude_unset=True) if own else {}
    try:
        return Host(kind=kind, **given)
    except ValidationError:
        return Host(kind=kind)


def target_of(host: Host, root: Path, facts: ClinicFile) -> Target:
    """The place that a host is. Raises DeployError where a secret or a program is missing."""
    made: Mapping[HostKind, Callable[[], Target]] = {
        HostKind.NETLIFY: lambda: Netlify(host, facts.url),
        HostKind.CLOUDFLARE: lambda: Cloudflare(host, root, facts),
        HostKind.GITHUB: lambda: GitHub(host, root, facts.url),
        HostKind.S3: lambda: Folder(S3(host, root)),
        HostKind.RSYNC: lambda: Folder(Rsync(host)),
        HostKind.SFTP: lambda: Folder(Sftp(host)),
    }
    return made[host.kind]()


def _checked(project: Project, folder: Path, clinic: ClinicYaml) -> Published:
    """The publish that made the folder. Raises DeployError for all that is no whole site for the real address."""
    name = folder.name
    if not (folder / "index.html").is_file():
        raise DeployError(f"There is no site in {name}/ yet: {_PUBLISH}.")
    made = published(project.root, read_site(folder))
    if made is None:
        raise DeployError(
            f"What is in {name}/ is not a site as make publish left it (a preview, make html, or a file that was "
            f"changed by hand): {_PUBLISH}."
        )
    address = clinic.facts.url
    if made.address != address.rstrip("/"):
        raise DeployError(
            f"The site in {name}/ is for {made.address}, not for {address}, which is the address in "
            f"{clinic.name}: run make publish without SITEURL first."
        )
    return made


def _notes(project: Project, made: Published) -> Iterator[str]:
    """What is new since the publish: texts, and days that have come."""
    at = datetime.fromisoformat(made.at)
    request = Request.of("publish", str(project.root), str(project.content), "")
    changed = [path for path in request.inputs() if _changed_after(path, at)]
    if changed:
        some = some_of([os.path.relpath(path, project.root) for path in changed])
        yield f"{some} changed after the last publish; what is new there stays here until you run make publish."
    file = project.root / NEXT_BUILD
    with suppress(OSError, ValueError, KeyError, TypeError):
        past = [each for each in read_next_build(file.read_text("utf-8")) if each.at <= utc_now()]
        if past:
            yield f"the site is no longer right ({past[0].reason}); {_PUBLISH}, then deploy again."


def _changed_after(path: str, moment: datetime) -> bool:
    with suppress(OSError):
        return os.stat(path).st_mtime > moment.timestamp() + 1  # noqa: PTH116 -- paths are strings there
    return False


class _Run:
    """One deploy, from looking to the line in the log."""

    def __init__(self, root: Path, order: Order, host: Host, target: Target, public: str) -> None:
        """``public`` is the address of which search engines are told what has changed; empty if they are not."""
        self._root, self._order, self._host, self._target, self._public = root, order, host, target, public
        self._plan = Plan((), (), ())

    def run(self, folder: Path) -> int:
        """Do it; give the exit code."""
        began = False
        try:
            with interruptible():
                if self._order.undoes:
                    return self._undo()
                site = Site(folder)
                self._plan = self._target.plan(site)
                if self._order.is_dry or self._plan.is_empty:
                    return self._only_looked(site)
                click.echo(f"Sending to {self._target.name}: {self._plan.in_words(site)} …")
                began = True
                deployed = self._target.send(site, self._plan)
        except Interrupted:
            click.echo(f"\nStopped. {self._state(began=began)}")
            self._log("stopped", "")
            return INTERRUPTED
        except (DeployError, OSError) as error:
            words = error.message if isinstance(error, DeployError) else f"It could not be read: {sentence(error)}."
            began = began and getattr(error, "began", True)
            click.secho(f"Not deployed: {scrubbed(words)}", fg="red", err=True)
            click.echo(self._state(began=began), err=True)
            self._log("failed", scrubbed(words))
            return 1
        self._log("deployed", deployed)
        click.secho(f"Deployed to {self._target.name}.", fg="green")
        if self._public and (told := tell_of_changes(folder, self._public, self._plan)):
            click.echo(told)
        return 0

    def _only_looked(self, site: Site) -> int:
        if self._plan.is_empty:
            click.echo(f"Nothing to send: {self._target.name} has this site already.")
            return 0
        click.echo(f"Would send to {self._target.name}: {self._plan.in_words(site)}")
        for line in self._plan.lines():
            click.echo(line)
        click.echo("Nothing was sent: this was a dry run.")
        return 0

    def _undo(self) -> int:
        self._log("undone", self._target.undo())
        click.secho(f"{self._target.name} shows the site before the last deploy again.", fg="green")
        click.echo("The next make deploy sends the site in output/ again; make undo brings an earlier one there.")
        return 0

    def _state(self, *, began: bool) -> str:
        """What visitors see now."""
        if not began:
            return "Nothing was changed there."
        if self._target.is_atomic:
            return "The host shows the old site, or the new one, never half of each; make deploy again finishes it."
        return "A part of the new site is there, each page of it old or new; make deploy again finishes it."

    def _log(self, what: str, detail: str) -> None:
        """Add a line, but of a dry run; a log that cannot be written stops nothing, but is told."""
        if self._order.is_dry:
            return
        entry = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "what": what,
            "to": self._host.kind.value,
            "where": scrubbed(self._target.name),
            "detail": detail,
            **{key: [*names] for key, names in self._plan._asdict().items()},
            "by": _who(),
        }
        try:
            log = self._root / LOG
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            log.chmod(stat.S_IRUSR | stat.S_IWUSR)
        except OSError as error:
            click.echo(f"The log {LOG} could not be written: {sentence(error)}.", err=True)


def has_failed(root: Path) -> bool:
    """Whether the last deploy of a project was begun and is not done, so that its host shows an earlier site."""
    with suppress(OSError, ValueError, IndexError, TypeError, KeyError):
        return json.loads((root / LOG).read_text("utf-8").splitlines()[-1])["what"] in {"failed", "stopped"}
    return False


def _who() -> str:
    """Who is at this machine, or which program of a host."""
    with suppress(OSError, KeyError, ImportError):
        return os.environ.get("GITHUB_ACTOR") or getpass.getuser()
    return "unknown"


@click.command("deploy")
@click.option("--to", default="", help="A kind of host, if it is not that of clinic.yaml.")
@click.option("--output", type=click.Path(path_type=Path, readable=False), default="output", show_default=True)
@click.option("--dry-run", callback=yes_or_no, default="", help="yes says what would change, and sends nothing.")
@click.option("--undo", callback=yes_or_no, default="", help="yes brings back what the host showed before.")
@click.pass_context
def deploy_command(context: click.Context, to: str, output: Path, *, dry_run: bool, undo: bool) -> None:
    """Send the published site to its host: what is new first, pages after it, deletions last."""
    context.exit(deploy(context.obj, Order(to.strip().lower(), output, dry_run, undo)))
