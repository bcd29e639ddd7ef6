"""Compares what the owner wrote with the known facts: ``verify.check`` and ``verify.check_addresses``, both pure."""
