"""Structured data: one schema.org graph (JSON-LD) for each page, made of facts that the page shows."""
