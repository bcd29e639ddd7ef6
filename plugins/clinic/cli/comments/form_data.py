"""Comments in what form services give out: a message or a list of them as JSON, or a table (CSV).

Netlify has fields in ``data`` (a webhook: in ``payload.data``), and lists of such submissions; Formspree in
``submission``, its API and export in ``submissions``; Web3Forms in ``data``; others in ``body`` or ``fields``. Tables
have a line of field names on top. Sources: open-api.netlify.com, help.formspree.io, docs.web3forms.com.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from clinic.cli.comments.submission import FIELD_NAMES, Received, Submission, Unreadable, field_name, from_fields

ENVELOPES = ("payload", "data", "submission", "fields", "body", "form_data", "form_response", "response")
"""Around the fields."""
LISTS = ("submissions", "data", "items", "results", "entries", "responses", "payload", "rows")
"""Around several messages."""
LONGEST_CELL = 30_000_000  # characters: more than a file may have
DELIMITERS = ",;\t"
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_SPACE = re.compile(r"[\s\x1e,]*")
NO_JSON = "this is no JSON; save the form's message as the service gave it"


def decoded(data: bytes) -> str:
    """A file's text in its own encoding: UTF-8, UTF-16 with its mark, or else that of Windows in western Europe."""
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def is_json(text: str) -> bool:
    """Whether it can only be JSON."""
    return text.lstrip()[:1] in {"{", "["}


def is_table(text: str) -> bool:
    """Whether its first line names the fields of a comment."""
    try:
        _, names = next(_rows(text[:10_000]))
    except (StopIteration, csv.Error):
        return False
    known = {field_name(name) for name in names}
    return len(names) > 1 and not known.isdisjoint(FIELD_NAMES["words"])


def read_json(text: str) -> list[Received]:
    """Each message in JSON, or in JSON lines. Raises Unreadable where it is none."""
    messages = [message for value in _values(text) for message in _messages(value)]
    if len(messages) <= 1:
        return [Received("", _read(_fields_of(message))) for message in messages or [{}]]
    return [Received(f"message {number}", _read(_fields_of(one))) for number, one in enumerate(messages, 1)]


def read_table(text: str) -> list[Received]:
    """Each row of a table, whose first line names the fields. Raises Unreadable where there is none."""
    received, line = [], 1
    rows = _rows(text)
    try:
        keys = [field_name(name) for name in next(rows)[1]]
        for line, row in rows:
            fields = {key: cell for key, cell in zip(keys, row, strict=False) if cell.strip()}
            if fields:
                received.append(Received(f"line {line}", _read(fields)))
    except csv.Error as error:
        fault = Unreadable(f"the table cannot be read from here on ({error}); export it again as CSV")
        received.append(Received(f"line {line}", fault))
    if not received:
        raise Unreadable("there is no message in this table, only the names of its columns")
    return received


def _read(fields: Mapping[str, str]) -> Submission | Unreadable:
    try:
        return from_fields(fields)
    except Unreadable as fault:
        return fault


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line at which it begins; the delimiter is the one that the first line has most of."""
    csv.field_size_limit(LONGEST_CELL)
    first = next((line for line in text[:10_000].split("\n") if line.strip()), "")
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count))
    begins = 1
    for row in reader:
        if row:
            yield begins, row
        begins = reader.line_num + 1


def _values(text: str) -> Iterator[Any]:
    """The values of a text in JSON: one, or one after another, as logs have them."""
    decoder, at = json.JSONDecoder(), _end_of_space(text, 0)
    while at < len(text):
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise Unreadable(f"{NO_JSON} (it breaks off in line {error.lineno})") from None
        except (ValueError, RecursionError):
            raise Unreadable(NO_JSON) from None
        yield value
        at = _end_of_space(text, end)


def _end_of_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _messages(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every message in a value, in its order; what is neither a list nor a message counts as an empty one."""
    if isinstance(value, list) and not _is_list_of_fields(value):
        for one in value:
            yield from _messages(one)
    elif isinstance(value, dict):
        inner = next((value[key] for key in LISTS if _is_list_of_messages(value.get(key))), None)
        yield from (value,) if inner is None else _messages(inner)
    else:
        yield {"fields": value}


def _is_list_of_messages(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value) and not _is_list_of_fields(value)


def _is_list_of_fields(value: Any) -> bool:
    """Whether it is a list of ``{"name": …, "value": …}``, as some services write the fields of one message."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and "value" in one for one in value)


def _fields_of(message: Mapping[str, Any]) -> dict[str, str]:
    """The fields by name; an inner one overrides one of its envelope."""
    fields: dict[str, str] = {}
    for layer in _layers(message):
        for key, value in layer.items():
            text = ", ".join(map(str, value)) if isinstance(value, list) and value[1:] == [] else value
            if isinstance(text, str | int | float):
                fields[field_name(str(key))] = str(text)
    return fields


def _layers(message: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The message and each envelope in it, the outermost first."""
    layer: Any = message
    while isinstance(layer, Mapping):
        yield layer
        inner = (layer.get(key) for key in ENVELOPES)
        layer = next((one for one in inner if isinstance(one, dict) or _is_list_of_fields(one)), None)
        if isinstance(layer, list):
            layer = {str(one.get("name") or one.get("title") or one.get("label") or ""): one["value"] for one in layer}
