# SPDX-License-Identifier: Apache-2.0
"""What a document may load, as a content security policy for the browser to enforce."""

from __future__ import annotations

import base64
import hashlib


def digest(text: str) -> str:
    """The source expression of a policy that admits exactly this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
