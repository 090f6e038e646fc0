# SPDX-License-Identifier: Apache-2.0
"""Nothing of the developer's surroundings reaches a test, and no test leaves anything behind."""

import tempfile

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_surroundings(tmp_path_factory):
    """Neither settings of exograph, nor a temporary folder that others use."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "GRAPHS", "TEXTS"):
            patch.delenv(f"EXOGRAPH_{name}", raising=False)
        folder = str(tmp_path_factory.mktemp("temp"))
        patch.setenv("TMPDIR", folder)
        patch.setattr(tempfile, "tempdir", folder)
        yield
