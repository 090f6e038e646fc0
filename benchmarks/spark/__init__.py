# SPDX-License-Identifier: Apache-2.0
"""How the job on Spark grows, beside the engine of one machine."""
