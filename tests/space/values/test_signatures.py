from __future__ import annotations

import pytest

from sksearch.space import call_error, parameters_of


def test_parameters():
    assert list(parameters_of(lambda a, b=1: None)) == ["a", "b"]

    assert parameters_of(max) is parameters_of("no function") is None


@pytest.mark.parametrize(
    ("function", "args", "words"),
    [
        (lambda a, b=1: None, (1,), {}),
        (lambda a, b=1: None, (1,), {"b": 2}),
        (lambda *args: None, (1, 2, 3), {}),
        (max, (), {}),  # it has no signature
    ],
)
def test_calls_that_are_possible(function, args, words):
    assert call_error(function, *args, **words) is None


@pytest.mark.parametrize(
    ("args", "words", "message"),
    [
        ((), {}, "missing a required argument: 'a'"),
        ((1, 2, 3), {}, "too many positional arguments"),
        ((1,), {"c": 2}, "unexpected keyword argument 'c'"),
    ],
)
def test_calls_that_are_not(args, words, message):
    def function(a, b=1):
        raise AssertionError

    error = call_error(function, *args, **words)

    assert isinstance(error, TypeError)

    assert message in str(error)
