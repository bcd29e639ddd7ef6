"""Claims about treatment that advertising rules ask evidence for: ``check.find_claims``, which gives advice."""
