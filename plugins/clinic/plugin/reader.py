"""The reader: hands Pelican the documents that are there already. It opens no file."""

from pathlib import Path
from typing import ClassVar

from pelican.readers import BaseReader

from clinic.plugin.build import Build
from clinic.plugin.documents import Metadata, metadata_of, read_documents


class ClinicReader(BaseReader):  # type: ignore[misc]  # Pelican has no types
    """Gives ``.md`` under ``posts/``, ``pages/``, ``services/``, ``team/`` and ``locations/``."""

    enabled = True
    file_extensions: ClassVar[list[str]] = []
    """Pelican takes every reader that has been imported; ``read_markdown_only`` chooses this one, and for ``md``."""

    def read(self, source_path: str) -> tuple[str, Metadata]:
        """The body in HTML and the metadata, as Pelican asks. What is unpublished is skipped.

        Pelican would write a draft to ``/drafts/`` and copy its images, so it never gets one.
        """
        build = Build.of(self.settings)
        context = build.context
        if not hasattr(build, "reading"):  # the first document: components need the theme's environment, there by now
            build.reading = read_documents(context)
            build.diagnostics.extend(build.reading.diagnostics)
        key = Path(source_path).relative_to(context.content.folder).as_posix()
        read = build.reading.documents.get(key)
        if read is None or not (context.preview or read.document.state.is_public):
            return "", {"status": "skip"}
        return read.html, metadata_of(context, read, self.settings)
