# SPDX-License-Identifier: Apache-2.0
"""The path engine beside other libraries that find best paths, on Hetionet-shaped graphs.

    python -m benchmarks.paths.run          questions, answers compared, ratios of time, bars
    python -m benchmarks.paths.scale        time against the number of arcs, and peak memory
    python -m benchmarks.paths.review_kb    best paths in the review's own knowledge base

Every tool minimises the same cost: for each step the cost of its arc and of length, and for each
entity passed on the way what its number of neighbours costs.
"""
