"""When a location is open, and whether what the owner wrote about it agrees."""
