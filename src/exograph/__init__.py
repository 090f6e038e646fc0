# SPDX-License-Identifier: Apache-2.0
"""exograph: how mesenchymal-stem-cell exosomes heal skin wounds, as a graph that can be checked.

Five lines to begin with::

    import exograph

    graph = exograph.open()
    paths = graph.paths("bmsc-exo", "angiogenesis", via="mir-126")
    print(paths[0])
    paths.picture().save("mir-126.svg")
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from exograph.api import Graph

__version__ = "0.1.0"
__all__ = ["Graph", "__version__", "open"]


def __getattr__(name: str) -> object:
    if name == "Graph":
        from exograph.api import Graph

        return Graph
    raise AttributeError(f"module 'exograph' has no attribute {name!r}")


def open(
    graphs: str | PathLike[str] | None = None,
    home: str | PathLike[str] | None = None,
    say: Callable[[str], None] | None = None,
) -> Graph:
    """The built knowledge base; it is built first if there is none, or if the tables have changed.

    ``graphs`` names a folder of tables instead of those that came with the package, ``home`` the
    folder where snapshots are kept, and ``say`` is told when something is built. Raises
    ``exograph.errors.ExographError``: ChecksFailed if the tables have errors.
    """
    from pathlib import Path

    from exograph.api import Graph
    from exograph.snapshot import data_folder, default_home, ensure

    tables = Path(graphs) if graphs is not None else data_folder() / "graphs"
    place = Path(home) if home is not None else default_home()
    return Graph(ensure(tables, data_folder() / "ontology", place, say or (lambda _: None)))
