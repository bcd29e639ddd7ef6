"""Nodes of the graph: typed, with an address of their own, and never an empty property."""

from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

Node: TypeAlias = dict[str, object]

_EMPTY: tuple[object, ...] = (None, "", (), [])


def node(kind: str | tuple[str, ...], address: str | None = None, /, **properties: object) -> Node:
    """A JSON-LD node object (JSON-LD 1.1, section 9.2). Properties without a value are left out."""
    types: str | list[str] = kind if isinstance(kind, str) else kind[0] if len(kind) == 1 else list(kind)
    made: Node = {"@type": types}
    if address:
        made["@id"] = address
    for name, value in properties.items():
        clean = one_line(value) if isinstance(value, str) else value
        if clean not in _EMPTY:
            made[name] = clean
    return made


def reference(address: str) -> Node:
    """A JSON-LD node reference, to a node that stands elsewhere in the same graph."""
    return {"@id": address}


def one_line(text: str) -> str:
    """Words the owner wrote over several lines, on one."""
    return " ".join(text.split())


def iso_moment(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """schema.org DateTime: ISO 8601 with zone; a moment without one is the clinic's own time."""
    if moment is None:
        return None
    placed = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return placed.isoformat(timespec="seconds")
