"""An import into a small site, in this process: what it writes, and what it says."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from clinic.cli.importing.assets import Fetcher
from clinic.cli.importing.command import Run
from tests.site import CLINICS, NOW

SOURCES = Path(__file__).parent / "sources"


@dataclass
class Imported:
    """The content folder after an import, its exit code and its report."""

    content: Path
    said: str = ""
    code: int = 0
    new: dict[str, bytes] = field(default_factory=dict)

    def text(self, ending: str) -> str:
        """The file whose name ends so."""
        return next(data.decode() for key, data in self.new.items() if key.endswith(ending))


class Importer:
    """Imports a source into a copy of a clinic; again into the same with ``into``."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder, self._capsys = folder, capsys
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))

    def source(self, name: str, data: str | bytes) -> Path:
        """A file to import."""
        file = self._folder / "from" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return file

    def fresh(self, name: str = "content", clinic: str = "minimal") -> Path:
        """A copy of a clinic."""
        return Path(shutil.copytree(CLINICS / clinic, self._folder / name))

    def run(
        self, source: Path, clinic: str = "minimal", into: Path | None = None, *, trial: bool = False,
        fetcher: Fetcher | None = None,
    ) -> Imported:  # fmt: skip
        """Import it, offline unless there is a fetcher."""
        content = into or self.fresh(clinic=clinic)
        before = files_of(content)
        code = Run(source, content, "content", fetcher or Fetcher(is_online=False), is_trial=trial).run()
        after = files_of(content)
        hers = [key for key in before if key != "addresses.txt" and not key.endswith(".new")]
        assert {key: after[key] for key in hers} == {key: before[key] for key in hers}
        new = {key: data for key, data in after.items() if before.get(key) != data}
        return Imported(content, "".join(self._capsys.readouterr()), code, new)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
