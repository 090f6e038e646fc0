# SPDX-License-Identifier: Apache-2.0
"""``exograph show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exograph.cli.session import Session, as_json, as_utf8, emit, pass_session

if TYPE_CHECKING:
    from exograph.model import Claim, Entity, KnowledgeBase, Reference


@click.command()
@click.argument("name", type=as_utf8)
@as_json
@pass_session
def command(session: Session, *, name: str, as_json: bool) -> None:
    """Show all about an entity, a reference or a claim, with quotes.

    NAME is an id, a label in either language, a synonym or an identifier such as GO:0070062; the
    id of a reference, such as review-38; or the id of a claim, as `paths --json` gives it.
    """
    kb = session.kb
    thing = _find(kb, name)
    if as_json:
        from exograph.views import documents

        emit(documents.of(kb, thing))
    else:
        from exograph.cli import telling

        click.echo("\n".join(telling.lines(kb, thing, session.lang)))


def _find(kb: KnowledgeBase, name: str) -> Entity | Reference | Claim:
    """What the name stands for; an entity, if it could be several. Raises InputError."""
    from exograph.kb import resolve

    bare = name.strip()
    if bare not in kb.entity:
        if reference := kb.reference.get(bare.removeprefix("reference:")):
            return reference
        if claim := kb.claim.get(bare.removeprefix("claim:")):
            return claim
    return resolve(kb, name)
