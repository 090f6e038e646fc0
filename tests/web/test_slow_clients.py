# SPDX-License-Identifier: Apache-2.0
"""Clients that are slow, rude or gone, workers that are killed, and a server that goes on."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from talking import (
    ENDLESS,
    QUERY,
    Server,
    children,
    digits,
    get,
    group,
    limited,
    one,
    parsed,
    rest,
    running,
    secure,
    until,
)

PATIENCE = 1.0
LONG = f"SELECT ('{300 * 'x'}' AS ?x) {{ {digits('abcde')} }}"
"""Its answer has some 35 MB."""

TARGET = "/sparql?query=ASK%20%7B%7D"
POST = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def server(quads) -> Iterator[Server]:
    """A server of little patience with clients, and much with queries."""
    bounds = {"patience": PATIENCE, "timeout": 30.0, "workers": 2, "answer": 64 * 1024**2}
    with limited(rdf=quads, connections=100, held=50 * 1024**2, **bounds) as server:
        yield server


@pytest.fixture(autouse=True)
def unharmed(server: Server) -> Iterator[None]:
    """After each test all workers are there, and answer."""
    yield
    assert server.ask("ASK {}").json["boolean"] is True
    until(lambda: len(server.workers()) == 2)


def trickle(connection: socket.socket, data: bytes, pause: float = 0.05) -> bytes:
    """Sends byte after byte until the other side has had enough; what it says then."""
    connection.settimeout(pause)
    for byte in data:
        try:
            connection.sendall(bytes([byte]))
            if said := connection.recv(1 << 16):
                connection.settimeout(10)
                return said + rest(connection)
            return b""
        except TimeoutError:
            continue
        except ConnectionError:
            return b""
    raise AssertionError("it took all of it")


def test_a_head_that_trickles_is_408(server):
    with server.connect() as connection:
        began = time.monotonic()
        answer = parsed(
            trickle(connection, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 200)
        )
    assert (answer.status, answer.code) == (408, "H148")
    assert secure(answer.headers) and time.monotonic() - began < 3 * PATIENCE


def test_a_body_that_trickles_is_408(server):
    head = get("/sparql", f"Content-Type: {QUERY}", "Content-Length: 1000").replace(b"GET", b"POST")
    with server.connect() as connection:
        began = time.monotonic()
        connection.sendall(head)
        answer = parsed(trickle(connection, b"#" * 1000))
    assert (answer.status, answer.code) == (408, "H148")
    assert secure(answer.headers) and time.monotonic() - began < 3 * PATIENCE


@pytest.mark.parametrize("head", ["PUT /sparql", "POST /nothing", "POST /sparql"])
def test_a_body_that_nobody_wants_cannot_hold_the_connection(head, server):
    host = "localhost" if head != "POST /sparql" else "elsewhere"
    lines = f"{head} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000000\r\n\r\n"
    with server.connect() as connection:
        connection.sendall(lines.encode())
        one(connection)
        began = time.monotonic()
        trickle(connection, b"#" * 1000)
    assert time.monotonic() - began < 5 * PATIENCE


def test_who_says_nothing_is_not_waited_for(server):
    with server.connect() as connection:
        began = time.monotonic()
        assert rest(connection) == b""
    assert PATIENCE / 2 < time.monotonic() - began < 3 * PATIENCE


def test_a_connection_that_has_been_answered_is_kept_for_a_while(server):
    with server.connect() as connection:
        for _ in range(3):
            connection.sendall(get(TARGET))
            assert one(connection).json["boolean"] is True
        began = time.monotonic()
        assert rest(connection) == b""
    assert time.monotonic() - began < 10


def test_two_requests_in_one_go_get_two_answers_in_order(server):
    asked = [get(f"/sparql?query=SELECT%20({n}%20AS%20%3Fx)%20%7B%7D") for n in range(20)]
    last = get(TARGET, "Connection: close")
    said = server.say(b"".join(asked) + last)
    assert said.count(b"HTTP/1.1 200 OK") == 21
    numbers = [part.partition(b'"')[0] for part in said.split(b'"value":"')[1:]]
    assert [int(number) for number in numbers] == list(range(20))


def test_a_half_request_after_a_whole_one_does_not_harm_its_answer(server):
    with server.connect() as connection:
        query = f"/sparql?timeout={1.5 * PATIENCE}&query={quote(ENDLESS)}"
        connection.sendall(get(query) + b"GET / HT")
        said = rest(connection)
    assert parsed(said).status == 504


@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 100,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
        b"hello\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: \x00\r\n\r\n",
        POST + b"Content-Length: -1\r\n\r\n",
        POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
        POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n\r\n",
        b"CONNECT example.org:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /外 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(),
    ],
    ids=range(15),
)
def test_garbage_is_400_and_the_connection_is_closed(data, server):
    answer = parsed(server.say(data))
    assert (answer.status, answer.code) == (400, "H109")
    assert secure(answer.headers) and answer.headers["connection"] == "close"


@pytest.mark.parametrize(
    "lines",
    [
        "OPTIONS * HTTP/1.1\r\nHost: localhost",
        "GET /nothing?%FF HTTP/1.1\r\nHost: localhost",
        "GET http://localhost/nothing HTTP/1.1\r\nHost: localhost",
        "GET /nothing HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\nConnection: upgrade",
        "GET /nothing HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: upgrade",
    ],
)
def test_odd_requests_are_answered(lines, server):
    head = lines if "Connection" in lines else f"{lines}\r\nConnection: close"
    with server.connect() as connection:
        connection.sendall(f"{head}\r\n\r\n".encode())
        answer = one(connection)
    assert answer.status in (404, 405) and secure(answer.headers)


def test_who_waits_for_a_word_before_sending_a_body_gets_it(server):
    head = asking("ASK {}").partition(b"\r\n\r\n")[0] + b"\r\nExpect: 100-continue\r\n\r\n"
    with server.connect() as connection:
        connection.sendall(head)
        assert connection.recv(1 << 10) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"ASK {}")
        assert one(connection).status == 200


def test_the_protocol_before_is_spoken_too(server):
    answer = parsed(server.say(b"GET " + TARGET.encode() + b" HTTP/1.0\r\nHost: localhost\r\n\r\n"))
    assert (answer.status, answer.headers["connection"]) == (200, "close")
    assert b'"boolean":true' in answer.body


def test_a_client_that_closes_its_side_in_the_middle_of_a_head_is_let_go(server):
    with server.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: local")
        connection.shutdown(socket.SHUT_WR)
        assert rest(connection) == b""


def test_who_does_not_read_a_long_answer_is_let_go(server):
    server.ask("ASK {}")
    before = server.memory()
    with ExitStack() as stack:
        for _ in range(2):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect((server.host, server.port))
            connection.sendall(asking(LONG))
            stack.callback(connection.close)
        until(lambda: server.memory() > before + 20_000, 20)
        assert server.ask("ASK {}").seconds < 2  # others are answered meanwhile
        until(lambda: not established(server), 10 * PATIENCE)
        until(lambda: server.memory() < before + 20_000, 10)


def asking(query: str) -> bytes:
    head = get("/sparql", f"Content-Type: {QUERY}", f"Content-Length: {len(query)}")
    return head.replace(b"GET", b"POST", 1) + query.encode()


def established(server: Server) -> bool:
    """Whether the server has a connection with anybody."""
    names = []
    for fd in Path(f"/proc/{server.process.pid}/fd").iterdir():
        with suppress(OSError):
            names.append(str(fd.readlink()))
    sockets = {name[8:-1] for name in names if name.startswith("socket:[")}
    rows = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()]
    return any(row[9] in sockets and row[3] != "0A" for row in rows[1:])


def test_a_slow_reader_that_keeps_reading_gets_all_of_it(server):
    with server.connect() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        connection.sendall(asking(LONG))
        said, began = bytearray(), time.monotonic()
        while b"\r\n\r\n" not in said:
            said += connection.recv(1 << 12)
        size = int(parsed(bytes(said)).headers["content-length"])
        start = said.index(b"\r\n\r\n") + 4
        while time.monotonic() < began + 3 * PATIENCE:
            said += connection.recv(1 << 18)
            time.sleep(0.05)
        while len(said) < start + size:
            part = connection.recv(1 << 20)
            assert part, f"cut after {len(said)} of {size}"
            said += part
    assert said.endswith(b"]}}")


def test_long_answers_that_nobody_takes_leave_no_room_for_more(server):
    """50 MB may be held."""
    with ExitStack() as stack:
        connections = [stack.enter_context(socket.socket()) for _ in range(4)]
        for connection in connections:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect((server.host, server.port))
            connection.sendall(asking(LONG))
        said = {connection.recv(12) for connection in connections}
        assert said == {b"HTTP/1.1 200", b"HTTP/1.1 503"}
        assert server.ask("ASK {}").status == 200


def test_a_client_that_leaves_frees_its_worker(server):
    for _ in range(3):
        clients = [server.connect() for _ in range(2)]
        for client in clients:
            client.sendall(asking(ENDLESS))
        before = set(server.workers())
        time.sleep(0.1)
        for client in clients:
            client.close()
        assert server.ask("ASK {}").seconds < 5
        until(lambda known=before: not known & set(server.workers()))


def test_workers_that_are_killed_while_they_are_idle_cost_no_query(server):
    for _ in range(10):
        for pid in server.workers():
            os.kill(pid, signal.SIGKILL)
        assert [server.ask("ASK {}").status for _ in range(20)] == [200] * 20


@pytest.mark.parametrize("length", [0, 1_000_000])
def test_a_query_whose_worker_is_killed_before_it_reads_it_goes_to_a_fresh_one(length, server):
    before = server.workers()
    with ThreadPoolExecutor() as threads:
        for pid in before:
            os.kill(pid, signal.SIGSTOP)
        asked = [threads.submit(server.ask, f"ASK {{}} # {'x' * length}") for _ in before]
        time.sleep(0.3)
        assert not any(one.done() for one in asked)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert [one.result().status for one in asked] == [200] * len(before)
    assert not set(before) & set(server.workers())


def test_a_query_whose_worker_is_killed_is_told_so(server):
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(server.ask, ENDLESS)
        busy = until(lambda: [pid for pid in server.workers() if working(pid)])
        os.kill(busy[0], signal.SIGKILL)
        answer = asked.result()
    assert (answer.status, answer.code) == (500, "Q212")
    assert "signal 9" in answer.text and answer.seconds < 5


def working(pid: int) -> bool:
    """Whether it has had half a second of the processor, which no worker needs to begin."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    spent = int(stat.rpartition(")")[2].split()[11])
    return spent > os.sysconf("SC_CLK_TCK") / 2


