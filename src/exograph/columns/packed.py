# SPDX-License-Identifier: Apache-2.0
"""Records by id in a file of JSON lines: one is made when it is asked for."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, overload

import numpy as np
import numpy.typing as npt

from exograph.records import decode, encode

Bytes = npt.NDArray[np.bytes_]


class Identified(Protocol):
    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=Identified)


class Packed(Sequence[R], Generic[R]):
    """Records of one class, sorted by their ids, which are ASCII.

    ``ids[n]`` is the id of record ``n``, whose JSON is ``data[offsets[n] : offsets[n + 1]]``.
    """

    def __init__(self, kind: type[R], ids: Bytes, offsets: npt.NDArray[np.int64], data: Any):
        self._kind, self.ids, self._offsets, self._data = kind, ids, offsets, data

    @classmethod
    def of(cls, kind: type[R], records: Iterable[R]) -> Packed[R]:
        """The records of any iterable, in memory. Ids must differ."""
        return cls.of_lines(kind, ((r.id, line(r)) for r in records))

    @classmethod
    def of_lines(cls, kind: type[R], lines: Iterable[tuple[str, bytes]]) -> Packed[R]:
        """The same of records that are written already: their ids, and what ``line`` gives."""
        held = sorted((id.encode("ascii"), line) for id, line in lines)
        offsets = [0, *accumulate(len(line) for _, line in held)]
        return cls(
            kind,
            np.array([id for id, _ in held] or [], np.bytes_),
            np.array(offsets, np.int64),
            b"".join(line for _, line in held),
        )

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[R, ...]: ...
    def __getitem__(self, at: int | slice) -> R | tuple[R, ...]:
        if isinstance(at, slice):
            return tuple(self._made(n) for n in range(*at.indices(len(self))))
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self._made(at % len(self))

    def __iter__(self) -> Iterator[R]:
        return map(self._made, range(len(self)))

    def told(self) -> Iterator[dict[str, Any]]:
        """The records as JSON has them, without what is at its default."""
        for begin, end in pairwise(self._offsets.tolist()):
            yield json.loads(self._data[begin:end])

    def _made(self, n: int) -> R:
        begin, end = self._offsets[n], self._offsets[n + 1]
        return decode(self._kind, json.loads(self._data[begin:end]))

    def find(self, id: str) -> int | None:
        """The number of a record, by bisection; None if there is none of that id."""
        return position(self.ids, id)

    def get(self, id: str) -> R | None:
        n = self.find(id)
        return None if n is None else self._made(n)

    def save(self, folder: Path, name: str) -> None:
        np.save(folder / f"{name}.ids.npy", self.ids, allow_pickle=False)
        np.save(folder / f"{name}.offsets.npy", self._offsets, allow_pickle=False)
        (folder / f"{name}.jsonl").write_bytes(self._data)

    @classmethod
    def open(cls, kind: type[R], folder: Path, name: str) -> Packed[R]:
        """What ``save`` wrote, by memory map."""
        ids = np.load(folder / f"{name}.ids.npy", mmap_mode="r", allow_pickle=False)
        offsets = np.load(folder / f"{name}.offsets.npy", mmap_mode="r", allow_pickle=False)
        with (folder / f"{name}.jsonl").open("rb") as file:
            empty = not file.seek(0, 2)
            data = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if len(offsets) != len(ids) + 1 or offsets[-1] != len(data):
            raise ValueError(f"{name} holds {len(data)} bytes, not {offsets[-1]}")
        return cls(kind, ids, offsets, data)


def position(ids: Bytes, id: str) -> int | None:
    """Where an id stands among sorted ids; None if it does not."""
    try:
        wanted = id.encode("ascii")
    except UnicodeEncodeError:
        return None
    if len(wanted) > ids.itemsize:  # else numpy would make all of them as wide
        return None
    at = int(np.searchsorted(ids, np.bytes_(wanted)))
    return at if at < len(ids) and ids[at] == wanted else None


_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def line(record: object) -> bytes:
    """A record as a line of JSON."""
    return f"{_json(encode(record))}\n".encode()
