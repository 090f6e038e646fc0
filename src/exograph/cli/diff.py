# SPDX-License-Identifier: Apache-2.0
"""``exograph diff``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from exograph.cli.session import Session, as_json, as_name, emit, pass_session, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from exograph.kb.differing import Difference
    from exograph.model import Claim, KnowledgeBase, Statement
    from exograph.snapshot import Snapshot

_COUNTED = {"en": "{}: {} added, {} removed, {} changed", "zh": "{}：新增 {}，移除 {}，更改 {}"}
_NONE = {"en": "No difference.", "zh": "没有差异。"}


@click.command()
@click.argument("old", type=as_name, default="before", required=False)
@click.argument("new", type=as_name, default="current", required=False)
@as_json
@pass_session
def command(session: Session, *, old: str, new: str, as_json: bool) -> None:
    """Show what one snapshot has and another has not.

    OLD and NEW are a snapshot's folder or its key (or the beginning of that), a home, `current`,
    or `before`: the one that was in use before. By default what the last build changed.
    """
    from exograph.kb.differing import differences

    one, other = (snapshot_named(session, name) for name in (old, new))
    found = differences(one.stored, other.stored)
    if as_json:
        emit({"old": one.key, "new": other.key, **{kind: _told(d) for kind, d in found.items()}})
        return
    if not any(found.values()):
        say(_NONE[session.lang])
    for kind, difference in found.items():
        if difference:
            for line in _lines(kind, difference, (one.stored, other.stored), session.lang):
                click.echo(line)


def snapshot_named(session: Session, name: str) -> Snapshot:
    """The snapshot of a folder, a key, a home, `current` or `before`. Raises InputError S114 for a
    name that stands for none."""
    from pathlib import Path

    from exograph.errors import InputError
    from exograph.snapshot import current, open_snapshot

    held = {path.name: path for path in sorted((session.home / "snapshots").glob("[0-9a-f]*"))}
    used = current(session.home)
    here = used.path.name if used is not None else ""
    if name == "current":
        found = [held[here]] if here in held else []
    elif name == "before":
        found = [path for key, path in held.items() if key != here]
    else:
        found = [path for key, path in held.items() if len(name) > 3 and key.startswith(name)]
        path = Path(name)
        if (path / "manifest.json").is_file():
            found = [path.resolve()]
        elif (there := current(path) if path.is_dir() else None) is not None:
            return there
    if not found and name == "before" and held:
        message = "There is one snapshot alone, and none from before it."
        raise InputError("S114", message, "Change a table and build, or name two.", tuple(held))
    if len(found) != 1:
        keys = f"Snapshots here are: {', '.join(held)}." if held else "Build one first."
        raise InputError("S114", f"{name!r} names no snapshot, or several.", keys, tuple(held))
    return open_snapshot(found[0])


def _told(difference: Difference) -> dict[str, object]:
    return {
        "added": list(difference.added),
        "removed": list(difference.removed),
        "changed": [{"id": each.id, "fields": list(each.fields)} for each in difference.changed],
    }


def _lines(
    kind: str, difference: Difference, kbs: tuple[KnowledgeBase, KnowledgeBase], lang: str
) -> Iterator[str]:
    from exograph.cli.layout import clean
    from exograph.cli.words import word

    old, new = (_namer(kb, kind, lang) for kb in kbs)
    counts = (len(difference.added), len(difference.removed), len(difference.changed))
    yield _COUNTED[lang].format(word(f"count.{kind}", lang), *counts)
    for id in difference.removed:
        yield clean(f"- {old(id)}")
    for id in difference.added:
        yield clean(f"+ {new(id)}")
    for each in difference.changed:
        yield clean(f"~ {new(each.id)}: {', '.join(each.fields)}")


def _namer(kb: KnowledgeBase, kind: str, lang: str) -> Callable[[str], str]:
    """How records of a kind are known to people, by their ids."""
    if kind == "entities":
        from exograph.paths.phrases import label

        return lambda id: f"{id} ({label(kb, id, lang)})"
    if kind == "claims":
        return lambda id: f"{id} {_triple(kb.claim[id])}"
    if kind == "statements":
        said = {statement.id: statement for statement in kb.statements}
        return lambda id: f"{id} {_triple(said[id])} [{said[id].reference}]"
    return str


def _triple(record: Claim | Statement) -> str:
    return f"{record.subject} {record.predicate} {record.object}"
