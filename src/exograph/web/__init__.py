# SPDX-License-Identifier: Apache-2.0
"""The endpoint: SPARQL, the JSON of the commands, the pages; on this machine, for any client."""
