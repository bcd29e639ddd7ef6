"""The head of a page: title, meta and link tags, and structured data (JSON-LD)."""
