# SPDX-License-Identifier: Apache-2.0
"""Depth of JSON and of quoted triples is told wherever a piece of a file ends."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exograph.errors import InputError
from exograph.exchange.nesting import MOST_MEMBERS, Looked, LookedJson, LookedTurtle
from exograph.exchange.xml_safe import DEEPEST


class Slow(io.BytesIO):
    """Gives a few bytes at a time."""

    def __init__(self, data: bytes, step: int) -> None:
        super().__init__(data)
        self._step = step

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self._step)


def passed(kind: type[Looked], data: bytes, step: int = 1000) -> bytes:
    return io.BufferedReader(kind(Slow(data, step), "file")).read()


def told(kind: type[Looked], data: bytes, step: int = 1000) -> bool:
    try:
        return passed(kind, data, step) is None
    except InputError as error:
        assert error.code == "I111"
        return True


trees = st.recursive(
    st.text('ab"\\[]{},', max_size=6) | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('"[{,', max_size=3), inner),
    max_leaves=12,
)


@settings(deadline=None)
@given(trees, st.integers(1, 9), st.booleans())
def test_json_is_handed_on_as_it_is_and_refused_one_level_deeper(tree, step, wrapped):
    def depth(value):
        inner = (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        )
        return (not isinstance(value, str | int)) + max(map(depth, inner), default=0)

    missing = DEEPEST - depth(tree)
    data = ("[" * missing + json.dumps(tree, ensure_ascii=False) + "]" * missing).encode()
    assert passed(LookedJson, data, step) == data
    assert told(LookedJson, b"[" + data + b"]", step)


def test_members_of_an_object_are_counted_and_those_of_a_list_are_not():
    members = ", ".join(f'"a{n}": 1' for n in range(MOST_MEMBERS)).encode()
    assert not told(LookedJson, b"{" + members + b"}")
    assert told(LookedJson, b"{" + members + b', "b": 1}')
    assert not told(LookedJson, b"[" + b"1," * 3 * MOST_MEMBERS + b"1]")


LEVEL = {
    "plain": "<<( <http://a> <http://b> ",
    "lines": "<<(\n<http://a>\n<http://b>\n",
    "hidden by a comment": "<<( <http://a#b> # >> >>\n <http://b> ",
    "hidden by a text in a comment": '<<( <http://a> # " >> " >>\n <http://b> ',
    "subjects": "<< ",
}


@pytest.mark.parametrize("level", LEVEL.values(), ids=LEVEL)
@pytest.mark.parametrize("step", [1, 7, 1000])
def test_quoted_triples_are_told_where_they_are_too_deep(level, step):
    begin = "" if level == "<< " else "<http://s> <http://p> "
    assert not told(LookedTurtle, (begin + level * DEEPEST).encode(), step)
    assert told(LookedTurtle, (begin + level * (DEEPEST + 1)).encode(), step)


def test_many_quoted_triples_beside_each_other_and_marks_in_texts_are_no_depth():
    one = '<http://s> <http://p> <<( <http://a#b> <http://b> "x # >> << \\" >>" )>> . # << <<\n'
    data = one.encode() * 5 * DEEPEST
    assert passed(LookedTurtle, data) == data


@pytest.mark.parametrize("kind", [LookedTurtle, LookedJson])
def test_a_mark_is_taken_away_and_other_encodings_are_refused(kind):
    assert passed(kind, "\ufeff[1]".encode()) == b"[1]"
    for encoding in ("latin-1", "gbk", "utf-16"):
        with pytest.raises(UnicodeDecodeError):
            passed(kind, "é血".encode("gbk") if encoding == "gbk" else "é".encode(encoding))


def test_a_text_of_json_that_never_ends_is_refused():
    assert told(LookedJson, b'["' + b"x" * (3 << 20), 1 << 16)
