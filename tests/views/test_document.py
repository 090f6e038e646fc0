# SPDX-License-Identifier: Apache-2.0
"""The document as text: self-contained, the same on every run, and without side effects."""

import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from sample import HOSTILE, hostile, large, review

from exograph import vocab
from exograph.model import KnowledgeBase
from exograph.views import style
from exograph.views.html import page
from exograph.views.payload import embed

PAGE = Path(__file__).parents[2] / "src" / "exograph" / "views" / "page"


@pytest.fixture(scope="module")
def document():
    return page(review())


def data_of(document):
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', document, re.S)
    return json.loads(found[1])


def test_the_same_input_gives_the_same_bytes(document):
    assert page(review()) == document


def test_order_does_not_hang_on_hash_seeds_and_output_is_utf8_in_any_locale(document, tmp_path):
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from sample import review\n"
        "from exograph.views.html import page\n"
        "Path('out.html').write_bytes(page(review()).encode())\n"
    )
    bare = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "7",
            "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    bare |= {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).parent)],
        cwd=tmp_path, env=bare, check=True,
    )  # fmt: skip
    assert (tmp_path / "out.html").read_bytes() == document.encode()
    assert [p.name for p in tmp_path.iterdir()] == ["out.html"]


def test_nothing_is_written_and_the_knowledge_base_is_not_changed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    kb = review()
    before = repr(kb)
    page(kb, highlight=[[kb.claims[0].id]])
    assert list(tmp_path.iterdir()) == []
    assert repr(kb) == before


def test_it_names_no_other_file_and_no_host(document):
    head = document[: document.index("<style>")] + document[document.index("</style>") :]
    outside = re.sub(r"<script[^>]*>.*?</script>", "", head, flags=re.S)
    assert not re.search(r'(?:src|href)="(?!data:)', outside)
    assert "@import" not in (PAGE / "page.css").read_text()
    assert "url(" not in (PAGE / "page.css").read_text()


def test_the_policy_admits_only_what_the_page_carries(document):
    policy = unescape(re.search(r'Security-Policy" content="([^"]*)"', document)[1])
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy


def test_data_cannot_end_its_element():
    assert "</script" not in embed([HOSTILE, "\u2028\u2029", "<!--"])
    assert not set(embed(HOSTILE)) & set("<>&")
    assert json.loads(embed([HOSTILE, "\u2028"])) == [HOSTILE, "\u2028"]


def test_hostile_text_is_data_only():
    document = page(hostile())
    without_data = re.sub(r'<script type="application/json".*?</script>', "", document, flags=re.S)
    assert "window.hacked" not in without_data.replace("&lt;", "<").split("<style>")[1]
    assert HOSTILE not in document


def test_every_claim_is_an_edge_also_between_the_same_two_entities():
    kb = review()
    data = data_of(page(kb))
    assert sorted(data["claims"]) == sorted(kb.claim)
    first = data["scenes"][0]
    inside = [c for c in kb.claims if {c.subject, c.object} <= set(first["boxes"])]
    assert first["claims"] == [c.id for c in inside]
    assert {e["id"] for e in data["network"]["edges"]} == set(data["scenes"][0]["claims"])


def test_plates_do_not_overlap_in_any_scene(document):
    for scene in data_of(document)["scenes"]:
        for side in (2, 4):
            boxes = [(b[0], b[1], b[side], b[side + 1]) for b in scene["boxes"].values()]
            for i, (x, y, wide, high) in enumerate(boxes):
                for other_x, other_y, other_wide, other_high in boxes[:i]:
                    apart = (
                        abs(x - other_x) >= (wide + other_wide) / 2 - 0.2
                        or abs(y - other_y) >= (high + other_high) / 2 - 0.2
                    )
                    assert apart, scene["key"]


