# SPDX-License-Identifier: Apache-2.0
"""Taking in the graphs of others: what is stored, what is refused by name, nothing lost."""

import gzip
import io
import json
import os
import sys
import tarfile
from dataclasses import replace
from importlib import resources
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from exograph import cli
from exograph.cli import session
from exograph.columns.rows import Rows
from exograph.errors import InputError
from exograph.exchange import opening
from exograph.exchange.incoming import Edge, Node, Reject
from exograph.exchange.kgx_in import pieces, read
from exograph.exchange.taking import SECTION, take
from exograph.model import Entity, KnowledgeBase, Source
from exograph.snapshot import current
from exograph.snapshot.imported import imports, put

SCHEMA = json.loads(
    (resources.files("exograph") / "schemas" / "import.json").read_text(encoding="utf-8")
)
SHARED = Path(__file__).parents[3] / "shared" / "data" / "kgx"
SOURCE = Source("theirs", "Theirs", "Theirs", "CC0-1.0", "2026-11-27", "records", (SECTION,))
KNOWN = KnowledgeBase(
    entities=(
        Entity("angiogenesis", "BiologicalProcess", "angiogenesis", "血管生成"),
        Entity("pten", "GeneProduct", "PTEN", "PTEN", exact_match=("HGNC:9588",)),
    )
)
PREFIXES = {"HGNC": "https://identifiers.org/hgnc:"}

NODES = [
    {"id": "HGNC:9588", "category": ["biolink:Gene", "biolink:NamedThing"], "name": "PTEN"},
    {"id": "HGNC:3236", "category": "biolink:Gene", "name": "EGFR", "synonym": ["ERBB1", "HER1"]},
    {"id": "CHEBI:1", "category": "biolink:SmallMolecule", "name": "a drug"},
    {"id": "GO:1", "category": "biolink:BiologicalProcess", "name": "a process"},
    {"id": "MONDO:1", "category": "biolink:Disease", "name": "a disease"},
    {"id": "WP:1", "category": "biolink:Pathway", "name": "a pathway"},
    {"id": "MIRBASE:1", "category": "biolink:MicroRNA", "name": "a microRNA"},
]


def edge(subject, predicate, object_, **fields):
    return {"subject": subject, "predicate": f"biolink:{predicate}", "object": object_, **fields}


def affects(subject, object_, direction="", aspect="", **more):
    told = {"qualified_predicate": "biolink:causes", **more}
    told |= {"object_direction_qualifier": direction} if direction else {}
    told |= {"object_aspect_qualifier": aspect} if aspect else {}
    return edge(subject, "affects", object_, **told)


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.fixture
def taken(tmp_path):
    """Takes records in, and gives the knowledge base, the report and what was refused."""

    def taken(*records, nodes=NODES, known=KNOWN):
        file = tmp_path / "graph.jsonl"
        file.write_text(lines([*records, *nodes]), encoding="utf-8")  # edges first
        refused = []
        rows, report = take(
            lambda only: pieces(file, only),
            *("theirs", known, PREFIXES),
            source=SOURCE,
            refuse=refused.append,
        )
        kb = rows.kb()
        assert report.nodes == report.stored_nodes + sum(not r.is_edge for r in refused)
        assert report.edges == report.stored_edges + sum(r.is_edge for r in refused)
        assert sum(report.refused.values()) == len(refused)
        return kb, report, refused

    return taken


def told(kb):
    (statement,) = kb.statements
    return statement.subject, statement.predicate, statement.object, statement.aspect


