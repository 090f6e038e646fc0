# SPDX-License-Identifier: Apache-2.0
"""Arguments of any kind either fit their schema, or are refused in a few words."""

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from exograph.errors import InputError
from exograph.mcp.arguments import fields, fitting
from exograph.mcp.tools import TOOLS

NAMES = sorted({name for tool in TOOLS.values() for name in tool.properties})
ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
USUAL = st.sampled_from(["a", "+", 1, 5.0, True, ["x"], ["x", "y"], 10**30, "x" * 1001])
JSON = st.recursive(
    ATOMS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
GIVEN = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=9), USUAL | JSON, max_size=6)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(TOOLS)), GIVEN)
def test_arguments_fit_or_are_refused(name, given):
    schema = TOOLS[name].input
    told = {key: value for key, value in given.items() if value is not None}
    nan = any(str(value) == "nan" for value in told.values() if isinstance(value, float))
    try:
        found = fitting(given, schema)
    except InputError as error:
        assert error.code in ("H106", "H107", "H108") and error.cure
        assert len(str(error)) < 2500
        assert nan or not Draft202012Validator(schema).is_valid(told) or None in given.values()
    else:
        assert not nan and Draft202012Validator(schema).is_valid(told)
        assert found.items() >= told.items()
        sent = fields(found)
        assert all(isinstance(part, str) for pair in sent for part in pair)
        assert {key for key, _ in sent} <= schema["properties"].keys()


def test_defaults_are_those_of_the_schema_and_null_is_nothing():
    found = fitting({"text": "a", "limit": None}, TOOLS["search"].input)
    assert found == {"text": "a", "limit": 20}
    given = {"via": ["a", "b"], "told": True, "top": 3.0, "timeout": 0.5}
    sent = fields(fitting(given, TOOLS["paths"].input))
    assert sorted(pair for pair in sent if pair[0] in given) == [
        ("timeout", "0.5"),
        ("told", "true"),
        ("top", "3"),
        ("via", "a"),
        ("via", "b"),
    ]
