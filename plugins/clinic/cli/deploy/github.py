"""GitHub Pages, and every other host that serves a branch of a repository: by plain git, in a repository of its own.

The commit is made from the finished folder in ``.cache/``, so that nothing of the owner's own work is touched.
"""

import base64
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from clinic.cli.deploy.outcome import DeployError, Plan, Site
from clinic.cli.deploy.tools import Ended, program, run, scrubbed
from clinic.models.host import Host

_EXACT = ("core.autocrlf=false", "core.safecrlf=false", "core.excludesFile=", "core.attributesFile=", "core.hooksPath=")
"""Every file as it is, whatever the settings of this machine say of line ends and files to ignore."""
_REMOTE = "host"
_STATUS = {"A": "new", "M": "changed", "T": "changed", "D": "gone"}
_SENTENCES = (
    (("not found", "does not appear to be a git repository", "does not exist"),
     "is not there, or not for you to see: correct repository: under host: in clinic.yaml"),
    (("Authentication failed", "could not read Username", "Invalid username or password", "error: 403",
      "Permission denied", "Permission to"),
     "does not let you in: see that git push works in this folder, or set GITHUB_TOKEN to a token that may write"),
    (("non-fast-forward", "fetch first", "cannot lock ref", "stale info"),
     "has got another site in the meantime"),
    (("protected branch", "pre-receive hook declined", "GH006", "GH013"),
     "does not let anybody push to this branch: take its protection away in the repository's settings"),
    (("Could not resolve host", "Could not read from remote repository", "Connection refused", "timed out",
      "Network is unreachable", "unable to access", "Host key verification failed"),
     "cannot be reached: see that you are online, and that git push works in this folder"),
)  # fmt: skip


