import math
import pickle
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest
import scipy.sparse
import sklearn
from sklearn.base import BaseEstimator
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import check_scoring, make_scorer
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.model_selection import KFold, check_cv, cross_validate
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from stand_ins import (
    Knob,
    NeedsWeights,
    Sturdy,
    data,
    fragile_metrics,
    rows,
    two_metrics,
)

from sksearch.evaluation import SLOT, Evaluator, Slot, evaluate_folds, make_folds
from sksearch.workers import SharedValue


def evaluate(
    estimator, X, y, *, cv=4, params=None, scoring=None, error_score=math.nan, **words
):
    """Evaluate one configuration on all folds."""
    folds = make_folds(check_cv(cv, y), X, y, {})
    if not callable(scoring):
        scoring = check_scoring(
            estimator,
            scoring,
            **({} if isinstance(scoring, str | None) else {"raise_exc": False}),
        )
    evaluator = Evaluator(
        estimator, None, folds, scoring, error_score=error_score, **words
    )
    return evaluate_folds(
        X,
        y,
        SharedValue(evaluator),
        3,
        params or {},
        [(i, None) for i in range(len(folds))],
    )


def scores(found, metric="score", which="test"):
    return [getattr(fold, which)[metric] for fold in found]


WORDS = ["good film", "bad film", "good book", "bad book"] * 10
X_DENSE, Y = data()
KERNEL = rbf_kernel(X_DENSE)
MASKS = [
    (np.arange(40) >= 10, np.arange(40) < 10),
    (np.arange(40) < 30, np.arange(40) >= 30),
]
DATA = {
    "array": (GaussianNB(), X_DENSE, Y, 4),
    "shuffled": (GaussianNB(), X_DENSE, Y, KFold(4, shuffle=True, random_state=0)),
    "masks": (GaussianNB(), X_DENSE, Y, MASKS),
    "lists": (GaussianNB(), X_DENSE.tolist(), Y.tolist(), 4),
    "csr": (LogisticRegression(), scipy.sparse.csr_array(X_DENSE), Y, 4),
    "coo": (LogisticRegression(), scipy.sparse.coo_array(X_DENSE), Y, 4),
    "pandas": (
        GaussianNB(),
        pd.DataFrame(X_DENSE, columns=list("abc"), index=range(100, 140)),
        pd.Series(Y, index=range(100, 140)),
        4,
    ),
    "polars": (
        GaussianNB(),
        pl.DataFrame(X_DENSE, schema=list("abc")),
        pl.Series(Y),
        4,
    ),
    "text": (make_pipeline(TfidfVectorizer(), LogisticRegression()), WORDS, Y, 4),
    "strings as target": (GaussianNB(), X_DENSE, np.array(["no", "yes"])[Y], 4),
    "no target": (KMeans(2, random_state=0, n_init=1), X_DENSE, None, 4),
    "kernel": (SVC(kernel="precomputed"), KERNEL, Y, 4),
    "many outputs": (Ridge(), X_DENSE, np.c_[Y, X_DENSE[:, 0]], 4),
}


@pytest.mark.parametrize("case", DATA)
def test_scores_are_those_of_cross_validate(case):
    estimator, X, y, cv = DATA[case]
    expected = cross_validate(
        estimator, X, y, cv=check_cv(cv, y), return_train_score=True
    )
    found = evaluate(estimator, X, y, cv=cv, return_train_score=True)

    assert scores(found) == expected["test_score"].tolist()

    assert scores(found, which="train") == expected["train_score"].tolist()


def test_the_kernel_must_be_square():
    found = evaluate(SVC(kernel="precomputed"), X_DENSE, Y)

    assert all("should be a square kernel matrix" in fold.error for fold in found)


def test_results_say_what_they_are_of():
    found = evaluate(Knob(), X_DENSE, Y, params={"level": 0.25})

    assert [(f.candidate, f.fold) for f in found] == [(3, 0), (3, 1), (3, 2), (3, 3)]

    assert all(f.error is None for f in found)

    assert all(f.train is None for f in found)

    assert all(f.fit_time >= 0 for f in found)

    assert all(f.score_time >= 0 for f in found)


def test_only_the_folds_that_were_asked_for():
    folds = make_folds(KFold(5), X_DENSE, Y, {})
    evaluator = Evaluator(Knob(), None, folds, check_scoring(Knob()))
    found = evaluate_folds(
        X_DENSE, Y, SharedValue(evaluator), 0, {}, [(3, None), (1, None)]
    )

    assert [f.fold for f in found] == [3, 1]


