"""The site at its real address, whole or not at all."""
