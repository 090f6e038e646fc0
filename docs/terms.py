# SPDX-License-Identifier: Apache-2.0
"""The vocabulary as one HTML page, by pyLODE: ``python docs/terms.py ontology.ttl page.html``.

pyLODE shows labels of several languages in no fixed order and without a space, so each term's texts
are joined beforehand, English first. The page is made anew each time and not kept in the project.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from rdflib import DCTERMS, RDFS, SKOS, Graph, Literal

BETWEEN = {RDFS.label: " · ", DCTERMS.title: " · ", SKOS.example: "\n"}
"""What stands between the two languages; elsewhere a new paragraph."""


def join(ontology: Graph) -> None:
    """Leaves one text, in both languages, where there was one in each; the order of terms stays."""
    texts: dict[tuple, list[Literal]] = {}
    for subject, predicate, object in ontology:
        if isinstance(object, Literal) and object.language:
            texts.setdefault((subject, predicate), []).append(object)
    for (subject, predicate), held in texts.items():
        held.sort(key=lambda text: text.language)
        ontology.remove((subject, predicate, None))
        both = BETWEEN.get(predicate, "\n\n").join(held)
        ontology.add((subject, predicate, Literal(both)))


def main(source: Path, page: Path) -> None:
    """Writes the page. Raises what rdflib and pyLODE raise."""
    logging.disable(logging.WARNING)
    from pylode import OntPub

    page.parent.mkdir(parents=True, exist_ok=True)
    ontology = Graph().parse(source, format="turtle")
    join(ontology)
    OntPub(ontology).make_html(page)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
