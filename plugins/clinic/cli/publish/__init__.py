"""The site for its real address: put in place whole, or not at all."""
