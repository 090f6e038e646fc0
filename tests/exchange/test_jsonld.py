# SPDX-License-Identifier: Apache-2.0
"""JSON-LD and Turtle: the same triples as the N-Quads, by two readers that know nothing of us."""

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from contents import ROOT, content, curated, files
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from strategies import knowledge_bases, simple_kb

from exograph import rdf, store
from exograph.exchange.content import Content
from exograph.exchange.jsonld_triples import Triples, opened, term
from exograph.ids import BASE
from exograph.model import Claim, Entity, KnowledgeBase
from exograph.rdf.term import LANG_STRING, STRING, Term
from exograph.snapshot import Snapshot

ONTOLOGY = rdf.parse_ontology(ROOT / "ontology" / "exograph.ttl")


def document(content: Content) -> bytes:
    written = files("jsonld", content)
    assert list(written) == [""]
    return written[""]


def by_oxigraph(data: bytes, form: pyoxigraph.RdfFormat) -> set[str]:
    held = pyoxigraph.Dataset(pyoxigraph.parse(data, form))
    held.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in held}


def by_rdflib(data: bytes, form: str) -> Graph:
    return Graph().parse(data=data, format=form)


def canonical(graph: Graph) -> set[str]:
    """What rdflib read, with lasting names of blank nodes."""
    return by_oxigraph(graph.serialize(format="nt").encode(), pyoxigraph.RdfFormat.N_TRIPLES)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return content(curated(), tmp_path_factory.mktemp("whole"), ONTOLOGY)


# ------------------------------------------------------------------ nothing is lost


def test_oxigraph_reads_exactly_the_triples(whole):
    expected = by_oxigraph(whole.nquads.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)
    assert by_oxigraph(document(whole), pyoxigraph.RdfFormat.JSON_LD) == expected


def test_rdflib_reads_exactly_the_triples(whole):
    expected = by_oxigraph(whole.nquads.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)
    assert canonical(by_rdflib(document(whole), "json-ld")) == expected


@settings(deadline=None, max_examples=15)
@given(kb=knowledge_bases())
def test_so_it_is_of_any_knowledge_base(kb, tmp_path_factory):
    held = content(kb, tmp_path_factory.mktemp("any"))
    data = document(held)
    expected = by_oxigraph(held.nquads.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)
    assert by_oxigraph(data, pyoxigraph.RdfFormat.JSON_LD) == expected
    assert rdf.from_rdf(by_rdflib(data, "json-ld")) == kb


def test_turtle_is_the_snapshot_s_and_holds_the_same(snapshot: Snapshot):
    held = Content(snapshot.kb, snapshot.prefixes, snapshot.nquads, "0")
    (data,) = files("ttl", held).values()
    expected = by_oxigraph(held.nquads.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)
    assert by_oxigraph(data, pyoxigraph.RdfFormat.TURTLE) == expected
    assert canonical(by_rdflib(data, "turtle")) == expected
    assert store.to_turtle(held.nquads.read_bytes(), held.prefixes)[0] == data


# ------------------------------------------------------------------ how it reads


def test_an_entity_holds_its_claims_and_a_claim_its_statements(whole):
    graph = json.loads(document(whole))["@graph"]
    entities = {n["id"]: n for n in graph if n["id"].startswith("entity/")}
    kb = whole.kb
    assert list(entities) == [f"entity/{e.id}" for e in kb.entities]
    claims = [(id, c) for id, node in entities.items() for c in node.get("claims", ())]
    assert [c["id"] for _, c in claims] == [f"claim/{c.id}" for c in kb.claims]
    assert [id for id, _ in claims] == [f"entity/{c.subject}" for c in kb.claims]
    told = [s["id"] for _, c in claims for s in c["hasStatement"]]
    assert told == [f"statement/{s.id}" for s in kb.statements]
    steps = [s for n in graph if n["id"].startswith("mechanism/") for s in n.get("hasStep", ())]
    assert len(steps) == sum(len(m.steps) for m in kb.mechanisms)
    some = entities["entity/mir-126"]
    assert some["label"] == {"en": "miR-126", "zh": "miR-126"}
    assert "MicroRNA" in some["type"]
    assert isinstance(some["claims"][0]["rdf:predicate"], str)


