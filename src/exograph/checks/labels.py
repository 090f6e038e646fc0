# SPDX-License-Identifier: Apache-2.0
"""Labels that readers would stumble over, and entities that nothing speaks of. All warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exograph import vocab
from exograph.checks.facts import ENTITY_COLUMNS, Facts, at
from exograph.errors import Problem
from exograph.tables import MULTIPLE, Row, items

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"(?<![A-Za-z0-9])[a-z]{4,}(?![A-Za-z0-9])")
_NAMES = vocab.MOLECULE | {"Pathway", "ClinicalTrial"}
"""Kinds whose names are often the same in both languages."""


def same_labels(facts: Facts) -> Iterator[Problem]:
    """W901: one label on two entities, in one language."""
    for column in ("label_en", "label_zh"):
        first: dict[str, Row] = {}
        for row in facts.rows("entities"):
            label = row.cells[column]
            other = first.setdefault(label, row)
            if label and other.cells["id"] != row.cells["id"]:
                message = f"{other.cells['id']!r} has the label {label!r} too (line {other.line})."
                cure = "Say in the label what tells them apart, or merge them."
                yield at(row, "W901", message, cure, column)


def unused(facts: Facts) -> Iterator[Problem]:
    """W902: an entity that no other row names."""
    used: set[str] = set()
    for table, columns in ENTITY_COLUMNS.items():
        multiple = MULTIPLE.get(table, ())
        for column in columns:
            held = {row.cells[column] for row in facts.rows(table)}
            used |= {id for cell in held for id in items(cell)} if column in multiple else held
    for row in facts.rows("entities"):
        id = row.cells["id"]
        if any(facts.may_hold(table, id) for table in ENTITY_COLUMNS):
            continue
        if id and id not in used:
            message = f"No row speaks of {id!r}."
            yield at(row, "W902", message, "Delete it, or add what is known of it.", "id")


def languages(facts: Facts) -> Iterator[Problem]:
    """W903, W904, W913: a Chinese label in English words, an English label with Chinese characters.

    Names such as IL-10 and MSC-Exo are the same in both; only English words in small letters tell.
    """
    for row in facts.rows("entities"):
        en, zh = row.cells["label_en"], row.cells["label_zh"]
        wrong = zh and not _CHINESE.search(zh) and _WORD.search(zh)
        if wrong and _CHINESE.search(en) and not _WORD.search(en):
            message = f"The English label is {en!r}, the Chinese one {zh!r}."
            yield at(row, "W913", message, "Exchange the two cells.", "label_en")
            continue
        if _CHINESE.search(en):
            message = f"The English label {en!r} holds Chinese characters."
            yield at(row, "W903", message, "Translate it.", "label_en")
        if wrong and row.cells["type"] not in _NAMES:
            message = f"The Chinese label {zh!r} is in English."
            yield at(row, "W904", message, "Translate it.", "label_zh")


def descriptions(facts: Facts) -> Iterator[Problem]:
    """W921 to W923: a description in one language only, or in the wrong one.

    A source without the column ``description_zh`` has none in Chinese.
    """
    for row in facts.rows("entities"):
        en, zh = row.cells["description"], row.cells["description_zh"]
        if bool(en) != bool(zh):
            missing = "description_zh" if en else "description"
            message = f"The description is in {'English' if en else 'Chinese'} only."
            cure = f"Say the same in {missing}, or delete it."
            yield at(row, "W921", message, cure, missing)
        if zh and not _CHINESE.search(zh):
            message = f"The Chinese description {zh!r} holds no Chinese character."
            yield at(row, "W922", message, "Translate it.", "description_zh")
        if _CHINESE.search(en):
            message = f"The English description {en!r} holds Chinese characters."
            yield at(row, "W923", message, "Translate it.", "description")


CHECKS = (same_labels, unused, languages, descriptions)
