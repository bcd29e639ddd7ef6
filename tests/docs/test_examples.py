"""Every example in the manuals is tried: laid over a fictional clinic, it makes a site without a problem.

What stands behind the language of a fenced block says where the example belongs: ``clinic.yaml``, a file of the content
folder, ``posts/`` for the front matter of a post, ``a post`` for its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from clinic.content.clinic import DEFAULT_CONTEXT
from clinic.content.yaml_in_language import said_in
from clinic.content.yaml_text import YamlText
from clinic.models.clinic import ClinicFile
from tests.docs.manuals import OWNER, START, Example
from tests.site import CLINICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.site import BuildSite, Site

EXAMPLES = (*START.examples, *OWNER.examples)
POST = "posts/2026-02-{day:02}-example-{day}.md"
WHOLE, ONE_OF = "clinic.yaml, the whole file", "clinic.yaml, one of these lines"


def loaded(text: str) -> Any:
    """YAML with every value as it is typed, which is how the project reads it."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 (it makes texts, lists and mappings alone)


def merged(under: Any, over: Any) -> Any:
    """Mappings key by key; anything else, and what is of another kind, in place of what was there."""
    if not (isinstance(under, dict) and isinstance(over, dict)) or under.get("kind") != over.get("kind"):
        return over
    return {**under, **{key: merged(under.get(key), value) for key, value in over.items()}}


def full_clinic() -> Any:
    return loaded((CLINICS / "full" / "clinic.yaml").read_text("utf-8"))


def examples_for(target: str) -> Iterator[Example]:
    return (example for example in EXAMPLES if example.target == target)


def with_front_matter(text: str, more: Any) -> str:
    """A Markdown file with more keys in its front matter."""
    _, front_matter, body = text.split("---\n", 2)
    return f"---\n{yaml.safe_dump(merged(loaded(front_matter), more), allow_unicode=True)}---\n{body}"


def overlay() -> dict[str, str]:
    """All examples at once, as files over the clinic that uses every key."""
    facts = full_clinic()
    for example in examples_for("clinic.yaml"):
        facts = merged(facts, loaded(example.text))
    files = {"clinic.yaml": yaml.safe_dump(facts, allow_unicode=True)}
    for day, example in enumerate(EXAMPLES, start=1):
        match example.target:
            case "a post":
                files[POST.format(day=day)] = f"---\ntitle: Example {day}\n---\n\n{example.text}"
            case "posts/":
                files[POST.format(day=day)] = f"---\ntitle: Example {day}\n{example.text}---\n\nWords.\n"
            case file if file.endswith(".md"):
                files[file] = laid_over(file, example, files)
    return files


def laid_over(file: str, example: Example, files: dict[str, str]) -> str:
    if example.language == "markdown":
        return example.text
    return with_front_matter(files.get(file) or (CLINICS / "full" / file).read_text("utf-8"), loaded(example.text))


@pytest.fixture(scope="session")
def tried(build_site: BuildSite) -> Site:
    """The site with all examples in it."""
    return build_site("full", overlay())


def test_every_example_says_where_it_belongs() -> None:
    known = {"a post", "posts/", "clinic.yaml", WHOLE, ONE_OF}
    assert len(EXAMPLES) > 20
    assert [one.info for one in EXAMPLES if one.target not in known and not one.target.endswith(".md")] == []


def test_all_examples_together_make_a_site_without_a_problem(tried: Site) -> None:
    assert tried.problems == []
    assert tried.exit_code == 0


def test_no_example_of_a_text_is_left_as_it_was_typed(tried: Site) -> None:
    pages = [address for address in tried.pages if address.startswith("/post/example-") or "five-ways" in address]
    assert len(pages) >= len([example for example in EXAMPLES if example.target == "a post"]) + 3
    for address in pages:
        text = str(tried.page(address).select_one(".prose"))
        assert "///" not in text
        assert "{filename}" not in text
        assert "{static}" not in text


def test_comments_of_the_examples_stand_under_their_article(tried: Site) -> None:
    words = tried.words("/post/five-ways-to-help-your-neck/")
    assert words.index("Which of the five did you try first?") < words.index("The second one helped.")


def test_each_of_the_alternatives_holds() -> None:
    alternatives = [line for example in examples_for(ONE_OF) for line in example.text.splitlines()]
    assert len(alternatives) > 3
    for line in alternatives:
        facts = ClinicFile.model_validate({**full_clinic(), **loaded(line)}, context=dict(DEFAULT_CONTEXT))
        assert facts.name == full_clinic()["name"], line


def test_the_least_that_a_clinic_can_say_is_enough(build_site: BuildSite) -> None:
    [example] = examples_for(WHOLE)
    site = build_site("minimal", {"clinic.yaml": example.text})
    assert site.problems == []
    assert site.exit_code == 0


def test_all_facts_of_the_examples_hold_by_themselves() -> None:
    examples = [*examples_for("clinic.yaml")]
    assert len(examples) > 3
    for example in examples:
        written = said_in(YamlText(merged(full_clinic(), loaded(example.text)), {}), "en", "en").text.value
        facts = ClinicFile.model_validate(written, context=dict(DEFAULT_CONTEXT))
        assert facts.model_fields_set >= loaded(example.text).keys(), example.text
