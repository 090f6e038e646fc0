# SPDX-License-Identifier: Apache-2.0
"""IRIs of others as the CURIEs that graphs of Biolink use, and what their relations say there.

Only what an owner of identifiers lays down is rewritten: the PURLs of OBO, identifiers.org, and the
bases below, after the prefixes of the Biolink Model. Prefixes that a file declares for itself are
not believed: it could call anything HGNC.
"""

from __future__ import annotations

import re
from functools import lru_cache

from exograph.ids import BASE, VOCAB

BASES = {
    "https://w3id.org/biolink/vocab/": "biolink:",
    "http://w3id.org/biolink/vocab/": "biolink:",
    "https://w3id.org/biolink/": "biolink:",
    "https://w3id.org/biolink/infores/": "infores:",
    VOCAB: "exo:",
    f"{BASE}entity/": "exograph:",
    f"{BASE}claim/": "exograph.claim:",
    f"{BASE}statement/": "exograph.statement:",
    f"{BASE}reference/": "exograph.reference:",
    f"{BASE}source/": "exograph.source:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/2002/07/owl#": "owl:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/oban/": "OBAN:",
    "http://www.geneontology.org/formats/oboInOwl#": "oboInOwl:",
    "http://geneontology.org/lego/": "lego:",
    "http://www.ncbi.nlm.nih.gov/pubmed/": "PMID:",
    "https://www.ncbi.nlm.nih.gov/pubmed/": "PMID:",
    "https://pubmed.ncbi.nlm.nih.gov/": "PMID:",
    "http://www.orpha.net/ORDO/Orphanet_": "ORPHANET:",
    "http://omim.org/entry/": "OMIM:",
    "https://omim.org/entry/": "OMIM:",
    "http://www.ncbi.nlm.nih.gov/gene/": "NCBIGene:",
    "https://www.ncbi.nlm.nih.gov/gene/": "NCBIGene:",
    "http://purl.uniprot.org/uniprot/": "UniProtKB:",
    "http://www.informatics.jax.org/accession/MGI:": "MGI:",
}
_IDENTIFIERS = {
    "ensembl": "ENSEMBL",
    "uniprot": "UniProtKB",
    "ncbigene": "NCBIGene",
    "hgnc": "HGNC",
    "mgi": "MGI",
    "rgd": "RGD",
    "chebi": "CHEBI",
    "go": "GO",
    "pubmed": "PMID",
    "doi": "doi",
    "mesh": "MESH",
    "drugbank": "DRUGBANK",
    "taxonomy": "NCBITaxon",
    "reactome": "REACT",
    "wikipathways": "WIKIPATHWAYS",
    "omim": "OMIM",
    "kegg.pathway": "KEGG.PATHWAY",
    "kegg.compound": "KEGG.COMPOUND",
    "hmdb": "HMDB",
    "pubchem.compound": "PUBCHEM.COMPOUND",
    "fplx": "FPLX",
}
"""How Biolink spells the names of identifiers.org."""

_OBO = re.compile(r"http://purl\.obolibrary\.org/obo/([A-Za-z]+)_([A-Za-z0-9]+)\Z")
_IDENTIFIERS_ORG = re.compile(
    r"https?://(?:www\.)?identifiers\.org/([A-Za-z][A-Za-z0-9._]*)[/:](\S+)\Z"
)
_ENDS = re.compile(r".*[/#:_=]", re.DOTALL)

RELATIONS = {
    "rdfs:subClassOf": "subclass_of",
    "BFO:0000050": "part_of",
    "BFO:0000051": "has_part",
    "BFO:0000063": "precedes",
    "BFO:0000066": "occurs_in",
    "RO:0002350": "member_of",
    "RO:0002351": "has_member",
    "RO:0002434": "interacts_with",
    "RO:0002436": "physically_interacts_with",
    "RO:0002606": "treats",
    "RO:0002211": "regulates",
    "RO:0002212": "negatively_regulates",
    "RO:0002213": "positively_regulates",
    "RO:0002407": "positively_regulates",
    "RO:0002409": "negatively_regulates",
    "RO:0002629": "positively_regulates",
    "RO:0002630": "negatively_regulates",
    "RO:0002448": "regulates",
    "RO:0002449": "decreases_activity_of",
    "RO:0002450": "increases_activity_of",
    "RO:0003002": "decreases_expression_of",
    "RO:0003003": "increases_expression_of",
}
"""Relations of OBO that a predicate of Biolink says, the former names with a direction among them.
That one is direct or indirect is not kept."""


@lru_cache(100_000)
def curie_of(iri: str) -> str:
    """The CURIE of an IRI, or the IRI if nobody laid one down.

    >>> curie_of("http://purl.obolibrary.org/obo/GO_0001525")
    'GO:0001525'
    >>> curie_of("http://identifiers.org/hgnc/HGNC:9588"), curie_of("https://example.org/a_1")
    ('HGNC:9588', 'https://example.org/a_1')
    """
    if obo := _OBO.match(iri):
        return f"{obo[1]}:{obo[2]}"
    if found := _IDENTIFIERS_ORG.match(iri):
        prefix = _IDENTIFIERS.get(found[1].lower())
        if prefix is None:
            return iri
        local = found[2]
        start = f"{prefix}:"
        return start + (local[len(start) :] if local.lower().startswith(start.lower()) else local)
    base = iri
    while end := _ENDS.match(base):
        base = end[0]
        if base in BASES:
            return BASES[base] + iri[len(base) :]
        base = base[:-1]
    return iri


def relation_of(curie: str) -> str:
    """The predicate of Biolink for a relation of OBO; all else as it is.

    >>> relation_of("RO:0002213"), relation_of("RO:0002200")
    ('biolink:positively_regulates', 'RO:0002200')
    """
    return f"biolink:{RELATIONS[curie]}" if curie in RELATIONS else curie
