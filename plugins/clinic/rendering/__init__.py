"""Facts to HTML, JSON-LD and XML text. Knows Markdown and Jinja's escaping, never Pelican."""
