"""``next-build.json``: when the site must be built again, for people, workflows and schedulers to read."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from clinic.domain.schedule import Rebuild, upcoming

NEXT_BUILD = "next-build.json"


def next_build_json(rebuilds: Iterable[Rebuild], now: datetime) -> str:
    """``{"built": moment, "next": [{"at": moment, "why": words}, …]}``, moments as ISO 8601 in UTC, the next first."""
    ahead = [{"at": _utc(rebuild.at), "why": rebuild.reason} for rebuild in upcoming(rebuilds, now)]
    return json.dumps({"built": _utc(now), "next": ahead}, indent=2, ensure_ascii=False) + "\n"


def read_next_build(text: str) -> tuple[Rebuild, ...]:
    """The rebuilds that the text of such a file names. Raises ValueError or KeyError if it is none."""
    return tuple(Rebuild(datetime.fromisoformat(entry["at"]), entry["why"]) for entry in json.loads(text)["next"])


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
