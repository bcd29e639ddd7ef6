"""`python -m clinic.cli`."""

import io
import os
import signal
import sys

from clinic.cli.unchanged import tell_if_unchanged

# Until the commands say otherwise: Ctrl-C while they are still being loaded ends the process without a traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)
for stream in (sys.stdout, sys.stderr):
    if isinstance(stream, io.TextIOWrapper):  # a console in the encoding of old Windows lacks "…" and “”
        stream.reconfigure(errors="replace")
try:
    os.getcwd()  # noqa: PTH109 -- the least that shows it
except OSError:
    sys.exit("Error: This folder is no longer there: go to the project's (cd FOLDER), then run it again.")
if not tell_if_unchanged(sys.argv[1:]):
    from clinic.cli.commands import cli  # what takes ten times as long as to see that there is nothing to do

    cli(prog_name="python -m clinic.cli")
