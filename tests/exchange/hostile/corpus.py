# SPDX-License-Identifier: Apache-2.0
"""Files that break readers, made anew each time: what is in them, and what must become of them."""

import gzip
import io
import os
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MB = 1 << 20


@dataclass(frozen=True)
class Case:
    """A hostile file. ``make`` gives its bytes, or writes it itself.

    ``code`` refuses the whole file. Without one the file is taken in: ``stored`` nodes and edges
    are, and records are refused for the ``kinds``.
    """

    name: str
    make: bytes | Callable[[Path], None]
    code: str = ""
    stored: tuple[int, int] = (0, 0)
    kinds: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    def write(self, folder: Path) -> Path:
        path = folder / self.name
        if callable(self.make):
            self.make(path)
        else:
            path.write_bytes(self.make)
        return path


# ------------------------------------------------------------------ XML

RDF = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.org/">'
    b'<rdf:Description rdf:about="http://e.org/a">'
)
END = b"</rdf:Description></rdf:RDF>"
GPML = b'<Pathway xmlns="http://pathvisio.org/GPML/2013a" Version="WP1_r1">'


def entities(count: int, times: int) -> bytes:
    """Entities each of which stands for several of the one before."""
    made = b'<!ENTITY e0 "ha">'
    for n in range(1, count):
        made += b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * times)
    return b"<!DOCTYPE x [" + made + b"]>"


def drawn(*interactions: tuple[str, str, str]) -> bytes:
    """A drawing of two genes and lines between them: ends and arrowhead."""
    genes = "".join(
        f'<DataNode TextLabel="G{n}" GraphId="g{n}" Type="GeneProduct">'
        f'<Xref Database="Entrez Gene" ID="{n}" /></DataNode>'
        for n in (1, 2)
    )
    lines = "".join(
        f'<Interaction><Graphics><Point GraphRef="{a}" />'
        f'<Point GraphRef="{b}" ArrowHead="{head}" /></Graphics></Interaction>'
        for a, b, head in interactions
    )
    return GPML + (genes + lines).encode() + b"</Pathway>"


XML = [
    Case("laughs.rdf", entities(30, 10) + RDF + b"<e:x>&e29;</e:x>" + END, "I111"),
    Case("laughs.gpml", entities(30, 10) + GPML + b"<Comment>&e29;</Comment></Pathway>", "I111"),
    Case(
        "quadratic.rdf",
        b'<!DOCTYPE x [<!ENTITY a "'
        + b"a" * 100_000
        + b'">]>'
        + RDF
        + b"<e:x>"
        + b"&a;" * 20_000
        + b"</e:x>"
        + END,
        "I111",
    ),
    Case(
        "file.owl",
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + RDF + b"<e:x>&a;</e:x>" + END,
        "I111",
    ),
    Case(
        "parameter.rdf",
        b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]>' + RDF + END,
        "I111",
    ),
    Case("dtd.rdf", b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + RDF + END, "I111"),
    Case("undeclared.rdf", RDF + b"<e:x>&nothing;</e:x>" + END, "I112"),
    Case("deep.rdf", RDF + b"<e:x><rdf:Description>" * 200_000, "I111"),
    Case("deep.gpml", GPML + b"<Comment>" * 200_000, "I111"),
    Case("text.rdf", RDF + b"<e:x>" + b"x" * 50 * MB + b"</e:x>" + END, "I111"),
    Case("attribute.rdf", RDF + b'<e:x e:y="' + b"x" * 50 * MB + b'"/>' + END, "I111"),
    Case("comment.rdf", RDF + b"<!--" + b"x" * 50 * MB + b"-->" + END, "I111"),
    Case(
        "attributes.rdf",
        RDF + b"<e:x " + b" ".join(b'e:a%d=""' % n for n in range(50_000)) + b"/>" + END,
        "I111",
    ),
    Case("cut.rdf", RDF + b"<e:x>a</e:x>", "I112"),
    Case("utf16.rdf", (RDF + END).decode().encode("utf-16"), "I102"),
    Case(
        "declared-latin.rdf",
        b'<?xml version="1.0" encoding="latin-1"?>' + RDF + b"<e:x>\xe9</e:x>" + END,
        "I102",
    ),
    Case("gbk.rdf", RDF + "<e:x>血管</e:x>".encode("gbk") + END, "I112"),
    Case("empty.rdf", b"", "I112"),
    Case("page.gpml", b"<html><body/></html>", "I112"),
    Case(
        "loops.gpml",
        drawn(
            ("g1", "g1", "mim-inhibition"),
            ("g1", "g2", "mim-stimulation"),
            ("g2", "g1", "TBar"),
            ("g1", "g9", "TBar"),
            ("g1", "g2", "Arrow"),
        ),
        stored=(2, 3),
        kinds=("interaction that ends at anchor", "arrow Arrow"),
    ),
]

