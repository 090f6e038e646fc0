# SPDX-License-Identifier: Apache-2.0
"""The Biolink model as far as the tests ask it: classes, slots and enumerations with their parents.

Reads the one file ``biolink-model.yaml`` line by line, so that no reader of YAML is needed.
"""

import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[3] / "shared" / "data" / "ontologies" / "biolink-model.yaml"

_SECTION = re.compile(r"([a-z_]+):\s*\Z")
_NAME = re.compile(r"  '?([A-Za-z][^:#']*)'?:\s*\Z")
_KEY = re.compile(r"    ([a-z_]+):\s*(.*)\Z")
_ITEM = re.compile(r"      - (.*)\Z")
_INNER = re.compile(r"      ([A-Za-z_]+):")


@cache
def model() -> dict[str, dict[str, dict[str, object]]]:
    """What stands under each name, by section: texts, and lists of texts."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    section, held, key = "", {}, ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        told = re.sub(r"\s+#.*", "", line)
        if match := _SECTION.match(told):
            section = match[1]
        elif match := _NAME.match(told):
            held = found.setdefault(section, {}).setdefault(match[1], {})
        elif match := _KEY.match(told):
            key = match[1]
            held[key] = match[2].strip("'\"") or []
        elif (match := _ITEM.match(told) or _INNER.match(told)) and isinstance(held.get(key), list):
            held[key].append(match[1].strip("'\""))
    return found


def camel(name: str) -> str:
    """The CURIE of a class by its name.

    >>> camel("RNA product")
    'biolink:RNAProduct'
    """
    return "biolink:" + "".join(word[:1].upper() + word[1:] for word in name.split(" "))


def snake(name: str) -> str:
    """The CURIE of a slot by its name."""
    return "biolink:" + name.replace(" ", "_")


@cache
def classes() -> dict[str, str]:
    """Names of classes by CURIE."""
    return {camel(name): name for name in model()["classes"]}


@cache
def slots() -> dict[str, str]:
    """Names of slots by CURIE."""
    return {snake(name): name for name in model()["slots"]}


def above(name: str, section: str = "classes", *, mixins: bool = True) -> list[str]:
    """A class or slot and all above it, nearest first."""
    told = model()[section][name]
    parents = [told["is_a"]] if "is_a" in told else []
    parents += told.get("mixins", []) if mixins else []
    found = [name]
    for parent in parents:
        found += [a for a in above(parent, section, mixins=mixins) if a not in found]
    return found


def is_mixin(name: str) -> bool:
    return model()["classes"][name].get("mixin") == "true"


def is_predicate(name: str) -> bool:
    """Whether a slot relates things: it stands under ``related to``."""
    return "related to" in above(name, "slots")


def end(predicate: str, which: str) -> str | None:
    """``domain`` or ``range`` of a predicate, its own or the nearest above it."""
    for name in above(predicate, "slots", mixins=False):
        if which in model()["slots"][name]:
            return str(model()["slots"][name][which])
    return None


def values(enum: str) -> set[str]:
    return set(model()["enums"][enum]["permissible_values"])
