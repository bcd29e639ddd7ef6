"""Netlify, by its documented interface: it is told the digest of every file and asks for those that it has not.

So nothing but Python is needed, the token is in no list of processes, and what changes is known before it is sent.
The site is exchanged at once when its last file is there (docs.netlify.com, "Get started with the Netlify API").
"""

import time
from typing import Any
from urllib.parse import quote, urlsplit

from rich.console import Console
from rich.progress import track

from clinic.cli.deploy.http import Api, ApiError
from clinic.cli.deploy.outcome import DeployError, Plan, Site, deploy_before
from clinic.cli.deploy.tools import secret
from clinic.models.host import Host

_TOKEN = "make a token at https://app.netlify.com/user/applications"  # noqa: S105 -- where one is made
_POLL_SECONDS = 1.0
_PATIENCE = 300
"""Seconds in which a deploy is ready once all its files are there."""


class Netlify:
    """A site at Netlify: that of ``site:``, or the one that has the address of the clinic."""

    is_atomic = True

    def __init__(self, host: Host, url: str) -> None:
        token = secret("NETLIFY_AUTH_TOKEN", "Netlify", _TOKEN)
        self._api = Api("Netlify", "https://api.netlify.com", "NETLIFY_API_URL", token, _TOKEN)
        self._wanted, self._url = host.site, url
        self.name = "Netlify"
        self._site: dict[str, Any] = {}

    def plan(self, site: Site) -> Plan:
        """By the digests of the files that are live."""
        self._find()
        return Plan.between(self._live(), site.digests("sha1"))

    def send(self, site: Site, plan: Plan) -> str:  # noqa: ARG002 -- Netlify finds out by itself what it needs
        """Send what Netlify asks for, and wait until it has published it."""
        digests = site.digests("sha1")
        files = {f"/{name}": digest for name, digest in digests.items()}
        deploy = self._api.ask("POST", f"{self._path}/deploys", {"files": files, "draft": False})
        by_digest = {digest: name for name, digest in digests.items()}
        wanted = [by_digest[digest] for digest in deploy.get("required") or () if digest in by_digest]
        for name in track(sorted(wanted), "Sending", console=Console(stderr=True), transient=True):
            path = f"/api/v1/deploys/{deploy['id']}/files/{quote(name)}"
            self._api.ask("PUT", path, body=site.files[name].read_bytes(), began=True)
        self._wait_until_ready(str(deploy["id"]))
        return str(deploy["id"])

    def undo(self) -> str:
        """Publish the deploy again that was published before the present one."""
        self._find()
        live = str((self._site.get("published_deploy") or {}).get("id"))
        deploys = self._api.ask("GET", f"{self._path}/deploys?per_page=50")
        ready = [each for each in deploys if each.get("state") == "ready" and each.get("context") == "production"]
        ready.sort(key=lambda each: str(each.get("created_at")), reverse=True)
        earlier = deploy_before(live, [str(each["id"]) for each in ready], self.name)
        self._api.ask("POST", f"{self._path}/deploys/{earlier}/restore")
        return earlier

    @property
    def _path(self) -> str:
        return f"/api/v1/sites/{self._site['id']}"

    def _find(self) -> None:
        if self._wanted:
            # By its address, or by its id, as the interface takes both.
            names = () if "." in self._wanted else (f"{self._wanted}.netlify.app",)
            for name in (*names, self._wanted):
                self._site = self._site or self._site_of(name)
        else:
            sites = self._api.ask("GET", "/api/v1/sites?filter=all&per_page=100")
            self._site = next((each for each in sites if _is_at(each, self._url)), {})
        if not self._site:
            wanted = f'no site "{self._wanted}"' if self._wanted else f"no site at {self._url}"
            raise DeployError(
                f"Netlify has {wanted} that your token may change: write site: under host: in clinic.yaml, with the "
                "name that Netlify gave it, or make one at https://app.netlify.com."
            )
        self.name = f"Netlify (site {self._site.get('name') or self._site['id']})"

    def _site_of(self, name: str) -> dict[str, Any]:
        try:
            return dict(self._api.ask("GET", f"/api/v1/sites/{quote(name)}"))
        except ApiError as error:
            if error.code == 404:
                return {}
            raise

    def _live(self) -> dict[str, str]:
        if not self._site.get("published_deploy"):
            return {}
        try:
            files = self._api.ask("GET", f"{self._path}/files")
        except ApiError as error:
            if error.code == 404:  # nothing has been published there yet
                return {}
            raise
        return {str(each["path"]).lstrip("/"): str(each.get("sha")) for each in files}

    def _wait_until_ready(self, deploy: str) -> None:
        """Raises DeployError where Netlify gives it up, or keeps it back."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            found = self._api.ask("GET", f"/api/v1/deploys/{deploy}", began=True)
            if found.get("state") == "error":
                raise DeployError(f"Netlify could not publish it: {found.get('error_message')}.", began=True)
            if found.get("state") == "ready":
                if found.get("locked") or (self._site.get("published_deploy") or {}).get("locked"):
                    raise DeployError(
                        "All is at Netlify, but it does not publish by itself: choose “Start auto publishing” at its "
                        "page Deploys, or publish this deploy there.",
                        began=True,
                    )
                return
            time.sleep(_POLL_SECONDS)
        raise DeployError("All is at Netlify, but it has not published it yet: look at its page Deploys.", began=True)


def _is_at(site: dict[str, Any], url: str) -> bool:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    own = [site.get("custom_domain"), *(urlsplit(str(site.get(key))).hostname for key in ("ssl_url", "url"))]
    own += site.get("domain_aliases") or []
    return host in {str(each).removeprefix("www.") for each in own}
