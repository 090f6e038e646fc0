# SPDX-License-Identifier: Apache-2.0
"""Whatever is typed: an answer or an error that says what to do, and never a traceback."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from running import PROGRAM

STRANGE = [
    "",
    " ",
    "\t\n",
    "-",
    "--",
    "---",
    "--help-me",
    "type:",
    "type:type:Source",
    "../../etc/passwd",
    "%s%n{0}{name!r}",
    "<script>alert(1)</script>\"'",
    "'; DROP TABLE entities; --",
    "\u202egnol si siht",
    "\ufffd",
    "\udcff\udcfe",
    "👩‍🔬🧫",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L",
    "ﬁbroblast",
    "\x1b[31mred\x07",
    "x" * 20_000,
    "外" * 5_000,
    "9" * 5_000,
    "1e400",
    "GO:",
    ":",
    "http://[",
    "https://w3id.org/exograph/entity/",
    "claim:",
    "reference:review-38",
    "--json",
    "@file",
    "*",
    "~",
    "$HOME",
    "con\\nul",
]
SHAPES = [
    ("{}",),
    ("show", "{}"),
    ("search", "{}"),
    ("search", "--", "{}"),
    ("paths", "{}", "angiogenesis"),
    ("paths", "--from-type", "{}", "--to-type", "{}"),
    ("paths", "msc", "angiogenesis", "--via", "{}", "--not", "{}"),
    ("paths", "msc", "angiogenesis", "--context", "organism={}"),
    ("paths", "msc", "angiogenesis", "--top", "{}"),
    ("paths", "msc", "angiogenesis", "--timeout", "{}"),
    ("query", "--example", "{}"),
    ("query", "{}"),
    ("build", "--source", "{}"),
    ("--lang", "{}", "stats"),
    ("view", "{}", "--out", "page.html"),
    ("view", "vegfa", "--depth", "{}", "--out", "page.html"),
]
NAMING = [("show", "{}"), ("search", "--", "{}"), ("paths", "{}", "angiogenesis")]
"""Those that take a name get all of the strange ones, the others every third."""


@pytest.mark.parametrize("shape", SHAPES, ids=" ".join)
def test_no_strange_argument_gives_a_traceback(shape, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    wide = shape in NAMING
    for number, strange in enumerate(STRANGE if wide else STRANGE[::3]):
        args = [part.replace("{}", strange) for part in shape]
        answer = run(*args, *(["--json"] if number % 2 else []))
        assert answer.code in (0, 1, 2), args
        assert "Traceback" not in answer.err, args
        assert answer.out.strip() or answer.err.strip(), args
        assert "\x1b" not in answer.out + answer.err, args


@pytest.mark.parametrize("text", ["", "SELECT", "\ufeff", "ASK {} #" + "x" * 50_000, "\x1b]0;\x07"])
def test_no_strange_query_gives_a_traceback(text, run):
    assert run("query", "-e", text).code in (0, 1)
    assert run("query", "-", stdin=text.encode()).code in (0, 1)


@pytest.mark.parametrize("option", ["--home", "--graphs", "--texts"])
@pytest.mark.parametrize("value", ["", "x" * 5000, "/dev/null", "/proc/self/mem"])
def test_no_strange_folder_gives_a_traceback(option, value, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    answer = run("build", "--json", options=(option, value))
    assert answer.code in (0, 1, 2)
    if answer.code:
        assert answer.error["message"]


def test_an_unknown_command_gets_a_suggestion(run):
    answer = run("serach", "x")
    assert answer.code == 2 and "Did you mean 'search'?" in answer.err


def test_an_unknown_option_gets_a_suggestion(run):
    answer = run("paths", "a", "b", "--max-step", "3")
    assert answer.code == 2 and "--max-steps" in answer.err


def test_an_error_is_one_line_with_code_and_cure(run):
    err = run("show", "vegfb").err
    assert err.count("\n") == 1
    assert err.startswith("E002: No entity is called 'vegfb'. Did you mean ")


def test_a_name_after_two_dashes_is_a_name(run):
    assert "No entity is called '--json'" in run("show", "--", "--json").err


def test_a_broken_pipe_is_silent(home, graphs):
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--home", home, "--graphs", graphs, "show", "exosome"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("args", [("stats",), ("stats", "--json")])
def test_a_full_disk_is_an_error_without_traceback(args, home, graphs):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, "--home", home, "--graphs", graphs, *args],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().startswith("U002: No space left on device")
    assert done.stderr.count(b"\n") == 1


def test_an_error_that_cannot_go_to_stdout_goes_to_stderr(program):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = program("show", "vegfb", "--json", capture_output=False, stdout=full, stderr=-1)
    assert done.returncode == 1
    first, second = done.stderr.decode().splitlines()
    assert first.startswith("E002: No entity is called 'vegfb'.")
    assert second.startswith("U002: No space left on device")


@pytest.mark.parametrize("name", ["x" * 100_000, "x y " * 25_000, "外" * 100_000])
@pytest.mark.parametrize("shape", [*SHAPES, ("query", "-e", "SELECT {}")], ids=" ".join)
def test_no_message_repeats_a_name_at_any_length(shape, name, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    args = [part.replace("{}", name) for part in shape]
    answer = run(*args)
    assert answer.code in (0, 1, 2) and len(answer.err) < 3000
    if shape in NAMING:
        assert len(answer.err) < 160


@pytest.mark.parametrize("name", ["a\nb", "ab", "q"])
def test_a_letter_or_two_suggest_nothing(name, run):
    assert run("show", name, "--json").error["suggestions"] == []
    assert run("paths", name, "vegfa", "--json").error["suggestions"] == []


def test_suggestions_are_told_in_text_and_once(run):
    err = run("query", "--example", "cargo-by-sauce").err
    assert "Did you mean cargo-by-source" in err and "exograph examples" in err
    assert run("show", "vegfb").err.count("Did you mean") == 1


@pytest.mark.parametrize("command", ["show", "search", "query", "view", "paths"])
@pytest.mark.parametrize("name", ["", " \n"])
def test_an_empty_name_is_wrong_usage(command, name, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = run(command, name, *(["vegfa"] if command == "paths" else []))
    assert (answer.code, answer.out) == (2, "")
    assert "It is empty." in answer.err
    assert list(tmp_path.iterdir()) == []


def test_closed_streams_do_no_harm(home, graphs):
    command = f'exec "$0" -c "$1" --home "{home}" --graphs "{graphs}" stats >&- 2>&-'
    done = subprocess.run(["sh", "-c", command, sys.executable, PROGRAM], check=False)
    assert done.returncode in (0, 1)


def parents():
    """Numbers of the processes that have a child, where the system tells."""
    told = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended since
            told.add(int(stat.read_text().rpartition(")")[2].split()[1]))
    return told


def test_a_stop_by_the_user_is_exit_130(home, graphs):
    slow = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?i < ?a) }"
    # tests that a shell runs in the background inherit that the signal is ignored
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            heed + PROGRAM,
            "--home",
            home,
            "--graphs",
            graphs,
            "query",
            "-e",
            slow,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        while Path("/proc").exists() and process.pid not in parents():  # until the query is asked
            time.sleep(0.1)
        time.sleep(1)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert err.decode().splitlines() == ["Stopped."]
