"""Claims: what a text says that a clinic's facts can prove or disprove. Pure text work, no HTML."""
