# SPDX-License-Identifier: Apache-2.0
"""Servers for assistants as processes of their own, and the official client to talk with them."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters, stdio_client
from talking import children, until

_PID = "import os, sys; open(sys.argv.pop(1), 'w').write(str(os.getpid())); "

PROGRAM = f"{_PID}from exograph.cli import main; main()"
"""What the script `exograph` does, after it has told its number."""

LIMITED = f"""{_PID}
from dataclasses import replace
from pathlib import Path
from exograph.mcp.desk import LIMITS, Shelf
from exograph.mcp.server import serve
from exograph.snapshot import open_snapshot

bounds = {{"timeout": 1.5, "memory": 64 * 1024**2, "answer": 20_000, "workers": 1, "waiting": 1}}
shelf = Shelf(open_snapshot(Path(sys.argv[1])), Path(sys.argv[2]))
serve(shelf, replace(LIMITS, **bounds))
"""


@dataclass(frozen=True)
class Assistant:
    """A client with its server; what the server says on standard error goes to ``log``."""

    client: Client
    portal: BlockingPortal
    log: Path
    pid: int

    def call(self, tool: str, /, **arguments: Any) -> Any:
        """The result of a tool, as the client hands it over once it has checked it."""
        return self.portal.call(partial(self.client.call_tool, tool, arguments))

    def ask(self, tool: str, /, **arguments: Any) -> tuple[str, Any]:
        """The short text and the document of a tool that must succeed."""
        result = self.call(tool, **arguments)
        assert not result.is_error, result.content[0].text
        short, whole = (part.text for part in result.content)
        assert json.loads(whole) == result.structured_content
        return short, result.structured_content

    def fail(self, tool: str, /, **arguments: Any) -> dict[str, Any]:
        """The error of a tool that must fail."""
        result = self.call(tool, **arguments)
        assert result.is_error and result.structured_content is None
        line, whole = (part.text for part in result.content)
        error = json.loads(whole)["error"]
        assert line.startswith(f"{error['code']} {error['message']}")
        return error

    def do(self, method: str, /, *args: Any, **named: Any) -> Any:
        """Another request of the client, by the name of its method."""
        return self.portal.call(partial(getattr(self.client, method), *args, **named))

    def processes(self) -> list[int]:
        """The server and all that it has started."""
        found = [self.pid]
        for pid in found:
            found += children(pid)
        return found


@contextmanager
def assistant(code: str, *args: str | Path) -> Iterator[Assistant]:
    """A client and its server, all of which must be gone after the block."""
    with tempfile.TemporaryDirectory() as folder:
        log, number = Path(folder) / "log", Path(folder) / "pid"
        given = ["-c", code, str(number), *map(str, args)]
        params = StdioServerParameters(command=sys.executable, args=given, env=dict(os.environ))
        with log.open("w", encoding="utf-8") as errlog, start_blocking_portal() as portal:
            talk = Client(stdio_client(params, errlog=errlog))
            with portal.wrap_async_context_manager(talk) as client:
                pid = int(number.read_text(encoding="ascii"))
                found = Assistant(client, portal, log, pid)
                yield found
                left = found.processes()
            assert len(left) > 2
            until(lambda: not alive(left))
        assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")


def alive(pids: list[int]) -> list[int]:
    """Those that have not ended."""

    def state(pid: int) -> str:
        try:
            said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return "X"
        return said.rpartition(")")[2].split()[0]

    return [pid for pid in pids if state(pid) not in "XZ"]
