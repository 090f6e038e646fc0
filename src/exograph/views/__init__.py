# SPDX-License-Identifier: Apache-2.0
"""What people look at: the page that opens offline."""
