"""Servers that are reached by ssh: with rsync, or with the sftp that comes with every OpenSSH."""

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from clinic.cli.deploy.folder import RECORD, Waves
from clinic.cli.deploy.outcome import DeployError, Site
from clinic.cli.deploy.tools import Ended, program, run
from clinic.models.host import Host

_GLOB = re.compile(r"([*?\[\]\\])")
_ASIDE = f'"{RECORD}.part"'
_SECONDS_TO_ANSWER = 20
_SENTENCES = {
    "Host key verification failed|authenticity of host": (
        "this machine does not know the server {server} yet, or it has another key than before: run ssh {way} once, "
        "compare the fingerprint with the one that your host names, and answer yes"
    ),
    r"Permission denied \([a-z]|Too many authentication failures|No more authentication methods": (
        "the server {server} does not let you in: see that your key is there (ssh-copy-id {way}), or set "
        "DEPLOY_PASSWORD to the password"
    ),
    "Could not resolve hostname|Name or service not known": (
        "there is no server {server}, or no network: see that you are online, and that server: in clinic.yaml is right"
    ),
    "Connection refused|timed out|No route to host|Network is unreachable": (
        "the server {server} does not answer: see that you are online, and that its name and port are right"
    ),
    "No space left|Disk quota exceeded|disk full": "there is no room left at {server}: free some there",
    "write remote .*Failure": "the server {server} could not write: there may be no room left, so free some there",
    "(?i)permission denied": (
        "your user may not write in {folder} at {server}: ask your host for the right folder, or the right to write"
    ),
    "command not found|rsync: not found": "the server {server} has no rsync: use TO=sftp, or install rsync there",
    "(?i)no such file or directory|not a directory|file .*not found": (
        "there is no folder {folder} at {server}: make it there, or correct folder: under host: in clinic.yaml"
    ),
    "Connection (?:closed|reset)|Broken pipe|unexpectedly closed|lost connection": (
        "the connection to {server} was cut off"
    ),
}
"""What ssh and its programs print, and what that means; the first that fits."""


class Ssh:
    """The way to a server: the user's own keys and settings of ssh, or DEPLOY_PASSWORD; nothing is ever asked.

    ``DEPLOY_SSH_CONFIG`` may name a file of ssh's settings, for a machine that has no user's own.
    """

    def __init__(self, host: Host) -> None:
        self.server, self.folder = str(host.server), str(host.folder).rstrip("/") or "/"
        self.port = host.port
        self._has_password = bool(os.environ.get("DEPLOY_PASSWORD"))

    def options(self) -> list[str]:
        """For ssh and sftp, but for the port."""
        own = os.environ.get("DEPLOY_SSH_CONFIG", "")
        waits = [f"ConnectTimeout={_SECONDS_TO_ANSWER}", "ServerAliveInterval=15"]
        # The password is an answer to any question, so that about an unknown server is none.
        asks = ["BatchMode=no", "NumberOfPasswordPrompts=1", "StrictHostKeyChecking=yes"]
        chosen = [*waits, *(asks if self._has_password else ["BatchMode=yes"])]
        return [*(["-F", own] if own else []), *(part for each in chosen for part in ("-o", each))]

    @contextmanager
    def answers(self) -> Iterator[dict[str, str]]:
        """The environment in which ssh finds the password, which is on no command line and in no file."""
        if not self._has_password:
            yield {}
            return
        with tempfile.TemporaryDirectory() as folder:
            windows = sys.platform == "win32"
            script = Path(folder) / ("answer.cmd" if windows else "answer")
            lines = (
                "@echo off\r\nsetlocal EnableDelayedExpansion\r\necho !DEPLOY_PASSWORD!\r\n"
                if windows
                else "#!/bin/sh\nprintf '%s\\n' \"$DEPLOY_PASSWORD\"\n"
            )
            script.write_text(lines, "utf-8", newline="")
            script.chmod(0o700)
            yield {
                "SSH_ASKPASS": str(script),
                "SSH_ASKPASS_REQUIRE": "force",
                "DISPLAY": os.environ.get("DISPLAY", ":0"),
            }

    def run(self, command: Sequence[str], text: str | None = None) -> Ended:
        """Run a program that uses ssh, with ``text`` for its standard input."""
        with self.answers() as given:
            return run(command, given=given, text=text, secrets=("DEPLOY_PASSWORD",))

    def error(self, ended: Ended, *, began: bool = False) -> DeployError:
        """What went wrong, in one sentence."""
        for pattern, sentence in _SENTENCES.items():
            if re.search(pattern, ended.err + ended.out):
                way = f"-p {self.port} {self.server}" if self.port else self.server
                meaning = sentence.format(server=self.server, way=way, folder=self.folder)
                return DeployError(f"{meaning[0].upper()}{meaning[1:]}; then deploy again.", began=began)
        return DeployError(f"The server {self.server} said: {ended.said}", began=began)


class _Folder:
    """The folder of a server."""

    def __init__(self, host: Host) -> None:
        self._ssh = Ssh(host)
        self.name = f"{self._ssh.server}:{self._ssh.folder}"


