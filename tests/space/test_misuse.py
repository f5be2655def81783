import inspect

import pytest

from sksearch import Float, Int
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

    with pytest.raises(TypeError, match="'other'"):
        kind(1, 2, other=1)
