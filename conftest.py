# SPDX-License-Identifier: Apache-2.0
"""Where Spark is not installed, no doctests are looked for in the modules that are made of it."""

from importlib.util import find_spec

OF_SPARK = ("again", "graph", "layers", "routes")
collect_ignore = [] if find_spec("pyspark") else [f"src/exograph/spark/{n}.py" for n in OF_SPARK]
