# SPDX-License-Identifier: Apache-2.0
"""Building: aside, checked, then put in place by two renames. A crash leaves the old or the new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exograph import __version__
from exograph.errors import ChecksFailed, Problem, SnapshotError
from exograph.model import KnowledgeBase
from exograph.snapshot.homes import Say, homes, make_way, sync, unwritable, writable
from exograph.snapshot.imported import Import, imports
from exograph.snapshot.inputs import inputs_key, inputs_of, source_folders
from exograph.snapshot.lock import WAIT, builder
from exograph.snapshot.opened import (
    Snapshot,
    current,
    manifest_bytes,
    open_snapshot,
    plain_bytes,
)

if TYPE_CHECKING:
    from exograph.rdf import Triple
    from exograph.snapshot.counts import Counts

DISK_STORE_FROM = 200_000
"""Triples from which on a store on disk opens faster than one is filled in memory."""

ASIDE = ".building-"


@dataclass(frozen=True)
class _Plan:
    """What goes into a snapshot: ``kb`` is all that is held as model objects, ``taken`` are the
    imports; the large ones among them are not in ``kb``."""

    key: str
    taken: tuple[Import, ...]
    kb: KnowledgeBase
    ontology: Path
    prefixes: dict[str, str]
    only: list[str]
    problems: tuple[Problem, ...]

    @property
    def large(self) -> tuple[Import, ...]:
        return tuple(each for each in self.taken if each.is_large)


def build(
    graphs: Path,
    ontology: Path,
    home: Path,
    *,
    only: Sequence[str] = (),
    texts: Path | None = None,
    say: Say | None = None,
    wait: float = WAIT,
) -> Snapshot:
    """Check the tables, build the knowledge base from them, and make it the one in use.

    Raises ChecksFailed with every problem; nothing on disk has changed then. If ``home`` cannot be
    written, a temporary folder is used and named through ``say``; without ``say`` that is a
    SnapshotError. Two builds from the same input give the same bytes.
    """
    plan = _read(graphs, ontology, home, sorted(set(only)), texts)
    home = writable(home, say)
    with builder(home, wait):
        try:
            snapshot = _put(home, plan)
        except OSError as error:
            raise unwritable(home, error) from None
    return Snapshot(snapshot.path, snapshot.manifest, plan.problems)


def ensure(
    graphs: Path,
    ontology: Path,
    home: Path,
    say: Say,
    *,
    only: Sequence[str] | None = None,
    texts: Path | None = None,
) -> Snapshot:
    """The snapshot in use if it is sound and made from these tables, else one that is built now.

    ``say`` is told why one is built. Without ``only`` the sources are those that the snapshot in
    use was built from. Looking costs as much as reading the tables and the snapshot once.
    """
    why = "There is no snapshot yet"
    for place in homes(home):
        try:
            used = current(place)
        except SnapshotError as error:
            used, why = None, error.message.rstrip(".")
        if used is None:
            continue
        wanted = sorted(set(used.manifest["only"] if only is None else only))
        if only is None and wanted and not set(wanted) <= _known(graphs, home):
            wanted = []
        if used.key != inputs_key(graphs, ontology, wanted, home):
            why = "The tables or imports have changed"
        elif fault := used.fault():
            why = fault.message.rstrip(".")
        else:
            return used
        if place == home:
            only = wanted
    say(f"{why}: building the knowledge base.")
    return build(graphs, ontology, home, only=only or (), texts=texts, say=say)


def without(
    graphs: Path, ontology: Path, home: Path, name: str
) -> tuple[KnowledgeBase, dict[str, str]]:
    """The knowledge base as it is without an import, and its prefixes; nothing is written.

    Raises ChecksFailed as ``build`` does.
    """
    from exograph.columns.joined import Joined
    from exograph.columns.large import LargeKnowledgeBase
    from exograph.kb.merging import merged

    others = sorted(_known(graphs, home) - {name})
    if not others:
        return KnowledgeBase(), {}
    plan = _read(graphs, ontology, home, others, None)
    if not plan.large:
        return merged(plan.kb), plan.prefixes
    joined = Joined.of(plan.kb, [each.rows() for each in plan.large])
    return LargeKnowledgeBase.of(joined), plan.prefixes


def _known(graphs: Path, home: Path) -> set[str]:
    """Names of the sources that there are: folders of tables, and imports."""
    return {f.name for f in source_folders(graphs)} | {each.name for each in imports(home)}


def _read(graphs: Path, ontology: Path, home: Path, only: list[str], texts: Path | None) -> _Plan:
    """The knowledge base of the tables and imports, with the key of what was read."""
    from exograph.checks import check_folders
    from exograph.kb import assemble
    from exograph.kb.merging import together
    from exograph.rdf import read_prefixes

    key = inputs_key(graphs, ontology, only, home)
    folders, taken = inputs_of(graphs, home, only)
    prefixes = read_prefixes(ontology / "prefixes.tsv")
    tables, problems = check_folders(folders, texts, prefixes=prefixes.keys())
    if (not tables and folders) or any(p.severity == "error" for p in problems):
        raise ChecksFailed(problems)
    kb = together([assemble(tables), *(i.rows().kb() for i in taken if not i.is_large)])
    if inputs_key(graphs, ontology, only, home) != key:
        raise SnapshotError(
            "S107", "The tables were changed while they were read.", "Run the command again."
        )
    return _Plan(key, taken, kb, ontology, prefixes, only, problems)


def _put(home: Path, plan: _Plan) -> Snapshot:
    """Write the snapshot aside, check it, move it to its place, and name it in ``CURRENT``."""
    import shutil
    import tempfile

    snapshots = home / "snapshots"
    _sweep(snapshots)  # what builders left that died; we hold the lock
    aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=snapshots))
    try:
        _write(aside, plan)
        made = Snapshot(aside, json.loads((aside / "manifest.json").read_bytes()))
        made.verify()
        if made.small != plan.kb:
            raise _contradiction("the records do not give back what was written")
        place = _place(snapshots, plan.key, made)
        if not place.exists():
            aside.replace(place)
            sync(snapshots)
        before = _named(home)
        _name(home, place)
    finally:
        _sweep(snapshots)
    for folder in snapshots.iterdir():
        if folder.name not in (place.name, before):  # that one may still be in use somewhere
            shutil.rmtree(folder, ignore_errors=True)
    return open_snapshot(place)


def _place(snapshots: Path, key: str, made: Snapshot) -> Path:
    """Where a new snapshot goes: never onto a sound one, so that no moment is without either.

    If the place holds the same, the result exists. If it holds something else that is sound (the
    program was changed, its version was not), the manifest's digest makes another name.
    """
    import tempfile

    sha256 = hashlib.sha256((made.path / "manifest.json").read_bytes()).hexdigest()
    place = snapshots / key
    for candidate in (place, snapshots / f"{key}-{sha256[:8]}"):
        place = candidate
        if not place.exists():
            break
        try:
            there = open_snapshot(place)
        except SnapshotError:
            there = None
        if there is None or not there.is_sound():
            place.replace(Path(tempfile.mkdtemp(prefix=ASIDE, dir=snapshots)) / "damaged")
            break
        if there.manifest == made.manifest:
            break
    return place


def _sweep(snapshots: Path) -> None:
    import shutil

    for left in snapshots.glob(f"{ASIDE}*"):
        shutil.rmtree(left, ignore_errors=True)


def _write(folder: Path, plan: _Plan) -> None:
    """All files of a snapshot, synced."""
    from exograph import store
    from exograph.records import to_json

    ontology = store.read_turtle(plan.ontology / "exograph.ttl")
    (folder / "kb.json").write_bytes(to_json(plan.kb).encode())
    (folder / "arrays").mkdir()
    write = _write_large if plan.large else _write_small
    counted = write(folder, plan, ontology)
    files = {
        path.relative_to(folder).as_posix(): _fingerprint(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    triples = counted["triples"]["total"]
    if triples > DISK_STORE_FROM:
        store.write_disk_store(folder / "kb.nq", folder / "store")
    manifest: dict[str, Any] = {
        "key": plan.key,
        "version": __version__,
        "only": plan.only,
        "imports": {each.name: each.sha256 for each in plan.taken},
        "large": [each.name for each in plan.large],
        "prefixes": plan.prefixes,
        "disk_store": triples > DISK_STORE_FROM,
        "counts": counted,
        "files": files,
    }
    (folder / "manifest.json").write_bytes(manifest_bytes(manifest))
    folder.chmod(0o755)
    for path in (*folder.rglob("*"), folder):
        sync(path)


def _write_small(folder: Path, plan: _Plan, ontology: list[Triple]) -> Counts:
    """Triples and arrays of model objects."""
    from exograph import rdf, store
    from exograph.arrays import from_kb, save
    from exograph.kb.merging import merged
    from exograph.snapshot.counts import counts

    nquads = rdf.to_nquads(plan.kb, ontology, prefixes=plan.prefixes)
    turtle, counted = store.to_turtle(nquads, plan.prefixes)
    if counted != nquads.count(b"\n"):
        raise _contradiction("the store does not count the triples that were written")
    (folder / "kb.nq").write_bytes(nquads)
    (folder / "kb.ttl").write_bytes(turtle)
    save(from_kb(merged(plan.kb)), folder / "arrays")
    return counts(plan.kb, counted)


def _write_large(folder: Path, plan: _Plan, ontology: list[Triple]) -> Counts:
    """The same where imports stay in columns, which are put beside the model objects. No Turtle:
    it would take as long again to write."""
    import shutil

    from exograph.arrays import from_joined, save
    from exograph.columns.joined import Joined
    from exograph.columns.quads import nquads
    from exograph.columns.tallies import tallies
    from exograph.snapshot.counts import counts

    parts = []
    for each in plan.large:
        rows, own = each.rows(), folder / "parts" / each.name
        shutil.copytree(each.folder, own)
        parts.append(rows)
    joined = Joined.of(plan.kb, parts)
    (folder / "joined").mkdir()
    joined.save(folder / "joined")
    save(from_joined(joined), folder / "arrays")
    triples = 0
    with (folder / "kb.nq").open("wb") as file:
        for piece in nquads(joined, ontology, plan.prefixes):
            file.write(piece)
            triples += piece.count(b"\n")
    return tallies(joined, counts(plan.kb, triples))


def _contradiction(what: str) -> SnapshotError:
    return SnapshotError(
        "S108", f"The build contradicts itself: {what}.", "Report this, with the tables."
    )


def _fingerprint(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": file_digest(file, "sha256").hexdigest()}


def _named(home: Path) -> str | None:
    try:
        return plain_bytes(home / "CURRENT").decode("ascii").split()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        return None


def _name(home: Path, place: Path) -> None:
    sha256 = hashlib.sha256((place / "manifest.json").read_bytes()).hexdigest()
    aside = home / "CURRENT.new"
    for path in (aside, home / "CURRENT"):
        make_way(path)
    aside.write_text(f"{place.name} {sha256}\n", encoding="ascii", newline="\n")
    sync(aside)
    aside.replace(home / "CURRENT")
    sync(home)