# ------------------------------------------------------------------ what edges say


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (affects("CHEBI:1", "HGNC:3236", "decreased", "expression"),
         ("chebi-1", "downregulates", "hgnc-3236", "expression")),
        (affects("CHEBI:1", "HGNC:3236", "upregulated", "abundance"),
         ("chebi-1", "upregulates", "hgnc-3236", "level")),
        (affects("CHEBI:1", "HGNC:3236", "increased", "activity"),
         ("chebi-1", "activates", "hgnc-3236", "activity")),
        (affects("CHEBI:1", "HGNC:3236", "decreased", "activity_or_abundance"),
         ("chebi-1", "decreases", "hgnc-3236", None)),
        (affects("CHEBI:1", "HGNC:3236", "increased"),
         ("chebi-1", "increases", "hgnc-3236", None)),
        (affects("CHEBI:1", "GO:1", "increased"), ("chebi-1", "promotes", "go-1", None)),
        (affects("CHEBI:1", "GO:1", "decreased"), ("chebi-1", "suppresses", "go-1", None)),
        (affects("CHEBI:1", "WP:1", "increased", "activity"),
         ("chebi-1", "activates", "wp-1", "activity")),
        # more degradation is a regulation, not less of a thing that was measured
        (affects("CHEBI:1", "HGNC:3236", "increased", "degradation"),
         ("chebi-1", "regulates", "hgnc-3236", None)),
        (affects("CHEBI:1", "HGNC:3236"), ("chebi-1", "regulates", "hgnc-3236", None)),
        # less of the subject raises the object: the subject lowers it
        (affects("CHEBI:1", "HGNC:3236", "increased", "expression",
                 subject_direction_qualifier="decreased"),
         ("chebi-1", "downregulates", "hgnc-3236", "expression")),
        (affects("CHEBI:1", "HGNC:3236", "increased", "expression",
                 subject_direction_qualifier="increased"),
         ("chebi-1", "upregulates", "hgnc-3236", "expression")),
        (edge("CHEBI:1", "increases_expression_of", "HGNC:3236"),
         ("chebi-1", "upregulates", "hgnc-3236", "expression")),
        (edge("CHEBI:1", "decreases_activity_of", "HGNC:3236"),
         ("chebi-1", "inhibits", "hgnc-3236", "activity")),
        (edge("HGNC:9588", "entity_negatively_regulates_entity", "HGNC:3236"),
         ("hgnc-9588", "decreases", "hgnc-3236", None)),
        (edge("GO:1", "process_positively_regulates_process", "GO:1"),
         ("go-1", "promotes", "go-1", None)),
        (edge("HGNC:9588", "regulates", "HGNC:3236"),
         ("hgnc-9588", "regulates", "hgnc-3236", None)),
        (edge("HGNC:9588", "physically_interacts_with", "HGNC:3236"),
         ("hgnc-9588", "interacts_with", "hgnc-3236", None)),
        (edge("HGNC:9588", "subclass_of", "HGNC:3236"), ("hgnc-9588", "is_a", "hgnc-3236", None)),
        (edge("HGNC:9588", "part_of", "WP:1"),
         ("wp-1", "has_component", "hgnc-9588", None)),
        (edge("CHEBI:1", "treats", "MONDO:1"),
         ("chebi-1", "treats_condition", "mondo-1", None)),
        (affects("CHEBI:1", "angiogenesis", "increased"),
         ("chebi-1", "promotes", "angiogenesis", None)),
    ],
)  # fmt: skip
def test_an_edge_says_what_biolink_says_and_no_more(taken, record, expected):
    kb, _, refused = taken(record)
    assert (told(kb), refused) == (expected, [])


