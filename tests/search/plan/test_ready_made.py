"""``param_distributions="auto"`` in all searches."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_iris, make_classification
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import (
    KFold,
    ShuffleSplit,
    StratifiedKFold,
    TimeSeriesSplit,
    cross_val_score,
)
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC
from sklearn.utils import get_tags

from sksearch import (
    BayesSearchCV,
    Choice,
    HalvingSearchCV,
    Option,
    TPESearchCV,
    suggest_space,
)
from sksearch.engine import FoldKeeper
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.search.plan._read_space import specification

X, y = load_iris(return_X_y=True)
SEARCHES = [
    (TPESearchCV, {"n_iter": 4}),
    (BayesSearchCV, {"n_iter": 4}),
    (HalvingSearchCV, {"n_candidates": 4}),
]


def data_of(search):
    return search._read(X, y, {}, FoldKeeper(search.cv))


def n_neighbors(search):
    space = search._plan(data_of(search), np.random.RandomState(0)).tuned.space
    return next(h.domain.high for h in space if h.name == "n_neighbors")


@pytest.mark.parametrize(("face", "settings"), SEARCHES)
def test_all_faces(face, settings):
    search = face(SVC(), "auto", cv=3, random_state=0, **settings).fit(X, y)

    assert set(search.best_params_) == {"C", "gamma"}

    assert search.cv_results_["params"][0] == {"C": 1.0, "gamma": "scale"}

    assert search.failures_["exception"] == []

    assert search.param_distributions == "auto"


def test_it_is_the_suggested_space():
    auto = TPESearchCV(SVC(), "auto", n_iter=6, cv=3, random_state=0).fit(X, y)
    given = TPESearchCV(
        SVC(), suggest_space(SVC(), X, y), n_iter=6, cv=3, random_state=0
    ).fit(X, y)

    assert auto.cv_results_["params"] == given.cv_results_["params"]


@pytest.mark.parametrize(
    ("cv", "high"),
    [
        (5, 40),
        (2, 40),
        (TimeSeriesSplit(24), 5),
        (ShuffleSplit(3, train_size=12, random_state=0), 11),
        ([(range(9), range(100, 150))], 8),
        (iter([(range(9), range(100, 150))]), 8),
        ([(np.arange(150) < 9, np.arange(150) >= 100)], 8),
    ],
)
def test_the_smallest_training_part_is_the_bound(cv, high):
    assert n_neighbors(TPESearchCV(KNeighborsClassifier(), "auto", cv=cv)) == high


def test_the_folds_are_those_of_the_search():
    class Counted(KFold):
        n_calls = 0

        def split(self, *args, **params):
            Counted.n_calls += 1
            yield from super().split(*args, **params)

    folds = Counted(3, shuffle=True, random_state=np.random.RandomState(0))
    TPESearchCV(KNeighborsClassifier(), "auto", n_iter=3, cv=folds).fit(X, y)

    assert Counted.n_calls == 1


def test_a_warning_of_the_splitter_comes_once():
    labels = np.r_[y[:-3], [3, 3, 3]]
    search = TPESearchCV(GaussianNB(), "auto", n_iter=2, cv=4, random_state=0)

    with pytest.warns(UserWarning, match="least populated class") as caught:
        search.fit(X, labels)

    assert len(caught) == 1


@pytest.mark.parametrize(
    ("settings", "high"),
    [
        ({}, 15),  # 30 rows
        ({"min_resources": 12}, 5),
        ({"min_resources": "smallest", "cv": StratifiedKFold(3)}, 8),  # 18 rows
        ({"min_resources": "exhaust", "n_candidates": 6}, 14),  # 30 rows
        ({"resource": "leaf_size", "max_resources": 9}, 40),
    ],
)
def test_the_lowest_rung_is_the_bound(settings, high):
    search = HalvingSearchCV(KNeighborsClassifier(), "auto", **settings)

    assert n_neighbors(search) == pytest.approx(high, abs=1)


def test_halving_over_few_rows():
    search = HalvingSearchCV(
        KNeighborsClassifier(), "auto", min_resources="smallest", random_state=0, cv=3
    ).fit(X, y)

    assert search.n_resources_[0] == 18

    assert search.failures_["exception"] == []


def test_the_resource_is_left_out():
    model = GradientBoostingClassifier(random_state=0)
    search = HalvingSearchCV(
        model, "auto", resource="n_estimators", max_resources=3, n_candidates=3, cv=2
    )

    space = specification("auto", model, data_of(search), resource="n_estimators")

    assert "n_estimators" in suggest_space(model)

    assert set(suggest_space(model)) - set(space) == {"n_estimators"}

    assert "n_estimators" in search.fit(X, y).best_params_


def test_the_resource_is_left_out_of_options():
    models = Choice([GradientBoostingClassifier(), RandomForestClassifier()])
    search = HalvingSearchCV(
        models, "auto", resource="estimator__n_estimators", max_resources=9
    )

    space = specification("auto", models, data_of(search), resource=search.resource)
    boosting, forest = space["estimator"].options

    assert "n_estimators" not in boosting.sub_space

    assert forest.sub_space == suggest_space(forest.value, X, y)


def test_a_choice():
    models = Choice({"bayes": GaussianNB(), "svm": Option(SVC(), C=[1, 2])})
    search = TPESearchCV(models, "auto", n_iter=6, cv=3, random_state=0).fit(X, y)

    names = {name for params in search.cv_results_["params"] for name in params}

    assert names == {"estimator", "estimator__C", "estimator__var_smoothing"}


def test_nested():
    search = TPESearchCV(KNeighborsClassifier(), "auto", n_iter=3, random_state=0)

    assert cross_val_score(clone(search), X, y, cv=2).mean() > 0.9

    assert get_tags(search).estimator_type == "classifier"


def test_going_on(tmp_path):
    path = tmp_path / "search.jsonl"
    settings = {"cv": 3, "random_state": 0, "storage": path}

    first = TPESearchCV(SVC(), "auto", n_iter=3, **settings).fit(X, y)
    second = TPESearchCV(SVC(), "auto", n_iter=5, **settings).fit(X, y)

    params = second.cv_results_["params"]
    assert len(params) == 5

    assert params[:3] == first.cv_results_["params"]


@pytest.mark.parametrize("face", [TPESearchCV, HalvingSearchCV])
class TestErrors:
    def test_no_space(self, face):
        with pytest.raises(SpaceError, match=r"for LinearRegression .*Write one"):
            face(LinearRegression(), "auto").fit(X, y)

    def test_another_string(self, face):
        with pytest.raises(SpaceTypeError, match=r"got 'Auto'\. Did you mean 'auto'\?"):
            face(SVC(), "Auto").fit(X, y)

    def test_bad_options(self, face):
        with pytest.raises(SpaceTypeError, match=r"option .a. has no fit"):
            face(Choice({"a": 1}), "auto").fit(X, y)


def test_a_splitter_that_fails_says_so_itself():
    search = TPESearchCV(LogisticRegression(), "auto", cv=400)

    with pytest.raises(ValueError, match="n_splits=400"):
        search.fit(*make_classification(40, random_state=0))
