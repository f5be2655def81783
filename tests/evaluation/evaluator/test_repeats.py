"""Repeats of the fit of a fold, of which the mean counts."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.model_selection import KFold

from sksearch import BayesSearchCV, TPESearchCV
from sksearch.evaluation import Evaluator, Repeats, nth_seed
from sksearch.evaluation.evaluator._repeats import mean_of_fits
from sksearch.exceptions import JournalError
from sksearch.trials import FoldScore

X = np.zeros((12, 1))
Y = np.zeros(12)
CV = KFold(2)


class Lucky(RegressorMixin, BaseEstimator):
    """Scores what its seed says; fails with the seeds that are not wanted."""

    def __init__(self, random_state=1, level=0, refused=None):
        self.random_state = random_state
        self.level = level
        self.refused = refused

    def fit(self, X, y):
        if self.refused is not None and self.random_state != self.refused:
            msg = "No luck."
            raise ValueError(msg)
        return self

    def predict(self, X):
        return np.full(len(X), float(self.random_state))

    def score(self, X, y):
        return self.random_state % 1000 + self.level


def fold_score(number, **words):
    values = {
        "test": {"a": float(number), "b": 1.0},
        "train": None,
        "fit_time": 1.0,
        "score_time": 0.5,
        **words,
    }
    return FoldScore(3, 4, **values)


class TestMean:
    def test_of_scores(self):
        found = mean_of_fits(3, lambda n: fold_score(n, train={"a": n + 1.0}))

        assert (found.candidate, found.fold) == (3, 4)

        assert found.test == {"a": 1.0, "b": 1.0}

        assert found.train == {"a": 2.0}

    def test_times_are_of_all_fits(self):
        found = mean_of_fits(3, fold_score)

        assert (found.fit_time, found.score_time) == (3.0, 1.5)

    def test_rounds(self):
        assert (
            mean_of_fits(2, lambda n: fold_score(n, n_rounds=10 + n)).n_rounds == 10.5
        )

        assert mean_of_fits(2, fold_score).n_rounds is None

    def test_predictions_are_of_the_first(self):
        assert mean_of_fits(2, lambda n: fold_score(n, predictions=n)).predictions == 0

    def test_a_failure_is_the_last(self):
        numbers = []

        def fit(number):
            numbers.append(number)
            failed = {"test": None, "exception": "ValueError", "error": "No luck."}
            return fold_score(number, **(failed if number == 1 else {}))

        found = mean_of_fits(3, fit)

        assert numbers == [0, 1]

        assert (found.test, found.error, found.fit_time) == (None, "No luck.", 2.0)

    def test_of_one(self):
        only = fold_score(0)

        assert mean_of_fits(1, lambda _: only) is only

    def test_a_score_that_is_not_finite(self):
        found = mean_of_fits(2, lambda n: fold_score(n, test={"a": [1, np.nan][n]}))

        assert np.isnan(found.test["a"])


def test_seeds_of_repeats():
    evaluator = Evaluator(Lucky(), None, None, None, repeats=Repeats(3, 7))
    seeds = [evaluator.for_repeat(n).build({}).random_state for n in (1, 2)]

    assert len({1, *seeds}) == 3

    assert evaluator.for_repeat(1).repeats is None

    assert evaluator.for_repeat(1).seed == nth_seed(7, 1)


@pytest.mark.parametrize("face", [TPESearchCV, BayesSearchCV])
def test_the_score_of_a_search_is_the_mean(face):
    search = face(
        Lucky(), {"level": [0, 5]}, n_iter=2, cv=CV, random_state=0, n_repeats=3
    ).fit(X, Y)
    once = face(Lucky(), {"level": [0, 5]}, n_iter=2, cv=CV, random_state=0).fit(X, Y)
    low, high = sorted(search.cv_results_["mean_test_score"])

    # All candidates and folds have the same seeds.
    assert high - low == pytest.approx(5)

    assert search.n_splits_ == 2

    assert sorted(once.cv_results_["mean_test_score"]) == [1, 6]

    assert low != 1

    repeated = search.cv_results_["split0_test_score"][0] * 3
    assert repeated == pytest.approx(round(repeated))


def test_a_seed_that_is_searched_stays():
    search = TPESearchCV(
        Lucky(), {"random_state": [3, 4]}, n_iter=2, cv=CV, n_repeats=2
    ).fit(X, Y)

    assert sorted(search.cv_results_["mean_test_score"]) == [3, 4]


def test_the_refitted_estimator_has_its_own_seed():
    search = TPESearchCV(
        Lucky(), {"level": [0]}, n_iter=1, cv=CV, n_repeats=2, return_oof=True
    ).fit(X, Y)

    assert search.best_estimator_.random_state == 1

    [[first, _]] = search.oof_predictions_.predictions
    assert set(first.values.ravel().tolist()) == {1.0}


@pytest.mark.filterwarnings("ignore")
def test_a_failed_repeat_fails_the_fold():
    search = TPESearchCV(
        Lucky(), {"refused": [None, 1]}, n_iter=2, cv=CV, n_repeats=2, random_state=0
    )
    search.fit(X, Y)

    assert len(search.failures_["candidate"]) == 2

    assert np.isnan(search.cv_results_["mean_test_score"]).sum() == 1

    assert search.best_params_ == {"refused": None}


def test_it_is_said_before(capsys):
    TPESearchCV(Lucky(), {"level": [0]}, n_iter=1, cv=CV, n_repeats=3, verbose=1).fit(
        X, Y
    )

    assert "candidates, 3 times each, totalling 6 fits" in capsys.readouterr().out


def test_a_journal_of_other_repeats_is_another_search(tmp_path):
    words = {"n_iter": 1, "cv": CV, "random_state": 0, "storage": tmp_path / "a.jsonl"}
    TPESearchCV(Lucky(), {"level": [0]}, **words).fit(X, Y)

    with pytest.raises(JournalError, match="n_repeats"):
        TPESearchCV(Lucky(), {"level": [0]}, n_repeats=2, **words).fit(X, Y)


@pytest.mark.parametrize("n", [0, 1.5, None])
def test_no_number_of_repeats(n):
    with pytest.raises(ValueError, match="'n_repeats' parameter"):
        TPESearchCV(Lucky(), {"level": [0]}, n_repeats=n).fit(X, Y)