def test_layers_stand_in_the_order_of_a_mechanism(document):
    boxes = data_of(document)["scenes"][0]["boxes"]
    route = ["bone-marrow", "bmsc", "bmsc-exo", "mir-126", "pik3r2", "pi3k-akt-pathway",
             "angiogenesis", "proliferative-phase"]  # fmt: skip
    across = [boxes[id][0] for id in route]
    assert across == sorted(across)
    phases = ["hemostasis-phase", "inflammatory-phase", "proliferative-phase", "remodeling-phase"]
    down = [boxes[id][1] for id in phases]
    assert down == sorted(down)


def test_an_unknown_entity_or_claim_is_an_error():
    with pytest.raises(KeyError):
        page(review(), entities=["no-such-thing"])
    with pytest.raises(KeyError):
        page(review(), highlight=[["0000000000000000"]])


def test_depth_counts_claims_away():
    none = data_of(page(review(), entities=["vegfa"], depth=0))["scenes"][0]
    assert list(none["boxes"]) == ["vegfa"]


def test_an_empty_knowledge_base_makes_a_page():
    assert data_of(page(KnowledgeBase()))["scenes"] == []


def test_a_large_knowledge_base_is_no_trouble():
    scene = data_of(page(large(300, 600)))["scenes"][0]
    assert len(scene["claims"]) > 500


def test_signs_differ_by_head_and_bases_by_dashes():
    heads = [style.SIGNS[s].arrow for s in ("positive", "negative", "unsigned", "no_effect")]
    assert len(set(heads)) == len(heads)
    for sign in style.SIGNS:
        patterns = [style.dashes(sign, basis) for basis in vocab.BASES]
        assert len(set(patterns)) == len(vocab.BASES)
    looks = [(k.color, k.shape) for k in style.KINDS.values()]
    assert len(set(looks)) == len(looks)
    assert {k.shape for k in style.KINDS.values()} <= set(style.SHAPES)


def test_every_value_of_the_vocabulary_has_words_in_both_languages():
    words = json.loads((PAGE / "words.json").read_text(encoding="utf-8"))
    assert all(set(each) == {"en", "zh"} and all(each.values()) for each in words.values())
    wanted = {f"basis.{b}" for b in vocab.BASES}
    wanted |= {f"retraction.{r}" for r in vocab.RETRACTIONS}
    wanted |= {f"notice_help.{r}" for r in vocab.RETRACTIONS}
    wanted |= {f"{word}.{b}" for b in style.DASHES for word in ("basis", "basis_help")}
    wanted |= {f"stance.{s}" for s in vocab.STANCES if s != "supports"}
    wanted |= {f"effect.{e}" for e in vocab.EFFECTS if e != "plain"}
    wanted |= {f"aspect.{a}" for a in vocab.ASPECTS}
    wanted |= {f"evidence_kind.{e}" for e in vocab.EVIDENCE_KINDS}
    wanted |= {f"directness.{d}" for d in vocab.DIRECTNESSES}
    wanted |= {f"context.{c}" for c in vocab.CONTEXT_FIELDS}
    wanted |= {f"attribute.{a}" for a in vocab.ATTRIBUTES}
    wanted |= {f"verdict.{v}" for v in vocab.VERDICTS} | {f"read.{r}" for r in vocab.READS}
    wanted |= {f"sign.{s}" for s in style.SIGNS}
    wanted |= {f"{word}.{m}" for m in style.MARKS for word in ("mark", "mark_help")}
    assert wanted <= set(words)


def test_every_word_that_the_page_asks_for_is_there():
    words = json.loads((PAGE / "words.json").read_text(encoding="utf-8"))
    asked = set(re.findall(r'data-word(?:-\w+)?="(\w+)"', (PAGE / "template.html").read_text()))
    for script in PAGE.glob("*.js"):
        asked |= set(re.findall(r'word\("([\w.]+[\w])"\)', script.read_text(encoding="utf-8")))
    assert asked - set(words) == set()


def test_scripts_make_no_markup_of_text():
    for script in PAGE.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in text, script.name
