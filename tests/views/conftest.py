# SPDX-License-Identifier: Apache-2.0
"""Pages opened in a real browser."""

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
