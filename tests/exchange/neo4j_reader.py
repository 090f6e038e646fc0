# SPDX-License-Identifier: Apache-2.0
"""Reads tables as ``neo4j-admin database import`` is documented to, and stricter.

https://neo4j.com/docs/operations-manual/current/import/ (CSV header format): one record a line,
cells quoted by doubling, an empty cell without quotes is absent, types in the header. What the
program mends or passes over (a value of another type, a missing end) is an error here.
"""

import re
from dataclasses import dataclass, field

CELL = re.compile(r'"((?:[^"\r\n]|"")*)"|([^",\r\n]*)')
FIELD = re.compile(
    r"(?P<name>[a-z_]*)"
    r"(?::(?P<type>ID|LABEL|START_ID|END_ID|TYPE|int|boolean|string)"
    r"(?P<array>\[\])?(?:\((?P<space>[A-Za-z]+)\))?)?\Z"
)
CONVERT = {
    "string": str,
    "int": lambda text: int(re.fullmatch(r"-?[0-9]+", text)[0]),
    "boolean": {"true": True, "false": False}.__getitem__,
}


@dataclass
class Database:
    """Nodes by space and id, each with labels and properties; relationships in order."""

    nodes: dict[tuple[str, str], tuple[frozenset[str], dict]] = field(default_factory=dict)
    relationships: list[tuple[tuple[str, str], str, tuple[str, str], dict]] = field(
        default_factory=list
    )

    def of(self, type: str) -> list:
        return [r for r in self.relationships if r[1] == type]


def cells(line: str) -> list[str | None]:
    found, at = [], 0
    while True:
        match = CELL.match(line, at)
        quoted, bare = match.groups()
        found.append(bare or None if quoted is None else quoted.replace('""', '"'))
        at = match.end()
        if at == len(line):
            return found
        assert line[at] == ",", f"what follows a cell is no comma: {line[at:]!r}"
        at += 1


def records(data: bytes):
    """The fields of the header, and each record by position."""
    text = data.decode("utf-8")
    assert text.endswith("\n") and "\r" not in text
    header, *lines = text[:-1].split("\n")
    fields = [FIELD.match(cell) for cell in header.split(",")]
    assert all(fields), header
    names = [f["name"] for f in fields if f["name"]]
    assert len(set(names)) == len(names), "a property is named twice"
    rows = [cells(line) for line in lines]
    for row in rows:
        assert len(row) == len(fields), f"{len(row)} cells under {len(fields)} fields"
        assert "" not in row, "an empty text"
    return [f.groupdict() for f in fields], rows


def properties(fields, row):
    held = {}
    for f, cell in zip(fields, row, strict=True):
        if cell is None or f["type"] in ("LABEL", "TYPE", "START_ID", "END_ID"):
            continue
        convert = CONVERT.get(f["type"] or "string", str)
        if f["array"]:
            parts = cell.split(";")
            assert all(parts), "an empty text in an array"
            held[f["name"]] = [convert(part) for part in parts]
        else:
            held[f["name"]] = convert(cell)
    return held


def load(tables: dict[str, bytes]) -> Database:
    """Tables with an ID are of nodes, the others of relationships; those come last."""
    database, later = Database(), []
    for data in tables.values():
        fields, rows = records(data)
        types = [f["type"] for f in fields]
        if "ID" not in types:
            assert sorted(t for t in types if t and t.isupper()) == ["END_ID", "START_ID", "TYPE"]
            later.append((fields, rows))
            continue
        assert types.count("ID") == types.count("LABEL") == 1
        space = fields[types.index("ID")]["space"]
        for row in rows:
            key = space, row[types.index("ID")]
            assert key not in database.nodes, f"{key} is there twice"
            labels = frozenset(row[types.index("LABEL")].split(";"))
            database.nodes[key] = labels, properties(fields, row)
    for fields, rows in later:
        types = [f["type"] for f in fields]
        start, end = types.index("START_ID"), types.index("END_ID")
        for row in rows:
            ends = [(fields[i]["space"], row[i]) for i in (start, end)]
            assert all(key in database.nodes for key in ends), f"no such end: {ends}"
            type = row[types.index("TYPE")]
            assert re.fullmatch("[A-Z_]+", type)
            database.relationships.append((ends[0], type, ends[1], properties(fields, row)))
    return database
