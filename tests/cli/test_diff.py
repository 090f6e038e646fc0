# SPDX-License-Identifier: Apache-2.0
"""``exograph diff``: what a build has changed, by record."""

import json
import shutil
from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from running import ROOT
from strategies import knowledge_bases

from exograph import cli
from exograph.kb.differing import KINDS, Difference, differences
from exograph.model import Claim, KnowledgeBase

SCHEMA = json.loads(
    (resources.files("exograph") / "schemas" / "diff.json").read_text(encoding="utf-8")
)
SAME = Difference((), (), ())


@pytest.fixture
def run(tmp_path, capsys):
    """A command with a home and tables of its own, which may be changed."""
    graphs = tmp_path / "graphs"
    shutil.copytree(ROOT / "tests" / "data" / "valid", graphs)

    def run(*args, home=tmp_path / "home"):
        options = ["--home", str(home), "--graphs", str(graphs), "--lang", "en"]
        code = cli.run([*options, *map(str, args)])
        out, err = capsys.readouterr()
        return code, out, err

    run.graphs = graphs
    return run


def test_what_the_last_build_changed_is_told(run, tmp_path):
    assert run("build")[0] == 0
    (table,) = sorted(run.graphs.glob("*/entities.tsv"))[:1]
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    head, first = lines[0].rstrip("\n").split("\t"), lines[1].rstrip("\n").split("\t")
    at = head.index("synonyms")
    first[at] = "|".join(filter(None, [first[at], "a name of old"]))
    table.write_text("".join([lines[0], "\t".join(first) + "\n", *lines[2:]]), encoding="utf-8")
    assert run("build")[0] == 0
    code, out, _ = run("diff", "--json")
    document = json.loads(out)
    Draft202012Validator(SCHEMA).validate(document)
    assert code == 0
    assert document["entities"] == {
        "added": [],
        "removed": [],
        "changed": [{"id": first[0], "fields": ["synonyms"]}],
    }
    assert all(document[kind] == json.loads(json.dumps({"added": [], "removed": [], "changed": []}))
               for kind in KINDS if kind != "entities")  # fmt: skip
    label = first[head.index("label_en")]
    assert run("diff")[1].splitlines() == [
        "entities: 0 added, 0 removed, 1 changed",
        f"~ {first[0]} ({label}): synonyms",
    ]
    back = run("diff", "current", "before")[1]
    assert back == run("diff")[1]
    for name in (document["new"][:8], tmp_path / "home"):
        assert run("diff", name, "current")[::2] == (0, "No difference.\n")


@pytest.mark.parametrize("name", ["nothing", "abc", "/"])
def test_a_name_of_no_snapshot_is_an_error_that_lists_them(run, name):
    run("build")
    code, out, err = run("diff", name)
    assert (code, out) == (1, "") and "S114" in err and "Snapshots here are" in err


def test_without_a_build_there_is_nothing_to_compare(run):
    code, _, err = run("diff")
    assert code == 1 and "S114" in err and "Build one first" in err


def test_with_one_snapshot_alone_there_is_none_from_before(run):
    assert run("build")[0] == 0
    code, out, err = run("diff")
    assert (code, out) == (1, "") and "S114" in err and "one snapshot alone" in err


@settings(max_examples=20, deadline=None)
@given(knowledge_bases(), knowledge_bases())
def test_differences_lead_from_one_to_the_other(old, new):
    assert set(differences(old, old).values()) == {SAME}
    found, back = differences(old, new), differences(new, old)
    for kind in KINDS:
        assert found[kind].added == back[kind].removed
        assert found[kind].changed == back[kind].changed
        held = {r.id for r in getattr(old, kind)} - set(found[kind].removed)
        assert held | set(found[kind].added) == {r.id for r in getattr(new, kind)}


@settings(max_examples=20, deadline=None)
@given(knowledge_bases())
def test_a_claim_that_loses_a_statement_is_changed(kb):
    several = [c for c in kb.claims if len(c.statements) > 1]
    if not several:
        return
    less = Claim(*(getattr(several[0], f) for f in ("subject", "predicate", "object")),
                 several[0].statements[1:])  # fmt: skip
    other = replace(kb, claims=tuple(less if c is several[0] else c for c in kb.claims))
    found = differences(kb, other)
    assert [each.id for each in found["claims"].changed] == [less.id]
    assert found["statements"].removed == (several[0].statements[0].id,)
    assert isinstance(other, KnowledgeBase)
