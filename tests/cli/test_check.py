# SPDX-License-Identifier: Apache-2.0
"""``exograph check``: every problem by file and line, and the exit code that says how it went."""

import re
import shutil
import subprocess
import sys

import pytest
from running import FAULTS, PROGRAM, ROOT, call

from exograph.cli.session import Session

VALID = ROOT / "tests" / "data" / "valid"
INVALID = ROOT / "tests" / "data" / "invalid"


@pytest.fixture(scope="module")
def sound(graphs):
    """What `check` says of the shipped tables, without their texts."""
    return call(["--graphs", str(graphs), "--lang", "en", "check"])


def test_the_shipped_tables_have_no_error(sound):
    assert sound.code == 0
    assert "0 error(s)" in sound.err


def test_without_texts_it_says_that_quotes_were_not_proven(sound):
    assert "not re-proven" in sound.err
    assert "W501" in sound.out


def test_every_problem_is_told_at_once_by_file_and_line(broken):
    faulty = broken(**FAULTS)
    answer = call(["--graphs", str(faulty), "check"])
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert (
        sum("Tisue" in line or "mir-12b" in line or "downreglates" in line for line in lines) >= 3
    )
    for line in lines:
        assert re.match(
            rf"{re.escape(str(faulty))}/review/[a-z_]+\.(tsv(:\d+)?|toml): [EW]\d{{3}} ", line
        )
        assert line.endswith(".")
    assert "The graph was not checked" in answer.err


def test_problems_as_json_keep_their_places(broken):
    answer = call(["--graphs", str(broken(**FAULTS)), "check", "--json"])
    assert answer.code == 1
    assert answer.json["ok"] is False
    [kind] = [p for p in answer.json["problems"] if "Tisue" in p["message"]]
    assert (kind["line"], kind["column"], kind["severity"]) == (2, "type", "error")
    assert kind["cure"]


def test_strict_makes_warnings_fail(tmp_path):
    shutil.copytree(VALID, tmp_path / "graphs")
    shutil.copytree(INVALID / "W903", tmp_path / "graphs", dirs_exist_ok=True)
    options = ["--graphs", str(tmp_path / "graphs"), "check", "--json"]
    lenient, strict = call(options), call([*options, "--strict"])
    assert (lenient.code, strict.code) == (0, 1)
    assert (lenient.json["ok"], strict.json["ok"]) == (True, False)
    assert lenient.json["problems"] == strict.json["problems"]
    assert {p["severity"] for p in strict.json["problems"]} == {"warning"}


def test_strict_does_not_ask_for_texts():
    answer = call(["--graphs", str(VALID), "check", "--json", "--strict"])
    assert (answer.code, answer.json["ok"]) == (0, True)
    assert [p["code"] for p in answer.json["problems"]] == ["W501"]
    assert "W501" in call(["check", "--help"]).out


@pytest.mark.parametrize("args", [("check",), ("check", "--json"), ("show", "vegfb", "--json")])
def test_a_failure_stays_one_when_the_reader_has_left(args, broken, home):
    graphs = broken(**(FAULTS if args[0] == "check" else {}))
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--home", home, "--graphs", graphs, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        err = process.stderr.read()
        assert b"Traceback" not in err and b"roken" not in err
        assert process.wait(timeout=60) == 1


def test_quotes_are_proven_where_the_texts_are(tmp_path):
    shutil.copytree(VALID, tmp_path / "graphs")
    options = ["--graphs", str(tmp_path / "graphs"), "--texts", str(VALID / "texts")]
    answer = call([*options, "check"])
    assert "not re-proven" not in answer.err and "E50" not in answer.out


def test_the_graph_is_checked_where_the_tables_are_sound(graphs, tmp_path, monkeypatch):
    """A further check in the ontology folder, which finds every tissue."""
    ontology = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", ontology)
    (ontology / "checks" / "no-tissue-violation.rq").write_text(
        "# message: {entity} is a tissue.\n# cure: Leave it out.\n"
        "SELECT ?entity WHERE { ?entity a exo:Tissue }\n"
    )
    monkeypatch.setattr(Session, "ontology", ontology)
    answer = call(["--graphs", str(graphs), "check"])
    assert answer.code == 1
    assert (
        f"{graphs}/review/entities.tsv:2: E952 entity:bone-marrow is a tissue. Leave it out."
        in answer.out.splitlines()
    )


@pytest.mark.parametrize("code", ["E104", "E201", "E302", "E401", "E501", "E601"])
def test_a_fixture_of_a_fault_fails_with_its_code(code, tmp_path):
    shutil.copytree(VALID, tmp_path / "graphs")
    shutil.copytree(INVALID / code, tmp_path / "graphs", dirs_exist_ok=True)
    texts = ["--texts", str(tmp_path / "graphs" / "texts")]
    answer = call([*texts, "--graphs", str(tmp_path / "graphs"), "check", "--json"])
    assert answer.code == 1
    assert code in {p["code"] for p in answer.json["problems"]}


def test_in_chinese_the_summary_is_chinese(broken):
    answer = call(["--lang", "zh", "--graphs", str(broken(**FAULTS)), "check"])
    assert "个错误" in answer.err


def coverage(*more):
    return call(["--texts", str(VALID / "texts"), "--graphs", str(VALID), *more])


def test_coverage_lists_each_sentence_with_its_rows_or_the_reason_for_none():
    answer = coverage("check", "--coverage", "--json")
    assert (answer.code, answer.json["ok"], answer.json["problems"]) == (0, True, [])
    first, *_, last = answer.json["sentences"]
    assert (first["section"], first["line"], first["reason"]) == ("abstract", 1, None)
    assert first["rows"][0] == {
        "table": "statements",
        "line": 2,
        "says": "bmsc isolated_from bone-marrow",
    }
    assert first["text_covered"] > 0.8
    assert (last["rows"], last["reason"], last["text_covered"]) == ([], "announcement", 0)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("says what the text will do", "7 sentence(s): 6 with rows, 1 with a reason")),
        ("zh", ("预告下文内容", "共 7 句：6 句有对应行")),
    ],
)
def test_coverage_is_told_in_both_languages(lang, words):
    answer = coverage("--lang", lang, "check", "--coverage")
    assert "statements.tsv:2 bmsc isolated_from bone-marrow" in answer.out
    assert words[0] in answer.out
    assert words[1] in answer.err


def test_a_sentence_that_nothing_explains_is_named_and_fails_where_it_is_strict(tmp_path):
    shutil.copytree(VALID, tmp_path / "graphs")
    shutil.copytree(INVALID / "W505", tmp_path / "graphs", dirs_exist_ok=True)
    graphs = tmp_path / "graphs"
    options = ["--texts", str(graphs / "texts"), "--graphs", str(graphs), "--lang", "en", "check"]
    answer = call([*options, "--coverage"])
    assert answer.code == 0
    assert "UNEXPLAINED" in answer.out and "W505" in answer.out
    assert "1 unexplained" in answer.err
    assert call([*options, "--strict"]).code == 1


def test_coverage_without_the_texts_is_wrong_usage():
    answer = call(["--graphs", str(VALID), "check", "--coverage", "--json"])
    assert (answer.code, answer.json["error"]["code"]) == (2, "U001")
    assert "--texts" in answer.json["error"]["message"]
