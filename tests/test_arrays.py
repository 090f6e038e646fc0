# SPDX-License-Identifier: Apache-2.0
"""Arrays: the arcs that paths walk."""

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import knowledge_bases, simple_kb

from exograph import vocab
from exograph.arrays import TYPES, from_kb, open_arrays, save
from exograph.errors import SnapshotError


def arcs(arrays):
    """(tail, head, claim id, sign, structural) of every arc, read through the index."""
    return [
        (
            arrays.nodes[tail],
            arrays.nodes[arrays.heads[i]],
            arrays.claims[arrays.arc_claim[i]],
            int(arrays.arc_sign[i]),
            bool(arrays.arc_structural[i]),
        )
        for tail in range(len(arrays.nodes))
        for i in range(arrays.indptr[tail], arrays.indptr[tail + 1])
    ]


@settings(max_examples=15, deadline=None)
@given(knowledge_bases())
def test_there_is_one_arc_for_each_claim_that_paths_may_walk(kb):
    expected = []
    for claim in kb.claims:
        predicate = vocab.PREDICATES[claim.predicate]
        ends = (claim.subject, claim.object)
        if predicate.walk == "backward":
            ends = ends[::-1]
        said = any(s.stance == "supports" for s in claim.statements)
        if predicate.walk != "never" and said:
            sign = 1 if claim.sign is None else claim.sign
            expected.append((*ends, claim.id, sign, claim.sign is None))
    assert sorted(arcs(from_kb(kb))) == sorted(expected)


def test_isolation_is_walked_from_the_tissue_to_the_cell():
    kb = simple_kb(("bmsc", "isolated_from", "bone-marrow"), ("bmsc", "secretes", "bmsc-exo"))
    assert [a[:2] for a in arcs(from_kb(kb))] == [("bmsc", "bmsc-exo"), ("bone-marrow", "bmsc")]


KB = simple_kb(
    ("a", "inhibits", "b"), ("b", "inhibits", "a"), ("b", "regulates", "c"), ("a", "is_a", "c")
)


@settings(max_examples=20, deadline=None)
@given(knowledge_bases())
def test_saved_arrays_open_as_they_were_and_twice_to_the_same_bytes(tmp_path_factory, kb):
    first, second = tmp_path_factory.mktemp("a"), tmp_path_factory.mktemp("a")
    save(from_kb(kb), first)
    save(from_kb(kb), second)
    opened = open_arrays(first)
    for name in TYPES:
        assert np.array_equal(getattr(opened, name), getattr(from_kb(kb), name)), name
        data = (first / f"{name}.npy").read_bytes()
        assert data == (second / f"{name}.npy").read_bytes()


def test_opened_arrays_cannot_be_written_to(tmp_path):
    save(from_kb(KB), tmp_path)
    with pytest.raises(ValueError, match="read-only"):
        open_arrays(tmp_path).heads[0] = 0


def test_nodes_are_found_by_id():
    arrays = from_kb(KB)
    assert [arrays.node(id) for id in "abc"] == [0, 1, 2]
    for unknown in ("", "aa", "z", "外泌体"):
        with pytest.raises(KeyError):
            arrays.node(unknown)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("heads", np.array([1, 0, 3], dtype=np.int32)),
        ("heads", np.array([1, 0, -1], dtype=np.int32)),
        ("heads", np.array([1, 0], dtype=np.int32)),
        ("heads", np.array([1, 0, 2], dtype=np.int64)),
        ("heads", np.array([[1, 0, 2]], dtype=np.int32)),
        ("heads", np.array([1, 0, 2], dtype=">i4")),
        ("indptr", np.array([0, 1, 3], dtype=np.int32)),
        ("indptr", np.array([0, 3, 1, 3], dtype=np.int32)),
        ("indptr", np.array([], dtype=np.int32)),
        ("indptr", np.array([0, 2, 3, 3], dtype=np.int32)),
        ("arc_sign", np.array([1, 2, 0], dtype=np.int8)),
        ("arc_claim", np.array([0, 4, 1], dtype=np.int32)),
        ("node_ids", np.array([b"c", b"b", b"a"])),
        ("node_ids", np.array(["a", "b", "c"])),
        ("arc_structural", np.array([0, 0, 0], dtype=np.int8)),
    ],
)
def test_a_damaged_array_is_refused(tmp_path, name, array):
    save(from_kb(KB), tmp_path)
    np.save(tmp_path / f"{name}.npy", array)
    with pytest.raises(SnapshotError, match="damaged"):
        open_arrays(tmp_path)


def test_a_pickle_a_cut_file_and_a_missing_file_are_refused(tmp_path):
    save(from_kb(KB), tmp_path)
    path = tmp_path / "heads.npy"
    whole = path.read_bytes()
    np.save(path, np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(SnapshotError):
        open_arrays(tmp_path)
    for data in (b"", whole[:20], whole[:-4], b"\x80\x04N."):
        path.write_bytes(data)
        with pytest.raises(SnapshotError):
            open_arrays(tmp_path)
    path.unlink()
    with pytest.raises(SnapshotError):
        open_arrays(tmp_path)
