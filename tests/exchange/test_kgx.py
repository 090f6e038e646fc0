# SPDX-License-Identifier: Apache-2.0
"""KGX: held to the Biolink model itself, and read back to the statements that were written.

The package kgx is no dependency of the tests (it brings 600 MB and asks the network for the model);
docs/exchange.md tells what it made of these files.
"""

import csv
import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

import biolink_model
import pytest
from contents import ROOT, content, curated, files, tsv
from hypothesis import given, settings
from strategies import knowledge_bases, simple_kb

from exograph import vocab
from exograph.exchange import kgx_biolink
from exograph.exchange.formats import FORMATS
from exograph.model import Context, KnowledgeBase, Reference, Source, Statement

needs_model = pytest.mark.skipif(
    not biolink_model.FILE.is_file(), reason="the Biolink model itself is not at hand"
)
OURS = "exograph_"
ENUMS = {
    "object_aspect_qualifier": "GeneOrGeneProductOrChemicalEntityAspectEnum",
    "object_direction_qualifier": "DirectionQualifierEnum",
    "causal_mechanism_qualifier": "CausalMechanismQualifierEnum",
    "knowledge_level": "KnowledgeLevelEnum",
    "agent_type": "AgentTypeEnum",
}
Rows = list[dict[str, Any]]


def tables(kb: KnowledgeBase) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    written = files("kgx", content(kb))
    assert list(written) == ["nodes.tsv", "edges.tsv"]
    return tsv(written["nodes.tsv"]), tsv(written["edges.tsv"])


def objects(kb: KnowledgeBase) -> tuple[Rows, Rows]:
    written = files("kgx-jsonl", content(kb))
    assert list(written) == ["nodes.jsonl", "edges.jsonl"]
    nodes, edges = (
        [json.loads(line) for line in data.decode().split("\n")[:-1]] for data in written.values()
    )
    return nodes, edges


