# SPDX-License-Identifier: Apache-2.0
"""Tables as bytes: what is read, what is refused, and that nothing makes the reader fall over."""

import os
import shutil
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exograph.tables import COLUMNS, MULTIPLE, find_sources, items, read_source
from exograph.tables.cells import cell_faults, is_usual
from exograph.tables.encoding import decode
from exograph.tables.reading import read_table

DATA = Path(__file__).parent / "data"
VALID = DATA / "valid"


def codes(problems):
    return [p.code for p in problems]


def written(folder: Path, data: bytes, table: str = "remarks") -> Path:
    path = folder / f"{table}.tsv"
    path.write_bytes(data)
    return path


@pytest.fixture
def source(tmp_path):
    shutil.copytree(VALID / "review", tmp_path / "review")
    return tmp_path / "review"


def test_a_source_comes_with_its_settings_and_raw_rows():
    tables, problems = read_source(VALID / "review")
    assert problems == ()
    assert (tables.source.id, tables.source.evidence) == ("review", "quotes")
    assert tables.source.sections == ("abstract", "1", "table1")
    row = tables.rows["statements"][3]
    assert (row.file, row.line) == (str(VALID / "review" / "statements.tsv"), 5)
    assert items(row.cells["organism"]) == ("human", "mouse")
    assert row.cells.keys() == set(COLUMNS["statements"])


def test_tables_that_are_not_required_may_be_missing():
    tables, problems = read_source(VALID / "paper")
    assert problems == ()
    assert tables.rows["mechanisms"] == () and tables.rows.keys() == COLUMNS.keys()


def test_sources_are_the_folders_with_tables_or_settings(tmp_path):
    shutil.copytree(VALID, tmp_path / "graphs")
    (tmp_path / "graphs" / "queries").mkdir()
    (tmp_path / "graphs" / "bare").mkdir()
    (tmp_path / "graphs" / "bare" / "entities.tsv").touch()
    assert [f.name for f in find_sources(tmp_path / "graphs")] == [
        "bare",
        "cells",
        "paper",
        "review",
    ]
    assert find_sources(tmp_path / "nowhere") == ()


def test_columns_may_stand_in_any_order(source):
    path = source / "references.tsv"
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join("\t".join(reversed(c)) + "\n" for c in lines), encoding="utf-8")
    assert read_source(source)[0].rows["references"] == tuple(
        type(r)(str(path), r.line, r.cells)
        for r in read_source(VALID / "review")[0].rows["references"]
    )


def test_quotation_marks_are_plain_characters(tmp_path):
    header = "\t".join(COLUMNS["remarks"])
    cells = ['"a', "1", "", "", "", 'b" says ""', "<script>alert(1)</script>\"'"]
    path = written(tmp_path, f"{header}\n{chr(9).join(cells)}\n".encode())
    rows, _, problems = read_table(path, "remarks")
    assert problems == []
    assert list(rows[0].cells.values()) == cells


def test_all_problems_of_all_files_come_at_once(source):
    (source / "references.tsv").unlink()
    (source / "source.toml").write_text('title_en = "x\n', encoding="utf-8")
    text = (source / "entities.tsv").read_text(encoding="utf-8")
    lines = text.replace("AKT1\tAKT1", "AKT1 \tAKT1").split("\n")
    lines[1] += "\tmore"
    lines[2] = "bmsc\tCellType"
    (source / "entities.tsv").write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")
    tables, problems = read_source(source)
    assert tables is None
    assert [(Path(p.file).name, p.line, p.code) for p in problems] == [
        ("entities.tsv", 1, "E102"),
        ("entities.tsv", 1, "E104"),
        ("entities.tsv", 2, "E111"),
        ("entities.tsv", 3, "E110"),
        ("entities.tsv", 14, "E114"),
        ("references.tsv", None, "E101"),
        ("source.toml", 1, "E120"),
    ]


def test_what_can_be_read_past_still_gives_tables(source):
    path = source / "statements.tsv"
    text = path.read_text(encoding="utf-8").replace("\tbmsc\t", "\tbmsc \t")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    tables, problems = read_source(source)
    assert codes(problems) == ["E102", "E104", "E114"]
    assert tables.rows["statements"][1].cells["object"] == "bmsc"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("gbk", "GBK"),
        ("gb18030", "GBK"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-32", "UTF-32"),
        ("big5", "BIG5"),
    ],
)
def test_another_encoding_is_named(tmp_path, encoding, said):
    words = "外泌體攜帶微小核糖核酸" if encoding == "big5" else "外泌体携带 miR-126，促进血管生成"
    data = "\t".join(COLUMNS["remarks"]) + "\nx\t1\treview\t\t\t" + words * 9 + "\tread\n"
    rows, gap, problems = read_table(written(tmp_path, data.encode(encoding)), "remarks")
    assert rows == () and gap.may_hold("anything")
    (problem,) = problems
    assert problem.code == "E103"
    assert said in problem.message and said in problem.cure


