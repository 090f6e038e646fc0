# SPDX-License-Identifier: Apache-2.0
"""Names that lead astray: of two things, of another thing, of another kind. All warnings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from exograph import vocab
from exograph.checks.facts import Facts, a_kind, at
from exograph.errors import Problem
from exograph.tables import Row, items

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORDS = re.compile(r"[A-Za-z]{3,}")
_WIDE = re.compile(r"[\u3000-\u303f\uff01-\uff5e]")
_SPREADSHEET = re.compile(
    r"(?:\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)"
    r"|(?:mar|sep|dec|oct|apr)-0?\d{1,2}|\d{1,2}月\d{1,2}日|4\d{4}|\d\.\d+E\+\d+)\Z",
    re.IGNORECASE,
)
_GREEK = (
    *(("α", "alpha"), ("β", "beta"), ("γ", "gamma"), ("δ", "delta"), ("κ", "kappa")),
    *(("ε", "epsilon"), ("ω", "omega")),
)
_KINDS = (
    (re.compile(r"(?:hsa-)?(?:mi(?:R|RNA)-?|let-)\d+[a-z]*(?:-[35]p)?\Z"), "MicroRNA"),
    (re.compile(r"NCT\d{8}\Z"), "ClinicalTrial"),
    (re.compile(r"lncRNA\s\S+\Z"), "LongNoncodingRNA"),
    (re.compile(r"circ(?:RNA[-_ ])?[A-Z0-9_]{3,}\Z"), "CircularRNA"),
    (re.compile(r"p-[A-Z][A-Za-z0-9/]*\Z"), "ModifiedProtein"),
    (re.compile(r".*\w\s(?:signall?ing )?pathway\Z"), "Pathway"),
)
_DIGITS = re.compile(r"\d+")


def _names(row: Row) -> tuple[str, ...]:
    cells = row.cells
    return (cells["label_en"], cells["label_zh"], *items(cells["synonyms"]))


def shared_synonyms(facts: Facts) -> Iterator[Problem]:
    """W911 and W912: a synonym that is a name of another entity, or this one's own label."""
    first: dict[str, str] = {}
    for row in facts.rows("entities"):
        for column in ("label_en", "label_zh"):
            if label := row.cells[column]:
                first.setdefault(label.casefold(), row.cells["id"])
    for row in facts.rows("entities"):
        cells = row.cells
        id = cells["id"]
        for synonym in items(cells["synonyms"]):
            if not synonym:
                continue
            if synonym in (cells["label_en"], cells["label_zh"]):
                message = f"The synonym {synonym!r} is the label itself."
                yield at(row, "W912", message, "Delete it.", "synonyms")
                continue
            other = first.setdefault(synonym.casefold(), id)
            if other != id:
                message = f"{synonym!r} is a name of {other!r}, too."
                cure = "A name leads to one entity: keep it with the one that is meant."
                yield at(row, "W911", message, cure, "synonyms")


def exchanged(facts: Facts) -> Iterator[Problem]:
    """W914: marks of full width in an English label."""
    for row in facts.rows("entities"):
        label = row.cells["label_en"]
        if not label.isascii() and (wide := _WIDE.findall(label)) and not _CHINESE.search(label):
            message = f"The English label {label!r} has marks of full width: {' '.join(wide)}."
            right = unicodedata.normalize("NFKC", label.replace("（", " (").replace("、", ", "))
            yield at(row, "W914", message, f"Write {right.strip()!r}.", "label_en")


def folded(label: str) -> str:
    """A label without what spellings of one name differ in.

    >>> folded("TNF-α") == folded("TNF alpha"), folded("keratinocytes") == folded("Keratinocyte")
    (True, True)
    >>> folded("miR-21-5p") == folded("miR-215p")
    False
    """
    text = unicodedata.normalize("NFKC", label).casefold()
    for letter, name in _GREEK:
        text = text.replace(letter, name)
    text = text.replace("signalling", "signaling").replace("tumour", "tumor").replace("our ", "or ")
    text = re.sub(r"(?<=\d)[\s\-_](?=\d)", "§", text)
    text = re.sub(r"[^\w§+]|_", "", text)
    return text[:-1] if text.endswith("s") and len(text) > 5 and text.isalpha() else text


def near_twins(facts: Facts) -> Iterator[Problem]:
    """W915: two entities of one kind whose labels differ in spelling only."""
    first: dict[tuple[str, str], Row] = {}
    for row in facts.rows("entities"):
        cells = row.cells
        label = cells["label_en"]
        if not label:
            continue
        other = first.setdefault((cells["type"], folded(label)), row)
        if other.cells["id"] != cells["id"] and other.cells["label_en"] != label:
            message = f"{label!r} and {other.cells['label_en']!r} ({other.cells['id']!r}) look like"
            cure = "Use one entity, or say in the labels what tells them apart."
            yield at(row, "W915", f"{message} one name in two spellings.", cure, "label_en")


def numbers_in_names(facts: Facts) -> Iterator[Problem]:
    """W916 and W917: a label that names another microRNA or trial; a kind that its name denies."""
    for row in facts.rows("entities"):
        cells = row.cells
        id, kind, label = cells["id"], cells["type"], cells["label_en"]
        if kind in ("MicroRNA", "ClinicalTrial"):
            wanted = _DIGITS.findall(id)
            for column in ("label_en", "label_zh"):
                held = _DIGITS.findall(cells[column])
                if wanted and held and held != wanted:
                    message = f"The id is {id!r}, but the label {cells[column]!r}."
                    cure = "Mend the one that was copied from another row."
                    yield at(row, "W916", message, cure, column)
        for form, right in _KINDS:
            if form.match(label):
                if (
                    kind in vocab.TYPES.keys() - {"Method"}  # "lncRNA profiling" is one
                    and kind != right
                    and not (right == "Pathway" and kind == "BiologicalProcess")
                ):
                    message = f"{label!r} is named like {a_kind(right)}, but its type is {kind}."
                    yield at(row, "W917", message, f"Write {right}, if it is one.", "type")
                break
        for column in ("label_en", "label_zh"):
            if _SPREADSHEET.match(cells[column]):
                message = f"The label {cells[column]!r} looks like a date or a number that a "
                cure = "Write the name itself, such as SEPTIN2, with a text editor."
                yield at(row, "W918", f"{message}spreadsheet made of a name.", cure, column)


CHECKS = (shared_synonyms, exchanged, near_twins, numbers_in_names)
