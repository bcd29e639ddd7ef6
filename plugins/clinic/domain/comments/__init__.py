"""Comments as threads, and the e-mail that a visitor sends one with."""
