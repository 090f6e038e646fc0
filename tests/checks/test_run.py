# SPDX-License-Identifier: Apache-2.0
"""The checks together: the review passes, quickly, without RDF; each fault is told once."""

import os
import subprocess
import sys
import time
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
    assert [p.code for p in problems] == ([] if TEXTS else ["W501"])


def test_the_checks_are_quick(review):
    start = time.perf_counter()
    checks.run([review], Path(TEXTS) if TEXTS else None)
    assert time.perf_counter() - start < 0.4


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
    for table, rows in review.rows.items():
        for column in rows[0].cells:
            for value in ("", "|", "x", "-1", "1E999", "²", "up@", "@", "̈", "a:b|a:b", "٣"):
                cells = rows[0].cells | {column: value}
                changed = (replace(rows[0], cells=cells), *rows[1:])
                checks.run(
                    [replace(review, rows=review.rows | {table: changed}), paper],
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
    labels = ("IL-10", "miR-146a", "MSC-Exo", "GDQ", "HD-DP7/Exo", "p-ERK")
    rows = [{"id": f"new-{n}", "label_en": x, "label_zh": x} for n, x in enumerate(labels)]
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
