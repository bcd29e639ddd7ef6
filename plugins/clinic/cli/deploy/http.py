"""Questions to the interfaces of hosts, in JSON, with a token in a header and nowhere else."""

import http.client
import json
import os
import re
import time
import urllib.error
import urllib.request
from typing import Any

from clinic.cli.deploy.outcome import DeployError
from clinic.cli.deploy.tools import scrubbed

_TRIES = 4
_BUSY = frozenset({429, 500, 502, 503, 504})
_SAFE = re.compile(r"https://|http://(?:localhost|127\.0\.0\.1)(?=[:/])")
_SECONDS = 60
_LONGEST_WAIT = 30.0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """No redirect is followed: urllib would hand the token on to another host."""

    def redirect_request(self, *_arguments: Any) -> None:
        """None: the redirect becomes an HTTPError."""


class Api:
    """A host's interface at ``base``; ``variable`` of the environment names another, as in its own tools."""

    def __init__(self, host: str, base: str, variable: str, token: str, refused: str) -> None:
        """``host`` is its name; ``refused`` is what to do when it does not accept the token."""
        self._host, self._token, self._refused = host, token, refused
        self.base = os.environ.get(variable, base).rstrip("/")
        if not _SAFE.match(f"{self.base}/"):
            raise DeployError(f"{variable} is not the address of an interface; take it out, or write it with https://.")
        self._opener = urllib.request.build_opener(_NoRedirect)

    def ask(self, method: str, path: str, data: Any = None, *, body: bytes | None = None, began: bool = False) -> Any:
        """The answer, from JSON; ``data`` is sent as JSON, or ``body`` as it is. Raises DeployError.

        Asked again where the host is busy or the network fails: every question may be asked twice.
        """
        sent = body if body is not None else json.dumps(data).encode() if data is not None else None
        kind = "application/octet-stream" if body is not None else "application/json"
        headers = {"Authorization": f"Bearer {self._token}", "User-Agent": "clinic-site", "Content-Type": kind}
        request = urllib.request.Request(f"{self.base}{path}", sent, headers, method=method)  # noqa: S310 -- see _SAFE
        for attempt in range(1, _TRIES + 1):
            try:
                with self._opener.open(request, timeout=_SECONDS) as answer:
                    text = answer.read()
                return json.loads(text) if text.strip() else {}
            except urllib.error.HTTPError as error:
                if error.code not in _BUSY or attempt == _TRIES:
                    raise self._error(error, began=began) from None
                wait = _asked_to_wait(error) or 2.0**attempt / 4
            except (OSError, http.client.HTTPException) as error:
                if attempt == _TRIES:
                    raise DeployError(
                        f"{self._host} does not answer ({_reason(error)}): see that you are online, then deploy again.",
                        began=began,
                    ) from None
                wait = 2.0**attempt / 4
            except ValueError:
                raise DeployError(
                    f"{self._host} answered with something that is none of its answers: something between you and it "
                    "(a log-in page of a network?) is in the way; try again elsewhere, or later.",
                    began=began,
                ) from None
            time.sleep(min(wait, _LONGEST_WAIT))
        raise AssertionError  # the last attempt has returned or raised

    def _error(self, error: urllib.error.HTTPError, *, began: bool) -> DeployError:
        if error.code in {401, 403}:
            return DeployError(
                f"{self._host} does not accept your token: {self._refused}; then deploy again.", began=began
            )
        if error.code == 429:
            return DeployError(
                f"{self._host} has had too many questions: wait some minutes, then deploy again.", began=began
            )
        if error.code >= 500:
            return DeployError(
                f"{self._host} has trouble of its own (error {error.code}): deploy again later.", began=began
            )
        return ApiError(error.code, f"{self._host} refused: {_words_of(error)}.", began=began)


class ApiError(DeployError):
    """A host says no, with a ``code`` of HTTP."""

    def __init__(self, code: int, message: str, *, began: bool = False) -> None:
        super().__init__(message, began=began)
        self.code = code


def _asked_to_wait(error: urllib.error.HTTPError) -> float:
    """Seconds, by its header (RFC 9110, 10.2.3); 0 where it names none."""
    said = str(error.headers.get("Retry-After", ""))
    return float(said) if said.isdecimal() else 0.0


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return scrubbed(str(getattr(reason, "strerror", None) or reason)) or type(error).__name__


def _words_of(error: urllib.error.HTTPError) -> str:
    """What it says: Netlify's ``message``, Cloudflare's ``errors``, or the words of the code."""
    try:
        said = json.loads(error.read())
        found = said.get("message") or "; ".join(each["message"] for each in said.get("errors", ()))
    except (ValueError, OSError, AttributeError, KeyError, TypeError):
        found = ""
    return scrubbed(str(found or error.reason)).rstrip(".")
