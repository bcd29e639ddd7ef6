"""One build of the site in a process of its own."""
