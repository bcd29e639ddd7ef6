"""The browser editor at /admin/: its configuration from the models, and its page. The editor itself is Sveltia CMS."""
