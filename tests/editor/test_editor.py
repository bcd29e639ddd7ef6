"""What the browser editor promises: its fields are the models' keys, and what it writes is what its writer meant."""

from __future__ import annotations

import base64
import json
import re
import shutil
import time
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

import click
import fastjsonschema
import pytest
import yaml
from PIL import Image
from playwright.sync_api import TimeoutError as StillThere

from clinic.cli.build import Project
from clinic.cli.editor import SVELTIA, Admin, checked, local_files, packages
from clinic.models.host import Editor
from clinic.rendering.editor.config import KINDS, admin_files, backend_of, config, shapes
from clinic.rendering.editor.fields import fields_of
from tests.site import CLINICS, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.site import BuildSite

BACKEND = backend_of(Editor(repo="harbour/website"))
SWITCHED_ON = "\neditor: {repo: harbour/website}\n"
OWNS_A_FOLDER = """
window.showDirectoryPicker = () => navigator.storage.getDirectory();
FileSystemDirectoryHandle.prototype.requestPermission = async () => "granted";
"""
"""The picker is the system's own window, which no test can answer: it gives the browser's private folder instead."""
FILL = """async (files) => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle(".git", { create: true });
  for (const [path, data] of Object.entries(files)) {
    const parts = path.split("/");
    let folder = root;
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await (await folder.getFileHandle(parts.at(-1), { create: true })).createWritable();
    await file.write(Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0)));
    await file.close();
  }
}"""
READ = """async () => {
  const found = {};
  const walk = async (folder, before) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await walk(handle, `${before}${name}/`);
      else found[before + name] = btoa(Array.from(new Uint8Array(await (await handle.getFile()).arrayBuffer()),
        (byte) => String.fromCharCode(byte)).join(""));
    }
  };
  await walk(await navigator.storage.getDirectory(), "");
  return found;
}"""
EDIT = """async ([text, name, changes]) => {
  const { formatOf } = await import("/admin/format.js");
  const shapes = await (await fetch("/admin/shapes.json")).json();
  const format = formatOf(shapes[name]);
  return format.toFile({ ...format.fromFile(text), ...changes });
}"""


@pytest.fixture(scope="module")
def package() -> Path:
    """The editor's package, fetched once into the cache of the project."""
    return packages(ROOT)


def test_the_configuration_is_what_the_editors_own_schema_allows(package: Path) -> None:
    schema = json.loads((package / "sveltia" / "schema" / "sveltia-cms.json").read_text("utf-8"))
    allowed, made = fastjsonschema.compile(schema, use_default=False), config("content", BACKEND)
    assert allowed(made) == made
    with pytest.raises(fastjsonschema.JsonSchemaValueException):  # it does look
        allowed({**made, "collections": [{"name": "posts", "folder": 1}]})


@pytest.mark.parametrize("name", KINDS)
def test_every_key_of_a_file_has_a_field_with_its_own_description(name: str) -> None:
    collection = next(one for one in config("content", BACKEND)["collections"] if one["name"] == name)
    fields = {field["name"]: field for field in collection["fields"]}
    for key, info in KINDS[name].model.model_fields.items():
        assert key in fields
        if info.description:
            assert info.description[1:] in fields[key]["hint"]
    assert set(fields) - {"body"} == set(shapes()[name]["shape"]["keys"])


def test_a_field_has_the_choices_and_the_kind_of_its_value() -> None:
    fields = fields_of(KINDS["posts"].model)
    assert fields["status"].field["options"] == ["published", "hidden", "draft"]
    assert fields["pinned"].field["options"] == ["yes", "no"]  # as the files say it, not true and false
    assert fields["expires"].field["type"] == "date"
    assert fields["title"].field["required"]
    assert fields["references"].shape["of"]["text"] == "title"  # a line alone is the title of a work


def test_what_is_not_the_package_is_never_unpacked() -> None:
    with pytest.raises(click.ClickException, match="its checksum is another"):
        checked(SVELTIA, b"something else")


