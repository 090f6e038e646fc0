# SPDX-License-Identifier: Apache-2.0
"""Mappings that follow from names alone, and the reading and writing of ``identifiers.sssom.tsv``.

What a name does not settle is decided by a person, in the file itself; a subject that has a row
there is never touched again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from terms import Hints

from exograph.checks.extract import Term
from exograph.kb.finding import fold
from exograph.tables.columns import COLUMNS

EXACT, CLOSE = "skos:exactMatch", "skos:closeMatch"
LEXICAL, MANUAL = "semapv:LexicalMatching", "semapv:ManualMappingCuration"
NONE = "sssom:NoTermFound"

HEAD = """\
#curie_map:
{curies}
#license: https://creativecommons.org/licenses/by/4.0/
#mapping_set_id: https://w3id.org/exograph/source/{source}/identifiers
#mapping_set_title: Outside identifiers of the entities of {source}
#comment: A row with sssom:NoTermFound says why no term was taken. It begins with Not held where \
the files hold none of that name.
"""
_OWN = {
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
}


@dataclass(frozen=True, slots=True)
class Entity:
    id: str
    type: str
    label: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Mapping_:
    """One row: the columns that a person decides; the others follow from the term."""

    subject: str
    predicate: str
    object: str
    justification: str
    comment: str


PREFIXES: dict[str, tuple[str, ...]] = {
    "Tissue": ("UBERON", "GO"),
    "CellType": ("CL", "CLO"),
    "Vesicle": ("GO",),
    "GeneProduct": ("HGNC",),
    "LongNoncodingRNA": ("HGNC",),
    "ProteinFamily": ("FPLX",),
    "ProteinComplex": ("FPLX",),
    "Chemical": ("CHEBI",),
    "Pathway": ("reactome", "GO"),
    "BiologicalProcess": ("GO",),
    "HealingPhase": ("GO",),
    "Organism": ("NCBITaxon",),
    "Method": ("ECO",),
}
"""Where the names of each kind are looked up. Micro-RNAs have a rule of their own."""


class Names:
    """Terms by prefix and folded name, each with the words that say where the name stands."""

    def __init__(self, terms: Mapping[str, Term], hints: Hints) -> None:
        self.terms = terms
        self._found: dict[tuple[str, str], dict[str, tuple[int, str]]] = {}
        for term in terms.values():
            if term.obsolete:
                continue
            named = [(term.label, 0, "label"), *((n, 1, "synonym") for n in term.synonyms)]
            named += [(n, 2, file) for n, file in hints.get(term.curie, ())]
            if term.curie.startswith("ECO:"):
                named = [(n.removesuffix(" evidence"), rank, how) for n, rank, how in named]
            for name, rank, how in named:
                for key in fold(name):
                    kept = self._found.setdefault((term.curie.partition(":")[0], key), {})
                    if rank < kept.get(term.curie, (9, ""))[0]:
                        kept[term.curie] = (rank, f"{name!r}, {how}")
        self._by_symbol: dict[tuple[str, str], list[Term]] = {}
        for term in terms.values():
            if term.kind == "gene" and not term.obsolete:
                key = (term.curie.partition(":")[0], term.label.casefold())
                self._by_symbol.setdefault(key, []).append(term)

    def of(self, prefix: str, name: str) -> dict[str, tuple[int, str]]:
        """Terms so named, with a rank (0 label, 1 synonym, 2 elsewhere) and where the name is."""
        found: dict[str, tuple[int, str]] = {}
        for key in fold(name):
            for curie, (rank, how) in self._found.get((prefix, key), {}).items():
                if rank < found.get(curie, (9, ""))[0]:
                    found[curie] = (rank, how)
        return found

    def named(self, prefix: str, symbol: str) -> list[str]:
        """Genes with this symbol, in whatever case."""
        return [t.curie for t in self._by_symbol.get((prefix, symbol.casefold()), [])]

    def orthologs(self, symbol: str) -> Iterator[Term]:
        """The mouse and the rat gene of the same symbol, where there is exactly one."""
        for prefix in ("MGI", "RGD"):
            same = self._by_symbol.get((prefix, symbol.casefold()), [])
            if len(same) == 1:
                yield same[0]


def candidates(entity: Entity, names: Names) -> tuple[str, ...]:
    """Identifiers that the sources hold under a name of the entity: what "holds one" means here."""
    if entity.type == "MicroRNA":
        return tuple(t.curie for t in _micro_rnas(entity.label, names))
    found: dict[str, None] = {}
    for prefix in PREFIXES.get(entity.type, ()):
        for name in (entity.label, *entity.synonyms, entity.id):
            found |= dict.fromkeys(names.of(prefix, _bare(name)))
    return tuple(found)


def draft(entity: Entity, names: Names) -> Iterator[Mapping_]:
    """The mappings that names settle; none if they settle nothing."""
    if entity.type in ("GeneProduct", "LongNoncodingRNA"):
        yield from _gene(entity, names)
    elif entity.type == "MicroRNA":
        yield from _micro_rna(entity, names)
    elif entity.type == "ClinicalTrial":
        for number in re.findall(r"NCT[0-9]{8}", entity.label)[:1]:
            comment = "The number of the registry is the name."
            yield Mapping_(entity.id, EXACT, f"clinicaltrials:{number}", LEXICAL, comment)
    else:
        yield from _term(entity, names)


def _bare(name: str) -> str:
    return name.removeprefix("lncRNA ")


def _gene(entity: Entity, names: Names) -> Iterator[Mapping_]:
    """The one human gene that the label names; where it names several, the id or a synonym tells.

    A symbol goes before a synonym. Where no human name fits, the synonyms of the mouse or the rat
    gene count, if the human gene has the same symbol.
    """
    label = _bare(entity.label)
    found = names.of("HGNC", label)
    how = ""
    if found:
        best = min(rank for rank, _ in found.values())
        first = [c for c, (rank, _) in found.items() if rank == best]
        if len(first) > 1 or (best > 0 and len(found) > 1):
            told = {_bare(n).casefold() for n in (*entity.synonyms, entity.id)}
            first = [c for c in found if names.terms[c].label.casefold() in told]
            how = ", one of several genes so called; the symbol among the names decides"
        if len(first) != 1:
            return
        curie = first[0]
        how = f"The label stands there: {found[curie][1]}{how}."
    else:
        other = {
            (names.terms[c].label.casefold(), at)
            for prefix in ("MGI", "RGD")
            for c, (_, at) in names.of(prefix, label).items()
        }
        human = {c for symbol, _ in other for c in names.named("HGNC", symbol)}
        where = min((at for _, at in other), default="")
        how = f"The label stands with the mouse or rat gene of the same symbol: {where}."
        if not other:
            human = {c for name in entity.synonyms for c in names.named("HGNC", name)}
            how = "A synonym of the entity is the approved symbol."
        if len(human) != 1:
            return
        (curie,) = human
    yield Mapping_(entity.id, EXACT, curie, LEXICAL, how)
    for term in names.orthologs(names.terms[curie].label):
        which = "Mouse" if term.curie.startswith("MGI") else "Rat"
        comment = f"{which} gene of the same symbol."
        yield Mapping_(entity.id, CLOSE, term.curie, LEXICAL, comment)


_NAME = re.compile(r"(?:miR-|let-)\w+(?P<arm>-[35]p)?\Z", re.IGNORECASE)


def _micro_rnas(label: str, names: Names) -> Iterator[Term]:
    """Human: the mature form of a name with an arm; precursors and mature forms of one without."""
    if not (match := _NAME.match(label)):
        return
    stem = re.escape(label.lower())
    if match["arm"]:
        pattern = re.compile(rf"hsa-{stem}\Z")
    else:
        pattern = re.compile(rf"hsa-{stem}(?:-\d+|-[35]p)?\Z")
    for term in names.terms.values():
        if "microRNA" in term.kind and pattern.match(term.label.lower()):
            yield term


def _micro_rna(entity: Entity, names: Names) -> Iterator[Mapping_]:
    arm = (match := _NAME.match(entity.label)) and match["arm"]
    for term in _micro_rnas(entity.label, names):
        if arm and term.kind == "mature microRNA":
            comment = "The human mature form of the same name."
            yield Mapping_(entity.id, EXACT, term.curie, LEXICAL, comment)
        elif not arm and term.kind == "microRNA precursor":
            comment = "Human precursor; the name does not tell which mature form is meant."
            yield Mapping_(entity.id, CLOSE, term.curie, LEXICAL, comment)


def _term(entity: Entity, names: Names) -> Iterator[Mapping_]:
    """The one term whose label or exact synonym is the label or, failing that, a synonym."""
    for name in (entity.label, *entity.synonyms):
        for prefix in PREFIXES.get(entity.type, ()):
            found = names.of(prefix, name)
            if len(found) == 1:
                ((curie, (_, how)),) = found.items()
                predicate = CLOSE if entity.type == "Method" else EXACT
                comment = f"{name!r} stands there: {how}."
                if entity.type == "Method":
                    comment += " The term is evidence by this method."
                yield Mapping_(entity.id, predicate, curie, LEXICAL, comment)
                return


def read_entities(folder: Path) -> list[Entity]:
    rows = _table(folder / "entities.tsv")
    return [
        Entity(r["id"], r["type"], r["label_en"], tuple(filter(None, r["synonyms"].split("|"))))
        for r in rows
    ]


def _table(path: Path) -> list[dict[str, str]]:
    lines = [x for x in path.read_text(encoding="utf-8").split("\n") if x and x[0] != "#"]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def read_mappings(path: Path) -> list[Mapping_]:
    if not path.exists():
        return []
    return [
        Mapping_(
            row["subject_id"].removeprefix("entity:"),
            *(row["predicate_id"], row["object_id"], row["mapping_justification"], row["comment"]),
        )
        for row in _table(path)
    ]


def write_mappings(
    path: Path,
    mappings: Iterable[Mapping_],
    entities: Iterable[Entity],
    terms: Mapping[str, Term],
    prefixes: Mapping[str, str],
) -> None:
    """Writes the file anew, sorted; labels and versions come from the entities and terms."""
    label = {e.id: e.label for e in entities}
    mappings = sorted(set(mappings))
    used = {"entity", *(m.object.partition(":")[0] for m in mappings)} - _OWN.keys()
    curies = sorted((_OWN | {prefix: prefixes[prefix] for prefix in used}).items())
    told = "\n".join(f"#  {prefix}: {iri}" for prefix, iri in curies)
    lines = [HEAD.format(curies=told, source=path.parent.name)]
    lines.append("\t".join(COLUMNS["identifiers"]) + "\n")
    for m in mappings:
        if m.object == NONE:
            seen = ("", "")
        elif m.object.startswith("clinicaltrials:"):
            seen = (m.object.partition(":")[2], "")
        else:
            term = terms[m.object]
            seen = (term.label, term.state)
        cells = {
            "subject_id": f"entity:{m.subject}",
            "subject_label": label[m.subject],
            "predicate_id": m.predicate,
            "object_id": m.object,
            "object_label": seen[0],
            "mapping_justification": m.justification,
            "object_source": "" if m.object == NONE else prefixes[m.object.partition(":")[0]],
            "object_source_version": seen[1],
            "comment": m.comment,
        }
        lines.append("\t".join(cells[c] for c in COLUMNS["identifiers"]) + "\n")
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
