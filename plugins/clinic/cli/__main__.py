"""`python -m clinic.cli`."""

import signal

from clinic.cli.commands import cli

# Until the commands say otherwise: Ctrl-C while they are still being loaded ends the process without a traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)
cli(prog_name="python -m clinic.cli")
