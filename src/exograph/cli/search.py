# SPDX-License-Identifier: Apache-2.0
"""``exograph search``."""

from __future__ import annotations

import click

from exograph import vocab
from exograph.cli.session import Session, as_json, emit, pass_session, say


@click.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@as_json
@pass_session
def command(session: Session, text: str, limit: int, as_json: bool) -> None:
    """Find entities by a part of a name: id, label in either language, synonym or identifier."""
    from exograph.kb import find_entities

    hits = find_entities(session.kb, text)
    if as_json:
        fields = ("id", "type", "label_en", "label_zh", "matched")
        emit({"hits": [{name: getattr(hit, name) for name in fields} for hit in hits[:limit]]})
        return
    if not hits:
        say(f"Nothing is called {text!r}, or nearly so.")
    for hit in hits[:limit]:
        kind = vocab.label(hit.type, session.lang)
        click.echo(f"{hit.id}  {hit.label_en} · {hit.label_zh}  ({kind})")
    if len(hits) > limit:
        say(f"{len(hits) - limit} more; give a larger --limit.")
