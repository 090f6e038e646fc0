# SPDX-License-Identifier: Apache-2.0
"""exograph: how mesenchymal-stem-cell exosomes heal skin wounds, as a graph that can be checked."""

__version__ = "0.1.0"
