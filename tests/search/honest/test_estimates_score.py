"""``estimate_score`` on all faces."""

import copy
import pickle

import numpy as np
import pytest
from faces import make_search
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import load_iris
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold, RepeatedKFold, ShuffleSplit
from sklearn.neighbors import KNeighborsClassifier

from sksearch import HalvingSearchCV, ScoreEstimate, TPESearchCV
from sksearch.search.selection import complete_scores


class Guesses(ClassifierMixin, BaseEstimator):
    """Guesses the class of each group of rows, each number in its own way."""

    def __init__(self, number=0):
        self.number = number

    def fit(self, X, y):
        self.classes_ = np.array([0, 1])
        return self

    def predict_proba(self, X):
        guesses = np.random.default_rng(self.number).random(80)
        chances = guesses[X[:, 0].astype(int)]
        return np.c_[1 - chances, chances]

    def predict(self, X):
        return self.predict_proba(X).argmax(axis=1)


X = np.arange(80.0)[:, None]
NOISE = np.random.default_rng(1).integers(0, 2, size=80)
SPACE = {"number": list(range(100))}


def guessing(face=TPESearchCV, **words):
    words = {"n_iter": 30, "random_state": 0, "cv": 4, "refit": False, **words}
    return make_search(face, Guesses(), SPACE, initial_points=(), **words)


@pytest.fixture(scope="module")
def by_folds():
    return guessing().fit(X, NOISE)


@pytest.fixture(scope="module")
def by_rows():
    return guessing(return_oof=True).fit(X, NOISE)


@pytest.fixture(scope="module")
def by_halving():
    return guessing(HalvingSearchCV, return_oof=True).fit(X, NOISE)


@pytest.mark.parametrize("which", ["by_folds", "by_rows", "by_halving"])
def test_the_best_of_many_guesses_is_no_better_than_chance(which, request):
    search = request.getfixturevalue(which)
    found = search.estimate_score()

    assert found.score + found.optimism == pytest.approx(search.best_score_)

    assert found.optimism > 0.03

    assert found.low < 0.5 < found.high

    assert found == search.estimate_score()

    assert found == pickle.loads(pickle.dumps(search)).estimate_score()


def test_predictions_make_the_interval_narrower():
    """On average: the few folds of one search may agree by chance."""
    wide, narrow = (
        np.mean([np.ptp([found.low, found.high]) for found in estimates])
        for estimates in (
            [
                guessing(random_state=seed, return_oof=oof)
                .fit(X, NOISE)
                .estimate_score()
                for seed in range(4)
            ]
            for oof in (False, True)
        )
    )

    assert narrow < wide


def test_less_confidence_is_a_narrower_interval(by_folds):
    usual, narrow = by_folds.estimate_score(), by_folds.estimate_score(confidence=0.5)

    assert usual.low < narrow.low < narrow.high < usual.high


def test_not_fitted():
    with pytest.raises(NotFittedError):
        guessing().estimate_score()


@pytest.mark.parametrize(
    ("confidence", "kind", "pattern"),
    [
        (0, ValueError, "between 0 and 1, got 0"),
        (1.0, ValueError, r"between 0 and 1, got 1\.0"),
        (95, ValueError, r"got 95\. Write 0\.95"),
        (float("nan"), ValueError, "got nan"),
        ("95%", TypeError, "a number between 0 and 1, got '95%'"),
    ],
)
def test_confidence_that_cannot_be_meant(confidence, kind, pattern):
    with pytest.raises(kind, match=f"confidence must be .*{pattern}"):
        guessing().estimate_score(confidence)


def test_one_fold_needs_predictions():
    single = [(np.arange(40), np.arange(40, 80))]
    search = guessing(cv=single).fit(X, NOISE)

    with pytest.raises(ValueError, match="Write return_oof=True, or more folds"):
        search.estimate_score()

    found = guessing(cv=single, return_oof=True).fit(X, NOISE).estimate_score()

    assert found.low < found.score < found.high


def test_several_metrics_the_one_that_drives():
    scoring = ["neg_log_loss", "accuracy"]
    search = guessing(scoring=scoring, refit="accuracy", n_iter=8).fit(X, NOISE)
    alone = guessing(scoring="accuracy", n_iter=8).fit(X, NOISE)

    assert search.estimate_score() == alone.estimate_score()

    search = guessing(scoring=scoring[::-1], refit=False, n_iter=8).fit(X, NOISE)

    assert search.estimate_score() == alone.estimate_score()


