"""`python -m clinic.cli.build`: Pelican as it is, but each log record on one line, with its level."""

from __future__ import annotations

import json
import logging
import sys

from pelican import main

from clinic.cli.build.log import RECORD_MARK


class RecordFormatter(logging.Formatter):
    """One line of JSON for each record, `[level, text with traceback]`: Pelican's plain log leaves the level out."""

    def format(self, record: logging.LogRecord) -> str:
        """Format one record."""
        return RECORD_MARK + json.dumps([record.levelno, super().format(record)])


if __name__ == "__main__":
    handler = logging.StreamHandler()
    handler.setFormatter(RecordFormatter())
    logging.basicConfig(handlers=[handler])  # before Pelican does: the first handler stays
    main(sys.argv[1:])
