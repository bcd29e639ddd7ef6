"""What time it is."""

import os
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now; ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) stands in for the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
