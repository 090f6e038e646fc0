# SPDX-License-Identifier: Apache-2.0
"""Wheel and source archive: what they hold, what they must not, and that builds are the same."""

import gzip
import os
import re
import shutil
from email import message_from_bytes
from pathlib import Path

import pytest
from built import LIBRARIES, ROOT, built, copied, files, held

from exograph import __version__

TEXTS = os.environ.get("EXOGRAPH_TEXTS")
"""Where the texts of sources are, before the tests forget it."""
STRANGERS = ("notes.txt", "src/notes.txt.swp", "texts/review.txt", "graphs/.env", ".env")
"""Files that lie about in a checkout."""
LONG = 60
"""Characters of a text, blanks aside, that nothing but a quote may repeat."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied(tmp_path_factory.mktemp("packaging") / "one")
    for name in STRANGERS:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("mine\n")
    return folder


@pytest.fixture(scope="module")
def made(project: Path) -> tuple[Path, Path]:
    """A wheel and a source archive, both made of the checkout."""
    wheel, sdist = built(project, project.parent / "first", "wheel", "sdist")
    return wheel, sdist


@pytest.fixture(scope="module")
def wheel(made: tuple[Path, Path]) -> dict[str, bytes]:
    return held(made[0])


@pytest.fixture(scope="module")
def sdist(made: tuple[Path, Path]) -> dict[str, bytes]:
    return held(made[1])


def test_the_wheel_is_the_package_with_tables_ontology_and_page(wheel, project):
    expected = {
        **files(project / "src" / "exograph", "exograph/"),
        **files(project / "ontology", "exograph/_data/ontology/"),
        **files(project / "graphs", "exograph/_data/graphs/"),
    }
    for hidden in [name for name in expected if "/." in name]:
        del expected[hidden]
    about = f"exograph-{__version__}.dist-info/"
    assert {n: b for n, b in wheel.items() if not n.startswith(about)} == expected
    assert "exograph/_data/graphs/review/statements.tsv" in wheel
    assert "exograph/views/page/template.html" in wheel
    assert wheel["exograph/py.typed"] == b""


def test_the_page_brings_its_libraries_with_their_licences(wheel):
    folder = LIBRARIES.removeprefix("src/")
    carried = {name.removeprefix(f"{folder}/") for name in wheel if name.startswith(folder)}
    if not carried and not (ROOT / LIBRARIES).exists():
        pytest.skip("the checkout has no libraries of the page: there was no npm to fetch them")
    assert {"NOTICE.txt", "oxigraph.wasm.gz", "yasqe.min.js.gz", "vis-network.min.js"} <= carried


def test_the_source_archive_is_what_the_project_names(sdist):
    first = {name.partition("/")[0] for name in sdist}
    folders = {"benchmarks", "docs", "graphs", "notebooks", "ontology", "src", "tests", "tools"}
    assert folders <= first
    loose = first - folders
    assert {"README.md", "LICENSE", "CITATION.cff", "hatch_build.py", "constraints.txt"} <= loose
    assert not loose & {".git", ".build", ".venv", ".ci", "texts", "exograph.html"}
    assert not {name for name in sdist if "__pycache__" in name or name.endswith(".pyc")}
    assert not set(STRANGERS) & sdist.keys()


def test_a_wheel_made_of_the_source_archive_is_the_same(made, tmp_path):
    import tarfile

    with tarfile.open(made[1]) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    (again,) = built(unpacked, tmp_path / "out", "wheel")
    assert again.name == made[0].name
    assert held(again) == held(made[0])
    assert again.read_bytes() == made[0].read_bytes()


def test_a_second_build_elsewhere_gives_the_same_bytes(made, project, tmp_path):
    other = project.rename(tmp_path / "another name")
    try:
        for path in other.rglob("*.tsv"):
            os.utime(path, (1_000_000_000, 1_000_000_000))
        again = built(other, tmp_path / "out", "wheel", "sdist")
    finally:
        other.rename(project)
    for one, two in zip(made, again, strict=True):
        assert one.read_bytes() == two.read_bytes(), one.name


def test_a_container_is_given_all_that_the_wheel_is_made_of(made, project, tmp_path):
    """By the list of what is not left out: a wheel that is made of just that is the same."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").split()
    given = [line.removeprefix("!") for line in lines if line.startswith("!")]
    for name in given:
        source, target = project / name, tmp_path / "given" / name
        target.parent.mkdir(exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    (again,) = built(tmp_path / "given", tmp_path / "out", "wheel")
    assert again.read_bytes() == made[0].read_bytes()
    recipe = (ROOT / "Containerfile").read_text("utf-8")
    assert "USER exograph" in recipe and "constraints.txt" in recipe and "constraints.txt" in given


def test_the_metadata_say_what_it_is(wheel):
    about = f"exograph-{__version__}.dist-info"
    told = message_from_bytes(wheel[f"{about}/METADATA"])
    assert told["License-Expression"] == "Apache-2.0 AND CC-BY-4.0"
    licences = told.get_all("License-File")
    for name in licences:
        assert wheel[f"{about}/licenses/{name}"] == (ROOT / name).read_bytes()
    assert set(licences) >= {"LICENSE", "graphs/LICENSE"}
    classifiers = told.get_all("Classifier")
    assert "Typing :: Typed" in classifiers
    least = re.fullmatch(r">=3\.(\d+)", told["Requires-Python"])[1]
    tried = [c.rpartition(".")[2] for c in classifiers if re.search(r":: 3\.\d+$", c)]
    assert tried[0] == least and tried == sorted(tried)
    assert told.get_all("Project-URL") is None  # there is none that leads anywhere
    assert wheel[f"{about}/entry_points.txt"].split() == [
        *(b"[console_scripts]", b"exograph", b"=", b"exograph.cli:main")
    ]


def runs(text: str) -> set[str]:
    """Every so many characters on end, blanks aside."""
    flat = "".join(text.split())
    return {flat[at : at + LONG] for at in range(len(flat) - LONG + 1)}


@pytest.mark.skipif(not TEXTS, reason="EXOGRAPH_TEXTS names no folder of texts")
def test_no_text_of_a_source_is_in_any_of_them(wheel, sdist):
    """But for what the tables quote of it."""
    texts = set().union(*(runs(path.read_text("utf-8")) for path in Path(TEXTS).glob("*.txt")))
    quoted = set()
    for folder in ("review", "literature"):
        for path in (ROOT / "graphs" / folder).glob("*.tsv"):
            for cell in re.split(r"[\t\n]", path.read_text("utf-8")):
                quoted |= runs(cell)
    assert len(texts - quoted) > 5_000  # else nothing could be found
    names = {data: name for name, data in {**wheel, **sdist}.items()}
    for data, name in names.items():
        plain = gzip.decompress(data) if name.endswith(".gz") else data
        repeated = (runs(plain.decode("utf-8", "ignore")) & texts) - quoted
        assert not repeated, (name, sorted(repeated)[:3])
