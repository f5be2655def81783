"""Searches over ranges that stand in the estimator, without a dict."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin, clone, is_classifier
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import GradientBoostingClassifier, VotingRegressor
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.model_selection import KFold, cross_val_score
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from sksearch import (
    BayesSearchCV,
    Categorical,
    Choice,
    Float,
    HalvingSearchCV,
    Int,
    TPESearchCV,
    candidate_estimator,
    optional,
)
from sksearch.exceptions import ResourceError, SpaceError, SpaceTypeError

RNG = np.random.RandomState(0)
X = RNG.normal(size=(60, 3))
Y = X[:, 0] + 0.5 * X[:, 1] + RNG.normal(size=60)
CLASSES = (Y > 0).astype(int)
ALPHA = Float(1e-3, 1e3, log=True)
CV = KFold(2)


def ridge():
    return make_pipeline(StandardScaler(), Ridge(alpha=ALPHA))


def trees():
    return Pipeline(
        [
            ("scale", optional(StandardScaler())),
            (
                "model",
                Choice(
                    GaussianNB(var_smoothing=Float(1e-10, 1e-2, log=True)),
                    LinearDiscriminantAnalysis(solver=Categorical(["svd", "lsqr"])),
                ),
            ),
        ]
    )


def searched(estimator, *args, **words):
    return TPESearchCV(
        estimator, *args, **{"n_iter": 4, "cv": CV, "random_state": 0, **words}
    )


def params_of(search):
    return [
        {n: type(v).__name__ if hasattr(v, "fit") else v for n, v in params.items()}
        for params in search.cv_results_["params"]
    ]


@pytest.mark.parametrize(
    "search",
    [
        searched(ridge()),
        BayesSearchCV(ridge(), n_iter=4, cv=CV, random_state=0),
        HalvingSearchCV(ridge(), n_candidates=4, cv=CV, random_state=0),
    ],
    ids=lambda search: type(search).__name__,
)
def test_every_face(search):
    search.fit(X, Y)

    assert list(search.best_params_) == ["ridge__alpha"]

    assert search.best_estimator_[-1].alpha == search.best_params_["ridge__alpha"]

    assert search.cv_results_["params"][0] == {"ridge__alpha": 1.0}

    assert len(set(search.cv_results_["param_ridge__alpha"])) > 1

    assert search.estimator[-1].alpha is ALPHA


def test_it_is_the_search_with_a_dict():
    found = searched(ridge()).fit(X, Y)
    written = searched(
        make_pipeline(StandardScaler(), Ridge()), {"ridge__alpha": ALPHA}
    ).fit(X, Y)

    assert params_of(found) == params_of(written)


@pytest.fixture(scope="module")
def over_steps():
    return searched(trees(), n_iter=8).fit(X, CLASSES)


def test_steps_and_what_is_below_them(over_steps):
    found = params_of(over_steps)

    assert found[0] == {
        "scale": "StandardScaler",
        "model": "GaussianNB",
        "model__var_smoothing": 1e-9,
    }

    assert {p["scale"] for p in found} == {"StandardScaler", "passthrough"}

    assert {(p["model"], *sorted(p)[1:-1]) for p in found} == {
        ("GaussianNB", "model__var_smoothing"),
        ("LinearDiscriminantAnalysis", "model__solver"),
    }


def test_reports_know_the_estimator_types(over_steps):
    table = over_steps.leaderboard()

    assert set(table["estimator"]) == {"GaussianNB", "LinearDiscriminantAnalysis"}


def test_candidates_can_be_made_again(over_steps):
    made = candidate_estimator(over_steps, 1)

    assert type(made[-1]).__name__ == params_of(over_steps)[1]["model"]

    assert made.fit(X, CLASSES).score(X, CLASSES) > 0.5


@pytest.mark.parametrize("copied", [clone, lambda s: pickle.loads(pickle.dumps(s))])
def test_copies_find_the_same(copied):
    model = VotingRegressor([("a", Ridge(alpha=ALPHA)), ("b", Ridge(alpha=ALPHA))])
    search = searched(model)

    assert params_of(copied(search).fit(X, Y)) == params_of(search.fit(X, Y))

    assert all(p["a__alpha"] == p["b__alpha"] for p in params_of(search))


def test_to_scikit_learn_it_is_a_search_over_the_first():
    search = searched(trees())

    assert is_classifier(search)

    with pytest.raises(NotFittedError):
        search.predict_proba(X)

    assert not hasattr(search, "transform")

    assert "Choice" in search._repr_html_()


def test_inside_of_a_cross_validation():
    scores = cross_val_score(searched(ridge()), X, Y, cv=2)

    assert np.isfinite(scores).all()


def test_a_search_inside_has_its_own_ranges():
    inner = searched(Ridge(alpha=ALPHA))
    outer = searched(make_pipeline(PCA(n_components=Int(1, 3)), inner), n_iter=2)
    outer.fit(X, Y)

    assert list(outer.best_params_) == ["pca__n_components"]

    assert list(outer.best_estimator_[-1].best_params_) == ["alpha"]


class TestBesideOtherSpaces:
    def test_a_dict_decides(self):
        search = searched(
            make_pipeline(PCA(n_components=Int(1, 3)), Ridge(alpha=ALPHA)),
            {"ridge__alpha": [5.0]},
            n_iter=3,
        ).fit(X, Y)

        assert {p["ridge__alpha"] for p in params_of(search)} == {5.0}

        assert {p["pca__n_components"] for p in params_of(search)} == {1, 2, 3}

    def test_a_step_of_a_dict_takes_the_ranges_of_the_old_one_away(self):
        space = {"ridge": [LinearRegression(), Ridge(2.0)]}
        search = searched(ridge(), space, n_iter=2).fit(X, Y)

        assert [p["ridge"] for p in params_of(search)] == ["LinearRegression", "Ridge"]

        assert {len(p) for p in params_of(search)} == {1}

    def test_a_ready_made_space_is_for_the_rest(self):
        model = make_pipeline(PCA(n_components=0.9), Ridge(alpha=Categorical([5.0])))
        search = searched(model, "auto", n_iter=3).fit(X, Y)

        assert {p["ridge__alpha"] for p in params_of(search)} == {5.0}

        assert len(search.best_params_) > 1

    def test_a_resource(self):
        model = GradientBoostingClassifier(n_estimators=Int(2, 4))
        search = HalvingSearchCV(model, resource="n_estimators", max_resources=4)

        with pytest.raises(ResourceError, match="part of the searched parameters"):
            search.fit(X, CLASSES)


class TestInitialPoints:
    MODEL = VotingRegressor([("a", Ridge(alpha=ALPHA)), ("b", Ridge(alpha=ALPHA))])

    def test_by_the_name_of_one_place(self):
        search = searched(self.MODEL, initial_points=[{"b__alpha": 3.0}], n_iter=1)

        assert params_of(search.fit(X, Y)) == [{"a__alpha": 3.0, "b__alpha": 3.0}]

    def test_candidates_of_another_search(self):
        before = searched(self.MODEL).fit(X, Y)
        search = searched(self.MODEL, initial_points=before.suggestions_)

        assert params_of(search.fit(X, Y)) == params_of(before)


def test_a_journal_goes_on(tmp_path):
    model = VotingRegressor([("a", Ridge(alpha=ALPHA)), ("b", Ridge(alpha=ALPHA))])
    file = tmp_path / "search.jsonl"
    searched(model, storage=file, n_iter=2).fit(X, Y)
    search = searched(clone(model), storage=file).fit(X, Y)

    assert search.end_counts_["known"] == 2

    assert params_of(search) == params_of(searched(model).fit(X, Y))


class Counts(ClassifierMixin, BaseEstimator):
    """Fails the test if it is fitted."""

    def __init__(self, depth=1, sizes=(1, 2)):
        self.depth = depth
        self.sizes = sizes

    def fit(self, X, y):
        pytest.fail("It was fitted.")


@pytest.mark.parametrize(
    ("search", "error", "message"),
    [
        (searched(Counts()), SpaceTypeError, "nothing to search.*Counts holds"),
        (searched(Counts(sizes=(Int(1, 2), 3))), SpaceTypeError, "'sizes'.*holds Int"),
        (
            searched(Counts(depth=Int(1, 2)), {"deep": [1]}),
            SpaceError,
            "'deep'.*Did you mean 'depth'",
        ),
    ],
)
def test_mistakes_are_found_before_any_fit(search, error, message):
    with pytest.raises(error, match=message):
        search.fit(X, CLASSES)
