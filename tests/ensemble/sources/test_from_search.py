"""From a search to an ensemble, without a fit of the search's own."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.sparse import csr_array
from scipy.stats import loguniform, randint
from sklearn.base import clone
from sklearn.datasets import (
    load_diabetes,
    load_iris,
    make_multilabel_classification,
)
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV, KFold, cross_val_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from stand_ins import Counting, Rounds, Sturdy, data, rows

from sksearch import (
    BayesSearchCV,
    Choice,
    Float,
    HalvingSearchCV,
    Option,
    StackingWeights,
    TPESearchCV,
)
from sksearch.ensemble.predictions import _stacked

X, Y = load_iris(return_X_y=True)
WORDS = np.array(["lily", "iris", "rose"])[Y]
FOLDS = KFold(4, shuffle=True, random_state=0)
MODELS = Choice(
    {
        "svm": Option(SVC(), C=loguniform(1e-2, 1e2)),
        "tree": Option(DecisionTreeClassifier(random_state=0), max_depth=randint(1, 9)),
        "bayes": GaussianNB(),
    }
)


def search_of(estimator=MODELS, space=None, face=TPESearchCV, **words):
    words = {"n_iter": 8, "cv": FOLDS, "random_state": 0, "return_oof": True, **words}
    return face(estimator, space, **words)


@pytest.fixture(scope="module")
def search():
    return search_of().fit(X, WORDS)


def test_sparse_labels():
    data, labels = make_multilabel_classification(60, n_classes=3, random_state=0)
    model, depths = OneVsRestClassifier(DecisionTreeClassifier(random_state=0)), [1, 3]
    found = []
    for y in (labels, csr_array(labels)):
        search = search_of(model, {"estimator__max_depth": depths}, n_iter=2).fit(
            data, y
        )
        ensemble = StackingWeights.from_search(search).fit(data, y)
        found.append((ensemble.weights_.tolist(), search.estimate_score()))

    assert found[0] == found[1]


def test_estimators_that_change_their_input():
    raw = X * 9 + 3
    found = []
    for copy in (True, False):
        own = raw.copy()
        models = [
            make_pipeline(StandardScaler(copy=copy), model)
            for model in (GaussianNB(), SVC(C=Float(0.5, 2)))
        ]
        search = search_of(Choice(models), n_iter=4).fit(own, WORDS)
        ensemble = StackingWeights.from_search(search, method="uniform").fit(own, WORDS)
        scalers = [model.steps[0][1] for model in search.top_models(3, own, WORDS)]
        found.append([ensemble.predict_proba(own), *(s.mean_ for s in scalers)])

        assert_array_equal(own, raw)

    for one, other in zip(*found, strict=True):
        assert_array_equal(one, other)


def test_the_best_candidates_of_all_kinds(search):
    ensemble = StackingWeights.from_search(search, top_k=5).fit(X, WORDS)
    kinds = {type(member).__name__ for _, member in ensemble.estimators}

    assert len(kinds) > 1

    assert len(ensemble.estimators) <= 5

    assert ensemble.predict_proba(X).shape == (150, 3)

    assert ensemble.oof_score_optimistic_ >= ensemble.member_scores_.max() - 1e-9


def test_names_tell_the_candidate(search):
    ensemble = StackingWeights.from_search(search)

    for name, member in ensemble.estimators:
        kind, number = name.split("_")
        params = search.cv_results_["params"][int(number)]

        assert kind == type(params["estimator"]).__name__.lower()

        assert all(
            member.get_params()[key.removeprefix("estimator__")] == value
            for key, value in params.items()
            if key != "estimator"
        )


def test_the_same_as_with_the_folds_given(search):
    kept = StackingWeights.from_search(search, top_k=4)
    anew = clone(kept).set_params(oof=None)

    assert_allclose(kept.fit(X, WORDS).weights_, anew.fit(X, WORDS).weights_, atol=1e-4)

    assert kept.oof_score_ == pytest.approx(anew.oof_score_, abs=1e-5)


def test_only_members_with_weight_are_fitted():
    x, y = data()
    search = search_of(Counting(), {"level": Float(0, 1)}, n_iter=5).fit(x, y)
    Counting.n_fits = 0
    StackingWeights.from_search(search).fit(x, y)

    # All of them say the same, so one is taken.
    assert Counting.n_fits == 1


def test_regression():
    x, y = load_diabetes(return_X_y=True)
    search = search_of(Ridge(), {"alpha": loguniform(1e-3, 1e3)}, face=BayesSearchCV)
    ensemble = StackingWeights.from_search(search.fit(x, y)).fit(x, y)

    assert ensemble.oof_score_ > 0.4


def test_several_searches(search):
    scaled = make_pipeline(StandardScaler(), SVC())
    other = search_of(scaled, {"svc__C": loguniform(1e-2, 1e2)}, n_iter=4)
    ensemble = StackingWeights.from_search([search, other.fit(X, WORDS)])
    names = [name for name, _ in ensemble.estimators]

    assert any(name.startswith("svc_1_") for name in names)

    assert ensemble.fit(X, WORDS).score(X, WORDS) > 0.9


class TestHalving:
    @staticmethod
    def search(**words):
        words = {"min_resources": "exhaust", "factor": 2, "n_candidates": 8, **words}
        words = {"cv": FOLDS, "random_state": 0, "return_oof": True, **words}
        return HalvingSearchCV(MODELS, **words)

    def test_members_are_those_of_the_last_rung(self):
        search = self.search(brackets=2, n_candidates=6).fit(X, WORDS)
        ensemble = StackingWeights.from_search(search).fit(X, WORDS)
        resources = search.cv_results_["n_resources"]
        top = np.flatnonzero(resources == resources.max())
        numbers = [int(name.split("_")[1]) for name, _ in ensemble.estimators]

        assert len(numbers) > 1

        assert set(numbers) <= set(top.tolist())

        assert ensemble.score(X, WORDS) > 0.9

    def test_weights_from_a_part_of_the_rows(self):
        words = {"min_resources": 12, "max_resources": 24, "n_candidates": 6}
        search = self.search(**words).fit(X, WORDS)
        ensemble = StackingWeights.from_search(search).fit(X, WORDS)

        # As many rows of each test part as are fitted.
        assert [len(rows) for rows in ensemble.oof.rows] == [17, 17, 18, 18]

        # The members are fitted to all of them, and know all classes.
        assert ensemble.classes_.tolist() == ["iris", "lily", "rose"]

        assert 0.8 < ensemble.oof_score_optimistic_ + 1 <= 1

    def test_nobody_came_to_the_last_rung(self):
        search = self.search(callbacks=lambda record: True).fit(X, WORDS)

        with pytest.raises(ValueError, match="only candidates on the last rung"):
            StackingWeights.from_search(search)


def test_rounds_of_early_stopping():
    x, y = rows()
    search = search_of(
        Rounds(), {"best": [2, 5]}, n_iter=2, cv=4, early_stopping=5
    ).fit(x, y)
    ensemble = StackingWeights.from_search(search)
    Rounds.log.clear()
    ensemble.fit(x, y)

    # 27 of 40 rows made that many in a fold.
    for model in ensemble.estimators_:
        assert model.n_iter_ == -(-model.best * 40 // 27)

    assert all(seen["held"] is None for seen in Rounds.log)


def test_failed_candidates_are_passed_over():
    x, y = data()
    with pytest.warns(Warning):  # noqa: PT030 - that of the search itself
        search = search_of(
            Sturdy(), {"mood": ["good", "fit fails"]}, n_iter=2, refit=False
        ).fit(x, y)
    ensemble = StackingWeights.from_search(search)

    assert [member.mood for _, member in ensemble.estimators] == ["good"]


def test_several_metrics():
    search = search_of(
        scoring=["neg_log_loss", "accuracy"],
        refit="accuracy",
        estimator=DecisionTreeClassifier(random_state=0),
        space={"max_depth": [1, 2, 3]},
        n_iter=3,
    ).fit(X, Y)
    ensemble = StackingWeights.from_search(search, top_k=1)

    assert ensemble.estimators[0][1].max_depth == search.best_params_["max_depth"]


def test_clone_and_pickle_keep_what_was_said(search):
    ensemble = StackingWeights.from_search(search)

    assert clone(ensemble).oof is ensemble.oof

    again = pickle.loads(pickle.dumps(ensemble)).fit(X, WORDS)

    assert_array_equal(again.weights_, ensemble.fit(X, WORDS).weights_)

    assert "OutOfFold" in repr(ensemble)


def test_on_other_data_predictions_are_made_anew_on_request(search):
    ensemble = StackingWeights.from_search(search, top_k=3)

    with pytest.raises(ValueError, match=r"other data.*set_params.oof=None."):
        ensemble.fit(X[:100], WORDS[:100])

    with pytest.raises(ValueError, match="and other values"):
        ensemble.fit(X, WORDS[::-1])

    ensemble.set_params(oof=None)

    assert cross_val_score(ensemble, X, WORDS).mean() > 0.9


def test_a_member_that_is_dropped_later(search):
    ensemble = StackingWeights.from_search(search)
    first = ensemble.estimators[0][0]
    ensemble.set_params(**{first: "drop"}).fit(X, WORDS)

    assert ensemble.weights_[0] == 0


class Calls:
    """Counts the calls of a function."""

    def __init__(self, function):
        self.function = function
        self.n = 0

    def __call__(self, *args, **words):
        self.n += 1
        return self.function(*args, **words)


class TestCalibrations:
    """Members whose decision values become probabilities: once for each."""

    @pytest.fixture
    def calls(self, monkeypatch):
        counted = [
            Calls(_stacked.fit_calibrations),
            Calls(_stacked.as_columns),
        ]
        monkeypatch.setattr(_stacked, "fit_calibrations", counted[0])
        monkeypatch.setattr(_stacked, "as_columns", counted[1])
        return lambda: [c.n for c in counted]

    @staticmethod
    def search(n=3, **params):
        space = {"C": [0.01, 1.0, 100.0][:n]}
        return search_of(SVC(), space, n_iter=n, cv=2).fit(X, WORDS, **params)

    def test_once_for_from_search_and_fit(self, calls):
        ensemble = StackingWeights.from_search(self.search())

        assert calls() == [3, 6]  # of three candidates, on two folds

        ensemble.fit(X, WORDS)

        assert calls() == [3, 6]

    def test_with_weights_of_samples_from_the_search(self, calls):
        search = self.search(sample_weight=np.linspace(0.5, 2, 150))
        one = StackingWeights.from_search(search)
        anew = clone(one).fit(X, WORDS)

        assert calls() == [6, 12]  # a clone does not know

        assert_array_equal(one.fit(X, WORDS).weights_, anew.weights_)

        assert calls() == [6, 12]

    def test_what_is_fitted_is_the_same(self, calls):
        """As from a clone, a pickle, and a second fit, which calibrate again."""
        ensemble = StackingWeights.from_search(self.search())
        others = [clone(ensemble), pickle.loads(pickle.dumps(ensemble))]
        expected = ensemble.fit(X, WORDS).predict_proba(X)
        for other in [*others, ensemble]:
            assert_array_equal(other.fit(X, WORDS).predict_proba(X), expected)

        assert calls() == [12, 24]

    def test_again_where_other_rows_count(self, calls):
        """A member that is dropped changes nothing, other members do."""
        ensemble = StackingWeights.from_search(self.search())
        first = ensemble.estimators[0][0]
        ensemble.set_params(**{first: "drop"}).fit(X, WORDS)

        assert calls() == [3, 6]

        ensemble = StackingWeights.from_search(self.search())
        ensemble.set_params(oof=None, cv=2).fit(X, WORDS)

        assert calls() == [9, 18]


class TestErrors:
    def test_not_fitted(self):
        with pytest.raises(NotFittedError):
            StackingWeights.from_search(search_of())

    @pytest.mark.parametrize(
        "other", [GridSearchCV(SVC(), {}), SVC(), None, TPESearchCV], ids=repr
    )
    def test_no_search(self, other):
        with pytest.raises(TypeError, match="needs a search such as TPESearchCV"):
            StackingWeights.from_search(other)

    def test_no_searches(self):
        with pytest.raises(ValueError, match="empty list"):
            StackingWeights.from_search([])

    @pytest.mark.parametrize("top_k", [0, -1, 2.5, None, True, "all"])
    def test_top_k(self, search, top_k):
        with pytest.raises(ValueError, match="'top_k' parameter must be an int"):
            StackingWeights.from_search(search, top_k)

    def test_parameters(self, search):
        with pytest.raises(TypeError, match=r"'metod'. Did you mean 'method'"):
            StackingWeights.from_search(search, metod="greedy")

        with pytest.raises(TypeError, match="unexpected parameter 'oof'"):
            StackingWeights.from_search(search, oof=None)

    def test_other_folds(self, search):
        other = search_of(GaussianNB(), {}, n_iter=1, cv=3).fit(X, WORDS)

        with pytest.raises(ValueError, match="folds do not match: search 1"):
            StackingWeights.from_search([search, other])

    def test_other_scores(self, search):
        other = search_of(GaussianNB(), {}, n_iter=1, scoring="f1_macro")

        with pytest.raises(ValueError, match="search 1 has 'f1_macro'"):
            StackingWeights.from_search([search, other.fit(X, WORDS)])

    def test_other_number_of_members(self, search):
        ensemble = StackingWeights.from_search(search)
        ensemble.set_params(estimators=ensemble.estimators[:1])

        with pytest.raises(ValueError, match="but there are 1"):
            ensemble.fit(X, WORDS)