def test_no_node_stands_twice(whole):
    seen: list[str] = []

    def walk(value):
        if isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            if "id" in value and len(value) > 1:
                seen.append(value["id"])
            for item in value.values():
                walk(item)

    walk(json.loads(document(whole))["@graph"])
    assert len(seen) == len(set(seen))


def test_the_context_is_inside_and_asks_nobody(whole):
    context = json.loads(document(whole))["@context"]
    assert isinstance(context, dict)
    assert context["@base"] == BASE
    assert "@import" not in context
    assert not any(isinstance(term, dict) and "@context" in term for term in context.values())


def test_a_claim_whose_subject_is_no_entity_stands_in_its_place_too(tmp_path):
    kb = simple_kb(("b", "inhibits", "c"))
    (one,) = kb.claims
    lost = [
        Claim(id, "inhibits", "c", (replace(one.statements[0], subject=id),)) for id in ("a", "d")
    ]
    held = content(replace(kb, claims=(lost[0], one, lost[1])), tmp_path)
    data = document(held)
    expected = by_oxigraph(held.nquads.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)
    assert by_oxigraph(data, pyoxigraph.RdfFormat.JSON_LD) == expected
    ids = [n["id"] for n in json.loads(data)["@graph"] if "claims" in n]
    assert ids == ["entity/a", "entity/b", "entity/d"]


def test_nothing_at_all_is_a_document_too(tmp_path):
    data = document(content(KnowledgeBase(), tmp_path))
    assert json.loads(data)["@graph"] == []
    assert len(by_rdflib(data, "json-ld")) == 0


def test_a_match_that_two_prefixes_fit_is_one_iri(tmp_path):
    entity = Entity("x", "GeneProduct", "x", "x", exact_match=("GO:1",), close_match=("obo:GO_1",))
    held = content(replace(simple_kb(), entities=(entity,)), tmp_path)
    graph = by_rdflib(document(held), "json-ld")
    assert rdf.from_rdf(graph).entities == (entity,)


# ------------------------------------------------------------------ the look-up


def test_every_subject_is_found_in_the_file(whole):
    lines: dict[str, int] = {}
    for line in whole.nquads.read_text(encoding="utf-8").splitlines():
        subject = line.partition(" ")[0]
        lines[subject] = lines.get(subject, 0) + 1
    with opened(whole.nquads) as triples:
        assert list(triples.subjects()) == list(lines)
        assert all(len(triples.of(subject)) == n for subject, n in lines.items())
        assert triples.of("<https://w3id.org/exograph/entity/none>") == []
        assert triples.of("") == triples.of("zzz") == []


@given(st.lists(st.tuples(st.text("ab<>-", max_size=3), st.text("xy", max_size=2)), max_size=12))
def test_the_look_up_agrees_with_reading_all_lines(pairs):
    lines = sorted({f"<{s}> <p> <{o}> .\n" for s, o in pairs if ">" not in s}, key=str.encode)
    triples = Triples("".join(lines).encode())
    for subject in {s for s, _ in pairs} | {"", "a", "b-"}:
        expected = [line for line in lines if line.startswith(f"<{subject}> ")]
        told = triples.of(f"<{subject}>")
        assert [f"<{subject}> <{p}> <{o.value}> .\n" for p, o in told] == expected


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_term_is_read_as_it_was_written(text):
    for one in (
        Term("literal", text, STRING),
        Term("literal", text, LANG_STRING, "zh"),
        Term("literal", text, "https://e.org/type"),
    ):
        node = Term("iri", "https://e.org/")
        (line,) = rdf.lines([(node, node, one)])
        assert term(line.split(" ", 2)[2].removesuffix(" .\n")) == one


def test_no_file_is_no_triples(tmp_path):
    (tmp_path / "empty.nq").touch()
    with opened(Path(tmp_path / "empty.nq")) as triples:
        assert list(triples.subjects()) == []
        assert triples.of("<x>") == []
