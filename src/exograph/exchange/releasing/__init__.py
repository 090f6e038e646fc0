# SPDX-License-Identifier: Apache-2.0
"""A release of the data: the knowledge base in several formats, described, summed and licensed."""
