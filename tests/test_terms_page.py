# SPDX-License-Identifier: Apache-2.0
"""The page of the terms: both languages, all terms, nothing fetched from elsewhere."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS

from exograph import rdf
from exograph.ids import VOCAB

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "ontology" / "exograph.ttl"
ONTOLOGY = rdf.parse_ontology(SOURCE)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The file of the page."""
    file = tmp_path_factory.mktemp("terms") / "terms.html"
    command = [sys.executable, str(ROOT / "docs" / "terms.py"), str(SOURCE), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return file


def in_both(node, property):
    """English and Chinese text of a term."""
    return [str(o) for o in sorted(ONTOLOGY.objects(node, property), key=lambda o: o.language)]


def test_each_class_and_property_is_told_in_both_languages(page):
    text = re.sub(r"\s+", " ", unescape(page.read_text(encoding="utf-8")))
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ONTOLOGY.subjects(RDF.type, kind):
            if term.startswith(VOCAB):
                assert " · ".join(in_both(term, RDFS.label)) in text
                assert all(words in text for words in in_both(term, SKOS.definition))


def test_links_lead_to_terms_of_the_page(page):
    text = page.read_text(encoding="utf-8")
    ids = set(re.findall(r'id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids


@pytest.mark.page
def test_the_page_asks_no_other_host(page, chromium):
    asked, wrong = [], []
    tab = chromium.new_page(viewport={"width": 1300, "height": 900})
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.goto(page.as_uri())
    heading = tab.inner_text("#upregulates h3")
    width = tab.evaluate("document.documentElement.scrollWidth")
    tab.close()
    assert [url for url in asked if not url.startswith("data:")] == [page.as_uri()]
    assert wrong == []
    assert heading.startswith("upregulates · 上调")
    assert width <= 1300
