"""Facts to HTML, JSON-LD, XML and other text. Knows Markdown and Jinja's escaping, never Pelican."""
