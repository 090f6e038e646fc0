# SPDX-License-Identifier: Apache-2.0
"""The page in headless Chromium: how soon a picture stands still, beside pyvis with physics.

    python -m benchmarks.page [--runs N]

Milliseconds from the start of loading, medians of runs, each in a fresh window. "Steady" is when
the picture is drawn and nothing moves any more: for exograph its first drawing, since places are
worked out beforehand; for pyvis, as it is used, the end of its physics (vis-network's event
``stabilizationIterationsDone``, and the drawing after that). Exit code 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import exograph
from exograph.kb import group_claims
from exograph.model import Entity, KnowledgeBase, Reference, Source, Statement
from exograph.views import html

NODES, EDGES, NEIGHBOURS = 1_000, 1_600, 300
BARS = {
    "1,000 nodes steady": ("at most", 1_500.0),
    "the same, pyvis with physics, times": ("at least", 50.0),
    "300 neighbours added": ("at most", 100.0),
    "the knowledge base's first picture": ("at most", 1_000.0),
}
LAYERS = ("Tissue", "CellType", "Vesicle", "MicroRNA", "GeneProduct", "BiologicalProcess")
WAYS = (
    ("CellType", "isolated_from", "Tissue"),
    ("CellType", "secretes", "Vesicle"),
    ("Vesicle", "carries", "MicroRNA"),
    ("MicroRNA", "downregulates", "GeneProduct"),
    ("GeneProduct", "promotes", "BiologicalProcess"),
    ("GeneProduct", "suppresses", "BiologicalProcess"),
)


def drawn_by_chance(seed: int = 1) -> KnowledgeBase:
    """A thousand entities in the layers of a mechanism; one gene that acts on many processes."""
    draw = random.Random(seed)
    ids = {
        kind: [f"{kind.lower()}-{n}" for n in range(NODES * share // 100)]
        for kind, share in zip(LAYERS, (4, 6, 8, 14, 30, 38), strict=True)
    }
    rows = {("geneproduct-0", "promotes", other) for other in ids["BiologicalProcess"][:NEIGHBOURS]}
    while len(rows) < EDGES:
        start, predicate, end = draw.choice(WAYS)
        rows.add((draw.choice(ids[start]), predicate, draw.choice(ids[end])))
    rows |= {("microrna-0", "downregulates", "geneproduct-0")}
    said = [Statement(*row, "paper", "1", "made", quote=" ".join(row)) for row in sorted(rows)]
    return KnowledgeBase(
        sources=(Source("made", "M", "M", "CC0", "2026", "quotes", ("1",)),),
        entities=tuple(
            sorted((Entity(i, k, i, i) for k in LAYERS for i in ids[k]), key=lambda e: e.id)
        ),
        references=(Reference("paper", "article", "made"),),
        claims=group_claims(said),
    )


def pyvis_page(kb: KnowledgeBase) -> str:
    """The same graph as pyvis writes it, with the physics that it switches on."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for entity in kb.entities:
        network.add_node(entity.id, label=entity.label_en)
    for claim in kb.claims:
        network.add_edge(claim.subject, claim.object)
    text: str = network.generate_html()
    told = (
        "network = new vis.Network(container, data, options);"
        'network.once("stabilizationIterationsDone", () => network.once("afterDrawing", () => {'
        " window.steady = performance.now(); }));"
    )
    assert "network = new vis.Network(container, data, options);" in text
    return text.replace("network = new vis.Network(container, data, options);", told)


def timed(browser: Any, text: str, ready: str, limit: float = 300_000) -> float:
    """Milliseconds until ``ready``, a script, gives a number."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(viewport={"width": 1400, "height": 900}, bypass_csp=True)
        page = context.new_page()
        page.goto(file.as_uri())
        page.wait_for_function(ready, timeout=limit)
        took = float(page.evaluate(ready))
        context.close()
    return took


def added(browser: Any, text: str) -> float:
    """Milliseconds to add the neighbours of the busiest entity to a close-up, drawn."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(viewport={"width": 1400, "height": 900}, bypass_csp=True)
        page = context.new_page()
        page.goto(f"{file.as_uri()}#entity=microrna-0&scene=around&with=microrna-0,geneproduct-0")
        page.wait_for_function("window.exograph && exograph.drawn()")
        page.evaluate("exograph.choose('entity', 'geneproduct-0')")
        took: float = page.evaluate(
            """() => new Promise(done => {
                const began = performance.now();
                document.querySelector("[data-work=expand]").click();
                exograph.network.once("afterDrawing", () => done(performance.now() - began));
                exograph.network.redraw();
            })"""
        )
        assert page.evaluate("exograph.nodes.length") > NEIGHBOURS
        context.close()
    return took


def main() -> int:
    options = argparse.ArgumentParser(description="The page in headless Chromium.")
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        print("Left out: there is no Chromium on this machine.")
        return 0
    kb = drawn_by_chance()
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        own = html.page(exograph.open(home=home).kb)
        ours, theirs = html.page(kb), pyvis_page(kb)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        steady = "window.exograph && exograph.drawn()"

        def of(call: Callable[[], float], runs: int = given.runs) -> float:
            return median(call() for _ in range(runs))

        mine = of(lambda: timed(browser, ours, steady))
        other = of(lambda: timed(browser, theirs, "window.steady"), min(3, given.runs))
        values = {
            "1,000 nodes steady": mine,
            "the same, pyvis with physics, times": other / mine,
            "300 neighbours added": of(lambda: added(browser, ours)),
            "the knowledge base's first picture": of(lambda: timed(browser, own, steady)),
        }
        print(f"Chromium {browser.version}; pyvis steady after {other:,.0f} ms")
        browser.close()
    missed = False
    for name, value in values.items():
        how, bar = BARS[name]
        fails = value > bar if how == "at most" else value < bar
        missed |= fails
        print(f"{name:38} {value:9.1f}   {how} {bar:g}{'  MISSED' if fails else ''}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
