"""Opening hours in prose."""
