"""How the site is built. The clinic's own facts are in content/clinic.yaml; nothing about a clinic belongs here.

Names and meanings: https://docs.getpelican.com/en/stable/settings.html. Settings that begin with CLINIC_ are ours.
"""

from jinja2 import StrictUndefined

# Where things are
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
CACHE_PATH = ".cache"  # pictures, compiled templates, rendered bodies, search indexes; it may be removed at any time
THEME_STATIC_PATHS = ["static/fonts", "static/scripts"]  # the stylesheets are joined into the pages
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["clinic.plugin"]

# SITENAME, SITEURL, TIMEZONE and DEFAULT_LANG follow from content/clinic.yaml
TIMEZONE = "Europe/London"  # only until it is read
CLINIC_PREVIEW = False  # True: drafts and scheduled posts are shown, and problems do not stop the build
CLINIC_PUBLIC = False  # True: links carry the folder of the public address, if it has one
CLINIC_ADDRESS = ""  # another public address than the url of clinic.yaml, for a trial at https://name.example/folder
CLINIC_SERVED_AT = ""  # where the preview shows the site
CLINIC_FORMER_SITE = ""  # the site that is to be replaced, where this build goes into another folder
CLINIC_SEARCH_INDEX = True  # the preview makes it only when the search page asks for it
CLINIC_PROBLEMS_FILE = ""  # where the preview reads the problems of a build

# What is read
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages", "services", "team", "locations", "events", "exercises"]
STATIC_PATHS: list[str] = []  # only files that a published page uses are published
FILENAME_METADATA = ""  # our reader takes date and slug from the file name, and checks them
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = ""  # an article without a category has none
ARTICLE_TRANSLATION_ID: list[str] = []  # one language
PAGE_TRANSLATION_ID: list[str] = []
FORMATTED_FIELDS: list[str] = []
DELETE_OUTPUT_DIRECTORY = False  # a build removes what it has not made, and writes only what has changed
OUTPUT_RETENTION = [".git"]  # but for these names at the top of output/
LOG_FILTER = [
    (30, "Unable to find '%s', skipping url replacement."),  # told by us, with file and line
    (30, "Empty alt attribute for image %s in %s"),  # as above
    (30, "Cannot get modification stamp for %s\n\t%s"),  # as above: the file is not there
    (30, "Feeds generated without SITEURL or FEED_DOMAIN set properly may not be valid"),  # clinic.yaml sets them
]

# Which template and address each page has; the addresses are those of the clinic's former site
PAGE_URL = "{section}{slug}/"
PAGE_SAVE_AS = "{section}{slug}/index.html"
EXTRA_PATH_METADATA = {
    "pages": {"section": "", "template": "page"},
    "pages/home.md": {"template": "home", "url": "", "save_as": "index.html"},
    "pages/about.md": {"template": "about"},
    "pages/contact.md": {"template": "contact"},
    "pages/book.md": {"template": "book"},
    "pages/thank-you.md": {"template": "thank-you", "section": "contact/"},
    "pages/locations.md": {"template": "locations"},
    "pages/search.md": {"template": "search"},
    "pages/events.md": {"template": "events"},
    "pages/services.md": {"template": "services"},
    "pages/team.md": {"template": "team"},
    "pages/blog.md": {"template": "blog", "url": "blog/", "save_as": ""},  # its words head the list of articles
    "pages/not-found.md": {"template": "not-found", "url": "404.html", "save_as": "404.html"},
    "services": {"section": "services/", "template": "service"},
    "events": {"section": "events/", "template": "event"},
    "exercises": {"section": "exercises/", "template": "exercise"},
    "locations": {"section": "locations/", "template": "location"},
    "team": {"section": "team/", "template": "practitioner"},
}
ARTICLE_URL = "post/{slug}/"
ARTICLE_SAVE_AS = "post/{slug}/index.html"
CATEGORY_URL = "blog/categories/{slug}/"
CATEGORY_SAVE_AS = "blog/categories/{slug}/index.html"
TAG_URL = "blog/tags/{slug}/"
TAG_SAVE_AS = "blog/tags/{slug}/index.html"
AUTHOR_URL = "blog/authors/{slug}/"
AUTHOR_SAVE_AS = "blog/authors/{slug}/index.html"
YEAR_ARCHIVE_URL = "blog/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "blog/{date:%Y}/index.html"
DIRECT_TEMPLATES = ["blog"]
BLOG_URL = "blog/"
BLOG_SAVE_AS = "blog/index.html"
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

# Feeds: the RSS feed keeps the address it had on the former site; those of lists follow from content/clinic.yaml
FEED_ALL_ATOM = "blog/atom.xml"
FEED_ALL_RSS = "blog-feed.xml"
FEED_MAX_ITEMS = 20
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None

# Text: our reader applies typogrify to bodies only, so that titles stay text for head, feeds and structured data
TYPOGRIFY = False
LOCALE = ["C.UTF-8", "C"]  # dates are formatted by the theme, the same on every machine
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": [],
}
