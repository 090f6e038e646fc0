# SPDX-License-Identifier: Apache-2.0
"""Entities, kinds and predicates as they are named on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exograph.model import KnowledgeBase


def entity(kb: KnowledgeBase, name: str) -> str:
    """The id of an entity. Raises InputError."""
    from exograph.kb import resolve

    return resolve(kb, name).id


def kind(name: str) -> str:
    """The name of a kind or role, which may be written as ``type:X`` where no other can stand."""
    return name[5:].strip() if name[:5].casefold() == "type:" else name


def named(kb: KnowledgeBase, name: str, prefixes: Sequence[str] = ("type",)) -> str:
    """The id of an entity, or ``type:X`` and the like as it is. Raises InputError."""
    prefix, colon, rest = name.partition(":")
    if colon and prefix.casefold() in prefixes:
        return f"{prefix.casefold()}:{rest.strip()}"
    return entity(kb, name)