# ------------------------------------------------------------------ RDF

CATEGORY = "<https://w3id.org/biolink/vocab/category> <https://w3id.org/biolink/vocab/{}> .\n"
INTERACTS = "<https://w3id.org/biolink/vocab/interacts_with>"
GO = "<http://purl.obolibrary.org/obo/{}>"


def gene(name: str, kind: str = "Gene") -> str:
    return f"{GO.format(name)} {CATEGORY.format(kind)}"


def interacts(one: str, other: str) -> str:
    return f"{GO.format(one)} {INTERACTS} {GO.format(other)} .\n"


def terms(count: int) -> bytes:
    """A context in which each term is told by the next."""
    told = ", ".join(f'"t{n}": "t{n + 1}:x"' for n in range(count))
    return f'{{"@context": {{{told}}}, "t0": 1}}'.encode()


def json_ld(context: str) -> bytes:
    return b'{"@context": ' + context.encode() + b', "@id": "http://e.org/a", "name": "x"}'


TWO = gene("X_1") + gene("X_2")
RDFS = [
    Case("remote.jsonld", json_ld('"http://127.0.0.1:9/context.jsonld"'), "I113"),
    Case(
        "remote-in-list.jsonld",
        json_ld('[{"name": "http://e.org/n"}, "https://127.0.0.1:9/"]'),
        "I113",
    ),
    Case("import.jsonld", json_ld('{"@version": 1.1, "@import": "http://127.0.0.1:9/"}'), "I113"),
    Case("file.jsonld", json_ld('"file:///etc/hostname"'), "I113"),
    Case("deep.jsonld", b'{"http://e.org/n": ' * 200_000, "I111"),
    Case("list.jsonld", b'{"@id": "http://e.org/a", "http://e.org/n": ' + b"[" * 200_000, "I111"),
    Case(
        "text.jsonld",
        b'{"@id": "http://e.org/a", "http://e.org/n": "' + b"x" * 50 * MB + b'"}',
        "I111",
    ),
    Case(
        "nested.jsonld",
        b'{"@id": "http://e.org/a", "http://e.org/n": ' * 20_000 + b"1" + b"}" * 20_000,
        "I111",
    ),
    Case("terms.jsonld", terms(20_000), "I111"),
    Case(
        "triples.nt",
        b"<http://a> <http://b> "
        + b"<<( <http://a> <http://b> " * 30_000
        + b"1"
        + b" )>>" * 30_000,
        "I111",
    ),
    Case(
        "hidden.ttl",
        b"<http://a> <http://b> "
        + b"<<( <http://a#b> # >> >>\n <http://b> " * 100_000
        + b"1"
        + b" )>>" * 100_000
        + b" .",
        "I111",
    ),
    Case("half.jsonld", b'{"@id": "http://e.org/a", "http://e.org/n": "\\ud800"}', "I112"),
    Case("text.nt", b'<http://a> <http://b> "' + b"x" * 50 * MB + b'" .', "I112"),
    Case("text.ttl", b'<http://a> <http://b> """' + b"x\n" * 25 * MB + b'""" .', "I112"),
    Case("deep.ttl", b"<http://a> <http://b> [ " * 100_000, "I112"),
    Case("list.ttl", b"<http://a> <http://b> " + b"( " * 200_000, "I112"),
    Case("relative.ttl", b"<a> <b> <c> .", "I112"),
    Case("prefix.ttl", b"x:a x:b x:c .", "I112"),
    Case("cut.nq", (TWO + interacts("X_1", "X_2"))[:-20].encode(), "I112"),
    Case("blank.nt", b"<http://a b> <http://b> <http://c> .", "I112"),
    Case("latin.ttl", '<http://a> <http://b> "é" .'.encode("latin-1"), "I102"),
    Case("utf16.trig", '<http://a> <http://b> "é" .'.encode("utf-16"), "I102"),
    Case("gbk.nt", '<http://a> <http://b> "血管" .'.encode("gbk"), "I102"),
    Case("mark.nt", b"\xef\xbb\xbf" + TWO.encode(), stored=(2, 0)),
    Case("hub.nt", b"".join(b'<http://a> <http://b> "%d" .\n' % n for n in range(100_001)), "I107"),
    Case("kinds.nt", (TWO + gene("X_1", "Disease")).encode(), stored=(2, 0)),
    Case(
        "loops.nt",
        (
            TWO
            + interacts("X_1", "X_1")
            + interacts("X_1", "X_2")
            + interacts("X_2", "X_1")
            + interacts("X_1", "X_2")
            + interacts("X_1", "X_3")
        ).encode(),
        stored=(2, 3),
        kinds=("object unknown", "repeated"),
    ),
    Case(
        "bidi.nt",
        (TWO + gene("X_\u202e3") + "<http://a/\u200bb> " + CATEGORY.format("Gene")).encode(),
        stored=(2, 0),
        kinds=("identifier",),
    ),
    Case(
        "nul.nt",
        (TWO + f'{GO.format("X_1")} <https://w3id.org/biolink/vocab/name> "a\\u0000b" .').encode(),
        stored=(2, 0),
    ),
    Case(
        "spoofed.ttl",
        ("@prefix HGNC: <http://e.org/> .\nHGNC:9588 " + CATEGORY.format("Gene")).encode(),
        stored=(1, 0),
    ),
    Case(
        "nobody.ttl",
        ("[] " + CATEGORY.format("Gene") + TWO).encode(),
        stored=(2, 0),
        kinds=("blank node biolink:Gene",),
    ),
    Case(
        "quoted.ttl",
        (
            TWO + f"<<( {GO.format('X_1')} {INTERACTS} {GO.format('X_2')} )>> <http://b> 1 ."
        ).encode(),
        "I112",
    ),
    Case("other.ttl", b"id\tname\nX:1\ta\n", "I112"),
    Case("empty.nt", b"", "I304"),
]

