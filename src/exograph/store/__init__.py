# SPDX-License-Identifier: Apache-2.0
"""The triples in Oxigraph, asked in SPARQL 1.1: refused, killed or answered, never half answered.

pyoxigraph is imported inside the functions that need it.
"""

from exograph.store.answers import FORMATS, Answer, serialise
from exograph.store.asking import Store, ask, load
from exograph.store.convert import normalise, read_turtle, to_turtle, write_disk_store
from exograph.store.guard import MAX_NESTING, check

__all__ = [
    "FORMATS",
    "MAX_NESTING",
    "Answer",
    "Store",
    "ask",
    "check",
    "load",
    "normalise",
    "read_turtle",
    "serialise",
    "to_turtle",
    "write_disk_store",
]
