# SPDX-License-Identifier: Apache-2.0
"""Curated tables: their layout, and reading them strictly, with every fault of form named."""

from exograph.tables.cells import items
from exograph.tables.columns import COLUMNS, MULTIPLE, REQUIRED_TABLES, file_of
from exograph.tables.folders import find_sources, strangers
from exograph.tables.reading import Gap, Row, Tables, read_source, read_what_can_be

__all__ = [
    "COLUMNS",
    "MULTIPLE",
    "REQUIRED_TABLES",
    "Gap",
    "Row",
    "Tables",
    "file_of",
    "find_sources",
    "items",
    "read_source",
    "read_what_can_be",
    "strangers",
]
