# SPDX-License-Identifier: Apache-2.0
"""Drawings of WikiPathways: what an arrow says plainly, and all else counted by kind."""

import pytest
from taken_in import counted, edges, nodes, records, taken_in, told

OLD = """<?xml version="1.0" encoding="UTF-8"?>
<Pathway xmlns="http://pathvisio.org/GPML/2013a" Name="x" Version="WP7_r12" Organism="Homo sapiens">
  <DataNode TextLabel="EGF" GraphId="a" Type="GeneProduct"><Xref Database="Entrez Gene" ID="1950" />
  </DataNode>
  <DataNode TextLabel="EGFR&#xA;" GraphId="b" Type="Protein">
    <Xref Database="Uniprot-TrEMBL" ID="P00533" />
  </DataNode>
  <DataNode TextLabel="EGFR" GraphId="b2" Type="Protein">
    <Xref Database="Uniprot-TrEMBL" ID="P00533" />
  </DataNode>
  <DataNode TextLabel="iron" GraphId="c" Type="Metabolite">
    <Xref Database="ChEBI" ID="CHEBI:18248" />
  </DataNode>
  <DataNode TextLabel="who" GraphId="d" Type="Unknown"><Xref Database="" ID="" /></DataNode>
  <DataNode TextLabel="far" GraphId="e" Type="Rna"><Xref Database="Some list" ID="1" /></DataNode>
  {lines}
  <Label TextLabel="a word" GraphId="l" />
  <Group GroupId="g" GraphId="h" />
  <Biopax><bp:PublicationXref xmlns:bp="http://www.biopax.org/release/biopax-level3.owl#"
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:id="p1">
    <bp:ID>123</bp:ID><bp:DB>PubMed</bp:DB></bp:PublicationXref></Biopax>
</Pathway>
"""
LINE = (
    '<Interaction GraphId="i{n}">{cited}<Graphics><Point GraphRef="{one}" {head} />'
    '<Point X="1" /><Point GraphRef="{other}" {tail} /></Graphics></Interaction>'
)

NEW = """<?xml version="1.0" encoding="UTF-8"?>
<Pathway xmlns="http://pathvisio.org/GPML/2021" title="x" version="WP7_r13">
  <DataNodes>
    <DataNode elementId="a" textLabel="EGF" type="GeneProduct">
      <Xref identifier="1950" dataSource="ncbigene" /></DataNode>
    <DataNode elementId="b" textLabel="EGFR" type="Protein">
      <Xref identifier="P00533" dataSource="uniprot" /><Graphics shapeType="Rectangle" /></DataNode>
  </DataNodes>
  <Interactions><Interaction elementId="i"><CitationRef elementRef="p1" /><Waypoints>
    <Point elementId="x" arrowHead="Undirected" elementRef="a" />
    <Point elementId="y" arrowHead="Stimulation" elementRef="b" /></Waypoints></Interaction>
  </Interactions>
  <Shapes><Shape elementId="s" /></Shapes>
  <Citations><Citation elementId="p1">
    <Xref identifier="123" dataSource="pubmed" /></Citation></Citations>
</Pathway>
"""


@pytest.fixture
def drawn(tmp_path):
    def drawn(one="a", other="b", tail="", head="", cited=""):
        path = tmp_path / "x.gpml"
        arrows = {"head": head and f'ArrowHead="{head}"', "tail": tail and f'ArrowHead="{tail}"'}
        line = LINE.format(n=1, one=one, other=other, cited=cited, **arrows)
        path.write_text(OLD.replace("{lines}", line))
        return path

    return drawn


EGF, EGFR, IRON = "ncbigene-1950-", "uniprotkb-p00533-", "chebi-18248"


@pytest.mark.parametrize(
    ("given", "predicate"),
    [
        ({"tail": "mim-stimulation"}, "increases"),
        ({"tail": "mim-inhibition"}, "decreases"),
        ({"tail": "TBar"}, "decreases"),
        ({"tail": "mim-binding"}, "interacts_with"),
    ],
)
def test_an_arrow_that_tells_an_effect_is_an_edge(drawn, given, predicate):
    kb, _, _ = taken_in(drawn(**given))
    ((subject, said, object_),) = told(kb)
    assert said == predicate and subject.startswith("ncbigene") and object_.startswith("uniprotkb")


def test_an_arrowhead_at_the_first_end_turns_the_edge(drawn):
    ((subject, _, object_),) = told(taken_in(drawn(head="mim-inhibition"))[0])
    assert subject.startswith("uniprotkb") and object_.startswith("ncbigene")


def test_papers_of_an_interaction_are_cited(drawn):
    kb, _, _ = taken_in(drawn(tail="TBar", cited="<BiopaxRef>p1</BiopaxRef>"))
    assert [(s.reference, r.pmid) for s in kb.statements for r in kb.references] == [
        ("theirs-pmid-123", "123")
    ]
    kb, _, _ = taken_in(drawn(tail="TBar"))
    assert [r.title for r in kb.references] == ["WIKIPATHWAYS:WP7"]


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"tail": "Arrow"}, "arrow Arrow"),
        ({"tail": "mim-conversion"}, "arrow mim-conversion"),
        ({}, "arrow without a head"),
        ({"tail": "TBar", "head": "TBar"}, "interaction with two heads"),
        ({"tail": "TBar", "other": "h"}, "interaction that ends at Group"),
        ({"tail": "TBar", "other": "l"}, "interaction that ends at Label"),
        ({"tail": "TBar", "other": "zz"}, "interaction that ends at anchor"),
        ({"tail": "TBar", "other": "d"}, "interaction that ends at DataNode without an identifier"),
        ({"tail": "TBar", "other": ""}, "interaction without two ends"),
    ],
)
def test_what_says_nothing_plainly_is_counted_by_kind(drawn, given, kind):
    kb, report, _ = taken_in(drawn(**given))
    assert kb.claims == () and report.edges == report.refused[kind] == 1


def test_nodes_are_told_once_and_what_is_no_node_is_counted(drawn):
    found = records(drawn())
    assert [(n.id, *n.fields["name"]) for n in nodes(found)] == [
        ("NCBIGene:1950", "EGF"), ("UniProtKB:P00533", "EGFR"), ("CHEBI:18248", "iron"),
    ]  # fmt: skip
    counts = counted(found)
    kinds = ("data node without an identifier", "database Some list", "gpml Label", "gpml Group")
    assert [counts[kind] for kind in kinds] == [1, 1, 1, 1]


def test_the_version_of_2021_says_the_same(tmp_path, drawn):
    path = tmp_path / "new.gpml"
    path.write_text(NEW)
    old = edges(records(drawn(tail="mim-stimulation", cited="<BiopaxRef>p1</BiopaxRef>")))
    new = edges(records(path))
    assert [(e.subject, e.object, e.fields) for e in new] == [
        (e.subject, e.object, e.fields) for e in old
    ]
    assert counted(records(path))["gpml Shape"] == 1
