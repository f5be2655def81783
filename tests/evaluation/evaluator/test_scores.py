from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from sklearn.metrics import check_scoring, make_scorer
from stand_ins import Knob, data

from sksearch.evaluation import SINGLE, Evaluator, Folds
from sksearch.evaluation.evaluator._scores import Failure, Scores, scores_of

X, Y = data()


def score(scorer, error_score=-1.0, **params):
    evaluator = Evaluator(None, None, Folds(()), scorer, error_score=error_score)
    return scores_of(evaluator, Knob().fit(X, Y), (X, Y), params)


def several(**metrics):
    scoring = {name: make_scorer(metric) for name, metric in metrics.items()}
    return check_scoring(Knob(), scoring, raise_exc=False)


def half(y, p):
    return 0.5


def broken(y, p):
    msg = "no: such\nmetric"
    raise ZeroDivisionError(msg)


@pytest.mark.parametrize(
    "number",
    [0.5, np.float32(0.5), np.array([0.5]), Fraction(1, 2), Decimal("0.5")],
    ids=["float", "float32", "array of one", "fraction", "decimal"],
)
def test_one_number(number):
    found = score(lambda *_: number)

    assert found == Scores({SINGLE: 0.5}, None)

    assert type(found.by_metric[SINGLE]) is float


@pytest.mark.parametrize(
    "value", ["0.5", None, 1j, np.array([0.5, 0.5]), 10**400, [0.5]]
)
def test_what_is_no_number(value):
    def scorer(*_):
        return value

    with pytest.raises(ValueError, match=r"scoring must return a number, got .*scorer"):
        score(scorer)


def test_a_dict_of_a_callable():
    assert score(lambda *_: {"a": 1, "b": np.float64(0.5)}).by_metric == {
        "a": 1,
        "b": 0.5,
    }


def test_an_empty_dict():
    with pytest.raises(ValueError, match="a number, got an empty dict"):
        score(lambda *_: {})


def test_a_text_in_a_dict_of_a_callable_is_no_traceback():
    with pytest.raises(ValueError, match=r"got text .*\(scorer=a\)"):
        score(lambda *_: {"a": "text"})


def test_parameters_reach_the_scorer():
    assert score(lambda *_, weight: weight, weight=0.25).by_metric == {SINGLE: 0.25}


class TestAScorerThatFails:
    def test_one_metric(self):
        found = score(make_scorer(broken))

        assert found.by_metric is None

        assert found.failure.exception == "ZeroDivisionError"

        assert found.failure.text.startswith("Traceback")

        assert found.failure.text.endswith("ZeroDivisionError: no: such\nmetric\n")

    def test_it_may_be_raised(self):
        with pytest.raises(ZeroDivisionError, match="no: such"):
            score(make_scorer(broken), error_score="raise")

    def test_an_interrupt_is_raised(self):
        def interrupted(*_):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            score(interrupted)

    def test_one_of_several_metrics(self):
        found = score(several(good=half, bad=lambda y, p: 1 / 0, worse=broken))

        assert found.by_metric == pytest.approx(
            {"good": 0.5, "bad": np.nan, "worse": np.nan}, nan_ok=True
        )

        assert isinstance(found.failure, Failure)

        assert found.failure.exception == "ZeroDivisionError"

        assert found.failure.metrics == ("bad", "worse")

        assert "division by zero" in found.failure.text