class GitHub:
    """A branch of a repository, whose last commit is the site."""

    is_atomic = True

    def __init__(self, host: Host, root: Path, url: str) -> None:
        self._git = program("git", "install it from https://git-scm.com")
        self._root, self._branch = root, host.branch
        self._store = root / ".cache" / "deploy.git"
        self._domain = _own_domain(url)
        self._remote = host.repository or self._origin()
        self.name = f"the branch {self._branch} of {scrubbed(self._remote)}"
        self._parent, self._tree = "", ""

    def plan(self, site: Site) -> Plan:
        """By comparing the commit that is there with the files; nothing is sent."""
        self._fetch()
        self._tree = self._tree_of(site)
        empty = self._run("mktree", text="").out.strip()
        command = ("diff-tree", "-r", "-z", "--no-renames", "--name-status", self._parent or empty, self._tree)
        parts = self._run(*command).out.split("\0")
        found: dict[str, list[str]] = {"new": [], "changed": [], "gone": []}
        for status, name in zip(parts[::2], parts[1::2], strict=False):
            found[_STATUS[status[:1]]].append(name)
        return Plan(*(tuple(sorted(found[word])) for word in ("new", "changed", "gone")))

    def send(self, site: Site, plan: Plan) -> str:  # noqa: ARG002 -- git knows what it needs
        """Commit the files, and push the commit."""
        return self._push(self._tree, "The site as it was published")

    def undo(self) -> str:
        """Push the site of the commit before the last one, as a new commit."""
        self._fetch()
        parents = self._run("rev-list", "--max-count=2", self._parent).out.split() if self._parent else []
        if len(parents) < 2:
            raise DeployError(f"{self.name} has no earlier site: run make undo, then make deploy.")
        tree = self._run("rev-parse", f"{parents[1]}^{{tree}}").out.strip()
        return self._push(tree, "The site as it was before")

    def _push(self, tree: str, message: str) -> str:
        parent = ["-p", self._parent] if self._parent else []
        commit = self._run("commit-tree", tree, *parent, "-m", message).out.strip()
        self._run("push", "--quiet", _REMOTE, f"{commit}:refs/heads/{self._branch}")
        return commit[:12]

    def _fetch(self) -> None:
        """The last two commits of the branch; none where it is not there yet."""
        if not (self._store / "HEAD").is_file():
            shutil.rmtree(self._store, ignore_errors=True)
            self._must(self._raw(["init", "--quiet", "--bare", str(self._store)]))
        listed = self._run("ls-remote", "--heads", _REMOTE, f"refs/heads/{self._branch}").out
        if listed.strip():
            self._run("fetch", "--quiet", "--no-tags", "--depth=2", _REMOTE, f"refs/heads/{self._branch}")
            self._parent = self._run("rev-parse", "FETCH_HEAD").out.strip()

    def _tree_of(self, site: Site) -> str:
        """The files as git keeps them, with the two that GitHub Pages reads: no Jekyll, and the clinic's domain."""
        index = self._store / "clinic-index"
        for leftover in (index, index.with_name(f"{index.name}.lock")):  # of a deploy that was cut off
            leftover.unlink(missing_ok=True)
        given = {"GIT_INDEX_FILE": str(index), "GIT_WORK_TREE": str(site.folder)}
        names = "\0".join(site.files)
        self._run("update-index", "--add", "-z", "--stdin", given=given, text=names, folder=site.folder)
        own = {".nojekyll": "", **({"CNAME": f"{self._domain}\n"} if self._domain else {})}
        for name, text in own.items():
            if name not in site.files:
                blob = self._run("hash-object", "-w", "--stdin", text=text).out.strip()
                self._run("update-index", "--add", "--cacheinfo", f"100644,{blob},{name}", given=given)
        return self._run("write-tree", given=given).out.strip()

    def _origin(self) -> str:
        found = run([self._git, "-C", str(self._root), "remote", "get-url", "origin"], as_printed=True)
        if found.code == 0 and (remote := found.out.strip()):
            return remote
        raise DeployError(
            "It is not known where to push to: this folder is no repository with an origin; write repository: under "
            "host: in clinic.yaml, such as git@github.com:anna/website.git."
        )

    def _run(
        self, *command: str, given: Mapping[str, str] | None = None, text: str | None = None, folder: Path | None = None
    ) -> Ended:
        settings = [part for each in _EXACT for part in ("-c", each)]
        store = ["--git-dir", str(self._store)]
        return self._must(self._raw([*settings, *store, *command], given=given, text=text, folder=folder))

    def _raw(
        self,
        arguments: list[str],
        *,
        given: Mapping[str, str] | None = None,
        text: str | None = None,
        folder: Path | None = None,
    ) -> Ended:
        environment = {"GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never", **self._identity(), **self._settings()}
        environment.setdefault("GIT_SSH_COMMAND", os.environ.get("GIT_SSH_COMMAND", "ssh -o BatchMode=yes"))
        return run([self._git, *arguments], folder=folder, given={**environment, **(given or {})}, text=text)

    def _settings(self) -> dict[str, str]:
        """The remote's address, and GITHUB_TOKEN as a header: in the environment, so in no list of processes."""
        settings = {f"remote.{_REMOTE}.url": getattr(self, "_remote", "")}
        if token := os.environ.get("GITHUB_TOKEN", "").strip():
            basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
            server = os.environ.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/")
            settings[f"http.{server}/.extraheader"] = f"Authorization: Basic {basic}"
        given = {"GIT_CONFIG_COUNT": str(len(settings))}
        for number, (key, value) in enumerate(settings.items()):
            given |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        return given

    def _identity(self) -> dict[str, str]:
        """Who commits, where git does not know it."""
        asked = run([self._git, "-C", str(self._root), "config", "user.email"])
        if asked.code == 0 and asked.out.strip():
            return {}
        roles = ("AUTHOR", "COMMITTER")
        who = {"NAME": "Website", "EMAIL": "website@localhost"}
        return {f"GIT_{role}_{key}": value for role in roles for key, value in who.items()}

    def _must(self, ended: Ended) -> Ended:
        if ended.code == 0:
            return ended
        for words, meaning in _SENTENCES:
            if any(word in ended.err for word in words):
                raise DeployError(f"T{self.name[1:]} {meaning}; then deploy again.")
        raise DeployError(f"git said: {ended.said}")


def _own_domain(url: str) -> str:
    """The domain that is the clinic's own; empty for an address that GitHub gives, where no CNAME may be."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return "" if host.endswith((".github.io", ".gitlab.io")) or parts.path.strip("/") else host
