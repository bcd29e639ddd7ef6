"""Statements in a text that known facts can prove or disprove."""
