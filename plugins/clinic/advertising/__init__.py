"""Claims about treatment that the advertising rules of a country may not allow: ``check.find_claims``. Advice, no law."""