@pytest.mark.parametrize("row", [0, 1])
def test_a_function_as_refit_chooses_the_winner(row, by_folds):
    search = guessing(refit=lambda results: row).fit(X, NOISE)
    usual, own = by_folds.estimate_score(), search.estimate_score()

    assert own.optimism == usual.optimism

    expected = search.cv_results_["mean_test_score"][row] - usual.optimism

    assert own.score == pytest.approx(expected)


def test_a_confirmed_winner_owes_less_to_luck(by_folds):
    """What its first score lacks of the best one is not taken off again."""
    search = copy.deepcopy(by_folds)
    scores = search.cv_results_["mean_test_score"]
    usual = search.estimate_score()
    search.best_index_ = int(np.argsort(scores)[-3])
    lack = scores.max() - scores[search.best_index_]
    found = search.estimate_score()

    assert 0 < lack < usual.optimism

    assert found.score == pytest.approx(usual.score)

    assert found.optimism == pytest.approx(usual.optimism - lack)


def test_groups_stay_together():
    """Rows of a group are alike, so there are fewer than they seem."""
    groups = np.repeat(np.arange(16), 5)
    y = np.repeat(NOISE[:16], 5)
    search = guessing(cv=GroupKFold(4), return_oof=True)
    search.fit(groups[:, None].astype(float), y, groups=groups)
    found = search.estimate_score()
    search._test_parts["groups"] = None
    apart = search.estimate_score()

    assert found.high - found.low > 1.3 * (apart.high - apart.low)


def test_repeated_folds():
    cv = RepeatedKFold(n_splits=4, n_repeats=3, random_state=0)
    for return_oof in (False, True):
        search = guessing(cv=cv, return_oof=return_oof, n_iter=15).fit(X, NOISE)
        found = search.estimate_score()

        assert found.low < 0.5 < found.high

        assert found.optimism > 0.01


def test_candidates_that_lack_a_fold_are_left_out(by_folds):
    search = copy.deepcopy(by_folds)
    expected = search.estimate_score()
    results = search.cv_results_
    worst = int(results["mean_test_score"].argmin())
    for key in ("split3_test_score", "mean_test_score"):
        results[key][worst] = np.nan
    rows, scores = complete_scores(results, "score")

    assert worst not in rows

    assert np.isfinite(scores).all()

    assert search.estimate_score().score == pytest.approx(expected.score, abs=0.02)

    results["split0_test_score"][:] = np.nan
    with pytest.raises(ValueError, match="No candidate has a score on each fold"):
        search.estimate_score()


def test_halving_looks_at_the_last_rung_only():
    search = HalvingSearchCV(
        KNeighborsClassifier(),
        {"n_neighbors": range(1, 20)},
        n_candidates=9,
        min_resources=40,
        random_state=0,
        return_oof=True,
    ).fit(*load_iris(return_X_y=True))
    rows, _ = complete_scores(search.cv_results_, "score")

    assert set(search.cv_results_["iter"][rows]) == {search.n_iterations_ - 1}

    assert isinstance(search.estimate_score(), ScoreEstimate)


def test_a_clone_and_another_fit_forget(by_rows):
    search = copy.deepcopy(by_rows)
    before = search.estimate_score()
    search.set_params(return_oof=False, cv=KFold(5)).fit(X, NOISE)

    assert search.estimate_score() != before

    assert set(search._test_parts) == {"repetitions", "share"}


def test_a_fit_that_fails_leaves_the_estimate_of_the_one_before(by_folds, monkeypatch):
    def fail(self, X, y):
        raise RuntimeError("not now")

    search = copy.deepcopy(by_folds)
    expected = search.estimate_score()
    monkeypatch.setattr(Guesses, "fit", fail)
    search.set_params(cv=ShuffleSplit(7, random_state=0), error_score="raise")
    with pytest.raises(RuntimeError, match="not now"):
        search.fit(X, NOISE)

    assert search.estimate_score() == expected

    assert search.n_splits_ == by_folds.n_splits_


def test_nothing_is_known_of_searches_from_before(by_folds):
    """An old pickle lacks what is kept for the estimate."""
    search = copy.deepcopy(by_folds)
    expected = search.estimate_score()
    del search._test_parts

    assert search.estimate_score() == expected


@pytest.mark.slow
def test_logistic_regression_of_iris_is_as_good_as_it_looks():
    space = {"C": [0.1, 1.0, 10.0]}
    search = TPESearchCV(LogisticRegression(max_iter=500), space, n_iter=3)
    found = search.set_params(return_oof=True).fit(*load_iris(return_X_y=True))

    assert found.estimate_score().score == pytest.approx(found.best_score_, abs=0.01)
