# SPDX-License-Identifier: Apache-2.0
"""The site of files: every link leads somewhere, on a disk and below any path of a web server."""

import json
import os
import posixpath
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from sample import HOSTILE, hostile

from exograph import cli, rdf
from exograph.errors import InputError
from exograph.exchange.content import Content
from exograph.exchange.packing import put
from exograph.model import KnowledgeBase
from exograph.snapshot import current
from exograph.views.site import site
from exograph.views.thing_words import KINDS

HERE = Path(__file__).parent
PREFIXES = rdf.read_prefixes(HERE.parents[1] / "ontology" / "prefixes.tsv")


def content(kb: KnowledgeBase, folder: Path) -> Content:
    """Without triples, which only the sheet of SPARQL reads."""
    nquads = folder / "kb.nq"
    nquads.touch()
    return Content(kb, PREFIXES, nquads, "0")


def written(kb: KnowledgeBase, folder: Path) -> dict[str, str]:
    files = site(content(kb, folder))
    return {name: b"".join(pieces).decode() for name, pieces in files}


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the review alone, whose site takes a fourth of the time of the whole."""
    home = tmp_path_factory.mktemp("home")
    assert cli.run(["--home", str(home), "build", "--source", "review"]) == 0
    return home


@pytest.fixture(scope="module")
def whole(review: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of it, by the command."""
    out = tmp_path_factory.mktemp("web") / "some" / "path"
    out.parent.mkdir()
    assert cli.run(["--home", str(review), "export", str(out), "--format", "site"]) == 0
    return out


def pages(folder: Path) -> dict[str, str]:
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*.html")}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items()}


def check_links(held: dict[str, str]) -> None:
    """Links between the files are relative, and lead to a file and a place in it."""
    told = {name: text for name, text in held.items() if name not in ("index.html", "thing.css")}
    anchors = {name: set(re.findall(r' id="([^"]+)"', text)) for name, text in told.items()}
    for name, text in told.items():
        for found in set(re.findall(r'href="([^"]*)"', text)):
            link = unescape(found)
            if link.startswith(("https://", "http://", "data:,")):
                continue
            parts = urlsplit(link)
            assert not link.startswith("/") and not parts.query
            path = posixpath.join(posixpath.dirname(name), unquote(parts.path))
            target = posixpath.normpath(path) if parts.path else name
            assert target in held or target == "thing.css", (name, link)
            assert not parts.fragment or unquote(parts.fragment) in anchors[target], (name, link)


def test_every_thing_has_a_page_in_both_languages_and_every_link_leads_somewhere(whole, review):
    held, kb = pages(whole), current(review).kb
    names = {"vocab.html", *(f"{kind}.html" for kind in KINDS)}
    names |= {f"entity/{e.id}.html" for e in kb.entities}
    names |= {f"claim/{c.id}.html" for c in kb.claims}
    names |= {f"statement/{s.id}.html" for s in kb.statements}
    names |= {f"reference/{r.id}.html" for r in kb.references}
    assert names <= held.keys()
    english = {name for name in held if not name.startswith("zh/")} - {"index.html"}
    assert {f"zh/{name}" for name in english} | english | {"index.html"} == held.keys()
    assert (whole / "thing.css").stat().st_size
    check_links(held)
    for claim in kb.claims:  # each statement stands once in the page of its claim
        ids = re.findall(r'<li class="card[^"]*" id="([^"]+)"', held[f"claim/{claim.id}.html"])
        assert {f"statement-{s.id}" for s in claim.statements} <= set(ids)
        assert len(ids) == len(set(ids))


def test_no_hostile_text_becomes_markup_or_a_way_out(tmp_path):
    held = written(hostile(), tmp_path)
    check_links(held)
    for name, text in held.items():
        if name not in ("index.html", "thing.css"):
            assert HOSTILE not in text
            assert "<script" not in text and " style=" not in text


@pytest.mark.parametrize("id", ["../x", "a/b", ".hidden", "..", "x\\y"])
def test_an_id_that_would_lie_elsewhere_is_refused(id, tmp_path):
    kb = hostile()
    held = content(kb, tmp_path)
    odd = replace(kb, remarks=(replace(kb.remarks[0], id=id),))
    with pytest.raises(InputError) as caught:
        put(site(replace(held, kb=odd)), tmp_path / "site", single=False)
    assert caught.value.code == "X306"
    assert [p.name for p in tmp_path.iterdir()] == ["kb.nq"]


PROGRAM = """
import json, sys, hashlib
from pathlib import Path
sys.path[:0] = [sys.argv[1], str(Path(sys.argv[1]).parent)]
from sample import hostile
from test_site import written
files = written(hostile(), Path(sys.argv[2]))
print(json.dumps({n: hashlib.sha256(t.encode()).hexdigest() for n, t in files.items()}))
"""


def test_two_runs_give_the_same_bytes(tmp_path):
    def run(seed: str) -> dict[str, str]:
        command = [sys.executable, "-c", PROGRAM, HERE, tmp_path]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, check=True, capture_output=True, env=env)
        return json.loads(done.stdout)

    first = run("1")
    assert first == run("2")
    expected = written(hostile(), tmp_path)
    assert first == {name: sha256(text.encode()).hexdigest() for name, text in expected.items()}


@pytest.fixture
def served(whole: Path) -> Iterator[str]:
    """A plain web server that has the site below a path."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = partial(Quiet, directory=str(whole.parents[1]))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/some/path"
        finally:
            server.shutdown()
            thread.join()


def walk(page: Page, base: str) -> None:
    """From the page to browse in to the list, an entity, a reference, the other language, back."""
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("requestfailed", lambda request: seen.append(request.url))
    page.set_default_timeout(20_000)
    page.goto(f"{base}/index.html#about")
    page.wait_for_function("window.exograph && exograph.drawn()")
    page.locator('a[href="entity.html"]').first.click()
    page.wait_for_url(f"{base}/entity.html")
    page.locator('main a[href="entity/mir-126.html"]').first.click()
    page.wait_for_url(f"{base}/entity/mir-126.html")
    assert page.evaluate("document.styleSheets.length") == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    page.locator("a.switch").click()
    page.wait_for_url(f"{base}/zh/entity/mir-126.html")
    page.locator('main a[href*="/reference/"]').first.click()
    page.wait_for_url(re.compile(re.escape(base) + r"/zh/reference/"))
    page.locator("header nav a").first.click()
    page.wait_for_url(f"{base}/index.html")
    assert seen == []


@pytest.mark.page
def test_the_site_works_from_a_disk_and_below_a_path(whole, served, chromium: Browser):
    for base in (whole.as_uri(), served):
        context = chromium.new_context()
        try:
            walk(context.new_page(), base)
        finally:
            context.close()
