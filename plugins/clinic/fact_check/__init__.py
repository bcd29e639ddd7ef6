"""Compares what texts say with what is true of the clinic. Only the plugin imports it."""
