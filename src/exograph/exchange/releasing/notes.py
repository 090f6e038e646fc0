# SPDX-License-Identifier: Apache-2.0
"""The notes that go along with a release: how to cite it, its licences, and what its files are."""

from __future__ import annotations

import json

from exograph.exchange.citing import AUTHORS, TITLE
from exograph.exchange.licences import IRIS
from exograph.exchange.releasing.changes import plain
from exograph.exchange.releasing.dataset import ABOUT, KEYWORDS, iri_of
from exograph.exchange.releasing.release import RECORD, SUMS, Release


def citation(release: Release) -> str:
    """``CITATION.cff``: Citation File Format 1.2.0, https://citation-file-format.github.io."""
    edition = release.edition
    licences = sorted({s.licence for s in release.whole.kb.sources})
    lines = [
        "cff-version: 1.2.0",
        f"title: {_quoted(TITLE)}",
        'message: "If you use these data, please cite them, and the papers behind the claims that '
        'you use."',
        "type: dataset",
        f"abstract: {_quoted(ABOUT)}",
        f"version: {_quoted(edition.version)}",
        f"date-released: {_quoted(edition.date)}",
        "identifiers:",
        "  - type: other",
        f"    value: {_quoted(iri_of(edition.key))}",
        '    description: "The IRI of this release"',
    ]
    if all(licence in IRIS for licence in licences):  # names that are none of SPDX are not allowed
        lines += ["license:", *(f"  - {licence}" for licence in licences)]
    lines += ["authors:", f"  - name: {_quoted(AUTHORS)}"]
    lines += ["keywords:", *(f"  - {word}" for word in KEYWORDS)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text as YAML has it in double quotes, which is as in JSON."""
    return json.dumps(text, ensure_ascii=False)


def licences(release: Release) -> str:
    """``LICENSES.md``: the licence of each source, and what was left out for want of one."""
    lines = [
        "# Licences",
        "",
        "| source | title | date | licence |",
        "|---|---|---|---|",
    ]
    for s in release.whole.kb.sources:
        known = IRIS.get(s.licence)
        name = f"[{s.licence}]({known})" if known else plain(s.licence)
        lines.append(f"| `{s.id}` | {plain(s.title_en)} | {plain(s.date)} | {name} |")
    lines += [
        "",
        "Ontology, shapes and queries: CC-BY-4.0.",
        "",
        "Short quotations, in the columns `quote` and `verbatim` and wherever these are shown, are "
        "evidence taken from the works cited beside them; they remain their authors' and are not "
        "covered by these licences.",
    ]
    if release.left_out:
        lines += ["", "Left out, since no licence is known that lets them be handed on:", ""]
        lines += [f"- `{s.id}`: {plain(s.title_en)} ({plain(s.licence)})" for s in release.left_out]
    return "\n".join(lines) + "\n"


def readme(release: Release) -> str:
    """``README.md``: which file is what."""
    edition = release.edition
    changed = release.former is not None
    listed = {
        "rdf/kb.nq.gz": "all triples, as sorted N-Quads",
        "rdf/kb.ttl": "the same as Turtle",
        "jsonld/kb.jsonld": "the same as JSON-LD, from the entities on",
        "kgx/": "entities as nodes and statements as edges of the Biolink Model",
        "tables/": "what curators write; `exograph --graphs tables build` builds it all again",
        "mappings/kb.sssom.tsv": "identifiers of the entities in other ontologies",
        "ontology/": "classes, properties, SHACL shapes, prefixes, rules of evidence",
        "queries/": "questions in SPARQL, each with the rows that it must give",
        "papers/index.html": "a page for each paper: what is taken from it",
        "dataset.ttl": "what this is, for catalogues (DCAT, VoID, PROV); also as `dataset.jsonld`",
        "DATASHEET.md": "what it is good for, what not, and its gaps",
        **({"CHANGES.md": "what is new; also as `changes.json`"} if changed else {}),
        "LICENSES.md": "the licence of each source",
        "CITATION.cff": "how to cite it",
        RECORD: "which release this is",
        SUMS: f"check it with `sha256sum -c {SUMS}`",
    }
    lines = "".join(f"- `{name}`: {about}.\n" for name, about in listed.items())
    return (
        f"# {TITLE}\n\n{ABOUT}\n\nVersion {edition.version}, {edition.date}; made from snapshot "
        f"`{edition.key}`.\n\n{lines}"
    )


def record(release: Release) -> str:
    """``release.json``: which release it is, for the next one."""
    edition, former = release.edition, release.former
    told = {
        "release": "exograph",
        "version": edition.version,
        "date": edition.date,
        "key": edition.key,
        "previous": former.edition.key if former else None,
        "sources": [s.id for s in release.whole.kb.sources],
        "left_out": [s.id for s in release.left_out],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
