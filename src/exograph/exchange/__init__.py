# SPDX-License-Identifier: Apache-2.0
"""In and out of other formats."""
