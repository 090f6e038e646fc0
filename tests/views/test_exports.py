# SPDX-License-Identifier: Apache-2.0
"""What the page shows, taken away: as a table, records, RDF, a drawing, a picture, on paper."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from sample import hostile, review

from exograph.rdf.prefixes import read_prefixes
from exograph.views import html

pytestmark = pytest.mark.page

KB = review()
PREFIXES = read_prefixes(Path(__file__).parents[2] / "ontology" / "prefixes.tsv")
ROUTE = "#find=start%3Dbmsc-exo%26end%3Dangiogenesis%26path%3D1"


@pytest.fixture(scope="module")
def shown():
    return html.page(KB)


def taken(page, form):
    with page.expect_download() as waiting:
        page.select_option("#export", form)
    assert waiting.value.suggested_filename == f"exograph.{form}"
    return Path(waiting.value.path()).read_bytes()


def seen(page):
    return set(page.evaluate("exograph.edges.get({filter: e => !e.hidden}).map(e => e.id)"))


def test_the_table_holds_the_claims_in_view(visit, shown):
    page = visit(shown)
    rows = list(csv.DictReader(io.StringIO(taken(page, "csv").decode("utf-8-sig"))))
    assert {row["claim"] for row in rows} == seen(page)
    for row in rows:
        claim = KB.claim[row["claim"]]
        triple = claim.subject, claim.predicate, claim.object
        assert (row["subject"], row["predicate"], row["object"]) == triple
        assert row["object_zh"] == KB.entity[claim.object].label_zh


def test_of_a_path_in_focus_only_its_claims_are_taken(visit, shown):
    page = visit(shown, anchor=ROUTE)
    records = json.loads(taken(page, "json"))
    assert [e["id"] for e in records["entities"]] == sorted(
        {id for claim in records["claims"] for id in (claim["subject"], claim["object"])}
    )
    assert len(records["claims"]) == 4
    assert all(claim["statements"] for claim in records["claims"])
    assert records["address"] == ROUTE


def test_the_triples_are_those_of_the_knowledge_base(visit, shown):
    page = visit(shown)
    graph = rdflib.Graph().parse(data=taken(page, "ttl"), format="turtle")
    claims = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(PREFIXES["exo"] + "Claim")))
    assert claims == {rdflib.URIRef(PREFIXES["claim"] + id) for id in seen(page)}
    for claim in claims:
        known = KB.claim[claim.removeprefix(PREFIXES["claim"])]
        subject = rdflib.URIRef(PREFIXES["entity"] + known.subject)
        object_ = rdflib.URIRef(PREFIXES["entity"] + known.object)
        predicate = rdflib.URIRef(PREFIXES["exo"] + known.predicate)
        assert (subject, predicate, object_) in graph
        assert (claim, rdflib.RDF.predicate, predicate) in graph
        labels = {str(label) for label in graph.objects(object_, rdflib.RDFS.label)}
        entity = KB.entity[known.object]
        assert labels == {entity.label_en, entity.label_zh}


def test_the_drawing_has_every_plate_and_line_and_no_script(visit, shown):
    page = visit(shown)
    drawn = ElementTree.fromstring(taken(page, "svg"))
    texts = "".join(drawn.itertext())
    assert "VEGFA" in texts and "BMSC-Exo carries miR-126" in texts
    assert len(drawn.findall(".//{*}g/{*}title")) == len(seen(page))
    assert not drawn.findall(".//{*}script") and not drawn.findall(".//{*}image")


def test_the_picture_is_a_png_of_the_size_of_the_canvas(visit, shown):
    page = visit(shown)
    data = taken(page, "png")
    assert data.startswith(b"\x89PNG")
    width = page.evaluate("document.querySelector('#canvas canvas').width")
    assert int.from_bytes(data[16:20], "big") == width


def test_hostile_labels_are_only_text_and_no_formula(visit):
    page = visit(html.page(hostile()))
    rows = list(csv.reader(io.StringIO(taken(page, "csv").decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)
    drawn = ElementTree.fromstring(taken(page, "svg"))
    assert not drawn.findall(".//{*}script") and not drawn.findall(".//{*}img")
    rdflib.Graph().parse(data=taken(page, "ttl"), format="turtle")


def test_on_paper_there_are_the_picture_and_the_panel_and_no_controls(visit, shown):
    page = visit(shown, anchor=ROUTE)
    page.emulate_media(media="print")
    assert page.locator(".search").is_hidden() and page.locator("#export").is_hidden()
    assert page.locator("#panel").is_visible() and page.locator("footer .advice").is_visible()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#printed svg").is_visible()
    assert "VEGFA" in page.locator("#printed").text_content()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#printed svg").count() == 0
