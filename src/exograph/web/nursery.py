# SPDX-License-Identifier: Apache-2.0
"""The process that holds the knowledge base and forks workers, each of which may be killed.

A fork has all of it at once and for nothing, so a killed worker is replaced in a millisecond. It
talks with the server over its standard input, a socket: a letter with a socket attached asks for a
worker of that kind, which will serve that socket; back come ``born`` and ``died`` with numbers.
When the server goes, however it goes, this process and all workers go, too.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

from exograph.errors import ExographError
from exograph.web.frames import packed, receive
from exograph.web.held import Held, hold, told

STRANGERS, OWN = "s", "o"
"""Kinds of workers: for queries of strangers, and for the pages and documents that are our own."""


_GRACE = 5
"""Seconds that the server has to kill a worker, before it ends by itself."""

_children: set[int] = set()


def main() -> None:
    """Serves until the server goes. The first message says what to hold."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the server decides when to stop
        signal.signal(number, signal.SIG_IGN)
    control = socket.socket(fileno=os.dup(0))
    with control.makefile("rb") as lines:
        task = json.loads(lines.readline() or "null")
    if task is None:  # the server has gone already
        return
    try:
        with suppress(ConnectionError):
            _serve(control, task)
    finally:
        for pid in _children:
            os.kill(pid, signal.SIGKILL)


def _serve(control: socket.socket, task: dict[str, Any]) -> None:
    try:
        held = hold(task)
        if held.store.disk is None:  # of a store on disk each worker opens its own: it has threads
            held.rehearse()
    except ExographError as error:
        _say(control, {"failed": told(error)})
        return
    _say(control, {"ready": True})
    wake, woken = socket.socketpair()
    woken.setblocking(False)
    wake.setblocking(False)
    signal.set_wakeup_fd(wake.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    try:
        _watch(control, woken, held, task)
    finally:
        signal.set_wakeup_fd(-1)  # workers that die from here on are not told of


def _watch(control: socket.socket, woken: socket.socket, held: Held, task: dict[str, Any]) -> None:
    from selectors import EVENT_READ, DefaultSelector

    selector = DefaultSelector()
    selector.register(control, EVENT_READ)
    selector.register(woken, EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is woken:
                woken.recv(4096)
                for message in _deaths():
                    _say(control, message)
                continue
            data, handed, _, _ = socket.recv_fds(control, 4096, 64)
            if not data:
                return
            for kind, each in zip(data.decode("ascii"), handed, strict=True):
                _say(control, {"born": _fork(kind, each, held, task)})
                os.close(each)


def _say(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode() + b"\n")


def _deaths() -> list[dict[str, int]]:
    found: list[dict[str, int]] = []
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if not pid:
            return found
        _children.discard(pid)
        found.append({"died": pid, "status": os.waitstatus_to_exitcode(status)})


def _fork(kind: str, handed: int, held: Held, task: dict[str, Any]) -> int | None:
    """The number of a new worker; None where the system has no room for one."""
    try:
        pid = os.fork()
    except OSError:
        return None
    if pid:
        _children.add(pid)
        return pid
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.closerange(3, handed)
        os.closerange(handed + 1, 1 << 10)
        os.dup2(handed, 0)  # which was the way to the server
        _ = held.store.graph
        _fence(kind, task["memory"])
        _work(socket.socket(fileno=handed), held, task["timeout"])
    except MemoryError:
        os.abort()  # as Oxigraph does
    except BaseException:  # what a worker does not answer, the server sees by its death
        if kind == OWN:
            traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _fence(kind: str, memory: int) -> None:
    """From here on no more memory than allowed; for queries of strangers no new file or socket, and
    so no way to any network, and less of the processor where others want it.

    A limit of open files is one on their numbers (POSIX), so with none those that are open stay so
    and no other can be had. All that a query needs was imported before.
    """
    import resource

    most = _size() + memory
    with suppress(ValueError, OSError):  # it has less already, or the system knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if kind == STRANGERS:
        os.nice(5)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 2)  # Oxigraph tells there what it dies of
        os.close(null)
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _size() -> int:
    """Bytes of address space that this process has; 0 where that is not told (and not limited)."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _work(sock: socket.socket, held: Held, timeout: float) -> None:
    """Answers messages until the server goes. The server kills it at the end of the time that a
    query has; if there is no server any more, an alarm does."""
    while (message := receive(sock)) is not None:
        signal.setitimer(signal.ITIMER_REAL, timeout + _GRACE)
        sock.sendall(packed(*held.answer(*message)))
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
