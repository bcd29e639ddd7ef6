"""Series, related articles and share links."""
