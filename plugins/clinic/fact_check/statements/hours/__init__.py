"""Opening times and days in a text."""
