"""The files beside the pages: sitemap, calendars, vCards, redirects and more."""
