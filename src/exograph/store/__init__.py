# SPDX-License-Identifier: Apache-2.0
"""The triples in Oxigraph, asked in SPARQL 1.1: refused, killed or answered, never half answered.

pyoxigraph is imported inside the functions that need it.
"""

from exograph.store.answers import FORMATS, Answer, in_order, serialise
from exograph.store.asking import Store, ask, load
from exograph.store.convert import (
    normalise,
    parse_triples,
    read_turtle,
    to_turtle,
    write_disk_store,
    write_turtle,
)
from exograph.store.dataset import Dataset
from exograph.store.guard import MAX_NESTING, check
from exograph.store.serving import GRAPH_FORMATS, ROW_FORMATS, Reply, Request, serve, written

__all__ = [
    "FORMATS",
    "GRAPH_FORMATS",
    "MAX_NESTING",
    "ROW_FORMATS",
    "Answer",
    "Dataset",
    "Reply",
    "Request",
    "Store",
    "ask",
    "check",
    "in_order",
    "load",
    "normalise",
    "parse_triples",
    "read_turtle",
    "serialise",
    "serve",
    "to_turtle",
    "write_disk_store",
    "write_turtle",
    "written",
]
