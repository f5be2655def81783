import numpy as np
import pytest
from sklearn.naive_bayes import GaussianNB

from sksearch.evaluation import (
    Evaluator,
    Folds,
    Parameter,
    PredictionsAtTop,
    Resource,
    nested_samples,
)

ROWS = np.arange(12)
FOLDS = Folds(((ROWS[:6], ROWS[6:]), (ROWS[6:], ROWS[:6])))


def evaluator(return_oof=True):
    return Evaluator(GaussianNB(), None, FOLDS, None, return_oof=return_oof)


def test_without_a_subclass_there_is_everything_at_once():
    evaluator = Evaluator(GaussianNB(), None, Folds(()), None)

    assert Resource().parameters(7) == {}

    assert Resource().give(evaluator, 7) is evaluator


class TestPredictionsAtTop:
    """Predictions of the top rung only."""

    @pytest.mark.parametrize(("amount", "kept"), [(4, False), (8, True), (12, True)])
    def test_from_the_top_on(self, amount, kept):
        samples = nested_samples(FOLDS, 12, np.random.default_rng(0))
        given = PredictionsAtTop(samples, 8).give(evaluator(), amount)

        assert given.return_oof is kept

        assert len(given.folds[0][1]) == amount // 2

    def test_never_unless_asked_for(self):
        samples = nested_samples(FOLDS, 12, np.random.default_rng(0))

        assert (
            not PredictionsAtTop(samples, 8)
            .give(evaluator(return_oof=False), 8)
            .return_oof
        )

    @pytest.mark.parametrize("goes_on", [True, False])
    def test_all_else_is_the_resource_s(self, goes_on):
        resource = PredictionsAtTop(Parameter("max_iter", goes_on=goes_on), 9)

        assert resource.goes_on is goes_on

        assert resource.parameters(3) == {"max_iter": 3}
