from __future__ import annotations

import warnings
from itertools import pairwise

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.cluster import KMeans
from sklearn.ensemble import (
    AdaBoostClassifier,
    BaggingClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    IsolationForest,
    RandomForestClassifier,
)
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import (
    ElasticNet,
    HuberRegressor,
    Lasso,
    LassoCV,
    LogisticRegression,
    Perceptron,
    PoissonRegressor,
    SGDClassifier,
    SGDOneClassSVM,
    SGDRegressor,
)
from sklearn.mixture import GaussianMixture
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.svm import LinearSVC
from stand_ins import data

from sksearch.evaluation.resources._warm_start import (
    Continuation,
    has_converged,
    how_to_continue,
)

X, Y = data(n_features=4)
pytestmark = [
    pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning"),
    pytest.mark.filterwarnings("ignore:Stochastic Optimizer"),
]
NEVER = {"tol": None}


def at_once(model, name, amount, **params):
    return clone(model).set_params(**{name: amount}).fit(X, Y, **params)


def in_steps(model, name, amounts, **params):
    """Return a model that was fitted with the first amount, and went on."""
    model = at_once(model, name, amounts[0], **params)
    for done, total in pairwise(amounts):
        how_to_continue(model, name)(
            Continuation(model, name, total - done, total, (X, Y), params)
        )
        model.set_params(**{name: total})
    return model


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (RandomForestClassifier(random_state=0), "n_estimators"),
        (RandomForestClassifier(random_state=0, oob_score=True), "n_estimators"),
        (ExtraTreesRegressor(random_state=0), "n_estimators"),
        (BaggingClassifier(random_state=0), "n_estimators"),
        (IsolationForest(random_state=0), "n_estimators"),
        (GradientBoostingClassifier(random_state=0, subsample=0.5), "n_estimators"),
        pytest.param(
            HistGradientBoostingClassifier(random_state=0, max_features=0.5),
            "max_iter",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            HistGradientBoostingRegressor(random_state=0),
            "max_iter",
            marks=pytest.mark.slow,
        ),
    ],
    ids=str,
)
@pytest.mark.filterwarnings("ignore:Some inputs do not have OOB scores")
def test_trees_are_those_of_one_fit(model, name):
    if name == "max_iter":
        model.set_params(min_samples_leaf=5)
    found = in_steps(model, name, [10, 11, 30])
    expected = at_once(model, name, 30)
    method = "predict_proba" if hasattr(found, "predict_proba") else "predict"

    np.testing.assert_allclose(
        getattr(found, method)(X), getattr(expected, method)(X), rtol=1e-12
    )


@pytest.mark.parametrize(
    "model",
    [
        SGDClassifier(**NEVER, random_state=0),
        SGDRegressor(**NEVER, average=True, random_state=0),
        SGDOneClassSVM(**NEVER, random_state=0),
        Perceptron(**NEVER, random_state=0),
    ],
    ids=str,
)
def test_the_learning_rate_of_sgd_counts_on(model):
    found = in_steps(model, "max_iter", [2, 5, 9])

    assert found.t_ == 1 + 9 * len(X)

    assert found.get_params() == {**model.get_params(), "max_iter": 9}

    assert "_partial_fit" not in vars(found)


def test_sgd_stops_when_it_has_converged():
    model = SGDRegressor(random_state=0, tol=1e-3)
    found = in_steps(model, "max_iter", [2, 1000])

    assert has_converged(found, "max_iter", 998)

    assert found.t_ < 1 + 500 * len(X)

    np.testing.assert_allclose(
        found.coef_, at_once(model, "max_iter", 1000).coef_, atol=0.05
    )


@pytest.mark.parametrize("solver", ["adam", "sgd"])
@pytest.mark.parametrize("kind", [MLPClassifier, MLPRegressor])
class TestNetworks:
    def test_as_good_as_one_fit(self, kind, solver):
        model = kind(
            hidden_layer_sizes=8, solver=solver, random_state=0, batch_size=10, tol=0
        )
        found = in_steps(model, "max_iter", [5, 20, 60])
        expected = at_once(model, "max_iter", 60)
        anew = at_once(model, "max_iter", 40)

        assert found.n_iter_ == len(found.loss_curve_) == 60

        # Nearer to it than to what some epochs less would give.
        assert abs(found.loss_ - expected.loss_) < abs(anew.loss_ - expected.loss_)

        assert found.get_params() == {**model.get_params(), "max_iter": 60}

        assert "_fit_stochastic" not in vars(found)

    def test_the_optimizer_remembers(self, kind, solver):
        model = kind(hidden_layer_sizes=3, solver=solver, random_state=0)
        found = at_once(model, "max_iter", 3)
        before = found._optimizer
        how_to_continue(found, "max_iter")(
            Continuation(found, "max_iter", 2, 5, (X, Y), {})
        )

        assert found._optimizer is before

        assert solver == "sgd" or before.t == 5

    def test_it_stops_when_it_has_converged(self, kind, solver):
        model = kind(
            hidden_layer_sizes=3,
            solver=solver,
            random_state=0,
            tol=10,
            n_iter_no_change=4,
        )
        found = at_once(model, "max_iter", 3)
        way = how_to_continue(found, "max_iter")

        assert not has_converged(found, "max_iter", 3)

        assert way(Continuation(found, "max_iter", 97, 100, (X, Y), {}))

        assert found.n_iter_ == at_once(model, "max_iter", 100).n_iter_ < 10


