"""One build of the site in a process of its own, and what it reported."""
