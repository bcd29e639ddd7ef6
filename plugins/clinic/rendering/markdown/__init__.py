"""Markdown to HTML, with our directives and a lint."""
