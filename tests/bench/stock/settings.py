"""Stock Pelican's side of the benchmark: what it comes with, and otherwise the addresses, lists and feeds of ours."""

PATH = "content"
SITENAME = "Example Clinic"
SITEURL = "https://clinic.example"
FEED_DOMAIN = SITEURL
TIMEZONE = "Europe/London"
THEME = "simple"
TYPOGRIFY = True

ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages", "services", "team"]
STATIC_PATHS: list[str] = []
PAGE_EXCLUDES: list[str] = []
USE_FOLDER_AS_CATEGORY = False

ARTICLE_URL = "post/{slug}/"
ARTICLE_SAVE_AS = "post/{slug}/index.html"
PAGE_URL = "{section}{slug}/"
PAGE_SAVE_AS = "{section}{slug}/index.html"
CATEGORY_URL = "blog/categories/{slug}/"
CATEGORY_SAVE_AS = "blog/categories/{slug}/index.html"
TAG_URL = "blog/tags/{slug}/"
TAG_SAVE_AS = "blog/tags/{slug}/index.html"
YEAR_ARCHIVE_URL = "blog/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "blog/{date:%Y}/index.html"
AUTHOR_URL = "blog/authors/{slug}/"
AUTHOR_SAVE_AS = "blog/authors/{slug}/index.html"
FILENAME_METADATA = r"(?P<slug>[^.]+)"  # of pages; the articles' headers tell theirs
EXTRA_PATH_METADATA = {
    "pages": {"section": ""},
    "pages/blog.md": {"url": "blog/", "save_as": ""},
    "services": {"section": "services/"},
    "team": {"section": "team/"},
}
DIRECT_TEMPLATES = ["index"]
INDEX_URL = "blog/"
INDEX_SAVE_AS = "blog/index.html"
PAGINATED_TEMPLATES = {"index": 12, "category": 12, "tag": 12, "author": 12}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
# The simple theme lists every page in the menu unless told not to; ours lists those that the owner chose
DISPLAY_PAGES_ON_MENU = True

FEED_ALL_ATOM = "blog/atom.xml"
FEED_ALL_RSS = "blog-feed.xml"
RSS_FEED_SUMMARY_ONLY = False
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
