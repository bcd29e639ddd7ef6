"""The settings of ``make publish``: as pelicanconf.py, at the public address."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403

CLINIC_PUBLIC = True
