# SPDX-License-Identifier: Apache-2.0
"""The N-Quads of a large knowledge base, in sorted lines, without ever holding them.

What ``rdf`` makes of one statement of each form serves as the pattern for all others, so there is
one definition of the triples. Each stream gives the lines of one subject after the other, in the
order of lines; a merge of them is the whole file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from heapq import merge
from itertools import groupby
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from exograph import vocab
from exograph.columns.joined import Joined
from exograph.columns.large import LargeKnowledgeBase
from exograph.columns.packed import Bytes
from exograph.columns.rows import PREDICATES, Rows
from exograph.ids import claim_iri, entity_iri, reference_iri, statement_iri
from exograph.model import Claim, KnowledgeBase, Reference, Statement
from exograph.rdf import lines, to_nquads
from exograph.rdf.term import Triple
from exograph.rdf.write import Above, classes_above, of_claim, of_entity, of_reference

Block: TypeAlias = tuple[str, str]
"""A subject as N-Quads spell it, and its lines."""

_GATHERED = 2000
"""Blocks that are handed on together."""


def nquads(
    joined: Joined, ontology: Iterable[Triple], prefixes: Mapping[str, str]
) -> Iterator[bytes]:
    """Pieces of the file that ``rdf.to_nquads`` gives for the same as model objects.

    Some 5 µs a statement, and 60 µs an entity or reference.
    """
    kb, terms = LargeKnowledgeBase.of(joined), list(ontology)
    above = classes_above(terms)
    small = to_nquads(joined.small, terms, prefixes=prefixes).decode()
    streams = [
        _grouped(_lines(small)),
        _claims(joined, above),
        _entities(kb, prefixes, above),
        _references(kb, above),
        _sources(joined, terms, prefixes),
        _statements(kb, above),
    ]
    held: list[str] = []
    for _, blocks in groupby(merge(*streams, key=_subject), key=_subject):
        first, *others = (text for _, text in blocks)
        if others:
            several = {line for text in (first, *others) for line in _lines(text)}
            first = "".join(sorted(several))
        held.append(first)
        if len(held) == _GATHERED:
            yield "".join(held).encode()
            held.clear()
    yield "".join(held).encode()


def _subject(block: Block) -> str:
    return block[0]


def _lines(text: str) -> list[str]:
    """Lines with their ends. (``splitlines`` takes more for an end than N-Quads do.)"""
    return [f"{line}\n" for line in text.split("\n")[:-1]]


def _grouped(held: Iterable[str]) -> Iterator[Block]:
    for subject, several in groupby(held, key=lambda line: line.partition(" ")[0]):
        yield subject, "".join(several)


def _claims(joined: Joined, above: Above) -> Iterator[Block]:
    """Each claim with what it is and the names of its statements, by its id."""
    spelled = {n: _claim_pattern(name, above) for n, name in enumerate(PREDICATES)}
    ids = [id.decode("ascii") for id in joined.ids.tolist()]
    digests = joined.digests
    subject, object_ = _own_ends(joined)
    pointers, rows, predicate = joined.pointers, joined.rows, joined.predicate
    for c in joined.by_claim_id.tolist():
        held = digests[rows[pointers[c] : pointers[c + 1]]].tolist()
        if len(held) > 1:
            held.sort()
        before, statement, after = spelled[int(predicate[c])]
        node = f"<{claim_iri(joined.claim_ids[c].decode('ascii'))}>"
        told = "".join([statement.format(c=node, h=h.decode("ascii")) for h in held])
        ends = {"c": node, "s": ids[subject[c]], "o": ids[object_[c]]}
        yield node, f"{before.format(**ends)}{told}{after.format(**ends)}"


def _statements(kb: LargeKnowledgeBase, above: Above) -> Iterator[Block]:
    """Each statement of the parts, by its id."""
    joined, gone = kb.joined, kb.gone
    small = len(joined.small.statements)
    digests = joined.digests[small:]
    form = _of_parts(joined, lambda part: part.form, [len(p.forms) for p in joined.parts])
    cited = joined.cited[small:] - len(joined.small.references)
    kind = joined.reference_kind[len(joined.small.references) :].tolist()
    forms = [(part, form) for part in joined.parts for form in part.forms]
    names = [id for part in joined.parts for id in part.cited]
    lost = [name in gone for name in names]
    spelled: dict[tuple[int, int, bool], str] = {}
    for row in np.argsort(digests, kind="stable").tolist():
        number = int(cited[row])
        key = int(form[row]), kind[number], lost[number]
        if key not in spelled:
            part, sample = forms[key[0]]
            spelled[key] = _statement_pattern(part, sample, key[1], above, gone=key[2])
        node = f"<{statement_iri(digests[row].decode('ascii'))}>"
        yield node, spelled[key].format(h=node, r=names[number])


def _entities(kb: LargeKnowledgeBase, prefixes: Mapping[str, str], above: Above) -> Iterator[Block]:
    """Each entity as its sources have it, with what supported claims say of it."""
    joined = kb.joined
    ids = [id.decode("ascii") for id in joined.ids.tolist()]
    subject, object_ = _own_ends(joined)
    supported = joined.of_claims(joined.supports & ~kb.lost)
    order = np.argsort(subject, kind="stable")
    order = order[supported[order]]
    begin = np.searchsorted(subject[order], np.arange(len(ids) + 1))
    said = [_said_pattern(name, above) for name in PREDICATES]
    for n in _line_order(joined.ids).tolist():
        node = f"<{entity_iri(ids[n])}>"
        held = set(lines(of_entity(kb.as_stored(n), prefixes, above)))
        for c in order[begin[n] : begin[n + 1]].tolist():
            other = ids[object_[c]]
            held.update([line.format(s=ids[n], o=other) for line in said[joined.predicate[c]]])
        yield node, "".join(sorted(held))


def _references(kb: LargeKnowledgeBase, above: Above) -> Iterator[Block]:
    """Each reference; one of a paper that only its PubMed id tells, after a pattern."""
    ids = kb.reference_ids
    spelled: dict[str, str] = {}
    for n in _line_order(ids).tolist():
        known = kb.references[n]
        node = f"<{reference_iri(known.id)}>"
        if known == Reference(known.id, "cited", known.source, study=known.study, pmid=known.pmid):
            if known.source not in spelled:
                spelled[known.source] = _paper_pattern(known.source, above)
            yield node, spelled[known.source].format(r=known.id, n=known.pmid, t=known.study)
        else:
            yield node, "".join(sorted(set(lines(of_reference(known, above)))))


def _paper_pattern(source: str, above: Above) -> str:
    """The lines of a reference of which only the PubMed id and the study are known."""
    sample = Reference("r", "cited", source, study="t", pmid="0")
    text = "".join(sorted(set(lines(of_reference(sample, above)))))
    for mark, place in (('"t"', '"{t}"'), ('"0"', '"{n}"')):
        text = text.replace(mark, place)
    return _ends(text)


def _sources(
    joined: Joined, ontology: Iterable[Triple], prefixes: Mapping[str, str]
) -> Iterator[Block]:
    held = KnowledgeBase(sources=tuple(part.source for part in joined.parts))
    told = to_nquads(held, ontology, prefixes=prefixes).decode()
    return _grouped(_lines(told))


def _own_ends(joined: Joined) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Subject and object of each claim as its statements have them, as numbers of ``ids``."""
    first = joined.rows[joined.pointers[:-1]]
    subject, _, object_ = joined.own_triples
    return subject[first], object_[first]