def test_times_are_seconds():
    class Sleepy(Knob):
        def fit(self, X, y=None):
            math.fsum(range(1_000_000))
            return super().fit(X, y)

    [fold, _] = evaluate(Sleepy(), X_DENSE, Y, cv=2)

    assert 1e-4 < fold.fit_time < 10

    assert fold.score_time < fold.fit_time


class TestScoring:
    @pytest.mark.parametrize(
        "scoring",
        [
            "accuracy",
            make_scorer(lambda y, p: float((y == p).mean() / 2)),
            lambda estimator, X, y: estimator.score(X, y),
        ],
        ids=["name", "scorer", "callable"],
    )
    def test_one_metric(self, scoring):
        scorer = scoring if callable(scoring) else check_scoring(GaussianNB(), scoring)
        expected = cross_validate(GaussianNB(), X_DENSE, Y, cv=4, scoring=scorer)

        assert (
            scores(evaluate(GaussianNB(), X_DENSE, Y, scoring=scoring))
            == expected["test_score"].tolist()
        )

    @pytest.mark.parametrize(
        "scoring",
        [
            ["accuracy", "neg_log_loss"],
            {"a": "accuracy", "b": make_scorer(lambda y, p: 0.5)},
        ],
        ids=["list", "dict"],
    )
    def test_many_metrics(self, scoring):
        expected = cross_validate(
            GaussianNB(), X_DENSE, Y, cv=4, scoring=scoring, return_train_score=True
        )
        found = evaluate(
            GaussianNB(), X_DENSE, Y, scoring=scoring, return_train_score=True
        )

        for name in scoring:
            assert scores(found, name) == expected[f"test_{name}"].tolist()

            assert scores(found, name, "train") == expected[f"train_{name}"].tolist()

    def test_callable_with_many_metrics(self):
        found = evaluate(Knob(0.25), X_DENSE, Y, scoring=two_metrics)

        assert [f.test for f in found] == [{"up": 0.25, "down": -0.25}] * 4

    @pytest.mark.parametrize(
        "number",
        [0.5, np.float32(0.5), np.float64(0.5), np.array(0.5), np.array([0.5])],
        ids=["float", "float32", "float64", "0-d", "1-d of one"],
    )
    def test_numbers_of_any_kind(self, number):
        found = evaluate(Knob(), X_DENSE, Y, scoring=lambda *_: number)

        assert scores(found) == [0.5] * 4

        assert type(scores(found)[0]) is float

    @pytest.mark.parametrize("mood", ["text", "none", "array"])
    def test_what_is_no_number_is_a_failure(self, mood):
        [fold, _] = evaluate(Sturdy(mood=mood), *rows(), cv=2)

        assert fold.test is None

        assert "scoring must return a number" in fold.error

    @pytest.mark.parametrize("mood", ["text", "none", "array"])
    def test_what_is_no_number_raises_where_errors_raise(self, mood):
        with pytest.raises(ValueError, match="scoring must return a number"):
            evaluate(Sturdy(mood=mood), *rows(), cv=2, error_score="raise")


class TestFailures:
    @pytest.mark.parametrize("error_score", [math.nan, -1.0], ids=["nan", "number"])
    def test_a_fit_that_fails(self, error_score):
        found = evaluate(
            Sturdy(mood="fit fails"),
            *rows(),
            error_score=error_score,
            return_train_score=True,
        )

        assert all(f.test is None and f.train is None for f in found)

        assert all("no fit in this mood" in f.error for f in found)

        assert all("Traceback" in f.error for f in found)

        assert all(f.score_time == 0.0 for f in found)

    def test_parameters_that_cannot_be_set(self):
        found = evaluate(GaussianNB(), X_DENSE, Y, params={"unknown": 1})

        assert all("Invalid parameter 'unknown'" in f.error for f in found)

    def test_a_fit_that_raises(self):
        with pytest.raises(RuntimeError, match="no fit in this mood"):
            evaluate(Sturdy(mood="fit fails"), *rows(), error_score="raise")

    def test_a_score_that_fails(self):
        found = evaluate(Sturdy(mood="score fails"), *rows(), error_score=-1.0)

        assert [fold.test for fold in found] == [None] * 4

        assert all(f.error is None for f in found)

        assert all("no score in this mood" in f.score_error for f in found)

        assert {f.exception for f in found} == {"RuntimeError"}

    def test_a_score_that_raises(self):
        with pytest.raises(RuntimeError, match="no score in this mood"):
            evaluate(Sturdy(mood="score fails"), *rows(), error_score="raise")

    def test_one_of_two_metrics_fails(self):
        scoring = {
            "good": make_scorer(lambda y, p: 0.5),
            "bad": make_scorer(lambda y, p: 1 / 0),
        }
        found = evaluate(Knob(), X_DENSE, Y, scoring=scoring, error_score=-1.0)

        assert scores(found, "good") == [0.5] * 4

        # The candidate fills in `error_score`, so that a journal need not know it.
        assert np.isnan(scores(found, "bad")).all()

        assert {f.exception for f in found} == {"ZeroDivisionError"}

    def test_a_callable_with_many_metrics_fails(self):
        found = evaluate(
            Sturdy(mood="other"), *rows(), scoring=fragile_metrics, error_score=-1.0
        )

        assert all("no score in this mood" in f.score_error for f in found)

        assert all(set(fold.test or {}) != {"up", "down"} for fold in found)

    def test_an_interrupt_is_no_failure(self):
        class Interrupted(Knob):
            def fit(self, X, y=None):
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            evaluate(Interrupted(), X_DENSE, Y)


