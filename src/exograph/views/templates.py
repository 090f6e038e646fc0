# SPDX-License-Identifier: Apache-2.0
"""The files of our pages: as they are, or filled in with all that is put in escaped."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any


def own(name: str) -> str:
    """A file of ours as text."""
    return (resources.files("exograph.views") / "page" / name).read_text(encoding="utf-8")


def rendered(name: str, values: Mapping[str, Any]) -> str:
    """A template of ours, filled in; a name that has no value is an error."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.from_string(own(name)).render(values)
