# SPDX-License-Identifier: Apache-2.0
"""``exograph stats``: what the knowledge base holds, and how full its tables are."""

import csv

from exograph.vocab import GRADES


def rows(graphs, table):
    with (graphs / "review" / f"{table}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_totals_are_those_of_the_tables(run, graphs):
    counts = run("stats", "--json").json
    for table in ("entities", "statements", "references", "attributes", "mechanisms", "remarks"):
        assert counts[table]["total"] == len(rows(graphs, table)), table
    triples = {(r["subject"], r["predicate"], r["object"]) for r in rows(graphs, "statements")}
    assert counts["claims"]["total"] == len(triples)


def test_parts_add_up_to_the_total(run):
    for name, counts in run("stats", "--json").json.items():
        for by, parts in counts.items():
            if isinstance(parts, dict) and parts:
                assert sum(parts.values()) == counts["total"], (name, by)


def test_fill_rates_are_those_of_the_columns(run, graphs):
    rates = run("stats", "--fill", "--json").json["fill"]
    [cell] = [r for r in rates if (r["table"], r["column"]) == ("statements", "cell")]
    filled = sum(bool(row["cell"]) for row in rows(graphs, "statements"))
    assert (cell["filled"], cell["rows"]) == (filled, len(rows(graphs, "statements")))
    assert cell["share"] == round(filled / cell["rows"], 4)
    assert f"{filled}/{cell['rows']}" in run("stats", "--fill").out


def test_plain_output_names_the_parts_in_either_language(run):
    english, chinese = run("stats").out, run("stats", options=("--lang", "zh")).out
    assert "by predicate: promotes " in english and "by type: biological process " in english
    assert "按谓词" in chinese and "生物过程" in chinese


def test_statements_are_counted_by_the_grade_of_their_evidence(run):
    statements = run("stats", "--json").json["statements"]
    assert sum(statements["by_grade"].values()) == statements["total"]
    assert statements["by_grade"].keys() <= {*GRADES}
    assert "by grade of evidence" in run("stats", options=("--lang", "en")).out
