"""Facts, addresses, images and videos of the pages of the site."""
