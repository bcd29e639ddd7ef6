"""Pictures."""

from clinic.facts.pages import Image
from clinic.rendering.structured_data.nodes import Node, node
from clinic.rendering.structured_data.site import Site


def image_node(site: Site, image: Image | None) -> Node | None:
    """schema.org ImageObject; Google asks for an address that can be crawled (Article, ``image``)."""
    if image is None:
        return None
    address = site.url(image.path)
    return node("ImageObject", url=address, width=image.width, height=image.height, caption=image.alt)
