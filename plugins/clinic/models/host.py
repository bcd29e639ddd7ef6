"""Where the site is served (``host`` in clinic.yaml), and whether it has the browser editor (``editor``)."""

import re
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.types import Text, checked, from_text

_GITHUB_NAME = re.compile(r"[\w-]+/[\w.-]+", re.ASCII)

GitHubName: TypeAlias = Annotated[
    str,
    checked(_GITHUB_NAME.fullmatch, "is no repository; write its owner and its name, such as harbour-clinic/website"),
]


class HostKind(Enum):
    """A kind of host, by the way in which files come there."""

    NETLIFY = "netlify"
    CLOUDFLARE = "cloudflare"
    GITHUB = "github"
    S3 = "s3"
    RSYNC = "rsync"
    SFTP = "sftp"


_SERVER_KEYS = ("server", "folder", "port")
KEYS: Mapping[HostKind, tuple[str, ...]] = {
    HostKind.NETLIFY: ("site",),
    HostKind.CLOUDFLARE: ("project",),
    HostKind.GITHUB: ("repository", "branch"),
    HostKind.S3: ("bucket", "folder", "endpoint", "region"),
    HostKind.RSYNC: _SERVER_KEYS,
    HostKind.SFTP: _SERVER_KEYS,
}
"""The keys that each kind knows, beside ``kind``."""
NEEDED: Mapping[HostKind, tuple[str, ...]] = {
    HostKind.CLOUDFLARE: ("project",),
    HostKind.S3: ("bucket",),
    HostKind.RSYNC: ("server", "folder"),
    HostKind.SFTP: ("server", "folder"),
}
"""Those without which nothing can be sent there."""
# A name that begins with "-" would be an option of the program that is called with it (CVE-2017-1000117).
Server: TypeAlias = Annotated[
    str,
    checked(
        re.compile(r"(?:[\w.][\w.+-]*@)?(?:[\w.][\w.-]*|\[[0-9A-Fa-f:]+\])").fullmatch,
        "is not a server; write your user's name there, @, and its name: anna@server.example.com",
    ),
]
Name: TypeAlias = Annotated[
    str,
    checked(
        re.compile(r"\w[\w.-]*").fullmatch, "is not such a name; write its letters, digits, dots and hyphens alone"
    ),
]
Folder: TypeAlias = Annotated[
    str,
    checked(
        # Quotes and control characters have a meaning for the programs that send; ".." leads out of the folder.
        lambda text: (
            re.fullmatch(r"[^-\x00-\x1f\"'`$\\*?\[\]:][^\x00-\x1f\"'`$\\*?\[\]:]*", text)
            and ".." not in text.split("/")
        ),
        "is not a folder of the host; write it as the host names it, such as /var/www/html",
    ),
]
Repository: TypeAlias = Annotated[
    str,
    checked(
        re.compile(r"(?:https://|ssh://|file://|[\w.][\w.-]*@[\w.-]+:|[./])[^\s\"'\\]+").fullmatch,
        "is not a repository; copy its address from GitHub, such as git@github.com:anna/website.git",
    ),
]
Branch: TypeAlias = Annotated[
    str,
    checked(re.compile(r"\w[\w./-]*").fullmatch, "is not the name of a branch; the usual one is gh-pages"),
]
Endpoint: TypeAlias = Annotated[
    str,
    checked(
        re.compile(r"(?:https://[\w.-]+|http://(?:localhost|127\.0\.0\.1))(?::\d{1,5})?(?:/[\w./-]*)?").fullmatch,
        "is not the address of a storage; copy it from your host, with https:// at its beginning",
    ),
]


class Host(Record):
    """``host`` in clinic.yaml: one word, or ``kind`` with keys of its own. It holds no password and no token."""

    kind: HostKind = Field(description="how files come there")
    site: Name | None = Field(default=None, description="for netlify: the name or id of your site there")
    project: Name | None = Field(default=None, description="for cloudflare: the name of your Pages project")
    repository: Repository | None = Field(
        default=None, description="for github: the repository's address, if it is not the origin of this folder"
    )
    branch: Branch = Field(default="gh-pages", description="for github: the branch that Pages serves")
    bucket: Name | None = Field(default=None, description="for s3: the bucket's name")
    endpoint: Endpoint | None = Field(
        default=None, description="for s3: the address of the storage, if it is not Amazon's"
    )
    region: Name | None = Field(default=None, description="for s3: the region, such as eu-west-2, or auto")
    server: Server | None = Field(default=None, description="for rsync and sftp: user@server")
    folder: Folder | None = Field(
        default=None, description="for rsync, sftp and s3: the folder that is served, such as /var/www/html"
    )
    port: int | None = Field(default=None, ge=1, le=65535, description="for rsync and sftp: the port, if it is not 22")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """What one kind does not know would be lost in silence. What it needs is asked for by a deploy alone."""
        known = KEYS[self.kind]
        for key in sorted(self.model_fields_set - {"kind", *known}):
            use = " and ".join(f'"{each}"' for each in known)
            raise RecordError(key, f'"{self.kind.value}" uses no "{key}"; remove it (it uses {use})')
        needed = [key for key in NEEDED.get(self.kind, ()) if getattr(self, key) is None]
        if needed and len(self.model_fields_set) > 1:
            meaning = type(self).model_fields[needed[0]].description
            raise RecordError("kind", f'"{self.kind.value}" needs "{needed[0]}"; add it: {meaning}')
        return self


HostOrWord: TypeAlias = Annotated[Host, from_text(lambda word: {"kind": word})]
"""A host, or its kind alone: ``host: netlify``."""


class Editor(Record):
    """``editor`` in clinic.yaml. Without it the published site has no editor; ``make admin`` needs none of it."""

    backend: Literal["github"] = Field(default="github", description="where the site's files are: github")
    repo: GitHubName = Field(description="the repository of the site, such as harbour-clinic/website")
    branch: Text = Field(default="main", description="the branch that it is published from")
