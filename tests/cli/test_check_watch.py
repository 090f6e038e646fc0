# SPDX-License-Identifier: Apache-2.0
"""``exograph check --watch``: a curator saves files, and sees what is wrong, new and mended."""

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import psutil
import pytest
from running import PROGRAM, ROOT, call

from exograph.cli.session import Session
from exograph.cli.watching import _beyond, stamps
from exograph.errors import Problem

VALID = ROOT / "tests" / "data" / "valid"
INTERRUPTED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
"""Ctrl-C is heard also where the tests run in the background of a shell."""
PATIENCE = 60
"""Seconds to wait for what takes one, on a machine that has much else to do."""
CHECKED = r"Graph: 0 error\(s\), 0 warning\(s\)"


class Watched:
    """The running command, and what it has said."""

    def __init__(self, process):
        self.process, self.lines = process, []
        self._read = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.lines.append(line.decode().rstrip("\n"))

    def until(self, pattern):
        """The lines from where this was asked last up to the one that matches."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for number in range(self._read, len(self.lines)):
                if re.search(pattern, self.lines[number]):
                    found = self.lines[self._read : number + 1]
                    self._read = number + 1
                    return found
            assert self.process.poll() is None, self.lines
            time.sleep(0.02)
        raise AssertionError(f"{pattern} is not in {self.lines}")

    def stop(self):
        """Ctrl-C; gives the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def tables(tmp_path):
    folder = tmp_path / "graphs"
    shutil.copytree(VALID, folder, ignore=shutil.ignore_patterns("texts"))
    shutil.copytree(VALID / "texts", tmp_path / "texts")
    return folder


@contextmanager
def watching(tables, *args, lang="en"):
    texts = str(tables.parent / "texts")
    options = ["--graphs", str(tables), "--texts", texts, "--lang", lang]
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED + PROGRAM, *options, "check", "--watch", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        try:
            yield Watched(process)
        finally:
            process.kill()


def save(path, text):
    """As editors do: written aside, and renamed."""
    aside = path.with_name(f".{path.name}.swp")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def replaced(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    save(path, text.replace(old, new, 1))


def test_what_is_new_and_what_is_mended_is_told_at_each_save(tables):
    statements = tables / "paper" / "statements.tsv"
    with watching(tables) as watched:
        watched.until("Tables: ")
        replaced(statements, "downregulates", "downreglates")
        first = watched.until("Tables: ")
        assert "New:" in first and "Mended:" not in first
        assert re.search(r"paper/statements.tsv:\d+: E202 .* Did you mean downregulates", first[-2])
        assert "1 new, 0 mended. The graph is checked when they have none." in first[-1]
        replaced(tables / "paper" / "source.toml", 'title_en = "', 'titel_en = "')
        second = watched.until("Tables: ")
        assert "E202" in second[0], "what was there before stands first"
        assert second.index("New:") == 1 and sum("source.toml" in line for line in second) == 2
        replaced(statements, "downreglates", "downregulates")
        third = watched.until("Tables: ")
        assert third[third.index("Mended:") + 1].endswith("'downreglates' is unknown.")
        assert watched.stop() == 1, "the exit code of the last check"


def test_several_quick_writes_are_one_check_and_half_a_file_ends_nothing(tables):
    path = tables / "paper" / "statements.tsv"
    text = path.read_text(encoding="utf-8")
    with watching(tables) as watched:
        watched.until("Tables: ")
        for end in (10, 40, 90, len(text) - 5):
            path.write_bytes(text.encode()[:end])
            time.sleep(0.05)
        path.unlink()
        path.write_text(text, encoding="utf-8")
        assert "0 new, 0 mended" in watched.until("Tables: ")[-1]
        path.write_bytes(text.encode()[:40])
        assert any("E1" in line for line in watched.until("Tables: "))
        path.write_text(text, encoding="utf-8")
        watched.until(CHECKED)
        assert watched.stop() == 0


def test_folders_come_and_go_and_texts_are_watched_too(tables):
    text = tables.parent / "texts" / "mini.txt"
    held = text.read_bytes()
    with watching(tables) as watched:
        watched.until("Tables: ")
        for name in ("cells", "review", "paper"):
            shutil.move(tables / name, tables.parent / name)
        watched.until("S111 No source was found")
        text.write_bytes(held + b"More.\n")
        for name in ("cells", "review", "paper"):
            shutil.move(tables.parent / name, tables / name)
        watched.until("E503 The text 'mini.txt' has the SHA-256")
        text.write_bytes(held)
        watched.until(CHECKED)
        assert watched.stop() == 0


def test_a_save_while_the_graph_is_checked_does_not_wait_for_it(tables):
    statements = tables / "paper" / "statements.tsv"
    with watching(tables) as watched:
        watched.until("Checking the graph")
        replaced(statements, "downregulates", "downreglates")
        said = watched.until("1 new, 0 mended")
        assert any("E202" in line for line in said)
        assert watched.stop() == 1


def test_what_is_stopped_leaves_no_process_and_before_a_verdict_says_so(tables):
    with watching(tables) as watched:
        watched.until("Checking the graph")
        children = psutil.Process(watched.process.pid).children()
        assert watched.stop() == 130
        assert psutil.wait_procs(children, timeout=PATIENCE)[1] == []


def test_with_strict_a_warning_fails_at_the_end(tables):
    shutil.copytree(ROOT / "tests" / "data" / "invalid" / "W903", tables, dirs_exist_ok=True)
    with watching(tables, "--strict") as watched:
        assert any("W903" in line for line in watched.until("Graph: "))
        assert watched.stop() == 1


def test_the_screen_is_cleared_on_a_terminal_alone_and_chinese_is_spoken(tables):
    ours, theirs = pty.openpty()
    options = ["--graphs", str(tables), "--lang", "zh", "check", "--watch"]
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED + PROGRAM, *options], stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        seen = b""
        while "图：0".encode() not in seen:
            seen += os.read(ours, 4096)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    os.close(ours)
    assert b"\x1b[2J" in seen and "表格：0 个错误".encode() in seen
    with watching(tables) as watched:
        watched.until("Tables: ")
        assert not any("\x1b" in line for line in watched.lines)


