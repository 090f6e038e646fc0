# SPDX-License-Identifier: Apache-2.0
"""Curated tables: their layout, and reading them strictly, with every fault of form named."""

from exograph.tables.columns import COLUMNS, MULTIPLE, REQUIRED_TABLES
from exograph.tables.reading import Row, Tables, find_sources, items, read_source

__all__ = [
    "COLUMNS",
    "MULTIPLE",
    "REQUIRED_TABLES",
    "Row",
    "Tables",
    "find_sources",
    "items",
    "read_source",
]
