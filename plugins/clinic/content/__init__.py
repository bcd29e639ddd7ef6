"""Text on disk to records, or to diagnostics with file and line."""
