"""`python -m clinic.cli.build.process`: Pelican as it is, but each log record on one line, with its level."""

from __future__ import annotations

import json
import logging
import sys

from pelican import main

from clinic.cli.build.log import RECORD


class RecordFormatter(logging.Formatter):
    """Writes level and text, traceback included, as one line of JSON: Pelican's plain log leaves the level out."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line for one record."""
        return RECORD + json.dumps([record.levelno, super().format(record)])


def run() -> None:
    """Set up the log before Pelican does (the first handler stays), then hand over."""
    handler = logging.StreamHandler()
    handler.setFormatter(RecordFormatter())
    logging.basicConfig(handlers=[handler])
    main(sys.argv[1:])


if __name__ == "__main__":
    run()
