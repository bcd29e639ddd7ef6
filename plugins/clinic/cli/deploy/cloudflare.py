"""Cloudflare Pages, by its own tool Wrangler, since how files are sent there is not documented; rollbacks are."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from clinic.cli.deploy.http import Api, ApiError
from clinic.cli.deploy.outcome import DeployError, Plan, Site, deploy_before
from clinic.cli.deploy.tools import program, run, secret
from clinic.cli.disk import write_whole
from clinic.models.clinic import ClinicFile
from clinic.models.contact import FormProvider
from clinic.models.host import Host

WRANGLER = "wrangler@4.164.0"
"""A version that has been tried; npm fetches it when it is first needed."""
FUNCTIONS = Path(__file__).parents[2] / "hosts" / "cloudflare" / "functions"
_TOKEN = (
    "make a token at https://dash.cloudflare.com/profile/api-tokens with the permission Account, Cloudflare Pages, Edit"  # noqa: S105 -- where one is made
)
_MOST_BYTES = 25 * 1024 * 1024
"""Of one file (developers.cloudflare.com/pages/platform/limits)."""


def takes_forms(facts: ClinicFile) -> bool:
    """Whether a function at Cloudflare receives what visitors write in the contact form."""
    return facts.contact_form is not None and facts.contact_form.provider is FormProvider.CLOUDFLARE


class Cloudflare:
    """A Pages project. Its files cannot be asked for, so what is there is known while the last deploy is from here."""

    is_atomic = True

    def __init__(self, host: Host, root: Path, facts: ClinicFile) -> None:
        token = secret("CLOUDFLARE_API_TOKEN", "Cloudflare", _TOKEN)
        base, variable = "https://api.cloudflare.com/client/v4", "CLOUDFLARE_API_BASE_URL"
        self._api = Api("Cloudflare", base, variable, token, _TOKEN)
        self._project, self._takes_forms = str(host.project), takes_forms(facts)
        self.name = f"Cloudflare Pages (project {self._project})"
        self._memory = root / ".cache" / "deployed" / f"cloudflare-{self._project}.json"
        self._account = ""
        self._found: dict[str, Any] = {}

    def plan(self, site: Site) -> Plan:
        """By what was sent from here, if that is what is live; else all counts as new."""
        self._find()
        if large := [name for name in site.files if site.size([name]) > _MOST_BYTES]:
            raise DeployError(f"Cloudflare takes no file above 25 MiB: {', '.join(large)}; make it smaller.")
        return Plan.between(self._known(), site.sha256)

    def send(self, site: Site, plan: Plan) -> str:  # noqa: ARG002 -- Wrangler finds out by itself what is needed
        """Let Wrangler send it, as the project's production branch."""
        npx = program("npx", "install Node.js 22 or newer from https://nodejs.org")
        branch = str(self._found.get("production_branch") or "main")
        options = ["--project-name", self._project, "--branch", branch, "--commit-dirty=true"]
        with tempfile.TemporaryDirectory() as folder:
            if self._takes_forms:  # Wrangler takes functions from the folder it runs in
                shutil.copytree(FUNCTIONS, Path(folder) / "functions")
            command = [npx, "--yes", WRANGLER, "pages", "deploy", str(site.folder.resolve()), *options]
            given = {"CLOUDFLARE_ACCOUNT_ID": self._account, "CI": "true", "WRANGLER_SEND_METRICS": "false"}
            ended = run(command, folder=Path(folder), given=given, secrets=("CLOUDFLARE_API_TOKEN",))
        if ended.code:
            raise _error(ended.out + ended.err, ended.said)
        self._find()
        deploy = self._live()
        with suppress(OSError):
            write_whole(self._memory, json.dumps({"deploy": deploy, "files": site.sha256}))
        return deploy

    def undo(self) -> str:
        """Roll back to the production deployment before the present one."""
        self._find()
        found = self._ask("GET", f"{self._path}/deployments?env=production")
        good = [each for each in found if (each.get("latest_stage") or {}).get("status") == "success"]
        ids = [str(each["id"]) for each in sorted(good, key=lambda each: str(each.get("created_on")), reverse=True)]
        earlier = deploy_before(self._live(), ids, self.name)
        self._ask("POST", f"{self._path}/deployments/{earlier}/rollback")
        return earlier

    @property
    def _path(self) -> str:
        return f"/accounts/{self._account}/pages/projects/{self._project}"

    def _find(self) -> None:
        """The project, which shows that the token is right as well."""
        self._account = self._account or self._account_id()
        try:
            self._found = self._ask("GET", self._path)
        except ApiError as error:
            if error.code != 404:
                raise
            raise DeployError(
                f'Cloudflare has no Pages project "{self._project}" in this account: make it there (Workers & Pages, '
                "Create, Pages, Upload assets), or correct project: under host: in clinic.yaml."
            ) from None

    def _account_id(self) -> str:
        if given := os.environ.get("CLOUDFLARE_ACCOUNT_ID", "").strip():
            if not given.isalnum():
                raise DeployError(
                    "CLOUDFLARE_ACCOUNT_ID is no account: copy the 32 letters from the dashboard's address."
                )
            return given
        accounts = self._ask("GET", "/accounts")
        if len(accounts) == 1:
            return str(accounts[0]["id"])
        raise DeployError(
            "It is not clear which account of Cloudflare is meant: set CLOUDFLARE_ACCOUNT_ID to the 32 letters that "
            "stand in the address of its dashboard, then deploy again."
        )

    def _ask(self, method: str, path: str) -> Any:
        return self._api.ask(method, path).get("result")

    def _live(self) -> str:
        return str((self._found.get("canonical_deployment") or {}).get("id") or "")

    def _known(self) -> Mapping[str, str]:
        with suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads(self._memory.read_text("utf-8"))
            if kept["deploy"] == self._live() != "":
                return dict(kept["files"])
        return {}


def _error(printed: str, said: str) -> DeployError:
    """What Wrangler, or npm on its way to it, has met."""
    if any(word in printed for word in ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "fetch failed")):
        return DeployError("Wrangler could not be fetched, or cannot reach Cloudflare: see that you are online.")
    if "requires at least Node.js" in printed or "EBADENGINE" in printed or "SyntaxError" in printed:
        return DeployError("Wrangler needs a newer Node.js: install version 22 or newer from https://nodejs.org.")
    if "Authentication error" in printed or "10000" in printed or "Invalid access token" in printed:
        return DeployError(f"Cloudflare does not accept your token: {_TOKEN}; then deploy again.")
    return DeployError(f"Wrangler said: {said}")