def _of_parts(
    joined: Joined, column: Callable[[Rows], npt.NDArray[Any]], lengths: list[int]
) -> npt.NDArray[np.int64]:
    """A column of all parts, counting on from part to part."""
    before = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)
    held = [column(part) + first for part, first in zip(joined.parts, before, strict=True)]
    return np.concatenate(held)


def _line_order(ids: Bytes) -> npt.NDArray[np.int64]:
    """The order of the lines of these: in a line an id is followed by ``>``."""
    return np.argsort(np.char.add(ids, b">"), kind="stable")


_MARKS = {entity_iri("s"): "{s}", entity_iri("o"): "{o}", reference_iri("r"): "{r}"}


def _claim_pattern(predicate: str, above: Above) -> tuple[str, str, str]:
    """What stands before the statements of a claim, one of these, and what stands behind."""
    sample = Statement("s", predicate, "o", "r", "", "")
    claim = Claim("s", predicate, "o", (sample,))
    own = f"<{claim_iri(claim.id)}>"
    held = sorted(set(_sample(KnowledgeBase(), claim, above, own)))
    told = f"<{statement_iri(sample.id)}>"
    at = next(n for n, line in enumerate(held) if told in line)
    texts = [_escaped(line).replace(_escaped(own), "{c}") for line in held]
    statement = texts[at].replace(_escaped(told), f"<{statement_iri('')}{{h}}>")
    return _ends("".join(texts[:at])), statement, _ends("".join(texts[at + 1 :]))


def _said_pattern(predicate: str, above: Above) -> list[str]:
    """The lines that say a supported claim itself."""
    claim = Claim("s", predicate, "o", (Statement("s", predicate, "o", "r", "", ""),))
    own = f"<{entity_iri('s')}>"
    return [_ends(_escaped(line)) for line in _sample(KnowledgeBase(), claim, above, own)]


def _statement_pattern(part: Rows, form: Statement, kind: int, above: Above, *, gone: bool) -> str:
    """The lines of a statement of a form, citing a reference of a kind."""
    sample = replace(form, subject="s", object="o", reference="r", retracted=gone)
    notice = "retracted" if gone else None
    cited = Reference("r", vocab.REFERENCE_KINDS[kind], part.source.id, retraction=notice)
    claim = Claim("s", form.predicate, "o", (sample,))
    kb = KnowledgeBase(sources=(part.source,), references=(cited,), claims=(claim,))
    own = f"<{statement_iri(sample.id)}>"
    held = sorted(set(_sample(kb, claim, above, own)))
    return _ends("".join(_escaped(line).replace(_escaped(own), "{h}") for line in held))


def _sample(kb: KnowledgeBase, claim: Claim, above: Above, subject: str) -> Iterator[str]:
    return (line for line in lines(of_claim(kb, claim, above)) if line.startswith(f"{subject} "))


def _escaped(line: str) -> str:
    return line.replace("{", "{{").replace("}", "}}")


def _ends(text: str) -> str:
    """A pattern with places for the ends and the reference of the sample."""
    for iri, mark in _MARKS.items():
        text = text.replace(f"<{iri}>", f"<{iri[:-1]}{mark}>")
    return text
