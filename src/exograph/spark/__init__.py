# SPDX-License-Identifier: Apache-2.0
"""The best signed routes between two types, for all pairs at once, as a job on Apache Spark.

The answers are the engine's; docs/spark.md tells how they are found and how that grows.
"""