@cache
def mappings() -> dict[str, list[tuple[str, str]]]:
    """Biolink terms of our own, each with the kind of match, best first."""
    rows = csv.DictReader(
        (
            line
            for line in (ROOT / "ontology" / "mappings.sssom.tsv").open(encoding="utf-8")
            if not line.startswith("#")
        ),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row["object_id"].startswith("biolink:"):
            own = row["subject_id"].removeprefix("exo:")
            found.setdefault(own, []).append((row["predicate_id"], row["object_id"]))
    return found


USABLE = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch")


def usable(name: str) -> set[str]:
    return {term for match, term in mappings().get(name, ()) if match in USABLE}


# ------------------------------------------------------------------ the words


@needs_model
def test_a_kind_has_its_class_of_the_mappings_and_all_above_it():
    assert kgx_biolink.CATEGORIES.keys() == vocab.TYPES.keys()
    for kind, categories in kgx_biolink.CATEGORIES.items():
        names = [biolink_model.classes()[c] for c in categories]
        assert names == biolink_model.above(names[0], mixins=False)[:-1]
        assert names[-1] == "named thing"
        mapped = {biolink_model.classes()[t] for t in usable(kind)}
        whole = {name for name in mapped if not biolink_model.is_mixin(name)}
        if kind == "GeneProduct":  # whose counterpart is a mixin
            assert mapped == {"gene or gene product"} <= set(biolink_model.above("gene"))
            assert names[0] == "gene"
        else:
            assert names[0] in (whole or {"named thing"})


@needs_model
def test_a_predicate_is_that_of_the_mappings_and_stands_only_within_domain_and_range():
    for name, predicate in vocab.PREDICATES.items():
        for subject in predicate.domain:
            for object in predicate.range:
                found = kgx_biolink.predicate_of(name, subject, object)
                slot = biolink_model.slots()[found]
                assert biolink_model.is_predicate(slot)
                for end, kind in (("domain", subject), ("range", object)):
                    held = biolink_model.classes()[kgx_biolink.CATEGORIES[kind][0]]
                    assert biolink_model.end(slot, end) in (None, *biolink_model.above(held))
                if found != kgx_biolink.RELATED and name != "no_effect_on":
                    assert found in usable(name)


@needs_model
def test_a_mapped_predicate_is_taken_wherever_the_model_allows_it():
    for name, predicate in vocab.PREDICATES.items():
        for term in usable(name) & {biolink_model.snake(n) for n in biolink_model.slots().values()}:
            slot = biolink_model.slots()[term]
            if not biolink_model.is_predicate(slot) or len(usable(name)) > 1:
                continue
            for subject in predicate.domain:
                for object in predicate.range:
                    fits = all(
                        biolink_model.end(slot, end)
                        in (
                            None,
                            *biolink_model.above(
                                biolink_model.classes()[kgx_biolink.CATEGORIES[kind][0]]
                            ),
                        )
                        for end, kind in (("domain", subject), ("range", object))
                    )
                    found = kgx_biolink.predicate_of(name, subject, object)
                    assert (found == term) == fits, (name, subject, object)


@pytest.mark.parametrize("name", [p.name for p in vocab.PREDICATES.values() if p.is_effect])
def test_qualifiers_are_those_that_the_mapping_tells(name):
    text = (ROOT / "ontology" / "mappings.sssom.tsv").read_text(encoding="utf-8")
    (comment,) = re.findall(rf"^exo:{name}\t.*\tbiolink:affects\t.*\t(.*)$", text, re.MULTILINE)
    told = dict(re.findall(r"(\w+(?:_qualifier|_predicate)) ([\w:]+)", comment))
    names = ("qualified_predicate", "object_aspect_qualifier", "object_direction_qualifier")
    for object in vocab.PREDICATES[name].range:
        found = kgx_biolink.qualifiers(name, None, object)
        held = dict(zip((*names, "causal_mechanism_qualifier"), found, strict=True))
        assert {slot: value for slot, value in held.items() if value} == told
    if "expression or mrna" in comment:
        assert kgx_biolink.qualifiers(name, "mrna", "GeneProduct")[1] == "expression"
        assert kgx_biolink.qualifiers(name, "expression", "MicroRNA")[1] == "expression"


def test_an_aspect_is_not_said_of_a_process():
    assert kgx_biolink.qualifiers("promotes", "level", "BiologicalProcess")[1] == ""


# ------------------------------------------------------------------ the files


@needs_model
@pytest.mark.parametrize("form", [tables, objects])
def test_columns_and_values_are_those_of_the_model_or_ours(form):
    nodes, edges = form(curated())
    for row in nodes[:1] + edges[:1]:
        for name in row:
            assert name.startswith(OURS) or biolink_model.snake(name) in biolink_model.slots()
    for edge in edges:
        assert biolink_model.is_predicate(biolink_model.slots()[edge["predicate"]])
        assert edge["knowledge_level"]
        assert edge["agent_type"] == "manual_agent"
        for column, enum in ENUMS.items():
            assert not edge.get(column) or edge[column] in biolink_model.values(enum)
        qualified = edge.get("qualified_predicate")
        assert not qualified or qualified == "biolink:causes"
        assert bool(qualified) == bool(edge.get("object_direction_qualifier"))


@pytest.mark.parametrize("form", [tables, objects])
def test_nodes_are_the_entities_and_edges_the_statements_each_once(form):
    kb = curated()
    nodes, edges = form(kb)
    assert [n["id"] for n in nodes] == [f"exograph:{e.id}" for e in kb.entities]
    assert [e["id"] for e in edges] == [f"exograph.statement:{s.id}" for s in kb.statements]
    claims = Counter(e["exograph_claim"].removeprefix("exograph.claim:") for e in edges)
    assert claims == {c.id: len(c.statements) for c in kb.claims}
    known = {n["id"] for n in nodes}
    assert all({e["subject"], e["object"]} <= known for e in edges)


def test_both_forms_say_the_same():
    kb = curated()
    for rows, told in zip(tables(kb), objects(kb), strict=True):
        for row, one in zip(rows, told, strict=True):
            flat = {k: "|".join(v) if isinstance(v, list) else v for k, v in one.items()}
            flat = {k: str(v).lower() if isinstance(v, bool) else v for k, v in flat.items()}
            assert {k: v for k, v in row.items() if v} == flat


def statement(edge: dict[str, Any]) -> Statement:
    """The statement that an edge of JSON lines tells, from Biolink's and our own columns."""

    def ids(name: str) -> tuple[str, ...]:
        return tuple(id.removeprefix("exograph:") for id in edge.get(OURS + name, ()))

    own = {name: edge.get(OURS + name) for name in ("paraphrase", "aspect", "evidence_kind")}
    own |= {name: edge.get(OURS + name) for name in ("directness", "note")}
    told = ("reference", "section", "source", "basis", "stance", "certainty", "effect")
    return Statement(
        edge["subject"].removeprefix("exograph:"),
        edge["original_predicate"].removeprefix("exo:"),
        edge["object"].removeprefix("exograph:"),
        quote=next(iter(edge.get("supporting_text", ())), None),
        method=ids("method"),
        context=Context(*(ids(field) for field in vocab.CONTEXT_FIELDS)),
        retracted=edge.get("deprecated", False),
        **{name: edge[OURS + name] for name in told},
        **own,
    )


@settings(deadline=None, max_examples=15)
@given(knowledge_bases())
def test_json_lines_give_every_statement_and_entity_back(kb):
    nodes, edges = objects(kb)
    assert tuple(map(statement, edges)) == kb.statements
    for node, entity in zip(nodes, kb.entities, strict=True):
        assert node["name"] == entity.label_en
        assert node["exograph_name_zh"] == entity.label_zh
        assert tuple(node.get("synonym", ())) == entity.synonyms
        assert tuple(node.get("same_as", ())) == entity.exact_match
        assert tuple(node.get("exograph_close_match", ())) == entity.close_match
        assert node["type"] == f"exo:{entity.type}"
        assert node.get("description") == entity.description
        assert node.get("exograph_description_zh") == entity.description_zh
        assert node.get("exograph_species") == (entity.species and f"exograph:{entity.species}")
        desired = node.get("exograph_desired"), node.get("exograph_desired_reference")
        held = entity.desired
        assert desired == ((held.direction, held.reference) if held else (None, None))


def test_a_table_gives_every_curated_statement_back():
    kb = curated()
    _, edges = tables(kb)
    lists = {*(OURS + field for field in (*vocab.CONTEXT_FIELDS, "method"))}
    for edge, held in zip(edges, kb.statements, strict=True):
        told: dict[str, Any] = {
            name: tuple(value.split("|")) if name in lists else value
            for name, value in edge.items()
            if value
        }
        told |= {"supporting_text": [edge["supporting_text"]]} if edge["supporting_text"] else {}
        told["deprecated"] = edge["deprecated"] == "true"
        assert statement(told) == held


@settings(deadline=None, max_examples=15)
@given(knowledge_bases())
def test_no_text_breaks_a_row(kb):
    nodes, edges = tables(kb)
    assert (len(nodes), len(edges)) == (len(kb.entities), len(kb.statements))


def test_what_would_break_a_row_becomes_a_blank_and_a_bar_in_a_list_a_broken_one():
    kb = simple_kb(("a", "inhibits", "b"))
    (claim,) = kb.claims
    told = replace(claim.statements[0], quote="one\ttwo\nthree\r|four", note='"5')
    entity = replace(kb.entities[0], label_en="x\ty", synonyms=("p|q", "r"))
    kb = replace(
        kb,
        entities=(entity, *kb.entities[1:]),
        claims=(replace(claim, statements=(told,)),),
    )
    (node, _), (edge,) = tables(kb)
    assert (node["name"], node["synonym"]) == ("x y", "p¦q|r")
    assert edge["supporting_text"] == "one two three |four"
    assert edge["exograph_note"] == '"5'


# ------------------------------------------------------------------ what it says


def test_what_is_spoken_against_is_negated_and_so_is_no_effect():
    kb = simple_kb(("a", "inhibits", "b"), ("a", "no_effect_on", "b"))
    first, second = kb.claims
    for stance in vocab.STANCES:
        claims = tuple(
            replace(c, statements=(replace(c.statements[0], stance=stance),))
            for c in (first, second)
        )
        _, (effect, none) = objects(replace(kb, claims=claims))
        assert effect.get("negated", False) == (stance != "supports")
        assert none.get("negated", False) == (stance == "supports")
        assert none["predicate"] == "biolink:affects"


def test_a_retracted_paper_makes_its_edges_deprecated():
    kb = simple_kb(("a", "inhibits", "b"))
    gone = tuple(replace(r, retraction="retracted") for r in kb.references)
    kb = replace(kb, references=gone)
    _, (edge,) = objects(kb)
    assert edge["deprecated"] is True
    assert tables(kb)[1][0]["deprecated"] == "true"


def test_a_publication_is_named_by_the_best_identifier_there_is():
    kb = simple_kb(("a", "inhibits", "b"))
    known = {"pmid": "12", "doi": "10.1/x", "pmcid": "PMC3"}
    expected = ["PMID:12", "doi:10.1/x", "PMC:3", "exograph.reference:t-1"]
    for first in range(4):
        held = dict(list(known.items())[first:])
        _, (edge,) = objects(replace(kb, references=(Reference("t-1", "cited", "t", **held),)))
        assert edge["publications"] == [expected[first]]


def test_what_others_recorded_is_not_said_to_be_ours():
    kb = simple_kb(("a", "inhibits", "b"))
    taken = Source("t", "t", "t", "CC0", "2025", "records", ("1",))
    _, (edge,) = objects(replace(kb, sources=(taken,)))
    assert edge["agent_type"] == "not_provided"
    assert "primary_knowledge_source" not in edge
    assert edge["aggregator_knowledge_source"] == ["infores:exograph"]


def test_matches_have_the_prefixes_of_biolink():
    nodes, _ = objects(curated())
    found = {id.partition(":")[0] for node in nodes for id in node.get("xref", ())}
    assert {"HGNC", "UBERON", "GO", "CL", "REACT", "CLINICALTRIALS", "MSigDB"} <= found
    assert not {"reactome", "clinicaltrials", "msigdb"} & found


def test_the_species_of_an_effect_is_its_taxon():
    _, edges = objects(curated())
    held = {e["species_context_qualifier"] for e in edges if "species_context_qualifier" in e}
    assert {"NCBITaxon:9606", "NCBITaxon:10090", "NCBITaxon:10116"} <= held


# ------------------------------------------------------------------ how it is written


class Stream:
    """An iterable that tells nothing but its items, as that of a large store would."""

    def __init__(self, items):
        self._items = items

    def __iter__(self):
        return iter(self._items)


@pytest.mark.parametrize("name", ["kgx", "kgx-jsonl", "csv", "sssom", "tables", "jsonld"])
def test_a_stream_gives_the_same_bytes_as_what_can_be_counted(name, tmp_path):
    from exograph.exchange.content import Content

    class Streamed(Content):
        entities = property(lambda self: Stream(self.kb.entities))
        claims = property(lambda self: Stream(self.kb.claims))
        references = property(lambda self: Stream(self.kb.references))

    held = content(curated(), tmp_path)
    streamed = Streamed(held.kb, held.prefixes, held.nquads, held.version)
    assert files(name, streamed) == files(name, held)


def test_pieces_come_before_all_claims_are_read():
    kb = curated()
    taken = 0

    def counted():
        nonlocal taken
        for claim in kb.claims:
            taken += 1
            yield claim

    from exograph.exchange.content import Content

    class Counting(Content):
        claims = property(lambda self: counted())

    written = dict(FORMATS["kgx"].write(Counting(kb, {}, content(kb).nquads, "0")))
    pieces = iter(written["edges.tsv"])
    next(pieces), next(pieces)
    assert 0 < taken < len(kb.claims)
