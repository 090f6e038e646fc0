# SPDX-License-Identifier: Apache-2.0
"""Each notebook is run once on a fresh kernel: it must end, and show what is stored in it."""

import json
import re
from base64 import b64decode

import pytest

from tools.notebooks import FOLDER, run

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
ARE_NAMED = [file.stem for file in NOTEBOOKS]
NEEDED = {"exograph", "matplotlib"}  # the kernel itself is ipykernel
MOST, MOST_OF_A_PICTURE = 200_000, 60_000

each = pytest.mark.parametrize("file", NOTEBOOKS, ids=ARE_NAMED)


@pytest.fixture(scope="module", autouse=True)
def surroundings(home, tmp_path_factory):
    """The knowledge base is built, as is the list of fonts, which may take long the first time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXOGRAPH_HOME", str(home))
        for name in ("MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name)))
        import matplotlib.font_manager  # noqa: F401

        yield


def told(book):
    """What the cells show: everything but pictures of pixels, which differ with the fonts."""
    return [
        (
            cell["execution_count"],
            output["output_type"],
            output.get("name"),
            output.get("text"),
            {kind: d for kind, d in output.get("data", {}).items() if kind != "image/png"},
        )
        for cell in book["cells"]
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
    ]


def stored(file):
    """The notebook as a value, lines of a text joined to one string."""
    import nbformat

    return nbformat.read(file, as_version=4)


def test_there_are_the_six():
    assert [name[:2] for name in ARE_NAMED] == ["01", "02", "03", "04", "05", "06"]


@each
def test_a_fresh_run_shows_what_is_stored(file):
    assert told(run(file)) == told(stored(file))


@each
def test_all_cells_were_run_in_order_and_nothing_warns(file):
    cells = [cell for cell in stored(file)["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert {output["output_type"] for output in outputs} <= {
        "stream",
        "display_data",
        "execute_result",
    }
    assert "stderr" not in {output.get("name") for output in outputs}


@each
def test_it_is_small_and_so_is_each_picture(file):
    assert file.stat().st_size <= MOST
    for cell in stored(file)["cells"]:
        for output in cell.get("outputs", ()):
            for kind, picture in output.get("data", {}).items():
                if kind == "image/png":
                    assert len(b64decode(picture)) <= MOST_OF_A_PICTURE
                if kind == "image/svg+xml":
                    assert len(picture.encode()) <= MOST_OF_A_PICTURE


@each
def test_nothing_in_it_is_of_one_machine_or_one_moment(file):
    book = json.loads(file.read_text(encoding="utf-8"))
    assert book["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert all(cell["metadata"] == {} for cell in book["cells"])
    text = re.sub(r'"image/png": "[^"]*"', "", file.read_text(encoding="utf-8"))
    assert not re.search(r"/(?:home|root|tmp|Users|work|var)/|[A-Z]:\\\\|0x[0-9a-f]{8}", text)
    assert not re.search(r"\d (?:ms|seconds)\b|\d s\b", text)


@each
def test_it_says_what_one_learns_and_that_it_is_no_advice(file):
    first = stored(file)["cells"][0]
    assert first["cell_type"] == "markdown" and "Not medical advice." in first["source"]


@each
def test_it_needs_nothing_but_the_project_and_matplotlib(file):
    import ast
    import sys

    for cell in stored(file)["cells"]:
        if cell["cell_type"] == "code":
            for node in ast.walk(ast.parse(cell["source"])):
                names = [alias.name for alias in getattr(node, "names", ())]
                if isinstance(node, ast.ImportFrom):
                    names = [node.module]
                elif not isinstance(node, ast.Import):
                    continue
                for name in names:
                    top = name.split(".")[0]
                    assert top in NEEDED or top in sys.stdlib_module_names


@each
def test_its_links_to_files_lead_somewhere(file):
    for cell in stored(file)["cells"]:
        if cell["cell_type"] == "markdown":
            for target in re.findall(r"\]\(([^)#]+)", cell["source"]):
                if "://" not in target:
                    assert (file.parent / target).exists(), target


def test_the_data_beside_them_tell_where_they_are_from():
    sources = (FOLDER / "data" / "SOURCE.md").read_text(encoding="utf-8")
    for file in (FOLDER / "data").iterdir():
        assert file.name == "SOURCE.md" or f"`{file.name}`" in sources
    for line in (FOLDER / "data" / "angiogenesis.gmt").read_text(encoding="utf-8").splitlines():
        name, home = line.split("\t")[:2]
        assert name in sources and (home.startswith("http") or f"`{home}`" in sources)
