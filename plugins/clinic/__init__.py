"""The clinic site generator: one file of clinic facts and Markdown in, a true static site out.

The floors, top to bottom; imports go down only (import-linter holds this in the tests):

* ``clinic.cli``: the owner's commands;
* ``clinic.plugin``: the Pelican plugin, the only floor that knows Pelican;
* ``clinic.rendering``: facts to HTML, JSON-LD, XML and other text; ``clinic.fact_check``, beside it: what texts say
  against what is true;
* ``clinic.content``: text on disk to records, or to diagnostics;
* ``clinic.domain``: what follows from the records, pure;
* ``clinic.models``: what the owner writes.
"""

import gc

_NEW_OBJECTS = 500_000
"""Between two searches for garbage. A build makes next to none, nor does an import: with Python's 700 a tenth of the
time of a build is search, so this is the first thing done."""
gc.set_threshold(_NEW_OBJECTS)