@pytest.mark.parametrize(
    ("record", "code", "kind"),
    [
        (edge("CHEBI:1", "related_to", "GO:1"), "I222", "predicate related_to"),
        (edge("CHEBI:1", "treats", "GO:1"), "I222",
         "treats_condition from Chemical to BiologicalProcess"),
        (affects("CHEBI:1", "HGNC:3236", "increased", "expression",
                 subject_form_or_variant_qualifier="loss_of_function_variant_form"),
         "I222", "qualifier subject_form_or_variant_qualifier"),
        (affects("CHEBI:1", "HGNC:3236", "increased", qualified_predicate="correlated_with"),
         "I222", "qualified predicate correlated_with"),
        (affects("CHEBI:1", "MONDO:1", "increased"), "I222",
         "regulates from Chemical to Condition"),
        (edge("CHEBI:7", "affects", "GO:1"), "I221", "subject unknown"),
        (edge("CHEBI:1", "affects", "GO:7"), "I221", "object unknown"),
        ({"subject": "CHEBI:1", "object": "GO:1"}, "I203", "predicate missing"),
        (edge(["CHEBI:1", "HGNC:3236"], "affects", "GO:1"), "I203", "subject missing"),
        ({"id": "no curie", "category": "biolink:Gene"}, "I211", "identifier"),
        ({"id": "X:\u202e1", "category": "biolink:Gene"}, "I211", "identifier"),
        ({"id": "X:1", "category": "biolink:Planet"}, "I212", "category Planet"),
        ({"id": "X:1"}, "I212", "category not given"),
        ({"id": "CHEBI:1", "category": "biolink:Gene"}, "I213", "two kinds for one id"),
        (edge("A:1", "same_as", "B:2"), "I223", "equivalence"),
    ],
)  # fmt: skip
def test_what_has_no_equal_is_refused_by_name(taken, record, code, kind):
    nodes = [*NODES, record] if "id" in record else NODES
    kb, _, (reject,) = taken(*([] if "id" in record else [record]), nodes=nodes)
    assert (reject.code, reject.kind, kb.claims) == (code, kind, ())
    assert "graph.jsonl:" in reject.line


def test_an_edge_that_says_the_same_again_is_refused(taken):
    once = affects("CHEBI:1", "GO:1", "increased")
    kb, report, (reject,) = taken(once, {**once, "id": "another"})
    assert (len(kb.statements), report.stored_edges, reject.code) == (1, 1, "I224")


def test_papers_make_statements_and_count_as_studies(taken):
    record = affects("CHEBI:1", "GO:1", "increased", negated=True,
                     publications=["PMID:0012", "doi:10.1000/ABC", "ISBN:3"],
                     knowledge_level="prediction")  # fmt: skip
    kb, report, _ = taken(record)
    assert {(s.reference, s.stance, s.basis) for s in kb.statements} == {
        ("theirs-pmid-12", "refutes", "inferred"),
        (next(r.id for r in kb.references if r.doi), "refutes", "inferred"),
    }
    assert {(r.study, r.pmid, r.doi) for r in kb.references} >= {("pmid-12", "12", None)}
    assert report.left_out["publications"] == 1 and report.examples["publications"]


def test_without_a_paper_the_source_of_the_record_is_cited(taken):
    kb, _, _ = taken(affects("CHEBI:1", "GO:1", primary_knowledge_source="infores:ctd"))
    assert [(r.id, r.kind, r.title) for r in kb.references] == [
        ("theirs-ctd", "dataset", "infores:ctd")
    ]


def test_identifiers_that_are_the_same_become_exact_matches(taken):
    kb, report, _ = taken(edge("HGNC:3236", "same_as", "NCBIGene:1956"))
    held = {e.id: e.exact_match for e in kb.entities}
    assert held["hgnc-3236"] == ("HGNC:3236", "NCBIGene:1956")
    assert report.stored_edges == 1 and kb.claims == ()


def test_a_field_of_edges_that_are_all_refused_is_not_counted(run, tmp_path):
    (tmp_path / "nodes.tsv").write_text("id\tcategory\nX:1\tbiolink:Gene\n")
    row = "Y:1\tbiolink:affects\tY:2\t7\n"
    (tmp_path / "edges.tsv").write_text(f"subject\tpredicate\tobject\tscore\n{row}")
    files = [tmp_path / "nodes.tsv", tmp_path / "edges.tsv"]
    code, out, _ = run("import", *files, "--as", "mine", "--json")
    assert code == 0 and json.loads(out)["left_out"] == []


