"""Storage that speaks Amazon's S3: AWS, Cloudflare R2, Backblaze B2, Scaleway, Hetzner, MinIO and others; by boto3.

boto3 is no part of every installation, since it is larger than all the rest: it is fetched when it is needed.
"""

import importlib
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from clinic.cli.deploy.folder import RECORD, Waves
from clinic.cli.deploy.outcome import DeployError, Site
from clinic.cli.deploy.tools import scrubbed
from clinic.models.host import Host
from clinic.rendering.files.hosting import ASK_AGAIN, FOR_EVER, is_kept_for_ever, media_type, with_charset

REQUIREMENTS = "requirements-s3.txt"
_AT_ONCE = 8
_MEANINGS = {
    "InvalidAccessKeyId": "does not know AWS_ACCESS_KEY_ID: make a new key there, and set both variables",
    "SignatureDoesNotMatch": "does not accept AWS_SECRET_ACCESS_KEY: copy it once more from there, and set it",
    "AccessDenied": "refuses this key: give it the right to list, read and write in the bucket",
    "403": "refuses this key: give it the right to list, read and write in the bucket",
    "401": "does not accept AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: copy both once more from there, and set them",
    "ExpiredToken": "says that AWS_SESSION_TOKEN has expired: get a new one",
    "NoSuchBucket": "has no such bucket: make it there, or correct bucket: under host: in clinic.yaml",
    "RequestTimeTooSkewed": "finds the clock of this machine wrong: set it right",
    "SlowDown": "is busy: wait a few minutes",
}


class S3:
    """A bucket, or a folder in one."""

    def __init__(self, host: Host, root: Path) -> None:
        self._host, self._root = host, root
        folder = (host.folder or "").strip("/")
        self._prefix = f"{folder}/" if folder else ""
        self.name = f"the bucket {host.bucket}/{folder}".rstrip("/")
        self._s3: Any = None
        # A bucket serves whatever is in it, and the record names hidden pages: so nobody can guess its own name.
        self._record = f"{RECORD}-{secrets.token_hex(16)}"
        self._former: list[str] = []

    def read_record(self) -> str | None:
        """The newest record, found by listing; that also shows whether the bucket is there and lets us in."""
        with self._told(began=False):
            self._s3 = self._client()
            found = self._s3.list_objects_v2(Bucket=self._host.bucket, Prefix=self._prefix + RECORD)
            newest_last = sorted(found.get("Contents", ()), key=lambda each: (each["LastModified"], len(each["Key"])))
            self._former = [str(each["Key"]).removeprefix(self._prefix) for each in newest_last]
            if not self._former:
                return None
            newest = self._s3.get_object(Bucket=self._host.bucket, Key=self._prefix + self._former[-1])
            return str(newest["Body"].read().decode("utf-8", "replace"))

    def send(self, site: Site, waves: Waves, gone: Sequence[str], records: tuple[str, str]) -> None:
        """Several files at once, wave by wave; each file appears whole."""
        with self._told(began=False):
            self._put(self._record, records[0].encode())
        with self._told(began=True), ThreadPoolExecutor(_AT_ONCE) as pool:
            for names in waves:
                list(pool.map(lambda name: self._put(name, site.files[name].read_bytes()), names))
            list(pool.map(self._remove, gone))
            self._put(self._record, records[1].encode())
            list(pool.map(self._remove, self._former))

    def _remove(self, name: str) -> None:
        self._s3.delete_object(Bucket=self._host.bucket, Key=self._prefix + name)

    def _put(self, name: str, data: bytes) -> None:
        self._s3.put_object(
            Bucket=self._host.bucket,
            Key=self._prefix + name,
            Body=data,
            ContentType=with_charset(media_type(name)),
            CacheControl=FOR_EVER if is_kept_for_ever(name) else ASK_AGAIN,
        )

    def _client(self) -> Any:
        boto3 = _boto3(self._root)
        # Else it asks for keys at an address that only machines of Amazon have.
        os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
        config = importlib.import_module("botocore.config").Config(
            connect_timeout=20,
            retries={"max_attempts": 4, "mode": "standard"},
            # Else boto3 adds checksums that storages other than Amazon's may refuse (boto3 1.36).
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        region = self._host.region or ("auto" if self._host.endpoint else None)
        return boto3.client("s3", endpoint_url=self._host.endpoint, region_name=region, config=config)

    @contextmanager
    def _told(self, *, began: bool) -> Iterator[None]:
        """Each error of boto3 as one sentence, without a secret in it."""
        try:
            yield
        except (DeployError, OSError):
            raise
        except Exception as error:
            if not type(error).__module__.startswith(("botocore", "boto3")):
                raise
            raise DeployError(f"{self._meaning(error)}; then deploy again.", began=began) from None

    def _meaning(self, error: Exception) -> str:
        kind = type(error).__name__
        if kind in {"NoCredentialsError", "PartialCredentialsError"}:
            return (
                "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set, and no bucket can be written without "
                'them: make a key at your host, and run export NAME="…" for each in this terminal'
            )
        if kind == "NoRegionError":
            return "It is not said where the bucket is: write region: under host: in clinic.yaml, such as eu-west-2"
        if kind in {"EndpointConnectionError", "ConnectTimeoutError", "ReadTimeoutError", "ConnectionClosedError"}:
            return f"The storage of {self.name} does not answer: see that you are online, and that endpoint: is right"
        answer = getattr(error, "response", {})
        code = str(answer.get("Error", {}).get("Code", ""))
        if meaning := _MEANINGS.get(code):
            return f"The storage of {self.name} {meaning}"
        return f"The storage of {self.name} said: {scrubbed(str(error))}"


def _boto3(root: Path) -> Any:
    """boto3, installed into the environment of this Python the first time. Raises DeployError."""
    try:
        return importlib.import_module("boto3")
    except ModuleNotFoundError:
        pass
    click.echo("Fetching what speaks with S3 (once) …")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    command = [*pip, "-r", str(root / REQUIREMENTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own interpreter
    importlib.invalidate_caches()
    try:
        return importlib.import_module("boto3")
    except ModuleNotFoundError:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise DeployError(
            f"The package boto3, which a deploy to S3 needs, could not be fetched: see that you are online, then "
            f"deploy again. (pip said: {scrubbed(last)})"
        ) from None
