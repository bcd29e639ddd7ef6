"""Series, related articles, review dates and share links."""
