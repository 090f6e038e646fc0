# SPDX-License-Identifier: Apache-2.0
"""``exograph search``."""

from __future__ import annotations

import click

from exograph.cli.session import Session, as_json, as_name, emit, pass_session, say

_NOTHING = {"en": "Nothing is called {}, or nearly so.", "zh": "没有名称与 {} 相同或相近。"}
_MORE = {"en": "{} more; give a larger --limit.", "zh": "还有 {} 个；请增大 --limit。"}


@click.command()
@click.argument("text", type=as_name)
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="So many at most."
)
@as_json
@pass_session
def command(session: Session, *, text: str, limit: int, as_json: bool) -> None:
    """Find entities by a part of a name: id, label in either language, synonym or identifier."""
    from exograph import vocab
    from exograph.kb import find_entities

    hits = find_entities(session.kb, text)
    if as_json:
        from exograph.views import documents

        emit(documents.of_hits(hits[:limit]))
    elif hits:
        from exograph.cli.layout import table

        rows = [
            (hit.id, vocab.label(hit.type, session.lang), f"{hit.label_en} · {hit.label_zh}")
            for hit in hits[:limit]
        ]
        click.echo(table(rows))
    if not hits:
        from exograph.kb.finding import quoted

        say(_NOTHING[session.lang].format(quoted(text)))
    if len(hits) > limit:
        say(_MORE[session.lang].format(len(hits) - limit))
