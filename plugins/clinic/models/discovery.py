"""What programs are told of the site: crawlers of AI companies, search engines, and whoever finds a hole in it."""

from pydantic import Field

from clinic.models.base import Record


class AiCrawlers(Record):
    """``ai`` in clinic.yaml: what robots.txt says to the crawlers of companies that make AI.

    Search is open, since people ask there for a clinic as they ask a search engine, and are led to its pages. Training
    is closed: it leads nobody there, and what a model has learnt cannot be taken back when prices and hours change.
    """

    search: bool = Field(default=True, description="yes if AI assistants may read your pages to answer with a link")
    training: bool = Field(default=False, description="yes if your texts may be used to train AI models")


class Discovery(Record):
    """``discovery`` in clinic.yaml: files for programs beside the pages, and whom a deploy tells.

    All are on: they say nothing that the pages do not say, and no visitor meets them.
    """

    facts: bool = Field(default=True, description="no if there is to be no facts.json, your public facts for programs")
    llms: bool = Field(default=True, description="no if there is to be no llms.txt, your pages for AI assistants")
    security: bool = Field(
        default=True, description="no if there is to be no security.txt, which says where to report a security problem"
    )
    indexnow: bool = Field(
        default=True, description="no if a deploy is not to tell search engines (IndexNow) which pages have changed"
    )
