"""Rounded ranges."""

from __future__ import annotations

import pytest

from sksearch import Float, Int
from sksearch.space.foreign._counterparts import no_counterpart, rounded, shown


@pytest.mark.parametrize(
    ("bounds", "log", "own"),
    [
        ((0, 1, 0.1), False, Float(0, 1, step=0.1)),
        ((0.0, 10.0, 1.0), False, Int(0, 10)),
        ((-4, 4, 2), False, Int(-4, 4, step=2)),
        ((1.0, 99.9999999, 1), True, Int(1, 100, log=True)),
        ((0.5, 1, 0.3), False, None),
        ((1, 9, 2), False, None),
        ((0, 9, 1), True, None),
        ((0.1, 1, 0.1), True, None),
        ((2, 8, 2), True, None),
    ],
)
def test_rounded(bounds, log, own):
    assert rounded(*bounds, log=log) == own


def test_error():
    assert "Write Int(1, 2), which" in str(no_counterpart("x", "Ray", Int(1, 2)))

    assert "Write Float(...)" in str(no_counterpart("x", "Ray"))


def test_text_without_an_address():
    assert shown(object()) == "object(...)"

    assert shown(Int(1, 2)) == "Int(1, 2)"
