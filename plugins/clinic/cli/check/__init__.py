"""One report on the whole site: what is wrong, where, why it matters, how to mend it, and what comes next."""
