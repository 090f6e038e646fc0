# SPDX-License-Identifier: Apache-2.0
"""Numbers that a source gives, in the spellings of the review and some others."""

from decimal import Decimal

import pytest

from exograph.checks.numbers import numbers_in


@pytest.mark.parametrize(
    ("verbatim", "number"),
    [
        ("165.4 nm", "165.4"),
        ("（140 ± 35.5）nm", "35.5"),
        ("50 ~ 150 nm", "150"),
        ("50-150 nm", "150"),
        ("约 100 nm", "100"),
        ("1 × 107 EVs/cm2", "1E7"),
        ("2.5×10^9", "2.5E9"),
        ("2x10⁹", "2E9"),
        ("１２ 周", "12"),
        ("1,200 人", "1200"),
        ("3 万", "30000"),
        ("−80 °C", "-80"),
        ("小于 20%", "20"),
    ],
)
def test_a_number_is_found_as_it_is_written(verbatim, number):
    assert Decimal(number) in numbers_in(verbatim)


@pytest.mark.parametrize(
    ("verbatim", "number"), [("165.4 nm", "164.5"), ("1 × 107", "1E6"), ("", "1")]
)
def test_another_number_is_not(verbatim, number):
    assert Decimal(number) not in numbers_in(verbatim)
