import inspect

import pytest

from sksearch import Categorical, Float, Int
from sksearch.exceptions import SpaceTypeError


@pytest.mark.parametrize(
    ("kind", "args", "words", "line"),
    [
        (Float, (1, 2), {"prior": "log-uniform"}, "Float(1, 2, log=True)"),
        (Int, (1, 9), {"prior": "log"}, "Int(1, 9, log=True)"),
        (Float, (0.5,), {"high": 2, "prior": "uniform"}, "Float(0.5, high=2)"),
        (Int, (1, 9), {"log": True, "prior": "log"}, "Int(1, 9, log=True)"),
        (Float, (1, 2), {"prior": None}, "Float(1, 2)"),
    ],
)
def test_a_prior_is_explained(kind, args, words, line):
    with pytest.raises(SpaceTypeError, match="has no prior") as raised:
        kind(*args, **words)

    assert str(raised.value).endswith(f"Write {line}.")


@pytest.mark.parametrize("kind", [Float, Int])
def test_what_it_takes_does_not_change(kind):
    assert list(inspect.signature(kind).parameters) == ["low", "high", "log", "step"]

    with pytest.raises(TypeError, match=r"has no other, got other=1\. Write"):
        kind(1, 2, other=1)


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda: Float(0, 1, sampling="linear"), "Write Float(0, 1)."),
        (lambda: Float(0.1, 1, scale=True), "Write Float(0.1, 1, log=True)."),
        (lambda: Int(1, 9, q=2), "Write Int(1, 9, step=2)."),
        (lambda: Int(lower=1, upper=9), "Write Int(low=1, high=9)."),
        (lambda: Float(0, 2, name="C"), "Write Float(0, 2)."),
        (lambda: Float(0, 1, lgo=True), "Did you mean 'low' or 'log'? Write Float(0,"),
        (lambda: Float([1, 2], log=True), "Write Float(1, 2, log=True)."),
        (lambda: Categorical(choices=["a"]), "Write Categorical(values=['a'])."),
        (lambda: Categorical([1, 2], name="x"), "Write Categorical([1, 2])."),
        (lambda: Categorical("a", "b"), "Write Categorical(['a', 'b'])."),
    ],
)
def test_words_of_other_libraries(make, line):
    with pytest.raises(SpaceTypeError) as raised:
        make()

    assert line in str(raised.value)


def test_order_may_come_by_position():
    assert Categorical([1, 2], True) == Categorical([1, 2], ordered=True)

    assert list(inspect.signature(Categorical).parameters) == ["values", "ordered"]
