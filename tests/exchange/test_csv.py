# SPDX-License-Identifier: Apache-2.0
"""CSV for spreadsheets: nothing is computed, nothing is lost, and every text comes back."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from contents import content, curated, files
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import knowledge_bases, simple_kb

from exograph.exchange.csv_files import COMPUTED, LABELLED, guarded, unguarded
from exograph.kb import assemble
from exograph.model import KnowledgeBase, Source
from exograph.tables import COLUMNS, Row, Tables

FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
AWKWARD = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''", "＝1")


def rows(data: bytes) -> list[dict[str, str]]:
    """Rows as a reader of CSV gives them, and as they were before the guard."""
    read = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    header = next(read)
    return [dict(zip(header, map(unguarded, row), strict=True)) for row in read]


def again(written: dict[str, bytes]) -> KnowledgeBase:
    """The knowledge base from the files alone."""
    held = {name.removesuffix(".csv"): rows(data) for name, data in written.items()}
    sources = [
        Source(
            **{k: v or None for k, v in row.items() if k != "sections"},
            sections=tuple(row["sections"].split("|")),
        )
        for row in held["sources"]
    ]
    tables = []
    for source in sources:
        parts = {
            table: tuple(
                Row("", 0, row)
                for row in held.get(table, ())
                if row.get("source", sources[0].id) == source.id
            )
            for table in COLUMNS
        }
        mine = {row.cells["id"] for row in parts["mechanisms"]}
        steps = (Row("", 0, row) for row in held["mechanism_steps"])
        parts["mechanism_steps"] = tuple(s for s in steps if s.cells["mechanism"] in mine)
        if source is not sources[0]:
            parts["entities"] = ()
        tables.append(Tables(Path(), source, parts))
    return assemble(tables)


def test_the_curated_knowledge_base_comes_back_from_the_files():
    kb = curated()
    assert again(files("csv", content(kb))) == kb


def without_bars(kb: KnowledgeBase) -> bool:
    """Whether no list has a bar in an item, which the tables refuse, too."""
    lists = [e.synonyms + e.exact_match for e in kb.entities] + [s.sections for s in kb.sources]
    return not any("|" in item for items in lists for item in items)


@settings(deadline=None, max_examples=30)
@given(knowledge_bases().filter(without_bars))
def test_so_does_any_but_for_the_order_of_steps(kb):
    found = again(files("csv", content(kb)))
    ordered = tuple(
        replace(
            m,
            steps=tuple(sorted(m.steps, key=lambda s: (s.layer, s.subject, s.predicate, s.object))),
        )
        for m in kb.mechanisms
    )
    assert found == replace(kb, mechanisms=ordered)


@settings(deadline=None, max_examples=30)
@given(knowledge_bases())
def test_no_cell_is_a_formula(kb):
    for data in files("csv", content(kb)).values():
        read = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        for cell in (cell for row in read for cell in row):
            assert not FORMULA.match(cell) or NUMBER.fullmatch(cell)


@given(st.sampled_from(AWKWARD) | st.text())
def test_what_is_guarded_comes_back(text):
    assert unguarded(guarded(text)) == text
    assert not FORMULA.match(guarded(text)) or NUMBER.fullmatch(guarded(text))


@pytest.mark.parametrize("number", ["-0.5", "+3", "1E-7", "-1.30E+2", "0"])
def test_a_number_stays(number):
    assert guarded(number) == number


@pytest.mark.parametrize("text", ["-", "+", "-1-2", "-1\n", "-1e", "+1.", "--1"])
def test_what_only_begins_like_a_number_does_not(text):
    assert guarded(text) == f"'{text}"


def test_each_file_begins_with_the_mark_and_ends_lines_as_rfc_4180_says():
    written = files("csv", content(curated()))
    for data in written.values():
        assert data.startswith(b'\xef\xbb\xbf"')
        assert data.count(b"\xef\xbb\xbf") == 1
        assert data.endswith(b'"\r\n')


def test_all_kinds_of_records_have_a_file_and_its_columns():
    written = files("csv", content(simple_kb(("a", "inhibits", "b"))))
    tables = [name for name in COLUMNS if name not in ("identifiers", "coverage")]
    assert sorted(written) == sorted(f"{name}.csv" for name in (*tables, "sources"))
    for table in tables:
        labels = [f"{c}_{lang}" for c in LABELLED.get(table, ()) for lang in ("en", "zh")]
        header = next(csv.reader(io.StringIO(written[f"{table}.csv"].decode("utf-8-sig"))))
        assert header == [*COLUMNS[table], *COMPUTED.get(table, ()), *labels]


def test_ids_have_their_labels_beside_them():
    kb = curated()
    told = rows(files("csv", content(kb))["statements.csv"])
    assert [row["id"] for row in told] == [s.id for s in kb.statements]
    for row in told:
        assert row["subject_en"] == kb.entity[row["subject"]].label_en
        assert row["object_zh"] == kb.entity[row["object"]].label_zh
        assert kb.claim[row["claim"]].predicate == row["predicate"]
