# SPDX-License-Identifier: Apache-2.0
"""How quick the endpoint is, beside the bare store."""
