# SPDX-License-Identifier: Apache-2.0
"""A release: whole, described as it is, the same on every run, and told apart from the last one."""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pyshacl
import pytest
import yaml
from contents import files, tsv
from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from exograph import cli, store
from exograph.errors import InputError
from exograph.exchange.content import Content
from exograph.exchange.licences import IRIS
from exograph.exchange.releasing.files import ONTOLOGY
from exograph.exchange.releasing.placing import former, put
from exograph.snapshot import current

ROOT = Path(__file__).parents[2]
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VOID = Namespace("http://rdfs.org/ns/void#")
PROV = Namespace("http://www.w3.org/ns/prov#")


def tree(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def released(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of all that is shipped."""
    out = tmp_path_factory.mktemp("releases") / "release"
    assert cli.run(["--home", str(home), "release", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def held(released: Path) -> dict[str, bytes]:
    return tree(released)


@pytest.fixture(scope="module")
def description(held: dict[str, bytes]) -> Graph:
    return Graph().parse(data=held["dataset.ttl"], format="turtle")


@pytest.fixture
def run(tmp_path, capfd):
    """A command with a home and small tables of its own, which may be changed."""
    graphs = tmp_path / "graphs"
    shutil.copytree(ROOT / "tests" / "data" / "valid", graphs)

    def run(*args, code=0, lang="en"):
        options = ["--home", str(tmp_path / "home"), "--graphs", str(graphs), "--lang", lang]
        got = cli.run([*options, *map(str, args)])
        out, err = capfd.readouterr()
        assert got == code, err
        return out if code == 0 else err

    run.graphs = graphs
    return run


def test_every_file_is_summed_and_the_sums_are_right(released, held):
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=released,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    listed = [line[66:] for line in held["SHA256SUMS"].decode().splitlines()]
    assert listed == sorted(held.keys() - {"SHA256SUMS"})


def test_the_formats_are_those_of_the_exports(held, snapshot):
    version = snapshot.manifest["version"]
    content = Content(snapshot.kb, snapshot.prefixes, snapshot.nquads, version)
    assert gzip.decompress(held["rdf/kb.nq.gz"]) == snapshot.nquads.read_bytes()
    assert held["rdf/kb.nq.gz"][3:8] == b"\0\0\0\0\0", "a name or a time"
    for place, name in (
        ("rdf/kb.ttl", "ttl"),
        ("jsonld/kb.jsonld", "jsonld"),
        ("kgx/", "kgx"),
        ("tables/", "tables"),
        ("mappings/kb.sssom.tsv", "sssom"),
    ):
        expected = {place + file: data for file, data in files(name, content).items()}
        assert {path: held.get(path) for path in expected} == expected
    for name in ONTOLOGY:
        assert held[f"ontology/{name}"] == (ROOT / "ontology" / name).read_bytes()
    queries = {p.name: p.read_bytes() for p in (ROOT / "graphs" / "queries").glob("*.rq")}
    found = {path[8:]: data for path, data in held.items() if path.startswith("queries/")}
    assert found == queries


def triples(data: bytes, format: ox.RdfFormat) -> ox.Dataset:
    found = ox.Dataset(ox.parse(data, format=format))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def test_all_forms_of_rdf_say_the_same(held, snapshot):
    one = triples(gzip.decompress(held["rdf/kb.nq.gz"]), ox.RdfFormat.N_QUADS)
    assert len(one) == snapshot.manifest["counts"]["triples"]["total"]
    assert one == triples(held["rdf/kb.ttl"], ox.RdfFormat.TURTLE)
    assert one == triples(held["jsonld/kb.jsonld"], ox.RdfFormat.JSON_LD)


def test_each_file_of_rdf_is_read_by_rdflib_and_oxigraph_alike(run, tmp_path):
    run("release", tmp_path / "out")
    written = tree(tmp_path / "out")
    written["rdf/kb.nq"] = gzip.decompress(written.pop("rdf/kb.nq.gz"))
    known = {
        ".nq": ("nt", ox.RdfFormat.N_QUADS),
        ".ttl": ("turtle", ox.RdfFormat.TURTLE),
        ".jsonld": ("json-ld", ox.RdfFormat.JSON_LD),
    }
    found = {
        path: Graph().parse(data=data, format=known[Path(path).suffix][0])
        for path, data in written.items()
        if Path(path).suffix in known
    }
    assert len(found) == 7
    for path, graph in found.items():
        assert len(graph) == len(triples(written[path], known[Path(path).suffix][1])), path


def test_the_tables_give_back_the_knowledge_base(released, snapshot, tmp_path):
    read = former(released)
    assert read.kb == snapshot.kb
    assert read.edition.key == snapshot.key
    options = ["--home", str(tmp_path), "--graphs", str(released / "tables")]
    assert cli.run([*options, "build"]) == 0
    assert current(tmp_path).nquads.read_bytes() == snapshot.nquads.read_bytes()


def test_counts_are_those_that_sparql_gives(description, snapshot):
    def ask(text: str) -> list[tuple[str, ...]]:
        answer = store.ask(snapshot.store(), text)
        return [tuple(term.value for term in row) for row in answer.rows]

    (dataset,) = description.subjects(RDF.type, VOID.Dataset)
    entity = "https://w3id.org/exograph/entity/"
    for property, asked in {
        "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
        "entities": f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o "
        f"FILTER(STRSTARTS(STR(?s), '{entity}')) }}",
    }.items():
        assert str(description.value(dataset, VOID[property])) == ask(asked)[0][0], property
    pattern = str(description.value(dataset, VOID.uriRegexPattern))
    assert re.match(pattern, f"{entity}mir-126")
    parts = {
        (str(description.value(p, VOID["class"])), str(description.value(p, VOID.entities)))
        for p in description.objects(dataset, VOID.classPartition)
    }
    vocabulary = "https://w3id.org/exograph/vocab#"
    assert parts == set(
        ask(
            "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c "
            f"FILTER(STRSTARTS(STR(?c), '{vocabulary}')) }} GROUP BY ?c"
        )
    )


def test_each_file_of_data_is_described_with_its_size_and_digest(description, held):
    (dataset,) = description.subjects(RDF.type, VOID.Dataset)
    described = {}
    for one in description.objects(dataset, DCAT.distribution):
        title = str(description.value(one, DCTERMS.title))
        assert unquote(str(one)).endswith(f"/{title}")
        checksum = description.value(one, SPDX.checksum)
        described[title] = (
            int(description.value(one, DCAT.byteSize)),
            str(description.value(checksum, SPDX.checksumValue)).lower(),
        )
    folders = ("rdf/", "jsonld/", "kgx/", "tables/", "mappings/", "ontology/")
    expected = {
        path: (len(data), hashlib.sha256(data).hexdigest())
        for path, data in held.items()
        if path.startswith(folders)
    }
    assert described == expected
    media = {
        str(description.value(one, DCTERMS.title)): str(description.value(one, DCAT.mediaType))
        for one in description.objects(dataset, DCAT.distribution)
    }
    assert media["rdf/kb.nq.gz"].endswith("/application/n-quads")
    assert media["kgx/edges.tsv"].endswith("/text/tab-separated-values")
    packed = list(description.subjects(DCAT.compressFormat))
    assert [str(description.value(p, DCTERMS.title)) for p in packed] == ["rdf/kb.nq.gz"]


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix void: <http://rdfs.org/ns/void#> .
[] sh:targetClass void:Dataset ; sh:class dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 2 ; sh:uniqueLang true ],
    [ sh:path dct:description ; sh:minCount 2 ; sh:uniqueLang true ],
    [ sh:path dct:issued ; sh:datatype xsd:date ; sh:minCount 1 ; sh:maxCount 1 ],
    [ sh:path dct:license ; sh:nodeKind sh:IRI ; sh:minCount 1 ],
    [ sh:path dcat:version ; sh:minCount 1 ; sh:maxCount 1 ],
    [ sh:path dcat:distribution ; sh:class dcat:Distribution ; sh:minCount 5 ],
    [ sh:path prov:wasDerivedFrom ; sh:class prov:Entity ; sh:minCount 1 ],
    [ sh:path prov:wasGeneratedBy ; sh:class prov:Activity ; sh:minCount 1 ; sh:maxCount 1 ],
    [ sh:path void:dataDump ; sh:class dcat:Distribution ; sh:minCount 1 ] .
[] sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:mediaType ; sh:nodeKind sh:IRI ; sh:minCount 1 ; sh:maxCount 1 ],
    [ sh:path dcat:byteSize ; sh:datatype xsd:nonNegativeInteger ; sh:minCount 1 ; sh:maxCount 1 ],
    [ sh:path dct:license ; sh:minCount 1 ],
    [ sh:path ( spdx:checksum spdx:checksumValue ) ; sh:datatype xsd:hexBinary ; sh:minCount 1 ;
      sh:minLength 64 ; sh:maxLength 64 ] .
"""


def test_the_description_is_as_catalogues_want_it(description, held, snapshot):
    shapes = Graph().parse(data=SHAPES, format="turtle")
    conforms, _, told = pyshacl.validate(description, shacl_graph=shapes)
    assert conforms, told
    assert isomorphic(description, Graph().parse(data=held["dataset.jsonld"], format="json-ld"))
    (dataset,) = description.subjects(RDF.type, VOID.Dataset)
    sources = {
        (str(description.value(s, DCTERMS.title, any=True)), str(s))
        for s in description.objects(dataset, PROV.wasDerivedFrom)
    }
    assert {iri.rpartition("/")[2] for _, iri in sources} == {s.id for s in snapshot.kb.sources}
    licences = set(description.objects(dataset, DCTERMS.license))
    assert licences == {URIRef(IRIS[s.licence]) for s in snapshot.kb.sources}
    assert (dataset, DCTERMS.identifier, Literal(snapshot.key)) in description


def test_the_citation_has_what_the_format_requires(held, snapshot):
    told = yaml.safe_load(held["CITATION.cff"])
    assert told["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= told.keys()
    assert told["type"] == "dataset"
    assert told["date-released"] == max(s.date for s in snapshot.kb.sources)
    assert told["version"] == snapshot.manifest["version"]
    assert told["license"] == ["CC-BY-4.0"]
    assert all(author.keys() == {"name"} for author in told["authors"])
    (identifier,) = told["identifiers"]
    assert identifier["type"] == "other" and identifier["value"].endswith(snapshot.key)
    project = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    for key in ("title", "authors", "version", "keywords"):
        assert told[key] == project[key], key


def test_the_data_sheet_counts_what_is_there(held, snapshot):
    sheet, counts, kb = held["DATASHEET.md"].decode(), snapshot.manifest["counts"], snapshot.kb
    basis = counts["statements"]["by_basis"]
    for name, n in basis.items():
        assert f"{name} {n}" in sheet
    status = counts["references"]["by_status"]
    unsure = sum(n for name, n in status.items() if name != "identified")
    total = counts["references"]["total"]
    assert f"not surely known: {unsure} of {total} (" in sheet
    assert f"not identified {status['not_identified']}" in sheet
    compared = {(v.reference, v.claim) for v in kb.verifications}
    verified = sum((s.reference, s.claim) in compared for s in kb.statements)
    assert f"held against the primary paper: {verified} of {len(kb.statements)} (" in sheet
    effects = [c for c in kb.claims if c.sign is not None]
    expected = sum(c.sign == 0 for c in effects)
    assert f"without a direction: {expected} of {len(effects)} (" in sheet
    seen = [s for c in effects for s in c.statements]
    nowhere = sum(s.context.tissue == () for s in seen)
    assert f"{nowhere} of {len(seen)} (" in sheet
    gone = Counter(kb.notices.values())
    assert f"{gone['retracted']} retracted, {gone['corrected']} corrected" in sheet
    assert "medical advice" in sheet
    titles = re.findall(r"^## (.+)$", sheet, re.MULTILINE)
    assert titles[:3] == ["What it is", "How it was made", "What it rests on"]
    assert {"Good for", "Not good for", "Known gaps", "Licences", "How to cite"} <= set(titles)


class Page(HTMLParser):
    """What a page links to and loads, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.scripts = 0
        self.said: list[str] = []
        self.feed(text)
        self.text = " ".join(" ".join(self.said).split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.scripts += tag == "script"
        if tag == "a":
            self.links.append(given["href"] or "")
        elif tag == "link" and given["rel"] != "icon":
            self.loads.append(given["href"] or "")

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_there_is_a_page_for_each_paper_in_both_languages(held, snapshot):
    kb = snapshot.kb
    names = {path for path in held if path.startswith("papers/") and path.endswith(".html")}
    ids = {"index", *kb.reference}
    assert names == {f"papers/{zh}{id}.html" for id in ids for zh in ("", "zh/")}
    for name in sorted(names)[::7]:
        page = Page(held[name].decode())
        assert page.scripts == 0
        assert all(not re.match("https?:", each) for each in page.loads)
        folder = Path(name).parent
        for link in [*page.links, *page.loads]:
            if re.match("https?:|#", link):
                assert re.match("https://(doi.org|(pubmed|www).ncbi.nlm.nih.gov)/|#", link), link
                continue
            path = os.path.normpath(folder / unquote(link.partition("#")[0]))
            assert path in held, (name, link)


def test_a_page_says_what_is_taken_from_the_paper(held, snapshot):
    kb = snapshot.kb
    page = Page(held["papers/review-39.html"].decode()).text
    quotes = {s.quote for s in kb.statements if s.reference == "review-39"}
    assert quotes and all(" ".join(str(q).split()) in page for q in quotes)
    assert "A correction was published" in page
    verdicts = [v for v in kb.verifications if v.reference == "review-39"]
    assert verdicts and all(v.primary_says in page for v in verdicts)
    gone = next(id for id, notice in sorted(kb.notices.items()) if notice == "retracted")
    assert "已撤稿" in Page(held[f"papers/zh/{gone}.html"].decode()).text
    unknown = next(r.id for r in kb.references if r.status == "not_identified")
    assert "not identified" in Page(held[f"papers/{unknown}.html"].decode()).text


def test_two_processes_write_the_same_bytes(run, tmp_path):
    run("build")
    program = "import sys; from exograph import cli; sys.exit(cli.run(sys.argv[1:]))"
    options = ["--home", tmp_path / "home", "--graphs", run.graphs]
    for seed in ("1", "2"):
        os.utime(run.graphs / "review" / "statements.tsv", (int(seed), int(seed)))
        command = [sys.executable, "-c", program, *options, "release", tmp_path / seed]
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}"}
        subprocess.run(command, check=True, env=env, capture_output=True)
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


def test_the_date_is_the_newest_source_s_or_as_asked(run, tmp_path):
    run("release", tmp_path / "a", "--date", "2031-02-03")
    told = json.loads((tmp_path / "a" / "release.json").read_bytes())
    assert told["date"] == "2031-02-03"
    assert '"2031-02-03"' in (tmp_path / "a" / "CITATION.cff").read_text(encoding="utf-8")
    assert "does not match" in run("release", tmp_path / "b", "--date", "yesterday", code=2)
    run("release", tmp_path / "c")
    dates = [s.date for s in current(tmp_path / "home").kb.sources]
    assert json.loads((tmp_path / "c" / "release.json").read_bytes())["date"] == max(dates)


def changed(table: Path, old: str, new: str) -> None:
    text = table.read_text(encoding="utf-8")
    assert old in text, old
    table.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_what_changed_since_the_former_release_is_told(run, tmp_path):
    run("release", tmp_path / "one")
    kb = current(tmp_path / "home").kb
    opposite = {"upregulates": "downregulates", "promotes": "suppresses", "inhibits": "activates"}
    named = {step.claim for m in kb.mechanisms for step in m.steps}
    named |= {id for c in kb.conflicts for id in c.claims} | {v.claim for v in kb.verifications}
    turned = next(
        c for c in kb.claims
        if c.predicate in opposite and c.id not in named and c.supported
        and len(kb.claims_between(c.subject, c.object)) == 1
        and all(s.source == c.statements[0].source for s in c.statements)
    )  # fmt: skip
    table = run.graphs / turned.statements[0].source / "statements.tsv"
    line = f"{turned.subject}\t{{}}\t{turned.object}\t"
    after = opposite[turned.predicate]
    changed(table, line.format(turned.predicate), line.format(after))
    run("release", tmp_path / "two", "--previous", tmp_path / "one", "--date", "2030-01-01")
    told = json.loads((tmp_path / "two" / "changes.json").read_bytes())
    assert [c["claim"] for c in told["claims"]["removed"]] == [turned.id]
    assert [(c["subject"], c["predicate"], c["object"]) for c in told["claims"]["added"]] == [
        (turned.subject, after, turned.object)
    ]
    (sign,) = told["claims"]["sign"]
    assert (sign["subject"], sign["object"]) == (turned.subject, turned.object)
    assert {tuple(sign["before"]), tuple(sign["after"])} == {("+",), ("-",)}
    assert told["records"]["claims"] == {"added": 1, "removed": 1, "changed": 0}
    text = (tmp_path / "two" / "CHANGES.md").read_text(encoding="utf-8")
    assert "Effects of another sign than before (1)" in text and turned.id in text
    about = Graph().parse(tmp_path / "two" / "dataset.ttl")
    before = json.loads((tmp_path / "one" / "release.json").read_bytes())["key"]
    (link,) = about.objects(None, DCAT.previousVersion)
    assert str(link).endswith(before)


def test_a_retraction_moves_grade_and_support_and_is_told(run, tmp_path):
    run("release", tmp_path / "one")
    kb = current(tmp_path / "home").kb
    alone = next(c for c in kb.claims if len(c.statements) == 1 and c.supported)
    id = alone.statements[0].reference
    table = run.graphs / kb.reference[id].source / "references.tsv"
    header, *lines = table.read_text(encoding="utf-8").splitlines()
    at = header.split("\t").index("retraction")
    for number, line in enumerate(lines):
        cells = line.split("\t")
        if cells[0] == id:
            cells[at] = "retracted"
            lines[number] = "\t".join(cells)
    table.write_text("\n".join([header, *lines, ""]), encoding="utf-8", newline="\n")
    run("release", tmp_path / "two", "--previous", tmp_path / "one")
    told = json.loads((tmp_path / "two" / "changes.json").read_bytes())
    notice = {"reference": id, "before": None, "after": "retracted"}
    assert notice in told["references"]["notice"]
    support = {c["claim"]: (c["before"], c["after"]) for c in told["claims"]["support"]}
    assert support[alone.id] == (1, 0)
    assert alone.id in {c["claim"] for c in told["claims"]["grade"]}
    assert f"{id}: none → retracted" in (tmp_path / "two" / "CHANGES.md").read_text("utf-8")


def test_a_snapshot_may_be_the_former_one_and_nothing_is_different(run, tmp_path):
    run("build")
    run("release", tmp_path / "one", "--previous", "current")
    told = json.loads((tmp_path / "one" / "changes.json").read_bytes())
    assert not any(n for counts in told["records"].values() for n in counts.values())
    assert "## " not in (tmp_path / "one" / "CHANGES.md").read_text(encoding="utf-8")
    assert "X309" in run("release", tmp_path / "two", "--previous", "nothing", code=1)
    (tmp_path / "one" / "tables" / "review" / "statements.tsv").write_text("x")
    damaged = run("release", tmp_path / "two", "--previous", tmp_path / "one", code=1)
    assert "X309" in damaged and "tables/review/statements.tsv" in damaged
    assert not (tmp_path / "two").exists()


def test_only_an_untouched_release_is_replaced_and_only_if_asked(run, tmp_path):
    out = tmp_path / "out"
    run("release", out)
    before = tree(out)
    assert "X308" in run("release", out, code=1)
    (out / "notes.txt").write_text("mine")
    told = run("release", out, "--replace", code=1)
    assert "X307" in told and "notes.txt" in told
    (out / "notes.txt").unlink()
    sheet = out / "DATASHEET.md"
    sheet.write_bytes(before["DATASHEET.md"] + b"mine\n")
    assert "DATASHEET.md" in run("release", out, "--replace", code=1)
    sheet.write_bytes(before["DATASHEET.md"])
    out.chmod(0o750)
    run("release", out, "--replace", "--previous", out, "--date", "2032-01-01")
    assert out.stat().st_mode & 0o777 == 0o750
    assert (out / "CHANGES.md").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["graphs", "home", "out"]


def test_other_folders_and_files_are_left_alone(run, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.md").write_text("mine")
    assert "X307" in run("release", other, "--replace", code=1)
    assert "X307" in run("release", other / "thesis.md", code=1)
    assert tree(other) == {"thesis.md": b"mine"}
    link = tmp_path / "link"
    (tmp_path / "empty").mkdir()
    link.symlink_to(tmp_path / "empty")
    assert run("release", link).strip() == str(link)
    assert link.is_symlink() and (tmp_path / "empty" / "release.json").exists()


def test_a_release_that_fails_half_way_leaves_the_old_one(run, tmp_path):
    out = tmp_path / "out"
    run("release", out)
    before = tree(out)

    def failing():
        yield "a.txt", [b"a"]
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        put(failing(), out, replacing=True)
    with pytest.raises(InputError, match="X308"):
        put(failing(), out, replacing=False)
    assert tree(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["graphs", "home", "out"]


NODES = "id\tcategory\tname\nHGNC:1\tbiolink:Gene\tONE\nHGNC:2\tbiolink:Gene\tTWO\n"
EDGES = "id\tsubject\tpredicate\tobject\nx\tHGNC:1\tbiolink:interacts_with\tHGNC:2\n"


def test_imports_go_along_only_under_a_licence(run, tmp_path):
    (tmp_path / "nodes.tsv").write_text(NODES)
    (tmp_path / "edges.tsv").write_text(EDGES)
    given = [tmp_path / "nodes.tsv", tmp_path / "edges.tsv"]
    run("release", tmp_path / "plain")
    run("import", *given, "--as", "unknown")
    run("release", tmp_path / "one")
    kept = tree(tmp_path / "one")
    licences = kept["LICENSES.md"].decode()
    assert "`unknown`" in licences and "not stated" in licences
    assert json.loads(kept["release.json"])["left_out"] == ["unknown"]
    plain = tree(tmp_path / "plain")
    assert kept["rdf/kb.nq.gz"] == plain["rdf/kb.nq.gz"]
    assert json.loads(kept["release.json"])["key"] == json.loads(plain["release.json"])["key"]
    run("import", *given, "--as", "free", "--licence", "CC0-1.0")
    run("release", tmp_path / "two", "--previous", tmp_path / "one")
    both = tree(tmp_path / "two")
    told = json.loads(both["release.json"])
    assert "free" in told["sources"] and told["left_out"] == ["unknown"]
    assert len(tsv(both["kgx/edges.tsv"])) == len(tsv(kept["kgx/edges.tsv"])) + 1
    assert not any(path.startswith("tables/free") for path in both)
    tables = {path: data for path, data in kept.items() if path.startswith("tables/")}
    assert tables == {path: data for path, data in both.items() if path.startswith("tables/")}
    counts = json.loads(both["changes.json"])["records"]
    assert not any(n for each in counts.values() for n in each.values())
    about = Graph().parse(data=both["dataset.ttl"], format="turtle")
    assert URIRef(IRIS["CC0-1.0"]) in set(about.objects(None, DCTERMS.license))


def test_it_says_what_was_left_out(run, tmp_path, capfd):
    (tmp_path / "nodes.tsv").write_text(NODES)
    (tmp_path / "edges.tsv").write_text(EDGES)
    run("import", tmp_path / "nodes.tsv", tmp_path / "edges.tsv", "--as", "unknown")
    options = ["--home", str(tmp_path / "home"), "--graphs", str(run.graphs), "--lang", "zh"]
    assert cli.run([*options, "release", str(tmp_path / "out")]) == 0
    assert "未包含在内：unknown。" in capfd.readouterr().err


def test_a_release_of_imports_alone_is_refused(run, tmp_path):
    (tmp_path / "nodes.tsv").write_text(NODES)
    (tmp_path / "edges.tsv").write_text(EDGES)
    run("import", tmp_path / "nodes.tsv", tmp_path / "edges.tsv", "--as", "mine")
    run("build", "--source", "mine")
    assert "X304" in run("release", tmp_path / "out", code=1)


def test_nothing_of_this_machine_is_in_it(held, released, home):
    for path, data in held.items():
        whole = gzip.decompress(data) if path.endswith(".gz") else data
        assert str(released.parent).encode() not in whole, path
        assert str(home).encode() not in whole, path
