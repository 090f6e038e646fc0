# SPDX-License-Identifier: Apache-2.0
"""Runs notebooks on fresh kernels and stores what they show, pictures with few colours.

    python tools/notebooks.py [FILE...]     all in ``notebooks`` if none is named

The environment variables of exograph hold, as for the command line. The tests run the same way,
and compare.
"""

from __future__ import annotations

import sys
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from PIL import Image

FOLDER = Path(__file__).parents[1] / "notebooks"


def run(file: Path) -> Any:
    """The notebook as it looks after a run from top to bottom, in the folder where it lies.

    Raises nbclient's CellExecutionError for a cell that fails.
    """
    book = nbformat.read(file, as_version=4)
    client = NotebookClient(
        book,
        timeout=120,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],  # not that it listens on this machine
        resources={"metadata": {"path": str(file.parent)}},
    )
    client.execute()
    book.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    return book


def lighten(book: Any) -> None:
    """Gives the pictures of a notebook 64 colours, which take half the bytes and look the same."""
    for cell in book.cells:
        for output in cell.get("outputs", ()):
            if png := output.get("data", {}).get("image/png"):
                picture = Image.open(BytesIO(b64decode(png))).convert("RGB")
                small = BytesIO()
                picture.quantize(64, dither=Image.Dither.NONE).save(small, "png", optimize=True)
                output["data"]["image/png"] = b64encode(small.getvalue()).decode()


def main(files: list[Path]) -> None:
    """Runs each and writes it back; stops at the first that fails."""
    for file in files or sorted(FOLDER.glob("*.ipynb")):
        book = run(file)
        lighten(book)
        nbformat.write(book, file)
        print(f"{file.name}: {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