# ------------------------------------------------------------------ tables and lines

NODE = b"id\tcategory\tname\n"
ONE = b"X:1\tbiolink:Gene\tone\n"
CSV = [
    Case(
        "open-quote.csv", b'id,category,name\nX:1,biolink:Gene,"one\nX:2,biolink:Gene,two\n', "I107"
    ),
    Case(
        "open-quote-long.csv", b'id,category,name\nX:1,biolink:Gene,"' + b"x,y\n" * 400_000, "I107"
    ),
    Case("quote-inside.csv", b'id,category,name\nX:1,biolink:Gene,"one"two\n', "I107"),
    Case("semicolon.csv", b"id;category;name\nX:1;biolink:Gene;one\n", "I108"),
    Case("excel.csv", b"sep=,\nid,category\nX:1,biolink:Gene\n", "I108"),
    Case("no-header.csv", b"X:1,biolink:Gene,one\n", "I108"),
    Case("header-only.csv", b"id,category,name\n", "I304"),
    Case("twice.csv", b"id,category,category\nX:1,biolink:Gene,x\n", "I108"),
    Case("wide.tsv", b"id\t" + b"\t".join(b"c%d" % n for n in range(1_000_000)) + b"\n", "I107"),
    Case("columns.csv", b"id," + b",".join(b"c%d" % n for n in range(50_000)) + b"\n", "I108"),
    Case(
        "cells.tsv",
        NODE + ONE + b"X:2\tbiolink:Gene\ttwo\tthree\n",
        stored=(1, 0),
        kinds=("cells",),
    ),
    Case(
        "many-cells.tsv",
        NODE + ONE + b"X:2" + b"\t" * 500_000 + b"\n",
        stored=(1, 0),
        kinds=("cells",),
    ),
    Case("short.tsv", NODE + ONE + b"X:2\n", stored=(1, 0), kinds=("category not given",)),
    Case(
        "ends.csv",
        b"id,category\r\nX:1,biolink:Gene\rX:2,biolink:Gene\nX:3,biolink:Gene\r\n",
        stored=(3, 0),
    ),
    Case(
        "break.csv",
        b'id,category,name\n"X:\n1",biolink:Gene,a\nX:2,biolink:Gene,"b\nc"\n',
        stored=(1, 0),
        kinds=("identifier",),
    ),
    Case(
        "nul.tsv",
        NODE + ONE + b"X:\x002\tbiolink:Gene\tt\x00wo\n",
        stored=(1, 0),
        kinds=("identifier",),
    ),
    Case("nul.csv", b"\x00" * 1000 + b"\n", "I108"),
    Case("utf16.csv", "id,category\nX:1,biolink:Gene\n".encode("utf-16"), "I102"),
    Case("gbk.tsv", "id\tcategory\tname\nX:1\tbiolink:Gene\t血管\n".encode("gbk"), "I102"),
    Case("late-latin.tsv", NODE + ONE * 50_000 + b"X:2\tbiolink:Gene\t\xe9\n", "I102"),
    Case("mark.csv", b"\xef\xbb\xbfid,category\nX:1,biolink:Gene\n", stored=(1, 0)),
    Case("text.jsonl", b'{"id": "X:1", "name": "' + b"x" * 50 * MB + b'"}', "I107"),
    Case(
        "deep.jsonl",
        b'{"id": "X:1", "category": "biolink:Gene"}\n' + b"[" * 500_000 + b"\n",
        stored=(1, 0),
        kinds=("JSON",),
    ),
    Case(
        "half.jsonl",
        b'{"id": "X:1", "category": "biolink:Gene"}\n{"id": "X:2", "name": "\\ud800"}\n',
        stored=(1, 0),
        kinds=("JSON",),
    ),
    Case(
        "digits.jsonl",
        b'{"id": "X:1", "category": "biolink:Gene"}\n{"id": ' + b"9" * 10_000 + b"}\n",
        stored=(1, 0),
        kinds=("JSON",),
    ),
    Case(
        "id.jsonl",
        b'{"id": {"a": 1}, "category": "biolink:Gene"}\n{"id": "X:1", "category": "Gene"}\n',
        stored=(1, 0),
        kinds=("identifier",),
    ),
    Case(
        "kinds.tsv",
        NODE + ONE + b"X:1\tbiolink:Disease\tone\n",
        stored=(1, 0),
        kinds=("two kinds for one id",),
    ),
]