def test_without_npm_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(click.ClickException, match=r"install Node\.js"):
        packages(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_without_git_is_told_before_anything_is_fetched(tmp_path: Path) -> None:
    shutil.copytree(CLINICS / "minimal", tmp_path / "content")
    with pytest.raises(click.ClickException, match="git init"):
        local_files(Project(tmp_path))


def test_nothing_outside_of_the_editor_is_served_under_its_address(package: Path) -> None:
    admin = Admin(package, admin_files("content", BACKEND))
    assert admin.at("/post/ankles/") is None
    assert admin.at("/admin/").status == 200  # type: ignore[union-attr]
    assert admin.at("/admin/../../../README.md").status == 404  # type: ignore[union-attr]


def test_a_site_has_an_editor_only_where_it_is_switched_on(build_site: BuildSite) -> None:
    facts = (CLINICS / "minimal" / "clinic.yaml").read_text("utf-8")
    site = build_site("minimal", {"clinic.yaml": facts + SWITCHED_ON})
    assert not (build_site("minimal").output / "admin").exists()
    page = site.read("admin/index.html")
    assert 'name="robots" content="noindex, nofollow"' in page
    assert "connect-src 'self' blob: data: https://api.github.com;" in page
    assert yaml.safe_load(site.read("admin/config.yml"))["backend"]["auth_methods"] == ["token"]
    assert "frame-ancestors 'none'" in site.read("_headers")
    assert "admin" not in site.read("sitemap.xml")


@pytest.fixture(scope="module")
def editor(package: Path, browser: Browser, serve: Callable[[Path], str], tmp_path_factory: Any) -> Iterator[Page]:
    """An editor at work on the clinic ``full``, on a site that has it as it would be published."""
    site = tmp_path_factory.mktemp("editor")
    shutil.copytree(package, site / "admin")
    for name, text in admin_files("content", BACKEND).items():
        (site / name).write_text(text, "utf-8")
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(OWNS_A_FOLDER)
    address = serve(site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/admin/shapes.json")
    yield page
    assert [url for url in asked if not url.startswith((address, "blob:", "data:"))] == []
    page.context.close()


PATIENCE = 90  # seconds; only a failing test ever waits that long
NOTED = """\
# A note of hers.
title: Neck care   # and one more
phone: 01632960123
unknown: stays
tags: back, ankle
"""


def test_what_was_not_edited_stays_to_the_letter(editor: Page) -> None:
    text = f"---\n{NOTED}---\n\nWords.\n\n\nMore words.\n"
    edited = editor.evaluate(EDIT, [text, "posts", {"title": "Another"}])
    assert edited == text.replace("title: Neck care ", 'title: "Another" ').replace('"   #', '" #')
    assert editor.evaluate(EDIT, [text, "posts", {}]) == text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"tags": ["back", "ankle", "neck"]}, {"tags": ["back", "ankle", "neck"]}),
        ({"tags": []}, {"tags": None}),
        ({"image": "/images/neck.jpg"}, {"image": "images/neck.jpg"}),
        (
            {"summary": 'Colons: "quotes" & # signs\nin two lines'},
            {"summary": 'Colons: "quotes" & # signs\nin two lines'},
        ),
    ],
)
def test_an_edit_is_written_as_the_reader_wants_it(
    editor: Page, changes: dict[str, object], expected: Mapping[str, object]
) -> None:
    edited = editor.evaluate(EDIT, [f"---\n{NOTED}---\n", "posts", changes])
    found = yaml.load(edited.split("---\n")[1], yaml.BaseLoader)  # noqa: S506 -- the loader of texts alone
    assert {key: found.get(key) for key in expected} == expected
    assert (found["phone"], found["unknown"]) == ("01632960123", "stays")
    assert "# A note of hers." in edited


