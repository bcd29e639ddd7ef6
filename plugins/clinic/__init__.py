"""The clinic site generator: one file of clinic facts and Markdown in, a true static site out.

The floors, top to bottom; imports go down only (import-linter holds this in the tests):

* ``clinic.desk``: the owner's commands (preview, publish);
* ``clinic.site``: the Pelican plugins, between Pelican's signals and our facts;
* ``clinic.rendering``: facts to HTML, JSON-LD and XML text;
* ``clinic.files``: text on disk to facts, or problems;
* ``clinic.facts``: what is true of a clinic and of a page.
"""
