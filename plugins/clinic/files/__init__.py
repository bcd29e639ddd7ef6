"""Text on disk to facts, or to problems with file and line."""
