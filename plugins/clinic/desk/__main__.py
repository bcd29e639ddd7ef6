"""`python -m clinic.desk`."""

import signal

# Until the commands say otherwise: Ctrl-C while they are still being loaded ends the process without a traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from clinic.desk.commands import desk  # noqa: E402 -- loading is what may be interrupted

desk(prog_name="python -m clinic.desk")