def test_fields_of_an_equivalence_and_of_a_repeated_edge_are_counted_rightly(taken):
    _, report, _ = taken(
        edge("CHEBI:1", "same_as", "X:1", confidence="0.9"),
        edge("CHEBI:1", "affects", "GO:1", score="1"),
        edge("CHEBI:1", "affects", "GO:1", score="2"),
    )
    assert report.left_out == {"confidence": 1, "score": 1}


def test_what_is_not_kept_of_a_record_is_counted_with_examples(taken):
    _, report, _ = taken(
        affects("CHEBI:1", "GO:1", "increased", p_value=0.01, species="NCBITaxon:9606")
    )
    assert report.left_out == {"p_value": 1, "species": 1}
    assert report.examples["p_value"][0].endswith("graph.jsonl:1: 0.01")


# ------------------------------------------------------------------ files

TABLES = {
    "nodes.tsv": "id\tcategory\tname\n"
    "CHEBI:1\tbiolink:SmallMolecule\tone\nGO:1\tbiolink:BiologicalProcess\n",
    "edges.tsv": "subject\tpredicate\tobject\tpublications\n"
    "CHEBI:1\tbiolink:affects\tGO:1\tPMID:1|PMID:2\n",
}  # fmt: skip


def records(path):
    return [r for r in read(path) if not isinstance(r, Reject)]


def test_a_table_is_read_plain_packed_and_from_an_archive(tmp_path):
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8-sig")
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    with tarfile.open(tmp_path / "all.tar.gz", "w:gz") as tar:
        for name, text in TABLES.items():
            member = tarfile.TarInfo(f"../../etc/{name}")  # a name that leads out of the folder
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
        tar.addfile(tarfile.TarInfo("README"))
    plain = [r for name in TABLES for r in records(tmp_path / name)]
    packed = [r for name in TABLES for r in records(tmp_path / f"{name}.gz")]
    bare = [(type(r), dict(r.fields), r.place.line) for r in plain]
    assert [(type(r), dict(r.fields), r.place.line) for r in packed] == bare
    assert [(type(r), dict(r.fields), r.place.line) for r in read(tmp_path / "all.tar.gz")] == bare
    assert [type(r) for r in plain] == [Node, Node, Edge]
    assert plain[2].fields["publications"] == ("PMID:1", "PMID:2")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        [*TABLES, *(f"{n}.gz" for n in TABLES), "all.tar.gz"]
    )


def test_rows_of_csv_and_windows_lines_are_read(tmp_path):
    file = tmp_path / "nodes.csv"
    file.write_bytes(
        b'id,category,name\r\nX:1,biolink:Gene,"a, ""b""\r\nc"\r\nX:2,biolink:Gene,d\r\n'
    )
    assert [(r.id, r.fields["name"], r.place.line) for r in records(file)] == [
        ("X:1", ('a, "b"\r\nc',), 3),
        ("X:2", ("d",), 4),
    ]


