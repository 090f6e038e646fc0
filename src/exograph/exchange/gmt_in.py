# SPDX-License-Identifier: Apache-2.0
"""GMT: sets of genes, one on a line: its name, a word or an address, and the symbols of its genes.

A set is a pathway and each gene a member of it. The file names genes by symbols and tells neither
species nor database, so no identifier is made up: a symbol stands for the gene product here that
alone bears it as a name, else it is a node ``symbol:…`` of its own, which is one thing with nothing
else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from exograph import vocab
from exograph.exchange.incoming import Edge, Node, Place, Record, Reject
from exograph.exchange.opening import Lines, text_of
from exograph.model import KnowledgeBase

_GENES = frozenset({"GeneProduct", *vocab.RNA})
_KINDS = {
    "GOBP_": "biolink:BiologicalProcess",
    "GOCC_": "biolink:CellularComponent",
    "GOMF_": "biolink:MolecularActivity",
    "HP_": "biolink:PhenotypicFeature",
}
"""What a set is by the beginning of its name, as MSigDB names sets; all others are pathways."""

_REACTOME = re.compile(r"R-[A-Z]{3}-\d+\Z")
_WIKIPATHWAYS = re.compile(r"(?:https?://(?:www\.)?wikipathways\.org/\S*/)?(WP\d+)(?:_r\d+)?\Z")
_CURIE = re.compile(r"(?:GO|HP|REACT|KEGG|WIKIPATHWAYS|MONDO):\w+\Z")
_WEIGHTED = re.compile(r"(.+),(\d+(?:\.\d+)?)\Z")
_LONGEST = 60
_NOTHING = ("na", "n/a", "null", "-")


def read(path: Path, known: KnowledgeBase) -> Iterator[Record | Reject]:
    """Sets, genes and memberships. Raises InputError for what makes the file unreadable."""
    names = bearers(known)
    seen: set[str] = set()
    with text_of(path) as text:
        for number, line in enumerate(Lines(text, str(path)), 1):
            if line.strip():
                yield from _set(line, Place(str(path), number), names, seen)


def bearers(known: KnowledgeBase) -> dict[str, str]:
    """The id of the gene product or RNA that alone bears a name, by name."""
    found: dict[str, set[str]] = {}
    genes = set()
    for entity in known.entities:
        if entity.type in _GENES:
            genes.add(entity.id)
        for name in {entity.label_en, *entity.synonyms}:
            found.setdefault(name, set()).add(entity.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1 and ids <= genes}


def _set(
    line: str, place: Place, names: Mapping[str, str], seen: set[str]
) -> Iterator[Record | Reject]:
    name, _, rest = line.rstrip("\r\n").partition("\t")
    told, _, listed = rest.partition("\t")
    members = list(dict.fromkeys(cell.strip() for cell in listed.split("\t") if cell.strip()))
    if not name.strip() or not members:
        reason = "a set needs a name, a word on it, and genes, with tabs between."
        yield Reject("I203", "set without genes", reason, place, {"line": line[:2000]}, False)
        return
    id = _id(name.strip(), told.strip())
    kind = next((kind for start, kind in _KINDS.items() if name.startswith(start)), None)
    fields = {"id": (id,), "category": (kind or "biolink:Pathway",), "name": (name.strip(),)}
    if told.strip() and told.strip() not in id and told.strip().lower() not in _NOTHING:
        fields["description"] = (told.strip(),)
    yield Node(id, fields, place)
    for member in members:
        weighted = _WEIGHTED.match(member)
        symbol = weighted[1] if weighted else member
        weight = {"weight": (weighted[2],)} if weighted else {}
        if symbol.isdigit() or len(symbol) > _LONGEST or not _is_symbol(symbol):
            kind = "member that is a number" if symbol.isdigit() else "member that is no symbol"
            raw: dict[str, object] = {"subject": symbol, "predicate": "biolink:member_of"}
            reason = f"{symbol[:80]!r} is no symbol of a gene."
            yield Reject("I211", kind, reason, place, raw | {"object": id})
            continue
        gene = names.get(symbol)
        if gene is None:
            gene = f"symbol:{symbol}"
            if symbol not in seen:
                seen.add(symbol)
                yield Node(gene, {"category": ("biolink:Gene",), "name": (symbol,)}, place)
        yield Edge(gene, "biolink:member_of", id, weight, place)


def _is_symbol(text: str) -> bool:
    return text.isprintable() and not any(c.isspace() for c in text)


def _id(name: str, told: str) -> str:
    """The CURIE of a set: what the line itself says it is, else one that is made of its name.

    >>> _id("VEGF signaling", "R-HSA-194138"), _id("A set", "na")
    ('REACT:R-HSA-194138', 'geneset:A%20set')
    """
    if _REACTOME.match(told):
        return f"REACT:{told}"
    if found := _WIKIPATHWAYS.match(told):
        return f"WIKIPATHWAYS:{found[1]}"
    if _CURIE.match(told):
        return told
    if told.startswith(("http://", "https://")) and not any(c.isspace() for c in told):
        return told
    return f"geneset:{quote(name, safe='')}"
