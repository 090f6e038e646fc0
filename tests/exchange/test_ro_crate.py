# SPDX-License-Identifier: Apache-2.0
"""RO-Crate: what its specification says must be, and nothing described that is not so."""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from contents import content, files
from graph_files import HOSTILE, hostile
from rdflib import Graph
from rocrate.rocrate import ROCrate
from strategies import simple_kb

from exograph import cli, rdf, store
from exograph.errors import InputError
from exograph.exchange.content import Content
from exograph.exchange.formats import FORMATS
from exograph.exchange.ro_crate import METADATA, PARTS
from exograph.model import KnowledgeBase, Source

Files = dict[str, bytes]


def crate(kb: KnowledgeBase, folder: Path) -> Files:
    held = content(kb, folder)
    held.turtle.write_bytes(store.to_turtle(held.nquads.read_bytes(), held.prefixes)[0])
    return files("ro-crate", held)


def graph(written: Files) -> dict[str, dict]:
    """Entities by identifier, after the rules that hold for all of them."""
    document = json.loads(written[METADATA])
    assert document.keys() == {"@context", "@graph"}
    assert document["@context"] == "https://w3id.org/ro/crate/1.2/context"
    found = {node["@id"]: node for node in document["@graph"]}
    assert len(found) == len(document["@graph"]), "an identifier twice"
    for node in found.values():
        assert node["@type"]
        assert node["name"]
        for value in node.values():
            for each in value if isinstance(value, list) else [value]:
                assert isinstance(each, str) or each.keys() == {"@id"}, "nested"
            assert not isinstance(value, list) or len(value) > 1, "not compacted"
    return found


def linked(node: dict, key: str) -> list[str]:
    value = node.get(key, [])
    return [each["@id"] for each in (value if isinstance(value, list) else [value])]


def check(written: Files) -> dict[str, dict]:
    """The entities of a crate that is as it must be (specification 1.2)."""
    found = graph(written)
    descriptor, root = found[METADATA], found["./"]
    assert descriptor["@type"] == "CreativeWork"
    assert linked(descriptor, "about") == ["./"]
    assert linked(descriptor, "conformsTo") == ["https://w3id.org/ro/crate/1.2"]
    assert root["@type"] == "Dataset"
    assert root["name"] and root["description"] and linked(root, "license")
    assert isinstance(root["datePublished"], str)
    inside = {id for id, node in found.items() if node["@type"] == "File"}
    assert inside == written.keys() - {METADATA}
    for id in inside:
        data = written[id]
        assert found[id]["contentSize"] == str(len(data))
        assert found[id]["sha256"] == hashlib.sha256(data).hexdigest()
        assert found[id]["encodingFormat"]
    reached, front = set(), ["./"]
    while front:
        if (id := front.pop()) not in reached:
            reached.add(id)
            front += linked(found[id], "hasPart")
    assert inside <= reached, "a file that is no part"
    known = {"https://w3id.org/ro/crate/1.2", *found}
    told = {id for n in found.values() for key in n for id in _ids(n[key])}
    assert told <= known
    assert found.keys() - {METADATA} <= told, "an entity that nothing leads to"
    return found


def _ids(value: object) -> list[str]:
    many = value if isinstance(value, list) else [value]
    return [each["@id"] for each in many if isinstance(each, dict)]


@pytest.fixture(scope="module")
def whole(snapshot) -> Files:
    return files("ro-crate", Content(snapshot.kb, snapshot.prefixes, snapshot.nquads, "0"))


def test_the_crate_is_as_it_must_be(whole, snapshot):
    found = check(whole)
    dates = [s.date for s in snapshot.kb.sources]
    assert found["./"]["datePublished"] == max(dates)
    assert linked(found["./"], "license") == ["https://creativecommons.org/licenses/by/4.0/"]
    origins = [found[id] for id in linked(found["./"], "isBasedOn")]
    assert [o["name"] for o in origins] == [s.title_en for s in snapshot.kb.sources]
    assert [o["datePublished"] for o in origins] == dates
    assert all(id in found for o in origins for id in linked(o, "license"))


def test_the_files_are_those_of_the_other_formats(whole, snapshot):
    held = Content(snapshot.kb, snapshot.prefixes, snapshot.nquads, "0")
    expected = {
        part.path + name: data for part in PARTS for name, data in files(part.format, held).items()
    }
    assert {name: whole[name] for name in expected} == expected
    assert whole.keys() - expected.keys() == {"README.md", METADATA}
    page = whole["README.md"].decode()
    assert all(f"`{part.path}`" in page for part in PARTS)


def test_hostile_texts_and_unknown_licences_are_told_as_they_are(tmp_path):
    kb = hostile()
    (one,) = kb.sources
    odd = replace(one, title_en=HOSTILE, title_zh=HOSTILE, licence=HOSTILE)
    free = Source("u", "u", "u", "CC0-1.0", "2024-02-01", "quotes", ("1",))
    written = crate(replace(kb, sources=(odd, free)), tmp_path)
    found = check(written)
    first, second = (found[id] for id in linked(found["./"], "license"))
    assert (first["@id"], first["name"]) == ("#licence-1", HOSTILE)
    assert second["@id"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert HOSTILE in {node["name"] for node in found.values() if node["@type"] == "CreativeWork"}
    assert rdf.from_rdf(Graph().parse(data=written["kb.ttl"], format="turtle")).entities


@pytest.mark.parametrize("dates", [(), ("soon",), ("24.11.2026",)])
def test_a_crate_without_any_date_is_refused(dates, tmp_path):
    kb = simple_kb(("a", "inhibits", "b"))
    undated = tuple(replace(s, date=date) for s in kb.sources for date in dates)
    with pytest.raises(InputError) as caught:
        crate(replace(kb, sources=undated), tmp_path)
    assert caught.value.code == "X305"


def test_a_source_of_odd_date_does_not_date_the_crate(tmp_path):
    kb = simple_kb(("a", "inhibits", "b"))
    (one,) = kb.sources
    sources = (replace(one, date="2025-03-01"), replace(one, id="u", date="undated"))
    found = check(crate(replace(kb, sources=sources), tmp_path))
    assert found["./"]["datePublished"] == "2025-03-01"


def test_no_file_is_held_in_memory(snapshot):
    held = Content(snapshot.kb, snapshot.prefixes, snapshot.nquads, "0")
    sizes = [len(p) for name, pieces in FORMATS["ro-crate"].write(held) for p in pieces]
    assert max(sizes) <= 1 << 20


def test_the_command_gives_the_same_bytes_on_every_run(home, whole, tmp_path):
    def run(seed: str) -> Path:
        out = tmp_path / f"{seed}.tar.gz"
        program = "import sys; from exograph import cli; cli.run(sys.argv[1:])"
        args = ["--home", home, "export", out, "--format", "ro-crate"]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", program, *args], check=True, env=env)
        return out

    first = run("1")
    assert first.read_bytes() == run("2").read_bytes()
    folder = tmp_path / "crate"
    assert cli.run(["--home", str(home), "export", str(folder), "--format", "ro-crate"]) == 0
    plain = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}
    with tarfile.open(first) as tar:
        assert {m.name: tar.extractfile(m).read() for m in tar} == plain
    check(plain)
    read = ROCrate(folder)
    inside = {e.id: e for e in read.data_entities if e.type == "File"}
    assert inside.keys() == plain.keys() - {METADATA}
    assert all(e["contentSize"] == str(len(plain[id])) for id, e in inside.items())
    assert read.root_dataset["license"].id == "https://creativecommons.org/licenses/by/4.0/"
    assert plain["kb.nq"] == whole["kb.nq"]
