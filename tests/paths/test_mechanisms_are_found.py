# SPDX-License-Identifier: Apache-2.0
"""Every mechanism of the review is found as one told story, with its sign, and only once."""

from collections import Counter
from pathlib import Path

import pytest

from exograph.arrays import from_kb
from exograph.kb import assemble
from exograph.paths import PathQuery, find
from exograph.tables import read_source

GRAPHS = Path(__file__).parents[2] / "graphs"
REVIEW = assemble([read_source(GRAPHS / "review")[0]])
ARRAYS = from_kb(REVIEW)
BETWEEN = Counter((m.start, m.end) for m in REVIEW.mechanisms)


def told(mechanism, **filters):
    query = PathQuery((mechanism.start,), (mechanism.end,), top=1000, **filters)
    return find(REVIEW, ARRAYS, query)


@pytest.mark.parametrize("mechanism", REVIEW.mechanisms, ids=lambda m: m.id)
def test_a_mechanism_is_among_the_first_stories_between_its_ends(mechanism):
    """As many stories as there are mechanisms between the two ends, and no more, lie before it."""
    result = told(mechanism, told=True, sign=mechanism.sign)
    assert result.complete
    first = result.paths[: BETWEEN[mechanism.start, mechanism.end]]
    (found,) = [path for path in first if path.mechanism == mechanism.id]
    assert (found.telling, found.sign) == ("told", mechanism.sign)
    assert mechanism.reference in found.references
    steps = {step.claim for step in mechanism.steps}
    assert {s.claim.id for s in found.steps if s.is_effect} <= steps


@pytest.mark.parametrize("mechanism", REVIEW.mechanisms, ids=lambda m: m.id)
def test_no_filter_is_needed_to_see_it_told(mechanism):
    """Findings that are cheaper, such as the effect as such, may come first, but hide nothing."""
    (found,) = [p for p in told(mechanism).paths if p.mechanism == mechanism.id]
    assert (found.telling, found.sign) == ("told", mechanism.sign)
