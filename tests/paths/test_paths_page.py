# SPDX-License-Identifier: Apache-2.0
"""The page on paths says what the code does, and the words cover the vocabulary."""

import doctest
import re
import subprocess
import sys
import tomllib
from dataclasses import asdict
from pathlib import Path

from exograph import vocab
from exograph.paths import WEIGHTS, cautions, phrases, read_weights

PAGE = Path(__file__).parents[2] / "docs" / "paths.md"


def test_the_worked_example_holds():
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert failed == 0
    assert tried > 10


def test_the_page_names_every_caution():
    named = set(re.findall(r"`([a-z_]+)`", PAGE.read_text(encoding="utf-8")))
    assert set(cautions.CODES) <= named


def test_the_page_gives_every_weight():
    numbers = set(re.findall(r"\d\.\d\d", PAGE.read_text(encoding="utf-8")))
    given = {f"{value:.2f}" for name, value in asdict(WEIGHTS).items() if name != "refuted"}
    assert given <= numbers


def test_every_predicate_that_is_walked_has_its_verbs():
    walked = {p.name for p in vocab.PREDICATES.values() if p.walk != "never"}
    assert set(phrases.VERBS) == walked


def test_every_aspect_and_context_field_has_its_words():
    assert tuple(phrases.ASPECTS) == vocab.ASPECTS
    assert tuple(phrases.FIELDS) == vocab.CONTEXT_FIELDS


def test_importing_paths_loads_no_heavy_library():
    heavy = "networkx", "rdflib", "rapidfuzz", "pyoxigraph", "click"
    code = f"import sys, exograph.paths; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_the_table_of_weights_is_the_one_in_use():
    text = (PAGE.parent / "weights.toml").read_text(encoding="utf-8")
    assert list(tomllib.loads(text)) == list(asdict(WEIGHTS))
    assert read_weights(text) == WEIGHTS