def test_a_post_with_a_photograph_is_written_edited_and_published(editor: Page, build_site: BuildSite) -> None:
    clinic = CLINICS / "full"
    files = {
        f"content/{path.relative_to(clinic).as_posix()}": path.read_bytes()
        for path in clinic.rglob("*.*")
        if path.is_file()
    }
    files["content/posts/2026-01-02-odd.md"] = b"---\ntitle: An odd one\nsummary: [x, y]\n---\n\nStays."
    editor.evaluate(FILL, {path: base64.b64encode(data).decode() for path, data in files.items()})
    photograph = BytesIO()
    Image.new("RGB", (800, 600), "teal").save(photograph, "JPEG")
    editor.goto(editor.url.replace("shapes.json", ""))
    editor.get_by_role("button", name="Work with").click()
    left_out = editor.get_by_role("alert").filter(has_text="An odd one")
    left_out.wait_for()
    assert '"summary" is written in a way that this editor cannot show' in left_out.inner_text()
    editor.get_by_role("button", name="Hide this").click()
    editor.get_by_role("button", name="Create New Entry").first.click()
    editor.get_by_role("textbox", name="Title").first.fill("Five ways: your neck")
    editor.locator("textarea:visible").first.fill(
        '/// callout | Often\nMove "often".\n///\n\n![A neck](images/neck-at-rest.jpg)'
    )
    editor.get_by_role("button", name="Browse").first.click()
    with editor.expect_file_chooser() as chooser:
        editor.get_by_role("button", name="Upload").first.click()
    chooser.value.set_files({"name": "Neck at rest.jpg", "mimeType": "image/jpeg", "buffer": photograph.getvalue()})
    editor.get_by_text("Unsaved").wait_for()
    editor.get_by_role("button", name="Insert").last.click()
    editor.get_by_role("button", name="Replace").wait_for()
    editor.get_by_role("textbox", name="Image alt").first.fill("A neck")
    save(editor)
    editor.get_by_text("Five ways: your neck").first.click()
    editor.get_by_role("radio", name="published").click()
    save(editor)
    edit(editor, "services/entries/sports-massage", "Title", "Deep massage")
    edit(editor, "team/entries/rosa-quill", "Role", "Lead therapist")
    edit(editor, "clinic/entries/facts", "Strapline", "Keep moving")
    found = {path: base64.b64decode(data) for path, data in editor.evaluate(READ).items()}
    changed = {path.removeprefix("content/"): data for path, data in found.items() if data != files.get(path)}
    post = next(path for path in changed if path.startswith("posts/"))
    assert set(changed) == {
        post, "images/neck-at-rest.jpg", "services/sports-massage.md", "team/rosa-quill.md", "clinic.yaml",
    }  # fmt: skip
    for path in ("services/sports-massage.md", "team/rosa-quill.md", "clinic.yaml"):
        lines = changed[path].decode().splitlines()
        assert len(set((clinic / path).read_text("utf-8").splitlines()) - set(lines)) <= 1  # the edited line alone
    as_written = {path: data if path.endswith(".jpg") else data.decode() for path, data in changed.items()}
    text = str(as_written.pop(post)).replace(post[6:16], "2026-03-01")  # the tests' clock stands at that month
    site = build_site("full", {**as_written, f"posts/2026-03-01{post[16:]}": text})
    assert not site.problems
    page = site.page("/post/five-ways-your-neck/")
    assert "Move “often”." in page.get_text()
    assert len(page.select('main img[alt="A neck"]')) == 2


def edit(editor: Page, where: str, label: str, text: str) -> None:
    """Open an entry, write into one field and save."""
    editor.goto(f"{editor.url.split('#')[0]}#/collections/{where}")
    editor.get_by_role("textbox", name=label, exact=True).first.fill(text)
    save(editor)


def save(editor: Page) -> None:
    """Save, and wait until it is, when the list is shown again.

    On a busy machine the editor may not have taken in yet what was typed last, and refuse; so it is asked again, as
    long as it has its button.
    """
    saved = re.compile(r"#/collections/\w+$")
    until = time.monotonic() + PATIENCE
    while not saved.search(editor.url):
        assert time.monotonic() < until, "the editor does not save"
        with suppress(StillThere):
            editor.get_by_role("button", name="Save", exact=True).first.click(timeout=2_000)
        with suppress(StillThere):
            editor.wait_for_url(saved, timeout=8_000)
