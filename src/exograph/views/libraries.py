# SPDX-License-Identifier: Apache-2.0
"""Libraries that the page carries. ``hatch_build.py`` fetched them, or could not, when the package
was built; the one that draws the picture then comes with pyvis."""

from __future__ import annotations

import base64
import gzip
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

FROM_PYVIS = "lib/vis-9.1.2/vis-network.min.js"
EDITOR = {"editor-script": "yasqe.min.js.gz", "editor-style": "yasqe.min.css.gz"}
ENGINE = {"engine-script": "oxigraph.js.gz", "engine-program": "oxigraph.wasm.gz"}
"""Files by the id of the element that holds them in the page."""


def folder() -> Traversable:
    """Where the libraries are, if they are."""
    return resources.files("exograph.views") / "page" / "libraries"


def held(*names: str) -> bool:
    """Whether all of these are there."""
    return all((folder() / name).is_file() for name in names)


def drawing() -> str:
    """vis-network, with line ends as a browser reads them and without source map."""
    ours = folder() / "vis-network.min.js"
    file = ours if ours.is_file() else resources.files("pyvis") / "templates" / FROM_PYVIS
    text = file.read_text(encoding="utf-8").replace("\r\n", "\n")
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "")


def unpacked(name: str) -> str:
    """The text of a compressed library, as a browser has it that runs it from an element."""
    return gzip.decompress((folder() / name).read_bytes()).decode().replace("\r\n", "\n")


def editor() -> tuple[str, str]:
    """Script and style of the SPARQL editor; empty where it is not there."""
    if not held(*EDITOR.values()):
        return "", ""
    script, style = map(unpacked, EDITOR.values())
    return script, style


@cache
def embedded(name: str) -> str:
    """A compressed library as text that can stand in an element."""
    return text_of((folder() / name).read_bytes())


def text_of(data: bytes) -> str:
    """Bytes as text that can stand in an element."""
    return base64.b64encode(data).decode("ascii")
