"""What the owner writes, as pydantic models: clinic.yaml, front matter, comments. Nothing above is imported."""
