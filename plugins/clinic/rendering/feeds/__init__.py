"""Feeds of articles and comments: Atom and RSS."""
