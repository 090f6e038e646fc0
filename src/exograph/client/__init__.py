# SPDX-License-Identifier: Apache-2.0
"""A client of ``exograph serve`` with types, which needs nothing but Python's own library.

``types`` are those of the JSON of ``--json`` and of ``/api/v1``, also for programs that read them
from the command line.
"""

from exograph.client.asking import Client, ClientError

__all__ = ["Client", "ClientError"]
