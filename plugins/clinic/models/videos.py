"""Videos: files of the owner's, or players of YouTube and Vimeo."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Self, TypeAlias
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, model_validator

from clinic.models.base import Record, RecordError
from clinic.models.types import Day, Text, checked

_FILE = re.compile(r"[\w./-]+\.(mp4|m4v|webm)", re.IGNORECASE)
_CAPTIONS = re.compile(r"[\w./-]+\.vtt", re.IGNORECASE)
_LENGTH = re.compile(r"(?:(\d+):)?(\d{1,2}):([0-5]\d)")
_YOUTUBE_ID = re.compile(r"[\w-]{11}")
_YOUTUBE_PATH = re.compile(r"/(?:shorts|embed|live|v)/([\w-]{11})/?")
_VIMEO_PATH = re.compile(r"/(?:video/)?(\d+)(?:/(\w+))?/?")
_NO_VIDEO = "is no film we can show; write its address on YouTube or Vimeo, or a file such as images/walk.mp4"
_NO_LENGTH = "is not a length; write minutes and seconds, for example 4:30"
_NO_CAPTIONS = "holds no captions; write a file such as images/walk.vtt"
Length: TypeAlias = Annotated[Text, checked(_LENGTH.fullmatch, _NO_LENGTH)]
Captions: TypeAlias = Annotated[Text, checked(_CAPTIONS.fullmatch, _NO_CAPTIONS)]
MEDIA_TYPES: Mapping[str, str] = {"mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm"}


@dataclass(frozen=True)
class Player:
    """A video on another site: ``page`` is its address there, ``frame`` the one to embed, loaded from ``host``."""

    name: str
    page: str
    frame: str
    host: str


def player_of(url: str) -> Player | None:
    """The player for an address of YouTube or Vimeo, as a browser or an app gives it; None for others.

    Neither tracks visitors in the frame: YouTube by its host without cookies, Vimeo by ``dnt``.
    """
    parts = urlsplit(url)
    match (parts.hostname or "").removeprefix("www.").removeprefix("m."):
        case "youtube.com" | "youtube-nocookie.com" | "youtu.be":
            return _youtube(parts.path, parse_qs(parts.query))
        case "vimeo.com" | "player.vimeo.com":
            return _vimeo(parts.path, parse_qs(parts.query))
    return None


def _youtube(path: str, query: Mapping[str, list[str]]) -> Player | None:
    found = _YOUTUBE_PATH.fullmatch(path)
    name = found.group(1) if found else query.get("v", [path.strip("/")])[0]
    if not _YOUTUBE_ID.fullmatch(name):
        return None
    frame = f"https://www.youtube-nocookie.com/embed/{name}?rel=0"
    return Player("YouTube", f"https://www.youtube.com/watch?v={name}", frame, "youtube-nocookie.com")


def _vimeo(path: str, query: Mapping[str, list[str]]) -> Player | None:
    found = _VIMEO_PATH.fullmatch(path)
    if found is None:
        return None
    number, key = found.groups()
    key = key or query.get("h", [None])[0]
    page = f"https://vimeo.com/{number}" + (f"/{key}" if key else "")
    frame = f"https://player.vimeo.com/video/{number}?dnt=1" + (f"&h={key}" if key else "")
    return Player("Vimeo", page, frame, "player.vimeo.com")


def _is_video(url: str) -> bool:
    return bool(_FILE.fullmatch(url) or player_of(url))


class VideoSource(Record):
    """The options of a video."""

    url: Annotated[Text, checked(_is_video, _NO_VIDEO)] | None = Field(
        default=None, description="an address on YouTube or Vimeo, or a file such as images/walk.mp4"
    )
    poster: Text | None = Field(default=None, description="a still of it: an image such as images/walk.jpg")
    duration: Length | None = Field(default=None, description="minutes and seconds: 4:30")
    captions: Captions | None = Field(default=None, description="for a file: images/walk.vtt")
    date: Day | None = Field(default=None, description="the day it was published")

    @model_validator(mode="after")
    def _captions_for_own_file(self) -> Self:
        if self.captions and self.player:
            raise RecordError("captions", f"captions for this film are added on {self.player.name}; remove this line")
        return self

    @property
    def player(self) -> Player | None:
        """Its player on another site; None for a file of the owner's."""
        return player_of(self.url) if self.url else None

    @property
    def file(self) -> str | None:
        """The owner's file by its path under ``content/``; None for a player."""
        return None if self.player else self.url

    @property
    def media_type(self) -> str | None:
        """The media type of the file."""
        return MEDIA_TYPES[self.file.rpartition(".")[2].lower()] if self.file else None

    @property
    def iso_duration(self) -> str | None:
        """ISO 8601 duration: 4:30 is ``PT4M30S``."""
        if self.duration is None:
            return None
        hours, minutes, seconds = _hours_minutes_seconds(self.duration)
        return f"PT{hours}H{minutes}M{seconds}S" if hours else f"PT{minutes}M{seconds}S"

    @property
    def length_in_words(self) -> str | None:
        """For screen readers: ``4 minutes 30 seconds``."""
        if self.duration is None:
            return None
        named = zip(_hours_minutes_seconds(self.duration), ("hour", "minute", "second"), strict=True)
        return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in named if count)


def _hours_minutes_seconds(duration: str) -> tuple[int, ...]:
    found = _LENGTH.fullmatch(duration)
    return tuple(int(part or 0) for part in found.groups()) if found else (0, 0, 0)
