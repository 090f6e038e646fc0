# SPDX-License-Identifier: Apache-2.0
"""Virtuoso as a process of its own: its database in a folder, its ports on loopback."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

MAX_ROWS = 10_000

INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CaseMode = 2
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
MaxClientConnections = 10
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 30
"""


@dataclass(frozen=True)
class Virtuoso:
    process: subprocess.Popen[bytes]
    address: str
    password: str
    sql: int

    @property
    def store(self) -> str:
        return f"{self.address}/sparql-graph-crud-auth"

    @property
    def sparql(self) -> str:
        return f"{self.address}/sparql"


@contextmanager
def running(folder: Path) -> Iterator[Virtuoso]:
    """Skips the test where Virtuoso is not installed; where it must be (CI is set) that fails."""
    program, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or isql is None:
        if os.environ.get("CI"):
            pytest.fail("no virtuoso-t, and CI is set: pushing must be tested")
        pytest.skip("no virtuoso-t on this machine (Debian: virtuoso-opensource-7-bin)")
    sql, http = _free(), _free()
    (folder / "virtuoso.ini").write_text(
        INI.format(folder=folder, sql=sql, http=http, rows=MAX_ROWS), encoding="utf-8"
    )
    password = f"p{secrets.token_hex(8)}"  # isql takes it for a name
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(
            [program, "-f", "-c", folder / "virtuoso.ini"], stdout=out, stderr=out, cwd=folder
        )
    store = Virtuoso(process, f"http://127.0.0.1:{http}", password, sql)
    try:
        _wait(store, folder)
        _say(store, isql, "dba", f"SET PASSWORD dba {password};")
        yield store
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _say(store: Virtuoso, isql: str, password: str, command: str) -> None:
    where = f"127.0.0.1:{store.sql}"
    done = subprocess.run(
        [isql, where, "dba", password, "ERRORS=STDOUT", f"EXEC={command}"],
        check=True,
        capture_output=True,
        timeout=60,
        text=True,
    )
    assert "Error" not in done.stdout, done.stdout


def _wait(store: Virtuoso, folder: Path) -> None:
    end = time.monotonic() + 90
    while True:
        assert store.process.poll() is None, (folder / "virtuoso.log").read_text("utf-8")
        try:
            with build_opener(ProxyHandler({})).open(store.sparql, timeout=5):
                return
        except (URLError, OSError):
            assert time.monotonic() < end, (folder / "virtuoso.log").read_text("utf-8")
            time.sleep(0.1)


def _free() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port
