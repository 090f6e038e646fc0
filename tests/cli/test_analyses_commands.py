# SPDX-License-Identifier: Apache-2.0
"""``exograph compare``, ``gaps`` and ``matrix`` on a terminal."""

import pytest
from running import call

EN, ZH = ("--lang", "en"), ("--lang", "zh")


@pytest.mark.parametrize("options", [EN, ZH])
def test_compare_tells_groups_with_arrows_signs_and_references(run, options):
    answer = run("compare", "bmsc", "ucmsc", "--top", "1", options=options)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    if options == EN:
        assert lines[:2] == [
            "A: bone-marrow mesenchymal stem cell",
            "B: umbilical-cord mesenchymal stem cell",
        ]
        assert "  Both have:" in lines
        at = lines.index("  Only A (bone-marrow mesenchymal stem cell) has:")
        assert lines[at + 1].startswith("    A bone-marrow mesenchymal stem cell → ")
        assert "lowers (-), " in answer.out
        assert "Neither reaches: hemostasis phase" in answer.out
    else:
        assert lines[0] == "A：骨髓间充质干细胞"
        assert "  两者皆有：" in lines
        assert "下降（-），" in answer.out
        assert "两者均未到达：止血期" in answer.out
    assert "[30]" in answer.out


def test_compare_takes_labels_and_says_when_nothing_is_reached(run):
    answer = run("compare", "BMSC-Exo", "exo-in-ecm", "--to", "scar formation", options=EN)
    assert answer.code == 0
    assert "1 only A" in answer.out
    answer = run("compare", "exo-in-ecm", "exo-in-mmp-peg", options=EN)
    assert answer.code == 0
    assert answer.err.strip() == "Neither of the two reaches an end."
    assert answer.out.splitlines()[-1].startswith("Neither reaches: hemostasis phase, inflamm")
    document = run("compare", "exo-in-ecm", "exo-in-mmp-peg", "--json").json
    assert [sum(end["counts"].values()) for end in document["ends"]] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("compare", "bmsc", "bmsc"), 1, "P131"),
        (("compare", "bmsc", "骨髓间充质干细胞"), 1, "P131"),
        (("compare", "bmsc", "adsc", "--to", "adsc"), 1, "P104"),
        (("compare", "bmsc", "nobody-at-all"), 1, "E002"),
        (("compare", "bmsc", "adsc", "--to", "type:Phaze"), 1, "P101"),
        (("compare", "bmsc"), 2, "B"),
        (("compare", "bmsc", "adsc", "--top", "0"), 2, "--top"),
        (("compare", "bmsc", "adsc", "--timeout", "nan"), 2, "--timeout"),
        (("compare", "", "adsc"), 2, "empty"),
        (("gaps", "--source", "nobody"), 1, "P111"),
        (("gaps", "--max-steps", "0"), 2, "--max-steps"),
        (("gaps", "--sign", "+"), 2, "--sign"),
        (("matrix", "--from-type", "Sauce"), 1, "P101"),
        (("matrix", "--svg", ""), 2, "--svg"),
        (("matrix", "--html", "/nowhere/at/all.html"), 1, "/nowhere/at/all.html"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_bad_input_is_told_without_a_traceback(run, args, code, said):
    answer = run(*args, options=EN)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("options", [EN, ZH])
def test_gaps_are_told_with_what_is_near_them(run, options):
    answer = run("gaps", options=options)
    assert answer.code == 0
    if options == EN:
        assert "  messenger RNA · carried by exosome" in answer.out.splitlines()
        assert "Phases that no source reaches (1)\n  hemostasis phase · processes " in answer.out
        assert "[24] (only for what it says of" in answer.out
        assert "does not say that nobody looked" in answer.err
    else:
        assert "仅因其关于结构关系的陈述" in answer.out
        assert "没有任何来源到达的愈合阶段（1）" in answer.out
        assert "并不表示无人研究" in answer.err


def test_the_text_lists_each_cargo_once(run):
    text = run("gaps", options=EN).out
    document = run("gaps", "--json").json
    without = document["counts"]["cargo_without_target"]
    other = document["counts"]["cargo_without_phase"] - without
    assert f"Cargo of which no effect is recorded ({without})" in text
    assert f"Other cargo from which no route leads to a phase of healing ({other})" in text


def test_the_table_has_a_row_for_each_source(run):
    answer = run("matrix", options=EN)
    document = run("matrix", "--json").json
    assert answer.code == 0
    head, *rows = answer.out.splitlines()
    assert len(rows) == len(document["rows"])
    assert head.split("  ")[-1] == "remodelling phase"
    cells = {(c["from"], c["to"]): c for c in document["cells"]}
    total = cells["adsc", "proliferative-phase"]
    (row,) = [row for row in rows if row.startswith("adipose-derived mesenchymal stem cell ")]
    assert f" {total['routes']} +{total['signs']['+']} " in row
    assert answer.err.startswith("Each cell: how many routes;")


def test_the_pictures_are_written_whole_and_named(run, tmp_path):
    svg, html = tmp_path / "图.svg", tmp_path / "m.html"
    answer = run("matrix", "--svg", str(svg), "--html", str(html), "--json", options=ZH)
    assert answer.code == 0
    assert answer.json["complete"]
    assert str(svg) in answer.err
    assert str(html) in answer.err
    assert svg.read_text(encoding="utf-8").startswith("<svg ")
    assert "机制路径" in html.read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["m.html", "图.svg"]


def test_a_search_that_runs_out_of_time_says_so_and_does_not_fail(whole_home, monkeypatch):
    from exograph.paths import pairs

    monkeypatch.setattr(pairs.time, "monotonic", iter(range(0, 10**9, 100)).__next__)
    options = ["--home", str(whole_home), *EN]
    for args in (["compare", "adsc", "bmsc"], ["matrix"], ["gaps"]):
        answer = call([*options, *args])
        assert answer.code == 0
        assert "--timeout" in answer.err
        assert "Neither of the two" not in answer.err
    assert (
        "Nothing found before the search ended" in call([*options, "compare", "adsc", "bmsc"]).out
    )
    assert "≥ 0" in call([*options, "matrix"]).out
