# SPDX-License-Identifier: Apache-2.0
"""Which format a file has: by its name, or as it is told."""

from pathlib import Path

import pytest

from exograph.errors import InputError
from exograph.exchange.reading import FORMATS, format_of


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.tsv", "kgx"),
        ("a.JSONL.GZ", "kgx"),
        ("a.tar.gz", "kgx"),
        ("a.ttl.gz", "turtle"),
        ("a.nt", "n-triples"),
        ("a.nq.gz", "n-quads"),
        ("a.trig", "trig"),
        ("a.jsonld", "json-ld"),
        ("a.owl", "rdf-xml"),
        ("a.sssom.tsv", "sssom"),
        ("a.sssom.tsv.gz", "sssom"),
        ("a.gmt.gz", "gmt"),
        ("a.gpml", "gpml"),
        ("a.gocam.json", "gocam"),
    ],
)
def test_the_longest_ending_tells_the_format(name, format):
    assert format_of(Path(name)) == format


def test_a_name_tells_more_than_an_ending_and_columns_make_a_table():
    assert format_of(Path("a.tsv"), "sssom") == "sssom"
    assert format_of(Path("a.tsv.gz"), None, Path("c.toml")) == "table"
    assert format_of(Path("a.jsonl"), None, Path("c.toml")) == "kgx"


@pytest.mark.parametrize(("name", "format"), [("a.xlsx", None), ("a", None), ("a.tsv", "excel")])
def test_what_is_no_format_is_refused_with_those_there_are(name, format):
    with pytest.raises(InputError) as caught:
        format_of(Path(name), format)
    assert caught.value.code == "I105" and (
        "kgx" in caught.value.cure or ".gmt" in caught.value.cure
    )


def test_each_format_is_told_in_the_docs():
    text = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in text] == []
