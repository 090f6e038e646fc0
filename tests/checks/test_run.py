# SPDX-License-Identifier: Apache-2.0
"""The checks together: the review passes, quickly, without RDF; each fault is told once."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from exograph import checks
from exograph.tables import Row, Tables, read_source

ROOT = Path(__file__).parents[2]
VALID = ROOT / "tests" / "data" / "valid"
TEXTS = os.environ.get("EXOGRAPH_TEXTS")
PREFIXES = ("GO", "HGNC")


@pytest.fixture(scope="module")
def valid() -> list[Tables]:
    return [read_source(VALID / name)[0] for name in ("review", "paper")]


@pytest.fixture(scope="module")
def review() -> Tables:
    return read_source(ROOT / "graphs" / "review")[0]


def with_rows(tables: Tables, table: str, *changes: dict[str, str]) -> Tables:
    """Rows added at the end of a table: the first row with some cells changed."""
    rows = tables.rows[table]
    first = rows[0]
    added = [
        Row(first.file, len(rows) + 2 + n, first.cells | change) for n, change in enumerate(changes)
    ]
    return replace(tables, rows=tables.rows | {table: (*rows, *added)})


def told(*tables: Tables) -> list[tuple[str, int, str]]:
    problems = checks.run(tables, VALID / "texts", prefixes=PREFIXES)
    return [(Path(p.file).name, p.line, p.code) for p in problems]


def test_the_tables_of_the_review_have_no_error(review):
    problems = checks.run([review], Path(TEXTS) if TEXTS else None)
    assert [str(p) for p in problems if p.severity == "error"] == []
    told = [p.code for p in problems if p.code != "W505"]  # the curation of coverage goes on
    assert told == ([] if TEXTS else ["W501"])


def test_neither_rdflib_nor_rapidfuzz_is_loaded_while_nothing_is_wrong():
    code = (
        "import sys; from pathlib import Path; from exograph import checks\n"
        f"root = Path({str(VALID)!r})\n"
        "checks.check_folders([root / 'paper', root / 'review'], root / 'texts')\n"
        "assert not {'rdflib', 'rapidfuzz', 'pyshacl', 'difflib'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unusable_file_keeps_the_other_checks_from_telling_nonsense(tmp_path, valid):
    (tmp_path / "source.toml").touch()
    tables, problems = checks.check_folders([VALID / "review", tmp_path], VALID / "texts")
    assert tables == ()
    assert all(p.code.startswith("E1") for p in problems)


def test_a_new_source_may_speak_of_the_entities_of_another(valid):
    review, paper = valid
    assert told(review, paper) == []
    assert {code for _, _, code in told(paper)} == {"E203"}


def test_an_entity_may_be_defined_in_one_source_only(valid):
    review, paper = valid
    again = with_rows(paper, "entities", {"id": "tnf", "label_en": "TNF", "label_zh": "TNF 因子"})
    assert told(review, again) == [("entities.tsv", 3, "E303")]


@pytest.mark.parametrize(
    ("retracted", "lines"),
    [
        ((), []),
        (("review",), [("mechanism_steps.tsv", 2)]),
        (("li-2021",), [("conflicts.tsv", 2)]),  # the study of review-38, which tells the mechanism
        (("review-12",), [("conflicts.tsv", 2)]),
        (("review", "review-38"), [("conflicts.tsv", 2)]),
    ],
)
def test_what_only_retracted_papers_support_is_warned_of(valid, retracted, lines):
    marked = [
        replace(
            tables,
            rows=tables.rows
            | {
                "references": tuple(
                    replace(r, cells=r.cells | {"retraction": "retracted"})
                    if r.cells["id"] in retracted
                    else r
                    for r in tables.rows["references"]
                )
            },
        )
        for tables in valid
    ]
    assert told(*marked) == [(file, line, "W801") for file, line in lines]


def test_an_unknown_name_is_told_once_and_no_check_stumbles_over_it(valid):
    review, paper = valid
    wrong = with_rows(
        review,
        "statements",
        {"subject": "nobody", "predicate": "carries", "object": "nothing"},
        {"subject": "bmsc-exo", "predicate": "cures", "object": "tnf", "cell": "nowhere"},
    )
    assert told(wrong, paper) == [
        ("statements.tsv", 15, "E203"),
        ("statements.tsv", 15, "E203"),
        ("statements.tsv", 16, "E202"),
        ("statements.tsv", 16, "E203"),
    ]


def test_every_cell_may_hold_anything_without_an_exception(valid):
    review, paper = valid
    cells_only = read_source(VALID / "cells")[0]
    for source in (review, cells_only):
        others = [t for t in (review, paper, cells_only) if t is not source]
        for table, rows in source.rows.items():
            for column in rows[0].cells if rows else ():
                for value in ("", "|", "x", "-1", "1E999", "²", "up@", "@", "̈", "a:b|a:b", "٣"):
                    cells = rows[0].cells | {column: value}
                    changed = (replace(rows[0], cells=cells), *rows[1:])
                    checks.run(
                        [replace(source, rows=source.rows | {table: changed}), *others],
                        VALID / "texts",
                        prefixes=PREFIXES,
                    )


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("vegf\u0430", "CYRILLIC SMALL LETTER A"),
        ("ｍir-21", "FULLWIDTH LATIN SMALL LETTER M"),
        ("il\u20111b", "NON-BREAKING HYPHEN"),
    ],
)
def test_a_look_alike_character_is_called_by_its_name(valid, id, name):
    review, paper = valid
    wrong = with_rows(review, "entities", {"id": id, "label_en": "y", "label_zh": "某物"})
    problem = next(
        p for p in checks.run([wrong, paper], None, prefixes=PREFIXES) if p.code == "E302"
    )
    assert name in problem.message


def test_labels_such_as_il_10_are_fine_in_both_languages(valid):
    review, paper = valid
    labels = {"IL-10": "GeneProduct", "miR-146a": "MicroRNA", "MSC-Exo": "Vesicle"}
    labels |= {"GDQ": "Biomaterial", "HD-DP7/Exo": "Biomaterial", "p-ERK": "ModifiedProtein"}
    rows = [
        {"id": x.lower().replace("/", "-"), "type": kind, "label_en": x, "label_zh": x}
        for x, kind in labels.items()
    ]
    wrong = with_rows(review, "entities", *rows)
    assert {code for _, _, code in told(wrong, paper)} == {"W902"}


def test_statements_that_differ_only_in_the_order_of_a_list_are_one(valid):
    review, paper = valid
    fourth = review.rows["statements"][3].cells
    wrong = with_rows(review, "statements", fourth | {"organism": "mouse|human"})
    assert told(wrong, paper) == [("statements.tsv", 15, "E306")]


def test_the_inverse_predicate_takes_the_kinds_the_other_way_round(valid):
    review, paper = valid
    wrong = with_rows(review, "statements", {"predicate": "derives_from"})
    problems = checks.run([wrong, paper], VALID / "texts", prefixes=PREFIXES)
    assert [(p.line, p.code, p.column) for p in problems] == [
        (15, "E401", "object"),
        (15, "E402", "subject"),
    ]


@pytest.fixture
def graphs(tmp_path) -> Path:
    shutil.copytree(VALID, tmp_path / "graphs")
    return tmp_path / "graphs"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told_of(graphs: Path) -> list[tuple[str, int, str]]:
    tables, problems = checks.check_folders(
        [graphs / "paper", graphs / "review"], graphs / "texts", prefixes=PREFIXES
    )
    assert tables == ()
    return [(Path(p.file).name, p.line, p.code) for p in problems]


def test_a_ragged_row_does_not_hide_what_is_wrong_elsewhere(graphs):
    change(graphs / "review" / "entities.tsv", "\nbmsc\tCellType", "\nbmsc\tCellType\tmore")
    change(graphs / "review" / "attributes.tsv", "108.97\t13.15", "108.98\t13.15")
    assert told_of(graphs) == [("attributes.tsv", 2, "E702"), ("entities.tsv", 3, "E111")]


@pytest.mark.parametrize("name", ["entities", "references", "statements", "mechanism_steps"])
def test_each_row_may_be_ragged_without_making_others_seem_wrong(graphs, name):
    path = graphs / "review" / f"{name}.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    for number in range(1, len(lines) - 1):
        for ragged in (lines[number] + "\t", lines[number].rpartition("\t")[0]):
            changed = [*lines[:number], ragged, *lines[number + 1 :]]
            path.write_text("\n".join(changed), encoding="utf-8")
            ((file, line, code),) = told_of(graphs)
            assert (file, line) == (path.name, number + 1)
            assert code in ("E110", "E111")


@pytest.mark.parametrize("name", [f.name for f in sorted((VALID / "review").iterdir())])
def test_an_unreadable_file_is_one_problem_and_the_others_are_checked(graphs, name):
    change(graphs / "paper" / "references.tsv", "31415926", "0")
    (graphs / "review" / name).write_bytes(b"\xff\xfe\x00")
    told = told_of(graphs)
    assert told == [("references.tsv", 2, "E311"), (name, 1, "E103")]


def test_exchanged_tables_are_told_once_each_and_no_id_seems_unknown(graphs):
    names = ("entities", "references")
    first, second = (graphs / "review" / f"{name}.tsv" for name in names)
    first.rename(graphs / "aside")
    second.rename(first)
    (graphs / "aside").rename(second)
    assert told_of(graphs) == [("entities.tsv", 1, "E119"), ("references.tsv", 1, "E119")]


def test_a_table_without_its_ids_makes_no_id_seem_unknown(graphs):
    path = graphs / "review" / "entities.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(f"{line.partition(chr(9))[2]}\n" for line in lines), encoding="utf-8")
    assert told_of(graphs) == [("entities.tsv", 1, "E106")]


def test_settings_that_are_wrong_do_not_hide_what_is_wrong_in_the_tables(graphs):
    change(graphs / "review" / "source.toml", "licence", "license")
    change(graphs / "review" / "statements.tsv", "\treview\t1\t", "\treview\tappendix\t")
    assert [code for _, _, code in told_of(graphs)] == ["E121", "E123", "E205"]


@pytest.mark.parametrize("digits", ["3" * 6000, "0." + "3" * 6000, "1E999999999"])
def test_a_number_of_any_length_is_refused_in_one_short_line(valid, digits):
    review, paper = valid
    for table, column in (
        *(("references", "number"), ("references", "year"), ("mechanism_steps", "layer")),
        *(("attributes", "value"), ("attributes", "low")),
    ):
        first, *others = review.rows[table]
        changed = (replace(first, cells=first.cells | {column: digits}), *others)
        wrong = replace(review, rows=review.rows | {table: changed})
        problems = checks.run([wrong, paper], VALID / "texts", prefixes=PREFIXES)
        assert [p.code for p in problems] == ["E701"]
        assert len(str(problems[0])) < 400
    wrong = with_rows(review, "attributes", {"verbatim": digits})
    assert {code for _, _, code in told(wrong, paper)} == {"E702", "W504"}


def test_a_layer_in_full_width_is_no_number_and_nothing_else(valid):
    review, paper = valid
    first, *others = review.rows["mechanism_steps"]
    changed = (replace(first, cells=first.cells | {"layer": "１"}), *others)
    wrong = replace(review, rows=review.rows | {"mechanism_steps": changed})
    assert told(wrong, paper) == [("mechanism_steps.tsv", 2, "E712")]


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("bms\u0441", "CYRILLIC SMALL LETTER ES"),
        ("ｂｍｓｃ", "FULLWIDTH LATIN SMALL LETTER B"),
    ],
)
def test_an_unknown_id_with_a_look_alike_names_it_and_the_plain_id(valid, id, name):
    review, paper = valid
    wrong = with_rows(review, "conflicts", {"first_subject": id})
    (problem,) = checks.run([wrong, paper], VALID / "texts", prefixes=PREFIXES)
    assert problem.code == "E224"
    assert name in problem.message and problem.cure == "Type it as 'bmsc'."


def test_an_unknown_id_without_a_likely_one_gets_a_whole_sentence(valid):
    review, paper = valid
    wrong = with_rows(review, "statements", {"subject": "zzzzz", "reference": "qqqq"})
    cures = [p.cure for p in checks.run([wrong, paper], VALID / "texts", prefixes=PREFIXES)]
    assert cures == ["Mend it, or add it to entities.tsv.", "Mend it, or add it to references.tsv."]


def test_a_conflict_may_be_an_effect_against_its_denial_or_none(valid):
    review, paper = valid
    tnf = {"first_subject": "tnf", "first_predicate": "suppresses", "second_subject": "tnf"}
    tnf |= {"first_object": "angiogenesis", "second_object": "angiogenesis", "explained_by": ""}
    null = {"subject": "tnf", "predicate": "promotes", "object": "angiogenesis", "stance": "null"}
    denied = with_rows(paper, "statements", null)
    assert told(review, denied) == [("statements.tsv", 4, "W854")]
    row = with_rows(review, "conflicts", tnf | {"second_predicate": "promotes"})
    assert told(row, denied) == []
    assert told(row, paper) == [("conflicts.tsv", 3, "E852")]
    same = with_rows(review, "conflicts", tnf | {"second_predicate": "suppresses"})
    assert told(same, paper) == [("conflicts.tsv", 3, "E853")]
