"""The front matter keys of other programs, by ours.

Of Hugo, Jekyll, Eleventy, Astro, Gatsby, Decap, WordPress and its exporters, Ghost, Notion, Obsidian and Docusaurus; in
small letters, without hyphens, low lines, points and spaces.
"""

import re
from collections.abc import Mapping

DRAFT_KEYS: Mapping[str, bool] = {
    **dict.fromkeys(("draft", "isdraft", "private", "isprivate", "unpublished", "archived", "wip"), True),
    **dict.fromkeys(("published", "publish", "public", "ispublished", "dgpublish", "live", "enabled", "active"), False),
    **dict.fromkeys(("visibility", "poststatus", "visible", "ready", "password"), False),
}
"""Keys that may keep a page from its readers, and whether a yes does."""
HIDDEN_KEYS = frozenset({"hidden", "hide", "unlisted", "noindex", "robotsnoindex", "excludefromcollections"})
HIDDEN_KEYS |= {"eleventyexcludefromcollections", "searchexclude", "hiddeninhomelist"}
"""Keys that keep it out of lists."""
IN_THE_TEXT = "its words into the text, and remove this line"
OTHER_PROGRAMS: Mapping[str, str] = {
    "title": "headline heading name displaytitle metatitle ogtitle linktitle shorttitle pagetitle posttitle "
    "socialtitle twittertitle h1",
    "summary": "description excerpt subtitle teaser abstract lead lede intro introduction blurb synopsis "
    "standfirst dek snippet tldr subheading tagline seo meta seodescription metadescription metadesc ogdescription "
    "postexcerpt customexcerpt twitterdescription socialdescription shortdescription preview",
    "image (and image_alt)": "featuredimage featureimage coverimage cover covers hero heroimage thumbnail thumb banner "
    "ogimage imageurl img imgurl photo picture socialimage shareimage metaimage twitterimage "
    "headerimage header titleimage mainimage postimage images thumbnailimage featuredmedia "
    "cardimage bannerimage previewimage poster featuredphoto leadimage imagesrc",
    "image_alt": "alt alttext imagealttext imagedescription featuredimagealt featureimagealt coveralt coverimagealt "
    "heroalt heroimagealt thumbnailalt imgalt imagecaption imagetitle",
    "modified": "lastmod lastmodified lastmodifiedat updated updatedat updatedon dateupdated datemodified "
    "modifieddate updateddate revised edited lastupdated lastupdate lastedited lasteditedtime lastchange modifiedat "
    "moddatetime postmodified modifiedtime",
    "date": "pubdate publishdate publishedat publishedon datepublished created createdat createdtime datecreated "
    "pubdatetime posted postdate publicationdate publishedtime dateposted releasedate publisheddate",
    "expires": "expirydate expiresat expirationdate unpublishdate unpublishat enddate until validuntil",
    "category (one) or tags": "categories section topic subject genre",
    "tags": "tag keywords topics labels hashtags",
    "aliases (or slug)": "permalink url uri redirectfrom redirects redirect path oldurl oldurls wordpressurl link",
    "slug": "basename postname urlslug handle",
    "author": "writer byline creator by postedby postauthor createdby",
    "reviewed_by": "reviewer medicalreviewer medicallyreviewedby factcheckedby factchecker checkedby",
    "reviewed": "lastreviewed reviewdate reviewedat datereviewed reviewedon medicallyreviewed",
    "references": "sources citations bibliography refs furtherreading literature",
    "series": "seriestitle seriesname",
    "part": "seriesorder seriespart seriesnumber partnumber episode",
    "pinned": "sticky pin ispinned issticky",
    "featured": "isfeatured featuredpost highlight spotlight feature",
    "comments": "commentable commentstatus disablecomments allowcomments commentsenabled comment enablecomments",
    "services": "service treatment treatments",
    "conditions": "condition symptoms complaint complaints bodypart",
    "questions": "faq faqs",
    "role": "jobtitle job profession position",
    "menu": "nav navtitle menutitle navlabel inmenu showinmenu",
    "order": "weight position sortorder sort rank priority index menuorder navorder",
    IN_THE_TEXT: "faq faqs accordion quote takeaways keytakeaways disclaimer note notes intro introduction caption",
    "": "layout type posttype weight template templatekey toc tableofcontents showtoc tocopen hidetoc "
    "hidetableofcontents id uid uuid guid postid wordpressid wpid notionid lang language locale sidebar "
    "sidebarlabel sidebarposition navigation eleventynavigation format readingtime readtime wordcount math "
    "mathjax katex mermaid markup cascade resources outputs sitemap headless build classes cssclass cssclasses "
    "bodyclass share related authorprofile excerptseparator canonical canonicalurl pingstatus source sourceid "
    "theme color colour icon hideauthor showreadingtime showbreadcrumbs usehugotoc disableshare collection parent "
    "children lasteditedby properties position sortorder sort rank priority index menuorder navorder data params "
    "extra custom version robots schema jsonld",
}
"""Keys by ours that says the same; of several, the first that the page may have. Under no key those that mean nothing
here."""


def plain_key(key: str) -> str:
    """A key in small letters, without what programs put between its words."""
    return re.sub(r"[-_ .:]", "", key).casefold()


def meant(key: str) -> tuple[str, ...]:
    """Our keys that say what a key of another program says, or that differ from it in capitals alone."""
    plain = plain_key(key)
    return (plain, *(ours for ours, theirs in OTHER_PROGRAMS.items() if plain in theirs.split()))
