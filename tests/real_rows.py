# SPDX-License-Identifier: Apache-2.0
"""The tables of the review with some cells changed, and a second source that paraphrases papers."""

from dataclasses import replace
from pathlib import Path

from exograph import checks
from exograph.kb import assemble
from exograph.model import Source
from exograph.tables import COLUMNS, Row, Tables, file_of, read_source

GRAPHS = Path(__file__).parents[1] / "graphs"
WHOLE_REVIEW = read_source(GRAPHS / "review")[0]

SKIN_ROWS = (
    ("skin", "has_component", "skin-wound"),
    ("skin", "has_component", "extracellular-matrix"),
    ("skin-wound", "has_component", "wound-edge"),
    ("skin-wound", "has_component", "granulation-tissue"),
)
"""Rows that place the tissues of the review within the skin."""


def _bare(tables):
    """Without notices and without what places tissues: each test says of these what it needs."""
    rows = dict(tables.rows)
    rows["references"] = tuple(
        replace(r, cells=r.cells | {"retraction": ""}) for r in rows["references"]
    )
    rows["statements"] = tuple(
        r
        for r in rows["statements"]
        if (r.cells["subject"], r.cells["predicate"], r.cells["object"]) not in SKIN_ROWS
    )
    return replace(tables, rows=rows)


REVIEW = _bare(WHOLE_REVIEW)


def row(table, **cells):
    return Row(f"{table}.tsv", 2, dict.fromkeys(COLUMNS[table], "") | cells)


def said(text, reference, **cells):
    """A row of statements from ``subject predicate object``."""
    subject, predicate, object_ = text.split()
    given = {"section": "abstract", "basis": "stated", "paraphrase": text}
    triple = {"subject": subject, "predicate": predicate, "object": object_}
    return row("statements", **triple, reference=reference, **(given | cells))


def compared(text, reference, verdict, **cells):
    """A row of verification from ``subject predicate object``."""
    subject, predicate, object_ = text.split()
    given = {
        "says": "What the review says.",
        "primary_says": "What the paper says.",
        "read": "abstract",
        "where": "Results",
        "section": "3.2",
    }
    triple = {"subject": subject, "predicate": predicate, "object": object_}
    return row("verification", **triple, reference=reference, verdict=verdict, **(given | cells))


def review_with(references=None, more=(), verification=(), skin_rows=True):
    """The review's tables; ``references`` are cells to change, by id; ``more`` are statements."""
    rows = dict(REVIEW.rows)
    changed = references or {}
    rows["references"] = tuple(
        replace(r, cells=r.cells | changed.get(r.cells["id"], {})) for r in rows["references"]
    )
    placed = [
        said(" ".join(triple), "review", basis="inferred", paraphrase="", note="By its name.")
        for triple in SKIN_ROWS
        if skin_rows
    ]
    rows["statements"] = (*rows["statements"], *placed, *more)
    rows["verification"] = tuple(verification)
    return replace(REVIEW, rows=rows)


def literature(*statements, references=(), entities=()):
    """A source of paraphrases. References are those of the statements, with cells to add by id."""
    added = dict(references)
    ids = sorted({s.cells["reference"] for s in statements} | added.keys())
    rows = dict.fromkeys(COLUMNS, ()) | {
        "statements": tuple(statements),
        "references": tuple(
            row("references", **({"id": id, "kind": "article"} | added.get(id, {}))) for id in ids
        ),
        "entities": tuple(
            row("entities", id=id, type=kind, label_en=en, label_zh=zh)
            for id, kind, en, zh in entities
        ),
    }
    source = Source(
        *("literature", "Papers", "文献", "CC-BY-4.0", "2026-11-24", "paraphrases"),
        sections=("abstract", "results"),
    )
    return Tables(Path("literature"), source, rows)


def joined(*tables):
    """The knowledge base of tables that pass all checks."""
    problems = [p for p in checks.run(tables, None) if p.severity == "error"]
    assert problems == []
    return assemble(tables)


def write(tables, folder):
    """The tables as files, for the command line."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.rows.items():
        lines = ["\t".join(COLUMNS[table])]
        lines += ["\t".join(r.cells[c] for c in COLUMNS[table]) for r in rows]
        (folder / file_of(table)).write_text("\n".join(lines) + "\n", encoding="utf-8")
    s = tables.source
    sections = ", ".join(f'"{name}"' for name in s.sections)
    settings = f"""
        title_en = "{s.title_en}"\n title_zh = "{s.title_zh}"\n licence = "{s.licence}"
        date = "{s.date}"\n evidence = "{s.evidence}"\n sections = [{sections}]
    """
    if s.text:
        settings += f'text = "{s.text}"\ntext_sha256 = "{s.text_sha256}"\n'
    (folder / "source.toml").write_text(settings, encoding="utf-8")
