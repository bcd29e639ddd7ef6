"""Images and codes, made ready to publish."""
