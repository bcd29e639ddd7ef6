"""The finished site on its host: sent there by the host's own way, new files before pages, deletions last."""
