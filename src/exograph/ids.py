# SPDX-License-Identifier: Apache-2.0
"""Identity: readable slugs for entities, SHA-256 digests for claims and statements, IRIs for all.

>>> claim_id("mir-126", "downregulates", "pik3r2")
'45525eb3e48a4cf1'
>>> entity_iri("mir-126")
'https://w3id.org/exograph/entity/mir-126'
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping

BASE = "https://w3id.org/exograph/"
VOCAB = BASE + "vocab#"
ENTITY = BASE + "entity/"
CLAIM = BASE + "claim/"
STATEMENT = BASE + "statement/"
REFERENCE = BASE + "reference/"
SOURCE = BASE + "source/"

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
"""An id: lower-case ASCII letters, digits and single hyphens. No look-alike can hide in it."""

CURIE = re.compile(r"[A-Za-z][A-Za-z0-9._]*:[A-Za-z0-9][A-Za-z0-9._\-]*\Z")

_PLAIN = re.compile(r"[A-Z][A-Z0-9]*:[A-Z0-9]+\Z")
_OWN = ("exograph:", "entity:", ENTITY)

_canonical = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
).encode


def _digest(text: str) -> str:
    """First 16 hex digits of the SHA-256 of ``text`` (NFC, UTF-8)."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:16]


def claim_id(subject: str, predicate: str, object: str) -> str:
    """Identity of a claim: the same triple has the same id on every machine and in every source."""
    return _digest(f"{subject}|{predicate}|{object}")


def record_id(fields: Mapping[str, object]) -> str:
    """Identity of a statement or another row: digest of the canonical JSON of all its fields."""
    return _digest(canonical(fields))


def canonical(fields: Mapping[str, object]) -> str:
    """The JSON of which the identity of a row is the digest: keys sorted, no blanks, NFC."""
    return unicodedata.normalize("NFC", _canonical(fields))


def slug_of(id: str) -> str:
    """The id of an entity for a CURIE. Digits and capitals alone stay readable; what would be lost
    of another spelling comes back as a digest of it, so no two CURIEs meet in one id.

    >>> slug_of("HGNC:9588"), slug_of("exograph:mir-126")
    ('hgnc-9588', 'mir-126')
    >>> slug_of("FlyBase:FBgn0000008")
    'flybase-fbgn0000008-e27b35'
    """
    for own in _OWN:
        if id.startswith(own) and SLUG.match(id.removeprefix(own)):
            return id.removeprefix(own)
    if _PLAIN.match(id):
        return id.replace(":", "-").lower()
    words = "-".join(re.findall(r"[a-z0-9]+", id.lower()))[:60].strip("-")
    digest = hashlib.sha256(id.encode()).hexdigest()[:6]
    return f"{words}-{digest}" if words else digest


def entity_iri(id: str) -> str:
    return ENTITY + id


def claim_iri(id: str) -> str:
    return CLAIM + id


def statement_iri(id: str) -> str:
    return STATEMENT + id


def reference_iri(id: str) -> str:
    return REFERENCE + id


def source_iri(id: str) -> str:
    return SOURCE + id


def term_iri(name: str) -> str:
    """IRI of a class or property of the vocabulary, such as ``upregulates`` or ``Claim``."""
    return VOCAB + name
