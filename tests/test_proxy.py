# SPDX-License-Identifier: Apache-2.0
"""The configuration of nginx that docs/how-to/proxy.md shows, before a server of ours."""

import http.client
import shutil
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from shown_commands import blocks

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "proxy.md"
NAME = "graph.example.org"
AROUND = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{shown}
}}
"""

pytestmark = pytest.mark.skipif(
    NGINX is None or shutil.which("openssl") is None,
    reason="nginx and openssl are not installed (Debian: apt install nginx-light openssl)",
)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def ports(home, tmp_path_factory):
    """Of http and https, with nginx as the page says, and `exograph serve` behind it."""
    folder = tmp_path_factory.mktemp("nginx")
    cert, key = folder / "cert.pem", folder / "key.pem"
    subject = ["-subj", f"/CN={NAME}", "-days", "2", "-keyout", key, "-out", cert]
    new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject]
    subprocess.run(new, check=True, capture_output=True)
    program = "from exograph.cli import main; main()"
    serve = [sys.executable, "-c", program, "--home", home, "serve", "--port", "0"]
    with subprocess.Popen([*serve, "--allow-host", NAME], stderr=subprocess.PIPE, text=True) as us:
        behind = us.stderr.readline().split()[0].rstrip("/").rpartition(":")[2]
        plain, secure = free_port(), free_port()
        (shown,) = (b.text for b in blocks(PAGE.read_text(encoding="utf-8")) if b.lang == "nginx")
        for ours, theirs in (
            ("listen 80;", f"listen 127.0.0.1:{plain};"),
            ("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;"),
            (f"/etc/ssl/{NAME}.pem", str(cert)),
            (f"/etc/ssl/{NAME}.key", str(key)),
            ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
        ):
            assert shown.count(ours) == 1, ours
            shown = shown.replace(ours, theirs)
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, shown=shown))
        command = [NGINX, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "errors"]
        with subprocess.Popen(command) as proxy:
            _wait(secure)
            yield plain, secure
            proxy.terminate()
        us.terminate()


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")


def answer(ports, path, host=NAME, method="GET", body=None):
    """Status and body, by https."""
    anyone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    asked = http.client.HTTPSConnection("127.0.0.1", ports[1], timeout=20, context=anyone)
    headers = {"Host": host, "Content-Type": "application/sparql-query"}
    asked.request(method, path, body=body, headers=headers)
    given = asked.getresponse()
    text = given.read().decode()
    asked.close()
    return given.status, text


def test_page_queries_and_things_come_through(ports):
    query = "/sparql?query=" + quote("ASK { entity:mir-126 a exo:MicroRNA }")
    assert answer(ports, "/")[0] == 200
    status, text = answer(ports, query)
    assert (status, "true" in text) == (200, True)
    assert "miR-126" in answer(ports, "/entity/mir-126")[1]


def test_other_names_are_refused(ports):
    assert answer(ports, "/", host="evil.example.org")[0] == 421


def test_http_is_sent_to_https(ports):
    asked = http.client.HTTPConnection("127.0.0.1", ports[0], timeout=20)
    asked.request("GET", "/entity/mir-126?lang=zh", headers={"Host": NAME})
    given = asked.getresponse()
    assert given.status == 301
    assert given.getheader("Location") == f"https://{NAME}/entity/mir-126?lang=zh"
    asked.close()


def test_errors_of_ours_come_through_and_long_bodies_do_not(ports):
    assert answer(ports, "/sparql", method="POST", body="SELECT ?x {")[0] == 400
    assert answer(ports, "/sparql", method="POST", body="#" * 2_200_000)[0] == 413


def test_who_asks_too_often_is_told_to_wait(ports):
    statuses = []
    while len(statuses) < 500 and 429 not in statuses:
        statuses.append(answer(ports, "/.well-known/void")[0])
    assert statuses[:20] == [200] * 20
    assert statuses[-1] == 429
