# SPDX-License-Identifier: Apache-2.0
"""Models of GO-CAM: which gene product regulates the activity of which."""

import json

import pytest
from taken_in import counted, edges, nodes, records, taken_in, told

from exograph.errors import InputError

PROTEIN = [{"id": "CHEBI:33695"}, {"id": "CHEBI:36080", "label": "protein"}]


def individual(key, type, root, label="", **more):
    return {"id": key, "type": [{"id": type, "label": label}], "root-type": root, **more}


def fact(subject, property, object_, *evidence):
    notes = [{"key": "evidence", "value": each} for each in evidence]
    return {"subject": subject, "property": property, "object": object_, "annotations": notes}


MODEL = {
    "individuals": [
        individual("a1", "GO:1", [{"id": "GO:0003674"}]),
        individual("a2", "GO:2", [{"id": "GO:0003674"}]),
        individual("a3", "GO:3", [{"id": "GO:0003674"}]),
        individual("p1", "UniProtKB:P1", PROTEIN, "one"),
        individual("p2", "MGI:MGI:2", PROTEIN, "two"),
        individual("c3", "GO:4", [{"id": "GO:0032991"}], "a complex"),
        individual("bp", "GO:5", [{"id": "GO:0008150", "label": "biological_process"}]),
        individual("e1", "ECO:1", [{"id": "ECO:0000000"}],
                   annotations=[{"key": "source", "value": "PMID:9"}]),
    ],
    "facts": [
        fact("a1", "RO:0002333", "p1"),
        fact("a2", "RO:0002333", "p2"),
        fact("a3", "RO:0002333", "c3"),
        fact("a1", "RO:0002629", "a2", "e1"),
        fact("a2", "RO:0002630", "a3"),
        fact("a2", "BFO:0000050", "bp"),
        fact("a2", "RO:0002304", "a3"),
        fact("a1", "RO:0002212", "bp"),
    ],
}  # fmt: skip


@pytest.fixture
def model(tmp_path):
    def model(told=MODEL):
        path = tmp_path / "x.gocam.json"
        path.write_text(json.dumps(told))
        return path

    return model


def test_gene_products_raise_and_lower_each_others_activity(model):
    kb, _, _ = taken_in(model())
    assert [(s, p, o.partition("-")[0]) for s, p, o in told(kb)] == [
        ("mgi-2", "inhibits", "go"),
        ("uniprotkb-p1-" + told(kb)[1][0].rpartition("-")[2], "activates", "mgi"),
    ]
    assert {(s.aspect, s.reference) for s in kb.statements if s.predicate == "activates"} == {
        ("activity", "theirs-pmid-9")
    }


def test_what_is_no_regulation_is_counted_by_kind(model):
    found = records(model())
    assert len(nodes(found)) == 3 and len(edges(found)) == 2
    kinds = ("gocam biological_process", "gocam BFO:0000050", "gocam RO:0002304",
             "gocam RO:0002212 of unknown")  # fmt: skip
    assert [counted(found)[kind] for kind in kinds] == [1, 1, 1, 1]
    assert counted(found).total() == 3 + 2 + 4


@pytest.mark.parametrize(
    "told",
    [
        [],
        {},
        {"individuals": []},
        {"individuals": [1], "facts": []},
        {"individuals": [{"id": "a", "type": ["x"]}], "facts": []},
        {"individuals": [], "facts": [{"property": "RO:1"}]},
        {"individuals": [], "facts": [{"subject": "a", "property": "RO:1", "object": 1}]},
        {"individuals": {"a": 1}, "facts": []},
    ],
)
def test_what_is_no_model_is_refused(model, told):
    with pytest.raises(InputError, match="I112"):
        records(model(told))
