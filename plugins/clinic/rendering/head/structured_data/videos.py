"""Films that a page shows."""

from datetime import datetime, time

from clinic.domain.pages.media import Video
from clinic.domain.pages.page import PageFacts
from clinic.rendering.head.structured_data.nodes import Node, Site, iso_moment, node


def video_nodes(site: Site, page: PageFacts) -> list[Node]:
    """Those of which all is known that Google asks for (VideoObject: ``name``, ``thumbnailUrl``, ``uploadDate``)."""
    return [_video_node(site, video) for video in page.videos if video.image and video.video_source.date]


def _video_node(site: Site, video: Video) -> Node:
    video_source = video.video_source
    uploaded = datetime.combine(video_source.date, time(), site.clinic.zone) if video_source.date else None
    return node(
        "VideoObject",
        name=video.title,
        thumbnailUrl=site.url(video.image.path) if video.image else None,
        uploadDate=iso_moment(uploaded, site.clinic.zone),
        duration=video_source.iso_duration,
        embedUrl=video_source.player.frame if video_source.player else None,
        contentUrl=site.url(video_source.file) if video_source.file else None,
    )