STRANGE = (
    *(
        "X:a b",
        'X:a"b',
        "X:<script>",
        "X:{a}",
        "X:a\\b",
        "X:a^b",
        "X:a`b",
        "X:%zz",
        "X:a#b",
        "X:[a]",
    ),
    *(
        "X:\u202eb",
        "X:\u200bb",
        "X:\ufffd",
        "_:b1",
        ":1",
        "X:",
        "1",
        "\u041d\u0413:1",
        "X:" + "a" * 10_000,
    ),
)
IDS = [
    Case(
        "ids.tsv",
        NODE + ONE + "".join(f"{id}\tbiolink:Gene\tx\n" for id in STRANGE).encode(),
        stored=(1, 0),
        kinds=("identifier",),
    ),
    Case(
        "names.tsv",
        NODE + "X:1\tbiolink:Gene\t<script>alert(1)</script>\u202e\u200b\n".encode(),
        stored=(1, 0),
    ),
    Case(
        "alike.tsv",
        NODE + "X:1\tbiolink:Gene\tPTEN\nX:\u0430\tbiolink:Gene\tPT\u0415N\n".encode(),
        stored=(2, 0),
    ),
    Case(
        "escaped.tsv",
        NODE + b"X:a%20b\tbiolink:Gene\ta\nhttps://e.org/a?b#c\tbiolink:Gene\tb\n",
        stored=(2, 0),
    ),
]

