"""The site on the owner's machine, built again at every edit."""