def test_rows_come_in_another_order_in_each_epoch():
    model = SGDSpy(3, random_state=0, batch_size=1, max_iter=2).fit(X, Y)
    model.seen.clear()
    how_to_continue(model, "max_iter")(
        Continuation(model, "max_iter", 2, 4, (X, Y), {})
    )
    first, second = np.split(np.concatenate(model.seen), 2)

    assert sorted(first) == sorted(second) == sorted(X[:, 0])

    assert first.tolist() != second.tolist()


class SGDSpy(MLPClassifier):
    """Writes down what it sees, and is still one of scikit-learn's networks."""

    seen: list = []  # noqa: RUF012

    def _backprop(self, X, *args):
        self.seen.append(np.array(X)[:, 0])
        return super()._backprop(X, *args)


@pytest.mark.parametrize(
    "model",
    [
        LogisticRegression(),
        Lasso(alpha=0.01),
        ElasticNet(alpha=0.01, selection="random", random_state=0),
        HuberRegressor(),
        PoissonRegressor(),
    ],
    ids=str,
)
def test_solvers_begin_where_they_ended(model):
    model.set_params(tol=1e-10)
    found = in_steps(model, "max_iter", [1, 2, 500])

    np.testing.assert_allclose(
        found.coef_, at_once(model, "max_iter", 500).coef_, atol=1e-3
    )

    assert found.get_params() == {**model.get_params(), "max_iter": 500}

    assert has_converged(found, "max_iter", 500)


def test_mixtures_begin_where_they_ended():
    model = GaussianMixture(2, random_state=0, tol=0)
    found, expected = (
        in_steps(model, "max_iter", [2, 10]),
        at_once(model, "max_iter", 10),
    )

    np.testing.assert_allclose(found.means_, expected.means_, rtol=1e-6)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (LinearSVC(), "max_iter"),  # no warm start
        (AdaBoostClassifier(), "n_estimators"),
        (KMeans(), "max_iter"),
        (LassoCV(), "max_iter"),
        (LogisticRegression(solver="liblinear"), "max_iter"),
        (BaggingClassifier(oob_score=True), "n_estimators"),
        (RandomForestClassifier(), "max_depth"),
        (MLPClassifier(early_stopping=True), "max_iter"),
        (SGDClassifier(early_stopping=True), "max_iter"),
        (SGDClassifier(class_weight="balanced"), "max_iter"),
    ],
    ids=str,
)
def test_who_cannot_go_on(model, name):
    assert how_to_continue(model, name) is None


def test_what_an_estimator_of_somebody_else_counts_is_not_known():
    class Other:
        def get_params(self, deep=True):
            return {"warm_start": False, "max_iter": 1, "n_estimators": 2}

    assert how_to_continue(Other(), "max_iter") is None

    assert how_to_continue(Other(), "n_estimators") is not None


@pytest.mark.parametrize(
    ("model", "name", "allowed", "converged"),
    [
        (MLPClassifier(early_stopping=True, random_state=0), "max_iter", 90, True),
        (SGDClassifier(class_weight="balanced"), "max_iter", 900, True),
        (SGDClassifier(), "max_iter", 2, False),
        (LogisticRegression(solver="liblinear"), "max_iter", 200, True),
        (
            GradientBoostingClassifier(n_iter_no_change=1, random_state=0, tol=0.1),
            "n_estimators",
            99,
            True,
        ),
        (GradientBoostingClassifier(), "n_estimators", 9, False),
        (RandomForestClassifier(), "n_estimators", 9, False),
        (
            HistGradientBoostingClassifier(
                early_stopping=True, n_iter_no_change=1, random_state=0, tol=0.1
            ),
            "max_iter",
            99,
            True,
        ),
        # What it counts belongs to the best of its fits only.
        (LassoCV(), "max_iter", 1000, False),
    ],
    ids=str,
)
def test_who_has_converged(model, name, allowed, converged):
    assert has_converged(at_once(model, name, allowed), name, allowed) == converged


def test_weights_count():
    weights = np.where(np.arange(len(X)) < 20, 1.0, 0.0)
    model = RandomForestClassifier(random_state=0)
    found = in_steps(model, "n_estimators", [3, 9], sample_weight=weights)
    expected = at_once(model, "n_estimators", 9, sample_weight=weights)

    np.testing.assert_array_equal(found.predict_proba(X), expected.predict_proba(X))


def test_forests_with_balanced_classes_are_not_warned_of():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = in_steps(
            RandomForestClassifier(class_weight="balanced"), "n_estimators", [1, 2]
        )

    assert len(found.estimators_) == 2

    assert not found.warm_start


def test_the_warm_start_of_the_user_stays():
    model = RandomForestClassifier(warm_start=True)

    assert in_steps(model, "n_estimators", [1, 2]).warm_start
