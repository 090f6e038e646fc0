# SPDX-License-Identifier: Apache-2.0
"""networkx graphs: one edge per claim, and the walkable ones the way the arrays have them."""

from hypothesis import given, settings
from strategies import knowledge_bases, simple_kb

from exograph.arrays import from_kb
from exograph.ids import claim_id
from exograph.network import to_networkx, walkable


@settings(max_examples=40, deadline=None)
@given(knowledge_bases())
def test_each_entity_is_a_node_and_each_claim_an_edge(kb):
    graph = to_networkx(kb)
    assert set(graph) == {e.id for e in kb.entities}
    edges = {(s, o, key) for s, o, key in graph.edges(keys=True)}
    assert edges == {(c.subject, c.object, c.id) for c in kb.claims}
    for claim in kb.claims:
        data = graph.edges[claim.subject, claim.object, claim.id]
        assert (data["sign"], data["basis"]) == (claim.sign, claim.basis)
        assert (data["supported"], data["refuted"]) == (claim.supported, claim.refuted)
        assert data["references"] == tuple(sorted(set(data["references"])))
        assert bool(data["references"]) == claim.supported


@settings(max_examples=40, deadline=None)
@given(knowledge_bases())
def test_the_walkable_graph_has_the_arcs_of_the_arrays(kb):
    arrays = from_kb(kb)
    arcs = [
        (arrays.nodes[t], arrays.nodes[h], arrays.claims[c])
        for t, h, c in zip(arrays.tails, arrays.heads, arrays.arc_claim, strict=True)
        if kb.claims[c].supported
    ]
    assert sorted(walkable(to_networkx(kb)).edges(keys=True)) == sorted(arcs)


def test_parallel_claims_stay_apart_and_loops_stay():
    kb = simple_kb(
        ("a", "inhibits", "b"),
        ("a", "downregulates", "b"),
        ("b", "inhibits", "a"),
        ("a", "is_a", "b"),
    )
    graph = to_networkx(kb)
    assert graph.number_of_edges("a", "b") == 3
    assert graph.edges["a", "b", claim_id("a", "is_a", "b")]["kind"] == "structural"
    assert walkable(graph).number_of_edges("a", "b") == 2


def test_nodes_tell_type_labels_and_roles():
    kb = simple_kb(("bmsc", "secretes", "bmsc-exo"), ("bmsc-exo", "carries", "mir-126"))
    nodes = to_networkx(kb).nodes
    assert nodes["bmsc"]["roles"] == ("Source",)
    assert nodes["mir-126"]["roles"] == ("Cargo",)
    assert nodes["bmsc-exo"]["roles"] == ()
    assert nodes["bmsc"]["label_en"] == "bmsc"
    assert nodes["bmsc"]["type"] == "GeneProduct"


def test_a_tissue_is_walked_to_its_cell():
    graph = walkable(to_networkx(simple_kb(("bmsc", "isolated_from", "bone-marrow"))))
    ((tail, head, data),) = graph.edges(data=True)
    assert (tail, head, data["direction"]) == ("bone-marrow", "bmsc", "backward")
