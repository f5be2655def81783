import pytest
from sklearn.base import clone

from sksearch import EarlyStopping
from sksearch.evaluation import as_early_stopping


@pytest.mark.parametrize(
    "given", [5, {"patience": 5}, EarlyStopping(5)], ids=["int", "dict", "value"]
)
def test_what_stands_for_one(given):
    assert as_early_stopping(given) == EarlyStopping(5, 0.1)


def test_true_stands_for_the_default():
    assert as_early_stopping(True) == EarlyStopping()


def test_it_is_a_value():
    value = EarlyStopping(3, 0.2)

    assert {value} == {EarlyStopping(patience=3, validation_fraction=0.2)}

    assert eval(repr(value)) == clone(value, safe=False) == value


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        (0, ValueError, "patience must be at least 1, got 0"),
        (False, TypeError, "patience must be an int, got False"),
        ("20", TypeError, "patience must be an int, got '20'"),
        ({"patience": 2.5}, TypeError, "patience must be an int"),
        ({"rounds": 2}, TypeError, "rounds"),
        ({"validation_fraction": 1.0}, ValueError, "between 0 and 1"),
        ({"validation_fraction": "all"}, TypeError, "must be a float, got 'all'"),
    ],
)
def test_what_does_not(given, error, words):
    with pytest.raises(error, match="The 'early_stopping' parameter.*" + words):
        as_early_stopping(given)