@pytest.mark.parametrize("option", ["--json", "--coverage"])
def test_it_goes_with_no_option_that_asks_for_one_document(option, tables):
    answer = call(["--graphs", str(tables), "check", "--watch", option])
    assert answer.code == 2


def test_files_that_editors_keep_beside_are_not_looked_at(tables):
    session = Session(None, str(tables), None, "en")
    before = stamps(session)
    assert {"shapes.ttl", "exograph.ttl"} < {path.rpartition("/")[2] for path in before}
    for name in (".statements.tsv.swp", "statements.tsv~", "#statements.tsv#", ".#statements.tsv"):
        (tables / "paper" / name).write_text("x", encoding="utf-8")
    (tables / ".git").mkdir()
    assert stamps(session) == before
    (tables / "paper" / "attributes.csv").write_text("x", encoding="utf-8")
    assert stamps(session) != before


def test_a_problem_that_has_moved_to_another_line_is_no_new_one():
    def problem(line, message="The predicate 'x' is unknown."):
        return Problem("statements.tsv", line, "E202", message, "Mend it.", column="predicate")

    before, now = [problem(3), problem(9)], [problem(4), problem(10), problem(12), problem(2, "y")]
    assert list(_beyond(now, before)) == [problem(12), problem(2, "y")]
    assert list(_beyond(before, now)) == []


def test_a_curator_adds_a_paper_with_a_text_editor(tables, tmp_path):
    """From the skeleton to the graph, with what the checks say for a guide."""
    options = ["--home", str(tmp_path / "home"), "--graphs", str(tables), "--lang", "en"]
    with watching(tables) as watched:
        watched.until("Tables: ")
        assert call([*options, "new", "paper", "li2026", "--pmid", "27182818"]).code == 0
        asked = watched.until("Tables: ")
        assert [re.search(r"'(\w+)' is empty", line)[1] for line in asked if "E122" in line] == [
            "title_en",
            "title_zh",
        ]
        paper = tables / "li2026"
        replaced(paper / "source.toml", 'title_en = ""', 'title_en = "Vesicles and nerves"')
        replaced(paper / "source.toml", 'title_zh = ""', 'title_zh = "囊泡与神经"')
        watched.until("Tables: 0 error")

        header = (paper / "statements.tsv").read_text(encoding="utf-8").removesuffix("\n")
        cells = {
            "subject": "bmsc-exo",
            "predicate": "promotes",
            "object": "nerve-growth",
            "reference": "li2026",
            "section": "abstract",
            "paraphrase": "Exosomes of bone-marrow MSCs made nerves grow.",
            "basis": "stated",
            "stance": "supports",
            "certainty": "asserted",
            "effect": "plain",
        }
        row = "\t".join(cells.get(column, "") for column in header.split("\t"))
        save(paper / "statements.tsv", f"{header}\n{row}\n")
        assert any("E203" in line and "nerve-growth" in line for line in watched.until("Tables: "))
        header = (paper / "entities.tsv").read_text(encoding="utf-8").removesuffix("\n")
        row = ["nerve-growth", "BiologicalProcess", "nerve growth", "神经生长"]
        row += [""] * (len(header.split("\t")) - len(row))
        save(paper / "entities.tsv", header + "\n" + "\t".join(row) + "\n")
        assert any("E203" in line for line in watched.until("Tables: ")), "it is mended"
        watched.until(CHECKED)
        assert watched.stop() == 0
    assert call([*options, "build"]).code == 0
    shown = call([*options, "show", "nerve-growth"]).out
    assert "[li2026, section abstract] stated" in shown
    assert "Exosomes of bone-marrow MSCs made nerves grow." in shown
