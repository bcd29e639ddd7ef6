"""The fixture of all tests of imports."""

from pathlib import Path

import pytest

from tests.importing.kit import Importer


@pytest.fixture
def importer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Importer:
    """Imports into a copy of a small clinic."""
    return Importer(tmp_path, monkeypatch, capsys)
