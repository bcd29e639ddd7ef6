"""Addresses elsewhere: whether what the owner links to is still there, asked politely and not again for a week.

One request at a time for each host, with a pause; a HEAD, and a GET where a server takes none (RFC 9110, 9.3.2).
Many sites turn programs away (403, 429 and the like), so only what says that it is gone is taken for gone.
"""

import json
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from http.client import HTTPException
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urldefrag, urlsplit, urlunsplit
from urllib.request import Request, urlopen

from clinic.cli.check.examined import Examined, Where
from clinic.cli.check.rules import DEAD_ADDRESS, SILENT_ADDRESS, advice, warning
from clinic.cli.disk import write_whole
from clinic.cli.interrupts import POLL_SECONDS
from clinic.content.diagnostics import Diagnostic

AGENT = "Mozilla/5.0 (compatible; clinic-site link check)"
_KEPT = 7 * 24 * 3600
"""Seconds for which an address that answered is not asked again."""
_TIMEOUT, _PAUSE, _BUDGET = 10.0, 0.5, 60.0
"""Seconds: for one answer, between two requests to a host, and for all."""
_HOSTS_AT_ONCE = 8
_GONE = frozenset({404, 410})
_NO_HEAD = frozenset({400, 403, 404, 405, 500, 501, 503})
"""What servers answer to a HEAD that they would have answered as a GET."""
_UNREACHED = frozenset({"no host", "unreachable"})
_HOSTS_ENOUGH = 3
"""Hosts of which none can be reached before it is the connection that is missing."""


class Answer(NamedTuple):
    """What came of asking: ``kind`` is ok, gone, silent, no host (of that name) or unreachable."""

    kind: str
    why: str = ""


@dataclass(frozen=True)
class ExternalLinks:
    """What was found, and a sentence about what was not looked at, if anything."""

    found: tuple[Diagnostic, ...] = ()
    remark: str = ""


def external_addresses(site: Examined) -> dict[str, Where]:
    """Every address on another site that the owner has written, with where she did so first."""
    found: dict[str, Where] = {}
    for page in site.pages.values():
        for url in page.links:
            address = urldefrag(url).url
            is_elsewhere = address.startswith(("http://", "https://")) and site.target(page, url) is None
            if is_elsewhere and address not in found:
                bare = address.partition("?")[0]  # links to a booking system name the page that they stand on
                if where := site.where(page, address, unquote(address), escape(address)):
                    found[address] = where
                elif bare not in found and (where := site.where(page, bare)):
                    found[bare] = where
    return found


def check_external_links(
    site: Examined,
    cache: Path,
    ask: Callable[[str], Answer] | None = None,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> ExternalLinks:
    """Ask for every address elsewhere; ``ask`` does so for one, ``tell`` is told how many are done of how many."""
    addresses = external_addresses(site)
    known = _read(cache)
    ahead = [each for each in addresses if known.get(each, 0) < time.time() - _KEPT]
    answers, is_offline = _ask_all(ahead, ask or answer_of, tell)
    now = time.time()
    fresh = {each: now for each, answer in answers.items() if answer.kind == "ok"}
    if fresh:
        kept = {each: at for each, at in known.items() if each in addresses}
        with suppress(OSError):  # they are asked again
            write_whole(cache, json.dumps(kept | fresh, indent=0))
    if is_offline:
        count = f"{len(ahead)} address{'es' if len(ahead) > 1 else ''} elsewhere"
        return ExternalLinks((), f"There is no connection to the internet, so {count} could not be looked at.")
    left = len(ahead) - len(answers)
    remark = f"{left} addresses elsewhere are left for the next time: a minute was over." if left else ""
    return ExternalLinks(tuple(_told(addresses, answers)), remark)


def _told(addresses: Mapping[str, Where], answers: Mapping[str, Answer]) -> Iterator[Diagnostic]:
    for address, answer in sorted(answers.items(), key=lambda each: addresses[each[0]]):
        if answer.kind in {"gone", "no host"}:
            message = f"{address} is gone ({answer.why}); find where that is now, or take the link out"
            yield warning(DEAD_ADDRESS, addresses[address], message)
        elif answer.kind != "ok":
            yield advice(SILENT_ADDRESS, addresses[address], f"{address} did not answer as it should ({answer.why})")


def _ask_all(
    addresses: Iterable[str], ask: Callable[[str], Answer], tell: Callable[[int, int], None]
) -> tuple[dict[str, Answer], bool]:
    """The answers, and whether there seems to be no connection: then there are none."""
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).netloc].append(address)
    count = sum(map(len, by_host.values()))
    hosts, done, stop = SimpleQueue[list[str]](), SimpleQueue[dict[str, Answer]](), Event()
    for each in by_host.values():
        hosts.put(each)
    until = time.monotonic() + _BUDGET
    for _ in range(min(_HOSTS_AT_ONCE, len(by_host))):
        # Daemons: when the command is stopped, nobody waits for a server that does not answer.
        Thread(target=_work, args=(hosts, done, ask, stop, until), daemon=True).start()
    answers: dict[str, Answer] = {}
    try:
        for number in range(1, len(by_host) + 1):
            answers |= _next(done)
            tell(len(answers), count)
            if number >= _HOSTS_ENOUGH and _none_reached(answers):
                break
    finally:
        stop.set()
    return ({}, True) if answers and _none_reached(answers) else (answers, False)