class Rsync(_Folder):
    """That of a server with rsync (https://download.samba.org/pub/rsync/rsync.1); also macOS's openrsync."""

    def read_record(self) -> str | None:
        """The record, by fetching it; that also shows whether the server answers."""
        with tempfile.TemporaryDirectory() as folder:
            ended = self._rsync([f"{self.name}/{RECORD}", f"{folder}/{RECORD}"])
            if ended.code == 0:
                return (Path(folder) / RECORD).read_text("utf-8", "replace")
            # That a file is missing is told by code 23 and, for both ends, in these words.
            if "No such file or directory" in ended.err and RECORD in ended.err:
                return None
            raise self._ssh.error(ended)

    def send(self, site: Site, waves: Waves, gone: Sequence[str], records: tuple[str, str]) -> None:
        """By names, so that nothing else there is touched; each file appears whole (rsync renames it)."""
        self._send_record(records[0], began=False)
        for names in filter(None, waves):
            self._must(["--files-from=-", "--from0", f"{site.folder}/", f"{self.name}/"], "\0".join(names))
        if gone:
            # Of all that is not here, only what is named may go: the rest is excluded, which protects it.
            folders = {f"{parent}/" for name in gone for parent in PurePosixPath(name).parents if parent.name}
            named = sorted("+ /" + _GLOB.sub(r"\\\1", each) for each in (*folders, *gone))
            rules = "\n".join((*named, "- *"))
            self._must(["--delete", "--filter=merge -", f"{site.folder}/", f"{self.name}/"], rules)
        self._send_record(records[1], began=True)

    def _send_record(self, text: str, *, began: bool) -> None:
        with tempfile.TemporaryDirectory() as folder:
            record = Path(folder) / RECORD
            record.write_text(text, "utf-8", newline="")
            record.chmod(0o600)
            self._must(["--perms", str(record), f"{self.name}/{RECORD}"], None, began=began)

    def _must(self, arguments: list[str], text: str | None, *, began: bool = True) -> None:
        ended = self._rsync(arguments, text)
        if ended.code:
            raise self._ssh.error(ended, began=began)

    def _rsync(self, arguments: list[str], text: str | None = None) -> Ended:
        rsync = program("rsync", "install rsync (sudo apt-get install rsync, or brew install rsync), or use TO=sftp")
        port = ["-p", str(self._ssh.port)] if self._ssh.port else []
        shell = " ".join(_quoted(part) for part in ("ssh", *port, *self._ssh.options()))
        usual = ["--recursive", "--links", "--times", "--checksum", "--chmod=D755,F644", "-e", shell]
        if "--perms" in arguments:
            usual.remove("--chmod=D755,F644")
        return self._ssh.run([rsync, *usual, *arguments], text)


class Sftp(_Folder):
    """By sftp, in one batch that ends at the first command that fails (sftp(1), ``-b``)."""

    def read_record(self) -> str | None:
        """The record, by fetching it; a folder that is not there is an error."""
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / RECORD
            ended = self._sftp([f"cd {_named(self._ssh.folder)}", f"-get {_named(RECORD)} {_local(target)}"])
            if ended.code:
                raise self._ssh.error(ended)
            return target.read_text("utf-8", "replace") if target.is_file() else None

    def send(self, site: Site, waves: Waves, gone: Sequence[str], records: tuple[str, str]) -> None:
        """Each file under another name first, so that visitors never get half of one."""
        names = [name for each in waves for name in each]
        with tempfile.TemporaryDirectory() as folder:
            kept = [Path(folder) / name for name in ("first", "last")]
            for path, text in zip(kept, records, strict=True):
                path.write_text(text, "utf-8", newline="")
                path.chmod(0o600)
            commands = [f"cd {_named(self._ssh.folder)}", *_put(kept[0], RECORD, "600")]
            parents = {str(parent) for name in names for parent in PurePosixPath(name).parents if parent.name}
            commands += [f"-mkdir {_named(parent)}" for parent in sorted(parents)]
            for name in names:
                commands += _put(site.files[name], name, "644")
            commands += [f"-rm {_named(name)}" for name in gone]
            emptied = {str(parent) for name in gone for parent in PurePosixPath(name).parents if parent.name}
            kept_folders = {str(parent) for name in site.files for parent in PurePosixPath(name).parents}
            deepest_first = sorted(emptied - kept_folders, key=lambda each: (-each.count("/"), each))
            commands += [f"-rmdir {_named(each)}" for each in deepest_first]
            ended = self._sftp([*commands, *_put(kept[1], RECORD, "600")])
        if ended.code:
            raise self._ssh.error(ended, began=f"rename {_ASIDE}" in ended.out)

    def _sftp(self, commands: list[str]) -> Ended:
        sftp = program("sftp", "install OpenSSH (on Windows: Settings, Optional features, OpenSSH Client)")
        port = ["-P", str(self._ssh.port)] if self._ssh.port else []
        # Options before -b, which sets BatchMode: the first that is said of it holds.
        command = [sftp, *self._ssh.options(), *port, "-b", "-", self._ssh.server]
        return self._ssh.run(command, "\n".join(commands) + "\n")


def _put(file: Path, name: str, mode: str) -> list[str]:
    """Under a name that is always the same, so that of uploads that are cut off at most one file is left over."""
    return [f"put {_local(file)} {_ASIDE}", f"chmod {mode} {_ASIDE}", f"rename {_ASIDE} {_named(name)}"]


def _named(path: str) -> str:
    """A path of the server as sftp reads it: in quotes, in which signs of patterns are escaped by sftp itself."""
    return f'"{path}"'


def _local(path: Path) -> str:
    return f'"{path.as_posix()}"'


def _quoted(part: str) -> str:
    """For rsync's -e, which knows quotes but no shell."""
    return f"'{part}'" if " " in part else part
