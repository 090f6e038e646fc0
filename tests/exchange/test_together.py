# SPDX-License-Identifier: Apache-2.0
"""Edges with equal fields become tables that say the same."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from exograph.exchange import together as module
from exograph.exchange.incoming import Edge, Node, Place, Reject, Table, one_by_one
from exograph.exchange.together import together

texts = st.sampled_from(["a", "b:c", "x|y", "", "d"])
values = st.lists(texts, min_size=1, max_size=2).map(tuple)
fields = st.dictionaries(st.sampled_from(["p", "q", "subject", "reject"]), values, max_size=2)
places = st.integers(1, 9).map(lambda line: Place("file", line))
records = st.lists(
    st.builds(Edge, texts, texts, texts, fields, places)
    | st.builds(Node, texts, fields, places)
    | st.builds(Reject, texts, texts, texts, places),
    max_size=30,
)


def plain(record):
    """What a record says; an edge may tell its ends among its fields, too."""
    if not isinstance(record, Edge):
        return repr(record)
    told = {n: v for n, v in record.fields.items() if n not in ("subject", "predicate", "object")}
    return repr(
        (record.subject, record.predicate, record.object, sorted(told.items()), record.place)
    )


@given(records)
def test_nothing_is_lost_and_nothing_is_added(given_records):
    with_tables = list(one_by_one(together(given_records)))
    assert Counter(map(plain, with_tables)) == Counter(map(plain, given_records))


def test_tables_are_full_before_they_are_handed_on(monkeypatch):
    monkeypatch.setattr(module, "_TOGETHER", 3)
    monkeypatch.setattr(module, "_HELD", 4)
    made = [
        Edge("a", "p", "b", {"one": ("x",)} if n % 3 else {}, Place("file", n)) for n in range(10)
    ]
    tables = list(together(made))
    assert all(isinstance(table, Table) for table in tables)
    assert sum(map(len, tables)) == 10 and max(map(len, tables)) == 3