def test_a_hundred_idle_clients_leave_room_for_nobody_else_until_they_are_gone(server):
    with ExitStack() as stack:
        idle = [stack.enter_context(server.connect()) for _ in range(110)]
        answer = parsed(rest(idle[-1]))
        assert (answer.status, answer.code) == (503, "H153")
        assert secure(answer.headers) and answer.headers["retry-after"]
        for connection in idle[:100]:
            assert rest(connection) == b""
    assert server.ask("ASK {}").status == 200


def test_memory_stays_as_it_is(server):
    def some() -> None:
        for number in range(60):
            server.ask(f"SELECT ({number} AS ?x) {{}}")
            server.get("/sparql")
            server.ask("SELECT")
            server.get(f"/{number}")

    some()
    before = server.memory()
    for _ in range(3):
        some()
    assert server.memory() < before + 8_000


def test_long_answers_do_not_pile_up(server):
    sizes = []
    for _ in range(8):
        assert len(server.ask(LONG).body) > 30_000_000
        sizes.append(server.memory())
    assert max(sizes[4:]) < max(sizes[:4]) + 40_000


def test_everything_rude_at_once(server):
    """Slow heads, slow bodies, garbage, endless queries and people who leave, and one who asks."""
    stop = threading.Event()

    def rude(number: int) -> None:
        while not stop.is_set():
            with suppress(OSError), server.connect(5) as connection:
                what = number % 5
                if what == 0:
                    trickle(connection, b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20, 0.02)
                elif what == 1:
                    connection.sendall(asking(ENDLESS))
                    time.sleep(0.05)
                elif what == 2:
                    connection.sendall(os.urandom(200))
                    connection.recv(10)
                elif what == 3:
                    connection.sendall(asking("SELECT") * 3)
                    connection.recv(10)
                else:
                    connection.sendall(asking(LONG)[:-50])
                    time.sleep(0.05)

    with ThreadPoolExecutor(30) as threads:
        for number in range(20):
            threads.submit(rude, number)
        try:
            answers = [server.ask("ASK {}") for _ in range(20)]
        finally:
            stop.set()
    assert all(answer.json["boolean"] for answer in answers)


def test_the_holder_has_one_thread_since_it_forks(server):
    (nursery,) = children(server.process.pid)
    status = Path(f"/proc/{nursery}/status").read_text(encoding="ascii")
    assert status.partition("Threads:")[2].split()[0] == "1"


def test_when_the_holder_of_the_data_dies_the_server_ends_and_says_so(quads):
    with running("serve", "--rdf", quads, "--port", "0") as server:
        (nursery,) = children(server.process.pid)
        os.kill(nursery, signal.SIGKILL)
        assert server.process.wait(10) == 1
        until(lambda: not group(server.process.pid))
        assert "\nH152: The process that holds" in server.log.read_text(encoding="utf-8")


def test_no_worker_outlives_a_server_that_is_killed(quads):
    with limited(rdf=quads, timeout=60) as server, server.connect() as connection:
        connection.sendall(asking(ENDLESS))
        until(lambda: [pid for pid in server.workers() if working(pid)])
        left = [*server.workers(), *children(server.process.pid)]
        server.process.kill()
        server.process.wait()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))
