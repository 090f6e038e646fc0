# SPDX-License-Identifier: Apache-2.0
"""``exograph matrix``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from exograph.cli.ends import kind
from exograph.cli.filtering import filters, of_sign, question
from exograph.cli.session import Session, as_json, as_name, emit, pass_session, readable, say

if TYPE_CHECKING:
    from exograph.model import KnowledgeBase
    from exograph.paths.matrix import Cell, Matrix

_KEY = (
    "Each cell: how many routes; how many of them raise (+), lower (-) or act on (?, direction not "
    "known) the end, or for a phase the process in it; the best grade that any of them has. "
    "Routes of treated and engineered vesicles count with their source.",
    "每格：路径数；其中升高 (+)、降低 (-) 或方向不明 (?) 的条数（终点为愈合阶段时指其中的过程）；"
    "各路径中的最佳证据等级。经处理或改造的囊泡的路径计入其来源。",
)
_BY_CELL = (
    "* Some of the routes are of the cell itself, without a vesicle.",
    "* 其中有细胞本身的作用路径，不经囊泡。",
)
_UNFINISHED = (
    "The search was cut short: where ≥ stands there may be more. --timeout allows more time.",
    "搜索提前停止：标有 ≥ 处可能还有更多路径。可用 --timeout 延长时间。",
)


@click.command()
@click.option(
    "--from-type",
    type=as_name,
    default="Source",
    show_default=True,
    metavar="TYPE",
    help="A row for each entity of this kind or role.",
)
@click.option(
    "--to-type",
    type=as_name,
    default="HealingPhase",
    show_default=True,
    metavar="TYPE",
    help="A column for each entity of this kind or role.",
)
@of_sign
@filters
@click.option("--svg", metavar="FILE", help="Also draw it, as a picture of its own.")
@click.option("--html", metavar="FILE", help="Also write a page with the picture and a table.")
@as_json
@pass_session
def command(
    session: Session,
    /,
    *,
    from_type: str,
    to_type: str,
    svg: str | None,
    html: str | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """Count the routes from each source to each phase, and show how good the evidence is.

    A cell has the number of routes (shortcuts of finer ones not counted), how many of them have
    which sign, and the best grade: that of a route is the grade of its weakest effect. Many routes
    tell that much is written, not that much is proven.
    """
    from exograph.paths.analyses import matrix_json
    from exograph.paths.matrix import matrix

    for name, file in (("svg", svg), ("html", html)):
        if file == "":
            raise click.UsageError(f"--{name} is empty; it needs a file.")
    if svg is not None and svg == html:
        raise click.UsageError("--svg and --html name the same file.")
    kb = session.kb
    ends = ([f"type:{kind(name)}"] for name in (from_type, to_type))
    query = question(*ends, **asked)
    found = matrix(kb, session.snapshot.arrays, query)
    _draw(kb, found, svg, html, session.lang)
    if as_json:
        emit(matrix_json(found))
    else:
        click.echo(_table(kb, found, session.lang))
        say(_KEY[session.lang == "zh"])
        if any(cell.acts_itself(kb) for cell in found.cells.values()):
            say(_BY_CELL[session.lang == "zh"])
    if not found.complete:
        say(_UNFINISHED[session.lang == "zh"])


def _draw(kb: KnowledgeBase, found: Matrix, svg: str | None, html: str | None, lang: str) -> None:
    from pathlib import Path

    from exograph.cli.writing import write_whole

    if svg is None and html is None:
        return
    from exograph.views import heatmap

    for file, draw in ((svg, heatmap.svg), (html, heatmap.html)):
        if file is not None:
            say(readable(write_whole(Path(file), draw(kb, found, lang))))


def _table(kb: KnowledgeBase, found: Matrix, lang: str) -> str:
    from exograph.cli.layout import table
    from exograph.paths.phrases import label

    head = ("", *(label(kb, id, lang) for id in found.columns))
    rows = [
        (label(kb, id, lang), *(_cell(kb, cell) for cell in found.row(id))) for id in found.rows
    ]
    return table([head, *rows])


def _cell(kb: KnowledgeBase, cell: Cell) -> str:
    """Such as ``≥ 8  +1 -7  B``."""
    number = f"{'' if cell.complete else '≥ '}{cell.routes}{'*' if cell.acts_itself(kb) else ''}"
    signs = " ".join(f"{sign}{n}" for sign, n in cell.signs.items() if n)
    return "  ".join(part for part in (number, signs, cell.grade) if part)
