# SPDX-License-Identifier: Apache-2.0
"""``exograph stats``: what the knowledge base holds, and how full its tables are."""

import csv

from exograph.vocab import GRADES


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def rows(graphs, table):
    """The rows of all sources."""
    return [row for path in sorted(graphs.glob(f"*/{table}.tsv")) for row in read(path)]


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
    wanted = ("review", "statements", "cell")
    [cell] = [r for r in rates if (r["source"], r["table"], r["column"]) == wanted]
    statements = read(graphs / "review" / "statements.tsv")
    filled = sum(bool(row["cell"]) for row in statements)
    assert (cell["filled"], cell["rows"]) == (filled, len(statements))
    assert cell["share"] == round(filled / cell["rows"], 4)
    assert f"{filled}/{cell['rows']}" in run("stats", "--fill").out


def test_plain_output_names_the_parts_in_either_language(run):
    english, chinese = run("stats").out, run("stats", options=("--lang", "zh")).out
    assert "by predicate: promotes " in english and "by type: biological process " in english
    assert "按谓词" in chinese and "生物过程" in chinese


def test_identifiers_are_counted_by_type_and_reasons_stand_for_those_not_taken(run, graphs):
    told = run("stats", "--identifiers", "--json").json["identifiers"]
    entities = rows(graphs, "entities")
    have = [r for r in entities if r["exact_match"] or r["close_match"]]
    assert (told["entities"], told["identified"]) == (len(entities), len(have))
    [genes] = [t for t in told["by_type"] if t["type"] == "GeneProduct"]
    exact = [r for r in have if r["type"] == "GeneProduct" and r["exact_match"]]
    assert genes["exact"] == len(exact)
    assert told["held"] == len(have) + sum(one["held"] for one in told["not_taken"])
    assert told["share_of_held"] >= 0.95
    reasons = {one["entity"]: one for one in told["not_taken"]}
    assert reasons["diabetes-mellitus"]["held"] and not reasons["hacat"]["held"]
    assert not {r["id"] for r in have} & reasons.keys()


def test_identifiers_are_told_in_either_language(run):
    english = run("stats", "--identifiers").out
    chinese = run("stats", "--identifiers", options=("--lang", "zh")).out
    assert "gene product" in english and "hacat [not in the files]: the file of" in english
    assert "精确匹配" in chinese and "hacat [文件中没有]" in chinese


def test_statements_are_counted_by_the_grade_of_their_evidence(run):
    statements = run("stats", "--json").json["statements"]
    assert sum(statements["by_grade"].values()) == statements["total"]
    assert statements["by_grade"].keys() <= {*GRADES}
    assert "by grade of evidence" in run("stats", options=("--lang", "en")).out
