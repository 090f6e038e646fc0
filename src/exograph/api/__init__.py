# SPDX-License-Identifier: Apache-2.0
"""What ``exograph.open()`` gives: a graph to ask from Python, and answers that show themselves."""

from exograph.api.graph import Graph, Names
from exograph.api.paths import Paths, Picture

__all__ = ["Graph", "Names", "Paths", "Picture"]
