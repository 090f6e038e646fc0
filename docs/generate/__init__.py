# SPDX-License-Identifier: Apache-2.0
"""Pages of the reference, each made from the code that it tells of."""