class TestParameters:
    def test_the_estimator_is_neither_fitted_nor_changed(self):
        estimator = Knob(0.5)
        before = dict(vars(estimator))
        evaluate(estimator, X_DENSE, Y, params={"level": 0.75})

        assert vars(estimator) == before

    def test_estimators_among_the_parameters_are_cloned(self):
        class Holder(Knob):
            def __init__(self, inner=None):
                super().__init__(0.0)
                self.inner = inner

            def fit(self, X, y=None):
                self.inner.fit(X, y)
                return super().fit(X, y)

        inner = DecisionTreeClassifier()
        found = evaluate(Holder(), X_DENSE, Y, params={"inner": inner})

        assert all(f.error is None for f in found)

        assert not hasattr(inner, "tree_")

    def test_the_estimator_in_a_slot_is_the_one_that_is_built(self):
        evaluator = Evaluator(Slot(), SLOT, None, None)
        svc = SVC()
        built = evaluator.build({"estimator": svc, "estimator__C": 3.0})

        assert isinstance(built, SVC)

        assert built.C == 3.0

        assert built is not svc

        assert svc.C == 1.0

    def test_weights_go_with_their_rows(self):
        X, y = rows()
        found = evaluate(NeedsWeights(), X, y, fit_params={"sample_weight": X[:, 0]})

        assert [f.error for f in found] == [None] * 4

    def test_what_has_no_row_per_sample_is_passed_as_it_is(self):
        class Takes(Knob):
            def fit(self, X, y=None, word=None):
                self.word_ = word
                return super().fit(X, y)

        found = evaluate(
            Takes(),
            X_DENSE,
            Y,
            fit_params={"word": (1, 2, 3)},
            scoring=lambda estimator, X, y: float(estimator.word_ == (1, 2, 3)),
        )

        assert scores(found) == [1.0] * 4

    def test_parameters_of_the_scorer_go_with_their_rows(self):
        X, y = rows()

        def same(estimator, X, y, sample_weight):
            return float(np.array_equal(sample_weight, X[:, 0]))

        found = evaluate(
            Knob(),
            X,
            y,
            scoring=same,
            score_params={"sample_weight": X[:, 0]},
            return_train_score=True,
        )

        assert scores(found) == [1.0] * 4

        assert scores(found, which="train") == [1.0] * 4


def test_a_target_is_not_made_up():
    class Needy(BaseEstimator):
        def fit(self, X):
            return self

        def score(self, X):
            return 0.5

    found = evaluate(Needy(), X_DENSE, None)

    assert scores(found) == [0.5] * 4


def test_all_that_workers_are_given_can_be_pickled():
    folds = make_folds(KFold(3), X_DENSE, Y, {})
    evaluator = Evaluator(GaussianNB(), None, folds, check_scoring(GaussianNB()))
    shared = SharedValue(evaluator)
    copied = pickle.loads(pickle.dumps(shared))
    one, other = (
        evaluate_folds(X_DENSE, Y, each, 0, {}, [(1, None)])
        for each in (shared, copied)
    )

    assert scores(one) == scores(other)


def test_settings_of_array_namespaces_do_no_harm_to_numpy():
    pytest.importorskip("array_api_compat", exc_type=ImportError)
    with warnings.catch_warnings(), sklearn.config_context(array_api_dispatch=True):
        warnings.simplefilter("ignore")
        found = evaluate(Ridge(), X_DENSE, Y.astype(float))

    assert scores(found) == scores(evaluate(Ridge(), X_DENSE, Y.astype(float)))