def test_the_line_of_the_first_wrong_byte_is_told(tmp_path):
    text, problems = decode(written(tmp_path, b"id\nx\nM\xfcller\n"))
    assert text is None
    assert (problems[0].line, "WINDOWS-1252" in problems[0].message) == (3, True)


def test_a_misspelt_column_is_both_unknown_and_missing_with_the_likely_name(tmp_path):
    header = "\t".join(COLUMNS["remarks"]).replace("handling", "handeling")
    _, _, problems = read_table(written(tmp_path, f"{header}\n".encode()), "remarks")
    assert codes(problems) == ["E107", "E106"]
    assert "handling" in problems[0].cure


def test_a_misspelt_table_is_not_passed_over(source):
    (source / "attributes.tsv").rename(source / "atributes.tsv")
    _, problems = read_source(source)
    assert codes(problems) == ["E109"]
    assert "'attributes.tsv'" in problems[0].cure


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("attributes.tsv.txt", "attributes.tsv"),
        ("Remarks.TSV", "remarks.tsv"),
        ("statements.xlsx", "statements.tsv"),
        ("Mechanism Steps.csv", "mechanism_steps.tsv"),
        ("statement.csv", "statements.tsv"),
        ("notes.tsv", "Delete it"),
    ],
)
def test_a_file_that_only_resembles_a_table_is_not_passed_over(source, name, wanted):
    (source / name).touch()
    _, problems = read_source(source)
    assert [(Path(p.file).name, p.code) for p in problems] == [(name, "E109")]
    assert wanted in problems[0].cure


def test_notes_and_what_editors_leave_behind_may_stand_beside_the_tables(source):
    for name in (
        *("README", "README.md", "LICENSE", "LICENSE.txt", "notes.txt", ".statements.tsv.swp"),
        *("statements.tsv~", "statements.tsv.bak", "#entities.tsv#", "~$entities.xlsx"),
    ):
        (source / name).touch()
    assert read_source(source)[1] == ()


def test_a_link_that_leads_nowhere_or_round_is_not_taken_for_an_absent_table(source):
    for name, target in (("attributes", "nowhere.tsv"), ("remarks", "remarks.tsv")):
        (source / f"{name}.tsv").unlink()
        (source / f"{name}.tsv").symlink_to(target)
    tables, problems = read_source(source)
    assert tables is None
    assert [(Path(p.file).stem, p.code) for p in problems] == [
        ("attributes", "E101"),
        ("remarks", "E101"),
    ]
    assert "leads nowhere" in problems[0].message