WHOLE = gzip.compress(TABLES["nodes.tsv"].encode() * 200)
BROKEN = {
    "cut.tsv.gz": (WHOLE[: len(WHOLE) // 2], "I101"),
    "no.tsv.gz": (b"this is no gzip", "I101"),
    "crc.tsv.gz": (WHOLE[:-8] + b"\0" * 8, "I101"),
    "no.tar.gz": (b"this is no tar", "I101"),
    "gbk.tsv": ("id\tname\nX:1\t血管\n".encode("gbk"), "I102"),
    "utf16.tsv": ("id\tname\nX:1\tx\n".encode("utf-16"), "I102"),
    "latin.jsonl": ('{"id": "X:1", "name": "é"}'.encode("latin-1"), "I102"),
    "what.xlsx": (b"PK\x03\x04", "I105"),
    "empty.tsv": (b"", "I108"),
    "blank.tsv": (b"\n", "I108"),
    "other.tsv": (b"gene\tdisease\na\tb\n", "I108"),
    "half.tsv": (b"subject\tobject\na\tb\n", "I108"),
    "twice.tsv": (b"id\tname\tname\nX:1\ta\tb\n", "I108"),
    "wide.tsv": (b"id\t" + b"\t".join(b"c%d" % n for n in range(200_000)) + b"\n", "I107"),
    "columns.tsv": (b"id\t" + b"\t".join(b"c%d" % n for n in range(2000)) + b"\n", "I108"),
    "open-quote.csv": (b'id,name\nX:1,"' + b"x,y\n" * 400_000, "I107"),
    "long.jsonl": (b'{"id": "' + b"x" * (2 << 20) + b'"}', "I107"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_one_error_that_names_it(tmp_path, name):
    data, code = BROKEN[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        list(read(tmp_path / name))
    assert caught.value.code == code
    assert str(tmp_path / name) in caught.value.message and caught.value.cure


def test_a_missing_file_and_a_folder_are_errors(tmp_path):
    for path in (tmp_path / "none.tsv", tmp_path):
        with pytest.raises(InputError) as caught:
            list(read(path))
        assert caught.value.code in ("I103", "I105")


def test_a_file_that_unpacks_without_end_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "LARGEST", 100_000)
    (tmp_path / "bomb.tsv.gz").write_bytes(gzip.compress(b"id\n" + b"X:1\n" * 10**6))
    with pytest.raises(InputError) as caught:
        list(read(tmp_path / "bomb.tsv.gz"))
    assert caught.value.code == "I106"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("id\tname\nX:1\ta\tb\nX:2\tc\n", ["I201"]),
        ("id\tname\n\ta\n", ["I203"]),
        ("id\tname\nX:1|X:2\ta\n", ["I203"]),
        ("subject\tpredicate\tobject\nA:1\t\tB:1\n", ["I203"]),
    ],
)
def test_a_row_at_fault_is_refused_and_the_rest_is_read(tmp_path, text, codes):
    (tmp_path / "graph.tsv").write_text(text)
    found = [r for r in read(tmp_path / "graph.tsv") if isinstance(r, Reject)]
    assert [r.code for r in found] == codes


def test_lines_that_are_no_objects_are_refused(tmp_path):
    deep = "[" * 100_000
    file = tmp_path / "graph.jsonl"
    file.write_text(f'{{"id": "X:1"}}\nnot json\n[1]\n\n{deep}\n{{"id": "X:2"}}\n')
    found = list(read(file))
    assert [r.code for r in found if isinstance(r, Reject)] == ["I202"] * 3
    assert [r.id for r in found if isinstance(r, Node)] == ["X:1", "X:2"]


texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | texts
    | st.sampled_from(["CHEBI:1", "GO:1", "true"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=5,
)
keys = st.sampled_from(
    ["id", "subject", "predicate", "object", "category", "name", "negated", "publications",
     "qualified_predicate", "object_direction_qualifier", "knowledge_level", "same_as", "in_taxon"]
) | texts  # fmt: skip


@settings(max_examples=75, deadline=None)
@given(st.lists(st.dictionaries(keys, values, max_size=6), max_size=8))
def test_any_records_are_stored_or_refused(tmp_path_factory, given_records):
    file = tmp_path_factory.mktemp("any") / "graph.jsonl"
    file.write_text(lines([*given_records, *NODES]), encoding="utf-8")
    refused = []
    rows, report = take(
        *(lambda only: pieces(file, only), "theirs", KNOWN, PREFIXES),
        source=SOURCE,
        refuse=refused.append,
    )
    kb = rows.kb()
    assert report.nodes + report.edges == len(given_records) + len(NODES)
    assert report.stored_nodes + report.stored_edges + len(refused) == report.nodes + report.edges
    known = {e.id for e in (*kb.entities, *KNOWN.entities)}
    assert all({c.subject, c.object} <= known for c in kb.claims)
    assert len({e.id for e in kb.entities}) == len(kb.entities)


# ------------------------------------------------------------------ in the home


@pytest.fixture
def run(home, tmp_path, capsys):
    """A command in a home of its own that begins with the knowledge base of the tables."""
    import shutil

    own = tmp_path / "home"
    shutil.copytree(home, own)

    def run(*args):
        code = cli.run(["--home", str(own), "--lang", "en", *map(str, args)])
        out, err = capsys.readouterr()
        return code, out, err

    run.home = own
    return run


def test_an_import_is_walked_together_with_the_tables_and_taken_away_again(run, tmp_path):
    file = tmp_path / "mine.jsonl"
    drug = affects("CHEBI:1", "HGNC:9588", "decreased", "expression", publications=["PMID:5"])
    file.write_text(lines([*NODES, drug, edge("CHEBI:1", "related_to", "GO:1")]))
    _, before, _ = run("stats", "--json")
    code, out, _ = run("import", file, "--as", "mine", "--rejects", tmp_path / "no.jsonl", "--json")
    assert code == 0
    about = json.loads(out)
    for document in (about, json.loads(run("import", "--list", "--json")[1])):
        Draft202012Validator(SCHEMA).validate(document)
    assert about["edges"] == {"read": 2, "stored": 1}
    assert [(r["kind"], r["count"]) for r in about["refused"]] == [("predicate related_to", 1)]
    code, out, err = run("paths", "a drug", "angiogenesis", "--top", "1", "--json")
    assert code == 0 and "have changed" in err
    (path,) = json.loads(out)["paths"]
    first, second = path["steps"][:2]
    assert (first["object"], second["subject"]) == ("pten", "pten")
    assert (first["sign"], path["references"][0]) == ("-", "mine-pmid-5")
    code, out, _ = run("show", "HGNC:9588", "--json")
    shown = json.loads(out)
    assert shown["entity"]["id"] == "pten"
    assert first["claim"] in {claim["claim"] for claim in shown["claims"]}
    claim = f"<https://w3id.org/exograph/claim/{first['claim']}>"
    query = f"SELECT ?s ?o {{ {claim} rdf:subject ?s ; rdf:object ?o }}"
    code, out, _ = run("query", "-e", query, "--format", "csv")
    assert out.splitlines()[1].endswith(
        "/entity/chebi-1,https://w3id.org/exograph/entity/hgnc-9588"
    )
    assert run("import", "--list")[1].startswith("mine: 7 nodes, 1 edges")
    code, out, _ = run("import", "--remove", "mine", "--json")
    Draft202012Validator(SCHEMA).validate(json.loads(out))
    assert (code, json.loads(out)) == (0, {"removed": "mine"})
    assert run("stats", "--json")[1] == before
    assert [p.name for p in (run.home / "imports").iterdir()] == []


def test_a_person_at_a_terminal_sees_how_far_it_is(run, tmp_path, monkeypatch):
    file = tmp_path / "mine.tsv"
    file.write_text("id\tcategory\n" + "".join(f"X:{n}\tbiolink:Gene\n" for n in range(20_000)))
    assert run("import", file, "--as", "mine")[2] == ""
    monkeypatch.setattr(session, "_SOON", 1)
    assert run("import", file, "--as", "mine", "--replace")[2] == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    shown = run("import", file, "--as", "mine", "--replace")[2]
    assert "Reading nodes" in shown and "100%" in shown and shown.endswith("\x1b[K")


def test_rejects_can_be_mended_and_taken_in_again(run, tmp_path):
    file, rejects = tmp_path / "mine.tsv", tmp_path / "no.jsonl"
    file.write_text("id\tcategory\tname\nX:1\tbiolink:Gene\tone\nX:2\tbiolink:Planet\ttwo\n")
    assert run("import", file, "--as", "mine", "--rejects", rejects)[0] == 0
    (line,) = rejects.read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {
        "reject": f"{file}:3: I212 there is no kind here for its category Planet.",
        "id": "X:2", "category": "biolink:Planet", "name": "two",
    }  # fmt: skip
    rejects.write_text(line.replace("Planet", "Gene"))
    code, out, _ = run("import", rejects, "--as", "mended", "--json")
    assert (code, json.loads(out)["nodes"]) == (0, {"read": 1, "stored": 1})


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["{file}"], 2, "--as NAME is missing"),
        ([], 2, "Give FILEs"),
        (["{file}", "--as", "review"], 1, "I301"),
        (["{file}", "--as", "No Slug"], 1, "I301"),
        (["{file}", "--as", "../x"], 1, "I301"),
        (["--remove", "nothing"], 1, "I302"),
        (["none.tsv", "--as", "mine"], 1, "I103"),
    ],
)
def test_wrong_orders_are_told_and_change_nothing(run, tmp_path, args, code, said):
    (tmp_path / "mine.tsv").write_text("id\tcategory\nX:1\tbiolink:Gene\n")
    given = [arg.format(file=tmp_path / "mine.tsv") for arg in args]
    found = run("import", *given)
    assert found[0] == code and said in found[2]
    assert not (run.home / "imports").exists() or not list((run.home / "imports").iterdir())


