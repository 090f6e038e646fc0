# SPDX-License-Identifier: Apache-2.0
"""``exograph mcp``."""

from __future__ import annotations

import sys

import click

from exograph.cli.session import Session, pass_session, say, time_for_a_query

_BY_HAND = {
    "en": "This speaks the Model Context Protocol with an assistant that starts it; "
    "docs/assistants.md tells how. Ctrl-C ends it.",
    "zh": "此命令由助手启动，以模型上下文协议（MCP）与其通信；"
    "见 docs/assistants.md。按 Ctrl-C 结束。",
}


@click.command()
@time_for_a_query
@pass_session
def command(session: Session, *, timeout: float) -> None:
    """Serve the graph to an assistant, by the Model Context Protocol, over standard input and
    output.

    The assistant can search, show, find paths and conflicts, and ask SPARQL, within the bounds of
    `exograph serve`. Nothing can be changed, and nothing is asked of any other machine.

    Needs pip install 'exograph[mcp]'. docs/assistants.md tells how to name it to an assistant.
    """
    import logging
    from dataclasses import replace

    from exograph.mcp.desk import LIMITS, Shelf
    from exograph.mcp.server import serve

    logging.basicConfig(format="%(message)s", level=logging.ERROR)
    if sys.stdin is not None and sys.stdin.isatty():
        say(_BY_HAND[session.lang])
    shelf = Shelf(session.snapshot, session.graphs / "queries", session.lang)
    serve(shelf, replace(LIMITS, timeout=timeout))
