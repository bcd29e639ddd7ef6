"""Pictures and downloads of an import: their names here, what they hold, and how texts show them."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from clinic.cli.check.texts import is_file_name
from clinic.cli.importing.assets import Fetcher, NotFetched, data_of, file_name, image_format
from clinic.cli.importing.found import Asset, Found
from clinic.cli.start.starting_texts import in_yaml

_ASSET = re.compile(
    r"!\[\]\(asset:(?P<image>\d+)(?:\s+\"[^\n]*?\")?\)|(?<!!)\[(?P<words>(?:[^\[\]\\]|\\.)*)\]\(asset:(?P<file>\d+)(?:\s+\"[^\n]*?\")?\)"
)
_FIRST_IMAGE = re.compile(r"\s*!\[\]\(asset:(\d+)\)[ \t]*(?:\n|\Z)")


@dataclass
class Pictures:
    """Names and bytes of the files that texts show. ``content`` is the folder they go to, ``shown_as`` in messages."""

    content: Path
    fetcher: Fetcher
    shown_as: str = "content"
    files: dict[str, bytes] = field(default_factory=dict)
    missing: dict[str, tuple[str, str]] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def place(self, found: Found, body: str) -> tuple[str, list[str]]:
        """The body with its pictures, and the lines of the front matter for the one above it."""
        body, image = self._above(found, body)

        def shown(match: re.Match[str]) -> str:
            if match["image"]:
                return self._image(found, found.body.assets[int(match["image"])])
            return self._download(found, found.body.assets[int(match["file"])], match["words"])

        return _ASSET.sub(shown, body).strip(), image

    def _above(self, found: Found, body: str) -> tuple[str, list[str]]:
        """The image of the whole post; where the text begins with the same, it is not shown twice."""
        image, assets = found.image, found.body.assets
        if image is None:
            return body, []
        images = [asset for asset in assets if asset.is_image]
        same = [one for one in images if one.url == image.url or (one.data and one.data == image.data)]
        image.alt = image.alt or next((asset.alt for asset in same if asset.alt), "")
        image.data = image.data or next((asset.data for asset in same if asset.data), None)
        first = _FIRST_IMAGE.match(body)
        if first and assets[int(first[1])] in same and not assets[int(first[1])].caption:
            body = body[first.end() :]
        name, is_there = self._key(found, image)
        if is_there and image.alt:
            return body, [f"image: {name}", f"image_alt: {in_yaml(image.alt)}"]
        what = (
            "say in image_alt what it shows, and take the two # out"
            if is_there
            else f"put the picture {image.url} there as {self.shown_as}/{name}, and take the two # out"
        )
        found.to_do(f"the image of the whole post waits: {what}", f"# image: {name}")
        return body, [f"# image: {name}", f"# image_alt: {in_yaml(image.alt or 'what it shows')}"]

    def _image(self, found: Found, asset: Asset) -> str:
        """An image; one that is not there, or has no words, is a remark until it does."""
        name, is_there = self._key(found, asset)
        alt = (asset.alt or asset.caption).replace("[", "(").replace("]", ")")
        caption = f' "{asset.caption.replace(chr(34), chr(39))}"' if asset.caption else ""
        line = f"![{alt or 'say here what it shows'}]({{static}}/{name}{caption})"
        if is_there and alt:
            if is_file_name(alt):
                found.to_do(f"“{alt}” is no description of a picture; say what it shows", line)
            return line
        needs = [] if is_there else [f"put the file {asset.url[:300]} there as {self.shown_as}/{name}"]
        needs += [] if alt else ["say between [ ] what it shows"]
        found.to_do(f"a picture waits as a remark: {' and '.join(needs)}, then take <!-- and --> out", line)
        return f"<!-- {line.replace('--', '- -')} -->"

    def _download(self, found: Found, asset: Asset, words: str) -> str:
        name, is_there = self._key(found, asset)
        if is_there:
            return f"[{words}]({{static}}/{name})"
        what = f"put {asset.url[:300]} there as {self.shown_as}/{name}, and link {{static}}/{name}"
        found.to_do(f"“{words}” led to a file: {what}", words)
        return f"{words}<!-- file: {asset.url.replace('--', '%2D-')} -->"

    def _key(self, found: Found, asset: Asset) -> tuple[str, bool]:
        """The path of its file below the content folder, and whether it is or will be there."""
        if asset.url in self._keys:
            key = self._keys[asset.url]
            return key, key in self.files or (self.content / key).is_file()
        data, why = self._data(asset)
        folder = "images" if asset.is_image else "files"
        key = self._keys[asset.url] = self._free(folder, file_name(asset.url, data if asset.is_image else None), data)
        is_there = (self.content / key).is_file()
        if data is not None:
            self.files[key] = data
        elif is_there:
            there = f"{self.shown_as}/{key} was there already and stands here now"
            found.guess(f"{there}; see that it is the one that was meant", key)
        else:
            self.missing[key] = (asset.url[:300], why)
        return key, data is not None or is_there

    def _data(self, asset: Asset) -> tuple[bytes | None, str]:
        """What the file holds, or why that is not known."""
        data, why = asset.data, ""
        if data is None and asset.url.startswith("data:"):
            data = data_of(asset.url)
        if data is None and asset.url.startswith("http"):
            try:
                data = self.fetcher.fetch(asset.url)
            except NotFetched as error:
                why = str(error)
        elif data is None:
            why = "it is not in what was imported"
        if data is not None and asset.is_image and not image_format(data):
            return None, "it is no JPEG, PNG, WebP, GIF or SVG"
        is_page = data is not None and data.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html"))
        if is_page and not asset.is_image:
            return None, "there is a web page where the file was"
        return data, why

    def _free(self, folder: str, name: str, data: bytes | None) -> str:
        """A name that no other file has; the same bytes are the same file."""
        stem, _, end = name.rpartition(".")
        for number in range(1, 100_000):
            key = f"{folder}/{stem}{f'-{number}' if number > 1 else ''}.{end}"
            used = key in self._keys.values()
            there = self.content / key
            if used:
                if data is not None and self.files.get(key) == data:
                    return key
            elif data is None or not there.is_file() or _digest(there) == hashlib.sha256(data).digest():
                return key
        raise FileExistsError(f"{folder}/{name}")


def _digest(file: Path) -> bytes:
    return hashlib.sha256(file.read_bytes()).digest()
