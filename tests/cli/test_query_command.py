# SPDX-License-Identifier: Apache-2.0
"""``exograph query`` and ``exograph examples``: SPARQL from the command line."""

import json
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from running import PROGRAM, ROOT, call

CARGO = """PREFIX exo: <https://w3id.org/exograph/vocab#>
PREFIX entity: <https://w3id.org/exograph/entity/>
SELECT ?cargo WHERE { entity:bmsc-exo exo:carries ?cargo } ORDER BY ?cargo"""


def test_a_query_comes_from_text_file_or_standard_input(run, tmp_path):
    file = tmp_path / "cargo.rq"
    file.write_text(CARGO)
    answers = [
        run("query", "-e", CARGO),
        run("query", str(file)),
        run("query", "-", stdin=CARGO.encode()),
        run("query", "-", stdin=b"\xef\xbb\xbf" + CARGO.encode()),
    ]
    assert {a.code for a in answers} == {0}
    assert {a.out for a in answers} == {
        "?cargo\n---------------\nentity:klf3-as1\nentity:mir-126\n",
    }


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_rows_come_in_the_usual_formats(form, run):
    answer = run("query", "-e", CARGO, "--format", form)
    assert answer.code == 0 and "mir-126" in answer.out and answer.out.endswith("\n")
    if form == "xml":
        assert ElementTree.fromstring(answer.out).tag.endswith("sparql")
    if form == "json":
        assert len(json.loads(answer.out)["results"]["bindings"]) == 2


@pytest.mark.parametrize("form", ["table", "ttl", "nt"])
def test_triples_come_in_the_usual_formats(form, run):
    construct = CARGO.replace("SELECT ?cargo", "CONSTRUCT { entity:bmsc-exo exo:carries ?cargo }")
    answer = run("query", "-e", construct, "--format", form)
    assert answer.code == 0 and "mir-126" in answer.out


def test_the_prefixes_of_the_project_need_no_declaration(run):
    answer = run("query", "-e", "ASK { entity:bmsc-exo exo:carries entity:mir-126 }")
    assert answer.out == "true\n"


def test_a_cut_is_said(run):
    answer = run("query", "-e", CARGO, "--limit", "1", "--format", "csv")
    assert len(answer.out.split()) == 2
    assert "Cut after 1 rows" in answer.err


def test_a_syntax_error_names_line_and_column(run):
    broken = CARGO.replace("?cargo }", "?cargo ?again }")
    answer = run("query", "-e", broken)
    assert (answer.code, answer.out) == (1, "")
    assert "Q201" in answer.err and "Line 3, column" in answer.err
    assert "Line 3, column" in run("query", "-e", broken, "--json").error["message"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("DELETE WHERE { ?s ?p ?o }", "Q202"),
        ("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }", "Q203"),
        ("ASK " + "{" * 5000 + "}" * 5000, "Q204"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?i < ?a) }", "Q205"),
        ("\udcff", "Q201"),
        ("", "Q201"),
    ],
)
def test_what_cannot_be_asked_is_refused(query, code, run):
    seconds = "0.5" if code == "Q205" else "300"  # on a busy machine a child takes long to start
    answer = run("query", "-e", query, "--timeout", seconds, "--json")
    assert answer.code == 1
    assert answer.error["code"] == code


def test_a_fault_in_a_file_names_the_file(run, tmp_path):
    file = tmp_path / "e.rq"
    file.write_text("SELECT ?a\nWHERE { ?a ?b }")
    err = run("query", str(file)).err
    assert err.startswith(f"{file}:2:15: Q201 ") and "Line" not in err
    error = run("query", str(file), "--json").error
    assert error["code"] == "Q201" and error["message"].startswith(f"{file}:2:15: ")
    assert run("query", "-", stdin=file.read_bytes()).err.startswith("Q201: Line 2, column 15: ")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk"])
def test_a_query_in_another_encoding_is_told_which(codec, run, tmp_path):
    file = tmp_path / "q.rq"
    file.write_bytes("# 外泌体促进血管生成\nASK { ?s ?p ?o }".encode(codec))
    for answer in (run("query", str(file)), run("query", "-", stdin=file.read_bytes())):
        assert answer.code == 1 and answer.err.startswith("Q211: ")
        name = codec.upper().removesuffix("-LE").removesuffix("-BE")
        assert f"It looks like {name}" in answer.err and f"iconv -f {name}" in answer.err


def test_a_closed_standard_input_is_an_error(home, graphs):
    command = f'exec "$0" -c "$1" --home "{home}" --graphs "{graphs}" query - <&-'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, PROGRAM], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"U002: Standard input is closed.")


def test_a_query_that_is_no_text_is_refused(run, tmp_path):
    file = tmp_path / "q.rq"
    file.write_bytes("SELECT *\n{ ?外 ?p ?o }".encode("gbk"))
    answer = run("query", str(file))
    assert answer.code == 1 and "line 2 is not UTF-8" in answer.err
    assert run("query", "/dev/zero").code == 1


@pytest.mark.parametrize("file", ["missing.rq", "."])
def test_a_query_file_that_cannot_be_read_is_an_error(file, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = run("query", file, "--json")
    assert answer.code == 1 and answer.error["code"] == "U002"
    assert file in answer.error["message"]


@pytest.mark.parametrize(
    "args", [(), ("-", "-e", "ASK {}"), ("-e", "ASK {}", "--json", "--format", "csv")]
)
def test_wrong_usage_is_exit_2(args, run):
    assert run("query", *args).code == 2


def test_an_example_is_asked_by_name(run):
    answer = run("query", "--example", "cargo-by-source")
    assert answer.code == 0 and "entity:mir-126" in answer.out
    wrong = run("query", "--example", "cargo-by-sauce", "--json")
    assert wrong.code == 1 and wrong.error["suggestions"][0] == "cargo-by-source"
    assert run("query", "--example", "../queries/cargo-by-source").code == 1


def test_examples_are_listed_with_their_questions(run, graphs):
    names = sorted(p.stem for p in (graphs / "queries").glob("*.rq"))
    english, chinese = run("examples").out, run("examples", options=("--lang", "zh")).out
    for name in names:
        assert name in english and name in chinese
    assert "Which cargo does the review find in the vesicles of each source" in english
    assert "文献[38]支持了哪些论断" in chinese
    assert [e["name"] for e in run("examples", "--json").json] == names


def test_all_examples_give_the_rows_expected(whole):
    answer = whole("examples", "--run")
    assert answer.code == 0, answer.out
    assert "0 differ" in answer.err and "DIFFERS" not in answer.out


def test_an_example_that_differs_fails_and_says_how(whole_home, tmp_path):
    copy = tmp_path / "graphs"
    shutil.copytree(ROOT / "graphs", copy)
    file = copy / "queries" / "cargo-by-source.rq"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("entity:mir-126", "entity:mir-127"), encoding="utf-8")
    options = ["--home", str(whole_home), "--graphs", str(copy)]
    answer = call([*options, "examples", "--run"])
    assert answer.code == 1
    assert "cargo-by-source  DIFFERS" in answer.out
    assert "did not come: " in answer.out and "entity:mir-127" in answer.out
    assert "came unasked: " in answer.out and "entity:mir-126" in answer.out
    wrong = [
        e["name"] for e in call([*options, "examples", "--run", "--json"]).json if not e["agrees"]
    ]
    assert wrong == ["cargo-by-source"]


def test_a_query_in_the_place_of_a_file_gets_the_hint(run):
    answer = run("query", CARGO)
    assert answer.code == 2 and "put -e before it" in answer.err
    assert run("query", "no-such-file.rq").code == 1
