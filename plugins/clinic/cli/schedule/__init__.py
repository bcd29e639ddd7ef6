"""Publishing at the moments at which the site would become wrong by itself, by the timer of this machine."""
