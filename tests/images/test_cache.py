"""Images are made ready once and kept."""

from __future__ import annotations

import errno
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from clinic.rendering.images import cache as image_cache
from clinic.rendering.images.cache import ImageCache
from clinic.rendering.images.cards import RATIOS, CardPhoto, Cards, crop_file, crop_size
from clinic.rendering.images.decode import LARGEST_FILE, ImageError
from clinic.rendering.images.encode import Renditions, renditions
from tests.images.photos import drawing, photo
from tests.images.test_cards import LOOK


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The length of every image that is encoded."""
    lengths: list[int] = []

    def counted(data: bytes, suffix: str) -> Renditions:
        lengths.append(len(data))
        return renditions(data, suffix)

    monkeypatch.setattr(image_cache, "renditions", counted)
    return lengths


@pytest.fixture
def image(tmp_path: Path) -> Path:
    path = tmp_path / "ankle.JPG"
    path.write_bytes(photo(1200, 900))
    return path


def test_unchanged_images_are_not_encoded_again(tmp_path: Path, image: Path, encoded: list[int]) -> None:
    first = ImageCache(tmp_path / "cache").get(image)
    image.touch()
    renamed = image.rename(tmp_path / "foot.jpg")
    assert ImageCache(tmp_path / "cache").get(renamed) == first
    assert len(encoded) == 1
    assert {(file.width, file.height) for file in first.files} == {(480, 360), (800, 600), (1200, 900)}


def test_a_photograph_is_read_once_for_its_files_and_once_for_its_cards_and_never_again(
    tmp_path: Path, image: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image.write_bytes(photo(1400, 1000))
    read: list[object] = []
    written: list[tuple[str, tuple[int, int]]] = []
    opened, save = Image.open, Image.Image.save

    def counted_open(file: Any, *arguments: Any, **options: Any) -> Image.Image:
        read.append(file)
        return opened(file, *arguments, **options)

    def counted_save(self: Image.Image, file: Any, kind: str, **options: Any) -> None:
        written.append((kind, self.size))
        save(self, file, kind, **options)

    def make(store: ImageCache) -> None:
        published = CardPhoto(store.get(image).files[-1].path)
        store.file("card.jpg", lambda: Cards(LOOK).card("Ankles", published))
        for name, ratio in RATIOS.items():
            store.file(f"{name}.jpg", partial(crop_file, published, crop_size(1400, 1000, ratio)))
        store.save()

    monkeypatch.setattr(Image, "open", counted_open)
    monkeypatch.setattr(Image.Image, "save", counted_save)
    make(ImageCache(tmp_path / "cache"))
    assert len(read) == 2
    assert len(written) == len(set(written)) == 3 + 3 + 1 + 1 + 3
    make(ImageCache(tmp_path / "cache"))
    assert len(read) == 2
    assert len(written) == 11


def test_a_changed_image_is_encoded_and_has_another_key(tmp_path: Path, image: Path, encoded: list[int]) -> None:
    store = ImageCache(tmp_path / "cache")
    first = store.get(image)
    image.write_bytes(photo(1200, 901))
    assert store.get(image).key[:8] != first.key[:8]
    assert len(encoded) == 2


def test_other_settings_make_another_image(tmp_path: Path, image: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ImageCache(tmp_path / "cache")
    first = store.get(image)
    monkeypatch.setattr(image_cache, "RECIPE", "another")
    assert store.get(image).key != first.key


def test_runs_at_the_same_time_do_not_disturb_each_other(tmp_path: Path, image: Path) -> None:
    with ThreadPoolExecutor(max_workers=6) as workers:
        found = list(workers.map(lambda _: ImageCache(tmp_path / "cache").get(image), range(6)))
    assert len(set(found)) == 1
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [found[0].key]


def test_what_was_refused_leaves_nothing(tmp_path: Path, image: Path) -> None:
    image.write_bytes(b"no picture")
    with pytest.raises(ImageError):
        ImageCache(tmp_path / "cache").get(image)
    assert not (tmp_path / "cache").exists()


def test_a_film_that_is_larger_than_any_picture_is_published_as_it_is(tmp_path: Path) -> None:
    film = tmp_path / "exercises.mp4"
    with film.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert ImageCache(tmp_path / "cache").cleaned(film, "Exercises")[0] == film


def test_a_drawing_that_does_not_say_how_large_it_is_has_no_size(tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    path.write_bytes(drawing(attributes=""))
    [file] = ImageCache(tmp_path / "cache").get(path).files
    assert (file.width, file.height, file.path.read_bytes()) == (0, 0, drawing().replace(b' viewBox="0 0 120 80"', b""))


def test_what_is_damaged_in_the_cache_is_made_anew(tmp_path: Path, image: Path, encoded: list[int]) -> None:
    """As after a power cut, which leaves files without their bytes."""
    first = ImageCache(tmp_path / "cache").get(image)
    whole = [one.path.read_bytes() for one in first.files]
    folder = first.files[0].path.parent
    for number, damaged in enumerate((*(one.path for one in first.files), folder / "about.json"), 2):
        damaged.write_bytes(b"")
        again = ImageCache(tmp_path / "cache").get(image)
        assert [one.path.read_bytes() for one in again.files] == whole
        assert len(encoded) == number


@pytest.mark.parametrize("full_at", range(6))
def test_a_full_disk_leaves_nothing_in_the_cache(
    tmp_path: Path, image: Path, monkeypatch: pytest.MonkeyPatch, full_at: int
) -> None:
    """Whichever of the files finds no room: the next build makes it anew."""
    left, write = [full_at], Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if not left[0]:
            write(path, data[:1])
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 1
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(Path, "write_text", lambda path, text, _encoding: full(path, text.encode()))
    cache = ImageCache(tmp_path / "cache")
    with pytest.raises(OSError, match="No space") if full_at < 5 else nullcontext():
        cache.get(image)
    assert len([*(tmp_path / "cache").iterdir()]) == (0 if full_at < 5 else 1)
