"""``editor`` in clinic.yaml: whether the published site has the browser editor, and where it saves."""

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from clinic.models.base import Record
from clinic.models.types import Text, checked

_REPOSITORY = re.compile(r"[\w-]+/[\w.-]+", re.ASCII)

Repository: TypeAlias = Annotated[
    str,
    checked(_REPOSITORY.fullmatch, "is no repository; write its owner and its name, such as harbour-clinic/website"),
]


class Editor(Record):
    """``editor`` in clinic.yaml. Without it the published site has no editor; ``make admin`` needs none of it."""

    backend: Literal["github"] = Field(default="github", description="where the site's files are: github")
    repo: Repository = Field(description="the repository of the site, such as harbour-clinic/website")
    branch: Text = Field(default="main", description="the branch that it is published from")