def test_a_name_is_taken_unless_it_is_to_be_replaced(run, tmp_path):
    file = tmp_path / "mine.tsv"
    file.write_text("id\tcategory\nX:1\tbiolink:Gene\n")
    assert run("import", file, "--as", "mine")[0] == 0
    assert run("import", file, "--as", "mine")[::2][0] == 1
    file.write_text("id\tcategory\nX:1\tbiolink:Gene\nX:2\tbiolink:Gene\n")
    assert run("import", file, "--as", "mine", "--replace")[0] == 0
    assert len(list((run.home / "imports").iterdir())) == 2  # what is told of it, and its records


def test_what_an_import_held_before_is_not_known_to_the_one_in_its_place(run, tmp_path):
    file = tmp_path / "mine.jsonl"
    said = affects("CHEBI:1", "HGNC:3236", "decreased")
    file.write_text(lines([*NODES, said]))
    assert run("import", file, "--as", "mine")[0] == 0
    for build in (False, True):  # whether a snapshot holds it or not
        if build:
            assert run("build")[0] == 0
        file.write_text(lines([*(n for n in NODES if n["id"] != "HGNC:3236"), said]))
        out = run("import", file, "--as", "mine", "--replace", "--json")[1]
        assert [each["kind"] for each in json.loads(out)["refused"]] == ["object unknown"]
        file.write_text(lines([*NODES, said]))
        assert run("import", file, "--as", "mine", "--replace")[0] == 0


