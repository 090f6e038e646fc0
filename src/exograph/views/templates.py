# SPDX-License-Identifier: Apache-2.0
"""The files of our pages: as they are, or filled in with all that is put in escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def own(name: str) -> str:
    """A file of ours as text."""
    return (resources.files("exograph.views") / "page" / name).read_text(encoding="utf-8")


def rendered(name: str, values: Mapping[str, Any]) -> str:
    """A template of ours, filled in; a name that has no value is an error."""
    return _environment().get_template(name).render(values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        loader=FunctionLoader(own),
    )