@pytest.mark.parametrize("name", ["source.toml", "entities.tsv", "conflicts.tsv"])
def test_a_pipe_a_folder_or_a_device_is_refused_and_not_waited_for(source, name):
    for make in (os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")):
        path = source / name
        path.rmdir() if path.is_dir() else path.unlink()
        make(path)
        tables, problems = read_source(source)
        assert tables is None
        assert [(p.file, p.code) for p in problems] == [(str(path), "E101")]


def test_a_folder_that_may_not_be_looked_into_counts_as_a_source(tmp_path, monkeypatch):
    (tmp_path / "paper").mkdir()

    def refused(path):
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(type(tmp_path / "paper"), "iterdir", _only("paper", refused))
        assert [f.name for f in find_sources(tmp_path)] == ["paper"]


def _only(name, refused):
    usual = Path.iterdir
    return lambda path: refused(path) if path.name == name else usual(path)


def test_lines_that_end_in_a_lone_cr_are_one_problem(source):
    for ends in (b"\r", b"\r\r\n"):
        path = source / "statements.tsv"
        lines = (VALID / "review" / "statements.tsv").read_bytes()
        path.write_bytes(lines.replace(b"\n", ends))
        tables, problems = read_source(source)
        assert [(p.line, p.code) for p in problems] == [(1, "E104")]
        assert len(tables.rows["statements"]) == lines.count(b"\n") - 1


def test_exchanged_tables_are_called_by_their_names(source):
    (source / "entities.tsv").rename(source / "aside")
    (source / "references.tsv").rename(source / "entities.tsv")
    (source / "aside").rename(source / "references.tsv")
    _, problems = read_source(source)
    assert codes(problems) == ["E119", "E119"]
    assert "looks like references.tsv" in problems[0].message


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\r", "\x85", "\u200b", "\u2028", "\u202e"])
def test_invisible_characters_are_named(source, character):
    path = source / "entities.tsv"
    text = path.read_text(encoding="utf-8").replace("缺氧培养", f"缺氧{character}培养")
    path.write_bytes(text.encode())
    _, problems = read_source(source)
    assert [(p.code, p.line, p.column) for p in problems] == [("E113", 6, "label_zh")]
    assert f"U+{ord(character):04X}" in problems[0].message


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("evidence", "[]", "E122"),
        ("sections", '"1"', "E122"),
        ("sections", '["1", "1"]', "E122"),
        ("text", '"../secret.txt"', "E122"),
        ("text_sha256", '"c327"', "E122"),
        ("date", "true", "E122"),
        ("title_en", '" "', "E122"),
        ("date", "2026-13-01", "E120"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(source, key, value, code):
    path = source / "source.toml"
    lines = path.read_text(encoding="utf-8").split("\n")
    number = next(n for n, line in enumerate(lines) if line.startswith(f"{key} "))
    lines[number] = f"{key} = {value}"
    path.write_text("\n".join(lines), encoding="utf-8")
    tables, problems = read_source(source)
    assert tables is None
    assert [(p.code, p.line) for p in problems] == [(code, number + 1)]


def test_a_date_may_be_a_toml_date(source):
    path = source / "source.toml"
    text = path.read_text(encoding="utf-8").replace('"2026-11-24"', "2026-11-24")
    path.write_text(text, encoding="utf-8")
    assert read_source(source)[0].source.date == "2026-11-24"


def test_a_folder_that_is_none_is_a_problem_not_an_exception(tmp_path):
    for folder in (tmp_path / "nowhere", written(tmp_path, b"")):
        tables, problems = read_source(folder)
        assert tables is None
        assert set(codes(problems)) == {"E101"}


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")))
@settings(max_examples=300, deadline=None)
def test_any_bytes_as_a_table_give_problems_and_never_an_exception(data):
    header = "\t".join(COLUMNS["remarks"]).encode()
    with tempfile.TemporaryDirectory() as folder:
        for content in (data, header + b"\n" + data):
            _, gap, problems = read_table(written(Path(folder), content), "remarks")
            assert gap is None or problems
            assert all(p.code.startswith("E1") and p.cure for p in problems)


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda t: t.encode("utf-8", "replace")))
@settings(max_examples=200, deadline=None)
def test_any_bytes_as_settings_give_problems_and_never_an_exception(data):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "source.toml").write_bytes(data)
        tables, problems = read_source(Path(folder))
        assert tables is None and problems


def test_deeply_nested_settings_are_a_problem(source):
    (source / "source.toml").write_text("x = " + "[" * 100_000, encoding="utf-8")
    assert codes(read_source(source)[1]) == ["E120"]


def _cell(text: str) -> str:
    kept = "".join(
        c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
    )
    return unicodedata.normalize("NFC", kept).strip()


CELL = st.text(max_size=12).map(_cell)
ITEMS = st.lists(
    CELL.map(lambda c: c.replace("|", "").strip()).filter(bool), max_size=3, unique=True
).map("|".join)


@st.composite
def rows_of(draw, table):
    multiple = MULTIPLE.get(table, ())
    columns = {c: ITEMS if c in multiple else CELL for c in COLUMNS[table]}
    rows = draw(st.lists(st.fixed_dictionaries(columns), max_size=4))
    return [row for row in rows if any(row.values())]


@given(st.sampled_from(sorted(COLUMNS)).flatmap(lambda t: st.tuples(st.just(t), rows_of(t))))
@settings(max_examples=60, deadline=None)
def test_a_table_of_valid_cells_is_read_as_it_was_written(drawn):
    table, rows = drawn
    lines = [COLUMNS[table], *([row[c] for c in COLUMNS[table]] for row in rows)]
    data = "".join("\t".join(line) + "\n" for line in lines).encode()
    with tempfile.TemporaryDirectory() as folder:
        found, gap, problems = read_table(written(Path(folder), data, table), table)
    assert problems == [] and gap is None
    assert [row.cells for row in found] == rows
    assert [row.line for row in found] == list(range(2, len(rows) + 2))


def test_a_character_of_a_usual_row_has_no_fault():
    usual = [c for c in map(chr, range(0x110000)) if is_usual(f"x{c}x")]
    assert len(usual) > 21_000
    assert "|" not in usual
    for c in usual:
        if c != "\t":
            assert [*cell_faults("f", 1, "synonyms", f"x{c}{c}x", "entities")] == []
