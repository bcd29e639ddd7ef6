"""Pydantic models of what the owner writes: clinic.yaml, front matter, comments. Imports no other floor."""