def test_nothing_stored_is_an_error_and_leaves_no_import(run, tmp_path):
    file = tmp_path / "mine.tsv"
    file.write_text("id\tcategory\nX:1\tbiolink:Planet\n")
    code, out, err = run("import", file, "--as", "mine")
    assert code == 1 and "I304" in err and "category Planet" in out
    assert run("import", "--list")[2].strip() == "There is no import."


@pytest.mark.parametrize("which", ["mine.json", "entities.jsonl"])
def test_a_damaged_import_is_told(run, tmp_path, which):
    file = tmp_path / "mine.tsv"
    file.write_text("id\tcategory\nX:1\tbiolink:Gene\n")
    run("import", file, "--as", "mine")
    (path,) = (run.home / "imports").rglob(which)
    path.write_bytes(path.read_bytes().replace(b"X:1", b"X:2").replace(b'"read": 1', b'"read": 2'))
    code, _, err = run("stats")
    assert code == 1 and "S113" in err


@pytest.mark.skipif(not SHARED.is_dir(), reason="the KGX cases are not beside the repository")
@pytest.mark.parametrize(
    ("files", "nodes", "edges"),
    [
        (["graph_nodes.tsv", "graph_edges.tsv"], 534, 539),
        (["chebi_kgx_tsv.tar.gz"], None, None),
        (["valid_nodes.jsonl", "valid_edges.jsonl"], None, None),
        (["monarch-tiny_edges.tsv"], 0, None),
        (["complex_graph_nodes.tsv", "complex_graph_edges.tsv"], None, None),
        (["cm_nodes.csv", "cm_edges.csv"], None, None),
        (["test_nodes.csv", "test_edges.csv"], None, None),
        (["graph_multi_category_nodes.tsv", "graph_multi_category_edges.tsv"], None, None),
    ],
)
def test_the_cases_of_kgx_are_taken_in(files, nodes, edges):
    refused = []
    rows, report = take(
        lambda only: (r for f in files for r in pieces(SHARED / f, only)),
        "theirs", KNOWN, PREFIXES, source=SOURCE, refuse=refused.append,
    )  # fmt: skip
    kb = rows.kb()
    assert nodes is None or report.nodes == nodes
    assert edges is None or report.edges == edges
    assert report.nodes + report.edges > 0
    assert report.stored_nodes + report.stored_edges + len(refused) == report.nodes + report.edges
    assert {s.source for s in kb.statements} <= {"theirs"}


