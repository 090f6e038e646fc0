# SPDX-License-Identifier: Apache-2.0
"""``exograph show``."""

from __future__ import annotations

import click

from exograph.cli.session import Session, as_json, as_name, emit, pass_session


@click.command()
@click.argument("name", type=as_name)
@as_json
@pass_session
def command(session: Session, *, name: str, as_json: bool) -> None:
    """Show all about an entity, a reference or a claim, with quotes.

    NAME is an id, a label in either language, a synonym or an identifier such as GO:0070062; a
    reference by its id, DOI or PMID, or as paths print it, [38] or 'Wu P 2021'; or the id of a
    claim, as paths print it for their weakest link and `paths --json` for each step.
    """
    from exograph.views import documents

    kb = session.kb
    thing = documents.find(kb, name)
    if as_json:
        emit(documents.of(kb, thing))
    else:
        from exograph.cli import telling

        click.echo("\n".join(telling.lines(kb, thing, session.lang)))