# ------------------------------------------------ what is packed, and what is no file


def packed(level: int, *pieces: tuple[bytes, int]) -> Callable[[Path], None]:
    """A gzip of pieces, each of them many times."""

    def make(path: Path) -> None:
        with gzip.open(path, "wb", compresslevel=level) as file:
            for piece, times in pieces:
                for _ in range(times):
                    file.write(piece)

    return make


def archive(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz", format=tarfile.PAX_FORMAT) as tar:
        for info, data in members:
            info.size = info.size or len(data)
            tar.addfile(info, io.BytesIO(data))
    return held.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, **more: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = kind
    for key, value in more.items():
        setattr(info, key, value)
    return info


WHOLE = gzip.compress(NODE + ONE * 20_000)
SPARSE = {"GNU.sparse.size": str(1 << 50), "GNU.sparse.map": "0,0", "GNU.sparse.numblocks": "0"}
PACKED = [
    Case("line-bomb.tsv.gz", packed(1, (b"id\t", 1), (b"x" * MB, 300)), "I107"),
    Case(
        "literal-bomb.nt.gz", packed(1, (b'<http://a> <http://b> "', 1), (b"x" * MB, 300)), "I112"
    ),
    Case("space-bomb.jsonld.gz", packed(1, (b"{", 1), (b" " * MB, 300)), "I112"),
    Case("xml-bomb.rdf.gz", packed(1, (RDF, 1), (b" " * MB, 300)), "I111"),
    Case("set-bomb.gmt.gz", packed(1, (b"set\tna", 1), (b"\tG" * MB, 100)), "I107"),
    Case("model-bomb.gocam.json.gz", packed(1, (b"[", 1), (b"[" * MB, 100)), "I106"),
    Case(
        "rows-bomb.tsv.gz",
        packed(
            1,
            (b"subject\tpredicate\tobject\n", 1),
            (b"X:1\tp\t" + b"x" * (MB - 99) + b"\n", 300),
        ),
        "I304",
    ),
    Case(
        "subject-bomb.nt.gz",
        packed(1, (b'<http://a> <http://b> "' + b"x" * MB + b'" .\n', 300)),
        "I107",
    ),
    Case("toml-bomb.tsv", NODE + ONE, "I109", options=("--columns", "{folder}/bomb.toml")),
    Case("cut.tsv.gz", WHOLE[: len(WHOLE) // 2], "I101"),
    Case("cut.ttl.gz", gzip.compress(TWO.encode() * 1000)[:-20], "I101"),
    Case("no.nt.gz", TWO.encode(), "I101"),
    Case("tail.tsv.gz", WHOLE + b"something else", "I101"),
    Case("twice.tsv.gz", gzip.compress(WHOLE), "I102"),
    Case("sum.tsv.gz", WHOLE[:-8] + bytes(8), "I101"),
    Case("no.tar.gz", b"no archive", "I101"),
    Case(
        "slip.tar.gz",
        archive(
            (member("../../../../tmp/exograph-slip/nodes.tsv"), NODE + ONE),
            (member("/etc/exograph-slip/nodes.tsv"), NODE + ONE),
        ),
        stored=(2, 0),
    ),
    Case(
        "link.tar.gz",
        archive((member("nodes.tsv", tarfile.SYMTYPE, linkname="/etc/passwd"), b"")),
        "I104",
    ),
    Case(
        "hard.tar.gz",
        archive((member("nodes.tsv", tarfile.LNKTYPE, linkname="../x.tsv"), b"")),
        "I104",
    ),
    Case(
        "device.tar.gz",
        archive((member("nodes.tsv", tarfile.CHRTYPE, devmajor=1, devminor=5), b"")),
        "I104",
    ),
    Case("pipe.tar.gz", archive((member("nodes.tsv", tarfile.FIFOTYPE), b"")), "I104"),
    Case("sparse.tar.gz", archive((member("nodes.tsv", pax_headers=SPARSE), b"")), "I107"),
    Case("nothing.tar.gz", archive(), "I104"),
    Case("pipe.tsv", os.mkfifo, "I103"),
    Case("folder.ttl", Path.mkdir, "I103"),
    Case("zero.tsv", lambda path: path.symlink_to("/dev/zero"), "I103"),
    Case("itself.nt", lambda path: path.symlink_to(path), "I103"),
    Case("nowhere.gmt", lambda path: path.symlink_to(path.with_name("none")), "I103"),
    Case("what.xlsx", b"PK\x03\x04", "I105"),
]

# ------------------------------------------------------------------ the other formats

MATCH = b"subject_id\tpredicate_id\tobject_id\n"
MODEL = (
    b'{"individuals": [{"id": "i1", "type": [{"id": "X:1"}], '
    b'"root-type": [{"id": "CHEBI:36080"}]}], "facts": ['
    b'{"subject": "a", "property": "RO:0002333", "object": "i1"}, '
    b'{"subject": "a", "property": "RO:0002629", "object": "a"}]}'
)
COLUMNS = ("--columns", "{folder}/columns.toml")
OTHERS = [
    Case(
        "matches.sssom.tsv",
        b"#curie_map:\n#  X: http://e.org/\n"
        + MATCH
        + b"X:1\tskos:exactMatch\tY:1\nX:1\tskos:closeMatch\tY:2\nX:1\t\tY:3\n",
        "I304",
    ),
    Case("head.sssom.tsv", b"#a: b\n" * 100_000, "I108"),
    Case("no-end.sssom.tsv", b"subject_id\tobject_id\nX:1\tY:1\n", "I108"),
    Case(
        "sets.gmt",
        b"a set\tna\tG1\tG 2\t17\tG1\nno genes\tna\nalone\n\n",
        stored=(2, 1),
        kinds=("member that is no symbol", "member that is a number", "set without genes"),
    ),
    Case("latin.gmt", b"set\tna\tG\xe9\n", "I102"),
    Case("loop.gocam.json", MODEL, stored=(1, 1)),
    Case("list.gocam.json", b"[]", "I112"),
    Case("wrong.gocam.json", b'{"individuals": [{"id": 1}], "facts": []}', "I112"),
    Case("deep.gocam.json", b'{"individuals": ' + b"[" * 500_000, "I112"),
    Case("half.gocam.json", b'{"individuals": [{"id": "\\ud800"}], "facts": []}', "I112"),
    Case(
        "words.tsv",
        b"a\tway\tb\nX:1\tup\tX:2\nX:1\tsideways\tX:2\n\tup\tX:2\nX:1\tup\tX:2\tX:3\n",
        stored=(2, 1),
        kinds=("word in predicate", "subject missing", "cells"),
        options=COLUMNS,
    ),
    Case("columns-missing.tsv", b"a\tb\nX:1\tX:2\n", "I109", options=COLUMNS),
    Case("no-columns.tsv", b"a\tb\nX:1\tX:2\n", "I109", options=("--format", "table")),
    Case("format.tsv", NODE + ONE, "I105", options=("--format", "nothing")),
]

BESIDE = {
    "columns.toml": b'subject = {column = "a"}\nobject = {column = "b"}\n'
    b'subject_category = {value = "biolink:Gene"}\nobject_category = {value = "biolink:Gene"}\n'
    b'predicate = {column = "way", words = {up = "biolink:interacts_with"}}\n',
    "bomb.toml": b"x = 1\n" * 300_000,
}
"""Files that options name."""

CASES = [*XML, *RDFS, *CSV, *IDS, *PACKED, *OTHERS]
