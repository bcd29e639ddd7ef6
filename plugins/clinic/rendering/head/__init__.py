"""The head of a page: tags and structured data."""
