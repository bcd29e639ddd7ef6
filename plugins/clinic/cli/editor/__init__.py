"""The browser editor: its package, and `make admin`."""
