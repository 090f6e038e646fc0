# SPDX-License-Identifier: Apache-2.0
"""Which form a client gets: the rules of RFC 9110, against a judge that tries all of them."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exograph.web.negotiation import best
from exograph.web.protocol import GRAPHS, ROWS, formats

MEDIA = sorted({media for _, media in (*ROWS, *GRAPHS)})
RANGES = [*MEDIA, "*/*", "text/*", "application/*", "image/png", "image/*", "text/html"]
QUALITIES = ["0", "0.0", "0.001", "0.25", "0.5", "0.9", "0.999", "1", "1.0", "1.000"]


@st.composite
def accepts(draw):
    """Ranges with their qualities, and a header that says so in one of many ways."""
    ranges = draw(st.lists(st.sampled_from(RANGES), unique=True, min_size=1, max_size=8))
    known, parts = {}, []
    for media in ranges:
        quality = draw(st.none() | st.sampled_from(QUALITIES))
        known[media] = Fraction(1 if quality is None else quality)
        written = draw(st.sampled_from([media, media.upper(), media.title()]))
        blank = draw(st.sampled_from(["", " ", "\t"]))
        if draw(st.booleans()):
            written += f"{blank};{blank}charset=utf-8"
        if quality is not None:
            written += f"{blank};{blank}{draw(st.sampled_from('qQ'))}={quality}"
        parts.append(f"{blank}{written}{blank}")
    junk = draw(st.lists(st.sampled_from(["", " ", ";", "nonsense", ";q=1"]), max_size=2))
    return known, ",".join([*parts, *junk])


def judged(known, offers):
    """The best offer, found by weighing every offer with every range."""
    winner, most = None, Fraction(0)
    for offer in offers:
        family = offer[1].split("/")[0]
        for media in (offer[1], f"{family}/*", "*/*"):
            if media in known:
                if known[media] > most:
                    winner, most = offer, known[media]
                break
    return winner


@given(accepts(), st.sampled_from([ROWS, GRAPHS, ROWS[:1], GRAPHS[2:]]))
def test_the_best_offer_is_the_one_that_a_judge_finds(accept, offers):
    known, header = accept
    assert best(header, offers) == judged(known, offers)


@given(st.text(max_size=60) | st.text(st.sampled_from("*/;,q=.01 text\t\"'"), max_size=60))
def test_any_header_is_weighed_or_passed_over(header):
    for found, offers in zip(formats(header), (ROWS, GRAPHS), strict=True):
        assert found is None or found in offers


def test_who_says_nothing_takes_anything():
    for nothing in (None, "", "  ", "*/*"):
        assert formats(nothing) == (ROWS[0], GRAPHS[0])


def test_a_range_that_says_more_decides_over_one_that_says_less():
    assert best("text/csv;q=0, text/*, */*;q=0.1", ROWS) == ROWS[3]
    assert best("*/*, application/sparql-results+json;q=0", ROWS) == ROWS[1]
    assert best("*/*;q=0", ROWS) is None


def test_what_is_no_number_counts_as_refused():
    for quality in ("x", "2", "-1", "1.5", "0,5", "nan", "inf", "1e0", "٠"):
        assert best(f"text/csv;q={quality}", [("csv", "text/csv")]) is None


def test_old_java_and_longer_numbers_are_understood():
    java = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
    assert formats(java) == (ROWS[0], GRAPHS[0])
    assert best("text/csv;q=0.12345, text/tab-separated-values;q=.1234", ROWS) == ROWS[2]
