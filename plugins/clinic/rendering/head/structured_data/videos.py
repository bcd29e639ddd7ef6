"""Films that a page shows."""

from datetime import datetime, time

from clinic.domain.pages.media import Video
from clinic.domain.pages.page import PageFacts
from clinic.rendering.head.structured_data.nodes import Node, Site, iso_moment, node


def video_nodes(site: Site, page: PageFacts) -> list[Node]:
    """Those of which all is known that Google asks for (VideoObject: ``name``, ``thumbnailUrl``, ``uploadDate``)."""
    return [_video_node(site, video) for video in page.videos if video.picture and video.film.date]


def _video_node(site: Site, video: Video) -> Node:
    film = video.film
    uploaded = datetime.combine(film.date, time(), site.clinic.zone) if film.date else None
    return node(
        "VideoObject",
        name=video.title,
        thumbnailUrl=site.url(video.picture.path) if video.picture else None,
        uploadDate=iso_moment(uploaded, site.clinic.zone),
        duration=film.iso_duration,
        embedUrl=film.player.frame if film.player else None,
        contentUrl=site.url(film.file) if film.file else None,
    )
