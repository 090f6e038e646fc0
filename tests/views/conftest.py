# SPDX-License-Identifier: Apache-2.0
"""Pages opened in a real browser: as files, and from a server."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def visit(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a document from disk. Any request, console message, error or dialog fails the test.

    What a page makes of its own parts, which has an address of its own inside it, is no request.
    """
    seen: list[str] = []
    contexts = []

    def open_page(document: str, size: tuple[int, int] = (1400, 900), anchor: str = "") -> Page:
        file = tmp_path / "page.html"
        file.write_text(document, encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: seen.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: seen.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (seen.append("dialog"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.split("#")[0] == file.as_uri()
                or request.url.startswith(("data:,", "blob:"))
                else seen.append(f"request: {request.url}")
            ),
        )
        page.goto(file.as_uri() + anchor)
        page.wait_for_function("window.exograph && exograph.drawn()")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert seen == []


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    """Of a running ``exograph serve``."""
    program = "from exograph.cli import main; main()"
    command = [sys.executable, "-c", program, "--home", home, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            yield process.stderr.readline().split()[0]
        finally:
            process.terminate()


@pytest.fixture
def call(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens the served page. Any request to elsewhere, error or dialog fails the test."""
    seen: list[str] = []
    context = chromium.new_context(viewport={"width": 1400, "height": 900})

    def ours(url: str) -> bool:
        bare, _, _ = url.partition("#")
        known = bare in (address, f"{address}sparql") or bare.startswith(f"{address}api/v1/")
        return known or url.startswith("blob:")

    def open_page(anchor: str = "") -> Page:
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: seen.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (seen.append("dialog"), dialog.dismiss()))
        page.on("request", lambda r: None if ours(r.url) else seen.append(f"request: {r.url}"))
        page.goto(address + anchor)
        while not page.evaluate("window.exograph && exograph.drawn()"):
            page.wait_for_timeout(20)
        return page

    yield open_page
    context.close()
    assert seen == []
