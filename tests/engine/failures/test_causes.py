import math
import traceback

import pytest

from sksearch.engine import cause_of
from sksearch.trials import FoldScore


def fold(error=None, test=None, score_error=None, kind=None):
    return FoldScore(0, 0, test, None, 0.0, 0.0, error, score_error, kind)


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return fold(traceback.format_exc(), kind=type(caught).__name__)


class OddError(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("no"), "ValueError: no"),
        (ValueError("one\ntwo\n\n  three"), "ValueError: one two three"),
        (ValueError("\nfirst\nsecond"), "ValueError: first second"),
        (ValueError(), "ValueError"),
        (ValueError("ValueError: twice"), "ValueError: ValueError: twice"),
        (KeyError("x"), "KeyError: 'x'"),
        (OddError("why"), "OddError: why"),
        (ValueError("x" * 1000), f"ValueError: {'x' * 485}..."),
    ],
)
def test_class_and_message_in_one_line(error, line):
    assert cause_of(raised(error), ["score"]).line == line


def test_of_two_exceptions_the_last_one():
    try:
        try:
            raise KeyError("inner")  # noqa: TRY301
        except KeyError as error:
            raise RuntimeError("outer") from error
    except RuntimeError:
        text = traceback.format_exc()

    assert cause_of(fold(text, kind="RuntimeError"), []).line == "RuntimeError: outer"


def test_a_score_is_no_failure():
    assert cause_of(fold(test={"a": 0.5, "b": math.nan}), ["a", "b"]) is None

    assert cause_of(fold(test={"a": -math.inf}), ["a"]) is None

    assert cause_of(fold(test={"a": 0.5, "b": math.nan}), ["b"]).kind == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3 of 10 rows", "12 of 9 rows"),
        ("got -1.5e-3", "got -22"),
        ("<object at 0x7f1>", "<object at 0xabc>"),
        ("SVC says no", "Ridge says no"),
        ("the same\nbut here", "the same\nnot there"),
    ],
)
def test_alike_but_for_numbers_and_names(one, other):
    names = ["SVC", "Ridge"]
    masks = [
        cause_of(raised(ValueError(text)), []).masked(names) for text in (one, other)
    ]

    assert masks[0] == masks[1]

    assert masks[0] != cause_of(raised(KeyError(one)), []).masked(names)
