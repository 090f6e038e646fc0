# SPDX-License-Identifier: Apache-2.0
"""The statements of one source as four numbers each: subject, object, reference, and form.

A form is a statement without these three. What millions of edges say repeats itself, so there are
few forms, and a statement takes 16 bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from exograph import vocab
from exograph.columns.packed import Bytes, Packed, line
from exograph.ids import canonical
from exograph.model import Claim, Entity, KnowledgeBase, Reference, Source, Statement
from exograph.records import decode, encode

Ints: TypeAlias = npt.NDArray[np.int32]

ENDS = ("subject", "object", "reference")
COLUMNS = (*ENDS, "form")
PREDICATES = tuple(sorted(vocab.PREDICATES))
"""By number: in the order of claims."""

_NUMBER = {name: n for n, name in enumerate(PREDICATES)}


@dataclass(frozen=True, eq=False)
class Rows:
    """Row ``i`` says that ``reference[i]`` supports or denies something of ``subject[i]`` and
    ``object[i]``, in the manner of ``forms[form[i]]``.

    Ends are numbers of ``nodes``, sorted ids; not all of them need be among ``entities``, which
    are those of this source. Rows stand by subject, predicate and object, and differ.
    """

    source: Source
    entities: Packed[Entity]
    references: Packed[Reference]
    forms: tuple[Statement, ...]
    nodes: Bytes
    subject: Ints
    object: Ints
    reference: Ints
    form: Ints

    @classmethod
    def of(
        cls,
        source: Source,
        entities: Iterable[Entity],
        references: Iterable[tuple[str, bytes]],
        forms: Iterable[Statement],
        nodes: Iterable[str],
        columns: dict[str, npt.NDArray[Any]],
    ) -> tuple[Rows, npt.NDArray[np.int64]]:
        """Rows in any order, and where each stood; what says the same as one before is left out.

        Columns count nodes, references and forms in the order that is given here; references are
        given as ``Packed.of_lines`` takes them.
        """
        packed, cited = Packed.of(Entity, entities), list(references)
        held, ids = tuple(forms), list(nodes)
        to_node, sorted_nodes = _ranked(ids)
        to_reference, _ = _ranked([id for id, _ in cited])
        subject, object_ = to_node[columns["subject"]], to_node[columns["object"]]
        reference, form = to_reference[columns["reference"]], columns["form"].astype(np.int32)
        triple = subject.astype(np.int64) * len(PREDICATES) + predicates(held)[form]
        triple = triple * max(len(ids), 1) + object_
        manner = reference.astype(np.int64) * max(len(held), 1) + form
        order = np.lexsort((manner, triple))
        table = [column[order] for column in (subject, object_, reference, form)]
        new = np.ones(len(order), np.bool_)
        new[1:] = np.any([column[1:] != column[:-1] for column in table], axis=0)
        kept = [np.ascontiguousarray(column[new]) for column in table]
        rows = cls(source, packed, Packed.of_lines(Reference, cited), held, sorted_nodes, *kept)
        return rows, order[new]

    @classmethod
    def of_kb(cls, kb: KnowledgeBase) -> Rows:
        """The entities, references and statements of a knowledge base of one source."""
        (source,) = kb.sources
        statements = kb.statements
        nodes = sorted({id for s in statements for id in (s.subject, s.object)})
        forms = {form: n for n, form in enumerate(dict.fromkeys(map(form_of, statements)))}
        node = {id: n for n, id in enumerate(nodes)}
        reference = {r.id: n for n, r in enumerate(kb.references)}
        columns = {
            "subject": [node[s.subject] for s in statements],
            "object": [node[s.object] for s in statements],
            "reference": [reference[s.reference] for s in statements],
            "form": [forms[form_of(s)] for s in statements],
        }
        counted = {name: np.array(column, np.int32) for name, column in columns.items()}
        cited = [(r.id, line(r)) for r in kb.references]
        return cls.of(source, kb.entities, cited, forms, nodes, counted)[0]

    def __len__(self) -> int:
        return len(self.form)

    def statement(self, row: int) -> Statement:
        """A row as a statement. What was retracted is not marked: only a knowledge base knows."""
        made = Statement.__new__(Statement)
        made.__dict__.update(self._bare[self.form[row]])
        made.__dict__["subject"] = self.ids[self.subject[row]]
        made.__dict__["object"] = self.ids[self.object[row]]
        made.__dict__["reference"] = self.cited[self.reference[row]]
        return made

    @cached_property
    def _bare(self) -> list[dict[str, Any]]:
        """Values of the forms, from which statements are made without asking each field."""
        names = [field.name for field in fields(Statement)]
        return [{name: getattr(form, name) for name in names} for form in self.forms]

    @cached_property
    def ids(self) -> list[str]:
        return _texts(self.nodes)

    @cached_property
    def cited(self) -> list[str]:
        """Ids of references by number."""
        return _texts(self.references.ids)

    @cached_property
    def predicate(self) -> npt.NDArray[np.uint8]:
        """Number of the predicate of each row, in ``PREDICATES``."""
        return predicates(self.forms)[self.form]

    def digests(self) -> Iterator[str]:
        """Ids of the statements, row by row, as the model gives them."""
        spelled = [_canonical(form) for form in self.forms]
        ids = [f'"{id}"' for id in self.ids]
        cited = [f'"{id}"' for id in self.cited]
        sha256 = hashlib.sha256
        for s, o, r, f in zip(*(getattr(self, name).tolist() for name in COLUMNS), strict=True):
            a, b, c, d = spelled[f]
            text = f"{a}{ids[o]}{b}{cited[r]}{c}{ids[s]}{d}"
            yield sha256(text.encode()).hexdigest()[:16]

    def kb(self) -> KnowledgeBase:
        """All of it as model objects."""
        groups: dict[tuple[str, str, str], list[Statement]] = {}
        for row in range(len(self)):
            made = self.statement(row)
            groups.setdefault((made.subject, made.predicate, made.object), []).append(made)
        return KnowledgeBase(
            sources=(self.source,),
            entities=tuple(self.entities),
            references=tuple(self.references),
            claims=tuple(
                Claim(*key, statements=tuple(sorted(held, key=lambda s: s.id)))
                for key, held in sorted(groups.items())
            ),
        )

    def save(self, folder: Path) -> None:
        """Files in a folder that is there; equal rows give equal bytes."""
        self.entities.save(folder, "entities")
        self.references.save(folder, "references")
        told = {"source": encode(self.source), "forms": [encode(form) for form in self.forms]}
        text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / "forms.json").write_bytes(f"{text}\n".encode())
        for name in ("nodes", *COLUMNS):
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Rows:
        """What ``save`` wrote, by memory map. Raises ValueError, KeyError or OSError for else."""
        told = json.loads((folder / "forms.json").read_bytes())
        held = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in ("nodes", *COLUMNS)
        }
        rows = cls(
            decode(Source, told["source"]),
            Packed.open(Entity, folder, "entities"),
            Packed.open(Reference, folder, "references"),
            tuple(decode(Statement, form) for form in told["forms"]),
            **held,
        )
        rows._check()
        return rows

    def _check(self) -> None:
        """Raises ValueError for a number that is out of its range."""
        ends = {"subject": self.nodes, "object": self.nodes, "reference": self.references.ids}
        for name in COLUMNS:
            column, many = getattr(self, name), len(ends.get(name, self.forms))
            if column.dtype != np.int32 or len(column) != len(self.form):
                raise ValueError(f"{name} holds {len(column)} {column.dtype}")
            if len(column) and not (column.min() >= 0 and column.max() < many):
                raise ValueError(f"{name} names what is not there")

    @cached_property
    def claims(self) -> int:
        """The number of different triples."""
        triples = (self.subject, self.predicate, self.object)
        new = np.any([column[1:] != column[:-1] for column in triples], axis=0)
        return int(new.sum()) + (len(self) > 0)


def form_of(statement: Statement) -> Statement:
    """A statement without what is a column of its own."""
    return replace(statement, subject="", object="", reference="")


def predicates(forms: Iterable[Statement]) -> npt.NDArray[np.uint8]:
    return np.array([_NUMBER[form.predicate] for form in forms] or [], np.uint8)


def _ranked(ids: list[str]) -> tuple[Ints, Bytes]:
    """For each id its number among the sorted ones, and these."""
    held = np.array([id.encode("ascii") for id in ids] or [], np.bytes_)
    order = np.argsort(held, kind="stable")
    rank = np.empty(len(held), np.int32)
    rank[order] = np.arange(len(held), dtype=np.int32)
    return rank, held[order]


def _texts(ids: Bytes) -> list[str]:
    return [id.decode("ascii") for id in ids.tolist()]


def _canonical(form: Statement) -> tuple[str, str, str, str]:
    """The pieces of the text that a statement's id is made of, around its object, reference and
    subject: the members of the canonical JSON stand by name."""
    marked = replace(form, subject="\x00subject", object="\x00object", reference="\x00reference")
    text = canonical(marked.told)
    pieces = []
    for name in ("object", "reference", "subject"):
        before, _, text = text.partition(f'"\\u0000{name}"')
        pieces.append(before)
    return pieces[0], pieces[1], pieces[2], text