def as_taken(statement, own):
    """A statement as our KGX gives it back: of its own it loses the source and the notice."""
    return replace(statement, source="theirs", retracted=False)


def test_what_export_writes_is_said_again_claim_by_claim(run, tmp_path):
    for name, ends in (("kgx", "tsv"), ("kgx-jsonl", "jsonl")):
        assert run("export", tmp_path / name, "--format", name)[0] == 0
        files = [tmp_path / name / f"{what}.{ends}" for what in ("nodes", "edges")]
        own, refused = current(run.home).kb, []
        rows, report = take(
            lambda only, files=files: (r for file in files for r in pieces(file, only)),
            "theirs", own, current(run.home).prefixes, source=SOURCE, refuse=refused.append,
        )  # fmt: skip
        kb = rows.kb()
        assert not refused
        assert {as_taken(s, own) for s in own.statements} == {
            replace(s, reference=s.reference.removeprefix("theirs-")) for s in kb.statements
        }
        assert kb.entities == own.entities
        assert [(c.id, c.sign) for c in kb.claims] == [(c.id, c.sign) for c in own.claims]
        assert {e.id: (e.type, e.exact_match, e.label_en) for e in kb.entities} == {
            e.id: (e.type, e.exact_match, e.label_en) for e in own.entities
        }
        assert report.stored_nodes == len(own.entities)


def put_and_die(step: int, home: Path, rows: Rows, version: str) -> int:
    """Exit code of a process that puts an import and dies at a step; 0 if it is done before."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    steps = count(1)

    def die(event: str, args: tuple[object, ...]) -> None:
        seen = event in ("open", "os.rename", "os.remove") and "/imports" in str(args[0])
        if seen and next(steps) == step:
            os._exit(9)

    try:
        sys.addaudithook(die)
        put(home, "mine", rows, {"version": version})
        os._exit(0)
    finally:
        os._exit(1)


def test_a_writer_killed_at_any_step_leaves_the_old_import_or_the_new(tmp_path):
    home, held = tmp_path / "home", {}
    for version in ("1", "2"):
        held[version] = replace(KNOWN, sources=(replace(SOURCE, date=f"2026-11-0{version}"),))
    rows = {version: Rows.of_kb(kb) for version, kb in held.items()}
    put(home, "mine", rows["1"], {"version": "1"})
    kills, version = 0, "2"
    while True:
        code = put_and_die(kills + 1, home, rows[version], version)
        (only,) = imports(home)
        assert only.rows().kb() == held[only.about["version"]]
        if code == 0:
            break
        assert code == 9
        kills += 1
    assert kills > 5 and only.about["version"] == version
    assert len(list((home / "imports").iterdir())) == 2
