"""Compares what the owner wrote with the known facts of the clinic. It knows neither Pelican nor files.

``verify.check`` and ``verify.check_addresses`` are the ways in. Only the plugin imports this package.
"""