def _next(done: "SimpleQueue[dict[str, Answer]]") -> dict[str, Answer]:
    """The answers of the next host; waits in short steps, so that a signal is noticed."""
    while True:
        with suppress(Empty):
            return done.get(timeout=POLL_SECONDS)


def _work(
    hosts: "SimpleQueue[list[str]]",
    done: "SimpleQueue[dict[str, Answer]]",
    ask: Callable[[str], Answer],
    stop: Event,
    until: float,
) -> None:
    """Ask one host after the other until there is none left."""
    with suppress(Empty):
        while True:
            done.put(_ask_host(hosts.get_nowait(), ask, stop, until))


def _none_reached(answers: Mapping[str, Answer]) -> bool:
    return all(answer.kind in _UNREACHED for answer in answers.values())


def _ask_host(addresses: Iterable[str], ask: Callable[[str], Answer], stop: Event, until: float) -> dict[str, Answer]:
    """The answers of one host, one after the other."""
    answers: dict[str, Answer] = {}
    for address in addresses:
        if stop.is_set() or time.monotonic() > until or (answers and stop.wait(_PAUSE)):
            break
        answers[address] = ask(address)
        if answers[address].kind in _UNREACHED | {"silent"}:
            break  # what does not answer is not asked again for each of its pages
    return answers


def answer_of(address: str) -> Answer:
    """Ask one address, first without its content."""
    answer = Answer("silent")
    for method in ("HEAD", "GET"):
        try:
            request = Request(_encoded(address), method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})  # noqa: S310 (http and https alone)
            with urlopen(request, timeout=_TIMEOUT):  # noqa: S310 (as above)
                return Answer("ok")
        except HTTPError as error:
            error.close()
            answer = _of_status(error.code)
            if method == "GET" or error.code not in _NO_HEAD:
                return answer
        except URLError as error:
            return _of_failure(error.reason)
        except (OSError, HTTPException, ValueError) as error:
            return _of_failure(error)
    return answer


def _of_status(code: int) -> Answer:
    if code in _GONE:
        return Answer("gone", f"it answers {code}")
    return Answer("silent", f"it answers {code}") if code >= 500 else Answer("ok")  # 403, 429 …: it is there


def _of_failure(reason: object) -> Answer:
    match reason:
        case socket.gaierror(errno=socket.EAI_NONAME):
            return Answer("no host", "there is no such host")
        case ssl.SSLError():
            return Answer("silent", "its certificate is not valid")
        case TimeoutError():
            return Answer("silent", f"no answer in {_TIMEOUT:.0f} seconds")
        case ConnectionError():
            return Answer("silent", "it refused the connection")
        case OSError():
            return Answer("unreachable", "it cannot be reached")
    return Answer("silent", "its answer makes no sense")


def _encoded(address: str) -> str:
    """An address in ASCII, as it is sent (RFC 3986); raises ValueError where its host is none."""
    parts = urlsplit(address)
    host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    safe = "/:?#[]@!$&'()*+,;=%~"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe), quote(parts.query, safe), ""))


def _read(cache: Path) -> dict[str, float]:
    """When each address answered last, in seconds since 1970."""
    with suppress(OSError, ValueError):
        known = json.loads(cache.read_text("utf-8"))
        if isinstance(known, dict):
            return {each: at for each, at in known.items() if isinstance(at, int | float)}
    return {}
