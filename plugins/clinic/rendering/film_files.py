"""The files that video directives name, as references to be checked and published like those in a text."""

from collections.abc import Iterable, Iterator

from clinic.rendering.directives import Directive, VideoOptions
from clinic.rendering.references import Reference


def film_files(directives: Iterable[Directive]) -> Iterator[Reference]:
    """A film of the owner's own, its captions, the picture before it plays."""
    for directive in directives:
        if isinstance(film := directive.options, VideoOptions):
            named = {"url": film.file, "captions": film.captions, "poster": film.poster}
            for key, path in named.items():
                if path:
                    line = directive.option_lines.get(key)
                    yield Reference(f"{{static}}/{path}", is_picture=key == "poster", line=line)
