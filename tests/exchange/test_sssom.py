# SPDX-License-Identifier: Apache-2.0
"""SSSOM: the matches of entities, in the form that mapping-commons.github.io/sssom asks for."""

import json
import re
from dataclasses import replace

from contents import content, curated, files, tsv
from hypothesis import given, settings
from strategies import knowledge_bases, simple_kb

from exograph.model import Entity, KnowledgeBase, Source

REQUIRED = {"subject_id", "predicate_id", "object_id", "mapping_justification"}
PROPERTIES = ["license", "mapping_set_description", "mapping_set_id", "mapping_set_title"]


def parts(kb: KnowledgeBase) -> tuple[list[str], list[dict[str, str]]]:
    (data,) = files("sssom", content(kb)).values()
    lines = data.decode().split("\n")
    comments = [line[1:] for line in lines if line.startswith("#")]
    return comments, tsv("\n".join(lines[len(comments) :]).encode())


def curie_map(comments: list[str]) -> dict[str, str]:
    pairs = (line.strip().split(": ", 1) for line in comments if line.startswith("  "))
    return {prefix: json.loads(iri) for prefix, iri in pairs}


def test_the_header_has_what_is_required_and_no_prefix_is_missing_or_idle():
    comments, rows = parts(curated())
    assert comments[0] == "curie_map:"
    slots = dict(line.split(": ", 1) for line in comments if re.match(r"[a-z_]+: ", line))
    assert list(slots) == [*PROPERTIES, "mapping_set_version"]
    assert slots["license"] == "https://creativecommons.org/licenses/by/4.0/"
    used = {row[column].partition(":")[0] for row in rows for column in REQUIRED}
    assert curie_map(comments).keys() == used
    assert set(rows[0]) >= REQUIRED
    assert all(row[column] for row in rows for column in REQUIRED)


@settings(deadline=None, max_examples=40)
@given(knowledge_bases())
def test_every_match_is_a_row_and_nothing_else(kb):
    _, rows = parts(kb)
    expected = [
        (f"entity:{e.id}", f"skos:{kind}Match", curie)
        for e in kb.entities
        for kind, curies in (("exact", e.exact_match), ("close", e.close_match))
        for curie in curies
    ]
    assert [(r["subject_id"], r["predicate_id"], r["object_id"]) for r in rows] == expected


def test_a_label_breaks_no_row():
    entity = Entity("a", "GeneProduct", "x\ty\n#z", "x", exact_match=("GO:1",))
    _, rows = parts(replace(simple_kb(), entities=(entity,)))
    assert rows[0]["subject_label"] == "x y #z"


def test_a_licence_is_told_only_if_all_sources_have_it():
    def licence(*names: str) -> str:
        sources = [Source(n, n, n, n, "2025", "quotes", ("1",)) for n in names]
        comments, _ = parts(KnowledgeBase(sources=tuple(sources)))
        return next(line for line in comments if line.startswith("license"))

    assert licence("CC0-1.0").endswith("publicdomain/zero/1.0/")
    assert licence("CC0-1.0", "CC-BY-4.0").endswith("unspecified")
    assert licence('x"\n#y: z').endswith("unspecified")
    assert licence().endswith("unspecified")
