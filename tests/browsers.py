# SPDX-License-Identifier: Apache-2.0
"""Which browser the tests of pages use."""

import os
import shutil

import pytest

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first has no window; it is the same engine, and takes half the time."""


def chromium_path() -> str:
    """Of the Chromium here. Where it must be (CI is set) its absence is a failure."""
    for name in CHROMIUM:
        if found := shutil.which(name):
            return found
    if os.environ.get("CI"):
        pytest.fail("no chromium, and CI is set: the page must be tested")
    pytest.skip("no chromium on this machine")
