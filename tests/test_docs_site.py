# SPDX-License-Identifier: Apache-2.0
"""The site builds without a warning, names all that there is, and asks no other machine."""

import json
import os
import re
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest

from exograph import cli, vocab
from exograph.checks.codes import CODES
from exograph.cli import group
from exograph.exchange import reading
from exograph.exchange.formats import FORMATS
from exograph.tables.columns import COLUMNS, file_of

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site, built as `make docs` does it."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


@pytest.fixture(scope="module")
def text(site):
    """What a reader sees of a page."""

    def text(page: str) -> str:
        html = (site / page).read_text(encoding="utf-8")
        article = html[html.index("<article") : html.index("</article>")]
        return unescape(re.sub(r"<[^>]+>", "", article))

    return text


def commands(command, path=()):
    """Every command with its words, those below others too."""
    yield path, command
    context = click.Context(command)
    for name in command.list_commands(context) if isinstance(command, click.Group) else ():
        yield from commands(command.get_command(context, name), (*path, name))


def test_the_reference_names_each_command_and_option(text):
    page = text("reference/commands.html")
    told = [(path, command) for path, command in commands(group) if path]
    starts = [page.index(f"\nexograph {' '.join(path)} [OPTIONS]") for path, _ in told]
    assert starts == sorted(starts)
    for (path, command), start, end in zip(told, starts, [*starts[1:], None], strict=True):
        section = page[start:end]
        for parameter in command.params:
            if (
                not isinstance(parameter, click.Option)
                or parameter.hidden
                or parameter.name == "help"
            ):
                continue
            names = [name for name in parameter.opts if name.startswith("-")]
            assert all(re.search(rf"(^|[ ,/]){name}\b", section, re.M) for name in names), path
            told = re.sub(r"`", "", parameter.help or "").split(".")[0]
            assert told in " ".join(section.split()), path
    for parameter in group.params:
        assert parameter.opts[0] in page[: starts[0]]


def test_the_reference_names_each_code_with_its_cure(text):
    page = " ".join(text("codes.html").split())
    for code, told in CODES.items():
        assert f"{code} {told.title}. " in page
        cure = re.sub(r"`", "", told.cure)
        assert cure in page, code


def test_the_reference_names_the_vocabulary_in_both_languages(text):
    page = text("reference/vocabulary.html")
    lines = set(page.split("\n"))
    for term in (*vocab.TYPES.values(), *vocab.ROLES.values()):
        assert {term.name, term.label_en, term.label_zh} <= lines
    for predicate in vocab.PREDICATES.values():
        section = page[page.index(f"\n{predicate.name}") :]
        assert section.split("\n")[2] == f"{predicate.label_en} · {predicate.label_zh}"
    for words in (vocab.BASES, vocab.STANCES, vocab.VERDICTS, vocab.UNITS, vocab.ATTRIBUTES):
        assert all(re.search(rf"(^|, ){re.escape(word)}(,|$)", page, re.M) for word in words)


def test_the_reference_names_tables_and_columns(text):
    page = text("reference/tables.html")
    for table, columns in COLUMNS.items():
        section = page[page.index(f"\n{file_of(table)}") :]
        assert all(re.search(rf"^{column}$", section, re.MULTILINE) for column in columns), table


def test_the_reference_names_each_format(text, home, tmp_path, capsys):
    page = text("reference/formats.html")
    lines = set(page.split("\n"))
    assert lines >= {*FORMATS, *reading.FORMATS}
    assert cli.run(["--home", str(home), "export", str(tmp_path / "x"), "--format", "none"]) == 1
    told = re.search(r"Formats are (.+)\.", capsys.readouterr().err)
    assert lines >= set(told[1].split(", ")), "one that another room adds"


def test_the_reference_names_each_document_and_its_fields(text):
    page = text("reference/json.html")
    for file in sorted((ROOT / "src" / "exograph" / "schemas").glob("*.json")):
        schema = json.loads(file.read_text(encoding="utf-8"))
        told = schema["title"].removeprefix("exograph: ").removeprefix("exograph ")
        section = page[page.index(f"\n{told}") :]
        for part in (schema, *schema.get("oneOf", ())):
            assert all(
                re.search(rf"^{f}$", section, re.MULTILINE) for f in part.get("properties", ())
            )


def test_the_reference_of_python_names_what_is_public(text):
    from exograph import api, client, errors, model

    lines = text("reference/python.html").split("\n")
    headings = {line.strip(" ¶").rpartition(".")[2] for line in lines}
    assert headings >= {"open", "PathQuery"}
    for module in (api, client, errors, model):
        for name, value in vars(module).items():
            ours = isinstance(value, type) and value.__module__.startswith(module.__name__)
            if ours and not name.startswith("_"):
                assert name in headings


def test_what_makes_the_pages_does_what_its_examples_say():
    modules = [ROOT / "docs" / "hooks.py", *(ROOT / "docs" / "generate").glob("*.py")]
    told = [m for m in modules if ">>>" in m.read_text(encoding="utf-8")]
    assert len(told) >= 2
    run = "import doctest, sys; from importlib import import_module as module; "
    run += "sys.exit(sum(doctest.testmod(module(name)).failed for name in sys.argv[1:]))"
    names = [".".join(m.relative_to(ROOT / "docs").with_suffix("").parts) for m in told]
    done = subprocess.run(
        [sys.executable, "-c", run, *names],
        cwd=ROOT / "docs",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


class Loads(HTMLParser):
    """What a browser fetches of its own accord."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "link" and given.get("rel") in ("canonical", "next", "prev"):
            return
        names = ("src", "srcset", "poster", "data") + (("href",) if tag in ("link", "use") else ())
        self.found += [(tag, given[name]) for name in names if given.get(name)]


def test_no_page_loads_anything_from_elsewhere(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        loads = Loads()
        loads.feed(page.read_text(encoding="utf-8"))
        for tag, url in loads.found:
            assert not re.match(r"[a-z]+:|//", url) or url.startswith("data:"), (page, tag, url)
            if not url.startswith("data:"):
                file = site / url[1:] if url.startswith("/") else page.parent / url
                assert Path(str(file).split("#")[0].split("?")[0]).exists(), (page.name, url)
    for sheet in site.rglob("*.css"):
        assert not re.search(
            r"url\(\s*[\"']?(https?:)?//|@import", sheet.read_text(encoding="utf-8")
        )


@pytest.mark.page
def test_search_answers_from_a_disk_in_both_languages_and_asks_nobody(site, chromium):
    asked, wrong = [], []
    tab = chromium.new_page(viewport={"width": 1300, "height": 900})
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    for page, sought, found in (
        ("evidence.html", "retracted", "Decisions"),
        ("index.html", "上调", "upregulates"),
    ):
        tab.goto((site / page).as_uri())
        tab.click(".md-search__input")
        tab.wait_for_selector(".md-search-result__meta:has-text('Type to start')")
        tab.keyboard.insert_text(sought)
        tab.keyboard.press("End")  # the search listens for keys
        tab.wait_for_selector(f".md-search-result__item:has-text('{found}')", timeout=10_000)
    tab.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:", "blob:"))] == []


@pytest.mark.page
def test_no_page_is_wider_than_a_phone(site, chromium):
    tab = chromium.new_page(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    wide = []
    for page in sorted(site.rglob("*.html")):
        tab.goto(page.as_uri(), wait_until="domcontentloaded")
        if tab.locator("html").evaluate("html => html.scrollWidth") > 390:
            wide.append(page.relative_to(site).as_posix())
    tab.close()
    assert wide == []
