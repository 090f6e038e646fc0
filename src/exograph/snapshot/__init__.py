# SPDX-License-Identifier: Apache-2.0
"""The knowledge base as built on disk: made whole, then put in place; checked whenever it is read.

Layout of a home: ``snapshots/<key>/`` with ``manifest.json``, ``kb.json``, ``kb.nq``, ``kb.ttl``
and ``arrays/``; ``CURRENT`` names the one in use; ``LOCK`` is held by a builder.
"""

from exograph.snapshot.building import build, ensure
from exograph.snapshot.inputs import data_folder, default_home, inputs_key
from exograph.snapshot.opened import Snapshot, current, open_snapshot

__all__ = [
    "Snapshot",
    "build",
    "current",
    "data_folder",
    "default_home",
    "ensure",
    "inputs_key",
    "open_snapshot",
]
