"""What every face must do, run over all that sksearch exports."""

from __future__ import annotations

import copy
import math
import os
import pickle
import subprocess
import sys
import threading
import time
import warnings
from typing import ClassVar

import joblib
import numpy as np
import pandas as pd
import pytest
import scipy.sparse
import sklearn
from scipy.stats import loguniform, randint, uniform
from sklearn.base import (
    BaseEstimator,
    ClassifierMixin,
    clone,
    is_classifier,
    is_regressor,
)
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier, StackingClassifier
from sklearn.exceptions import FitFailedWarning, NotFittedError
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, make_scorer
from sklearn.model_selection import (
    GridSearchCV,
    GroupKFold,
    KFold,
    LeaveOneGroupOut,
    ShuffleSplit,
    StratifiedKFold,
    cross_val_score,
)
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.estimator_checks import parametrize_with_checks
from stand_ins import (
    Counting,
    Erratic,
    Knob,
    NeedsWeights,
    NoPredict,
    Scale,
    Slow,
    Sturdy,
    data,
    fragile_metrics,
    rows,
    two_metrics,
)

import sksearch
from sksearch import Categorical, Choice, Float, Int, Option
from sksearch._sklearn import is_constant
from sksearch.exceptions import SpaceError, SpaceExhaustedWarning

# Forks of a process with threads are deprecated; that is the user's choice here.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")

FACES = [
    getattr(sksearch, name) for name in sksearch.__all__ if name.endswith("SearchCV")
]
X, Y = data()
LEVEL = {"level": Float(0.0, 1.0)}
MIXED = {
    "scale": [StandardScaler(), MinMaxScaler(), "passthrough"],
    "clf": Choice(
        {
            "svm": Option(
                SVC(),
                C=loguniform(1e-2, 1e2),
                kernel=Choice(
                    {"linear": "linear", "rbf": Option("rbf", gamma=uniform(0.1, 1))}
                ),
            ),
            "tree": Option(
                DecisionTreeClassifier(random_state=0), max_depth=randint(1, 5)
            ),
            "bayes": GaussianNB(),
        }
    ),
}


def mixed_pipeline():
    return Pipeline([("scale", StandardScaler()), ("clf", GaussianNB())])


#: What the number of candidates is called, where it is not n_iter.
BUDGETS = {"HalvingSearchCV": "n_candidates"}
#: Columns of the results that scikit-learn's plain searches do not have.
MORE_COLUMNS = {"HalvingSearchCV": ["iter", "n_resources"]}


def make_search(face, estimator, space, **words):
    """Return a search; one that halves has one rung, on which there is everything.

    What it does with more of them is in tests/search/test_halving.py.
    """
    budget = BUDGETS.get(face.__name__, "n_iter")
    if budget == "n_candidates":
        words = {
            "factor": 10**6,
            "min_resources": "exhaust",
            "return_train_score": False,
            **words,
        }
    words[budget] = words.pop("n_iter")
    return face(estimator, space, **words)


@pytest.fixture(params=FACES, ids=lambda face: face.__name__)
def face(request):
    """Return a function that makes a search with few candidates and folds."""

    def make(estimator, space, **words):
        defaults = {"n_iter": 6, "cv": 3, "random_state": 0}
        return make_search(request.param, estimator, space, **{**defaults, **words})

    make.budget = BUDGETS.get(request.param.__name__, "n_iter")
    make.more_columns = MORE_COLUMNS.get(request.param.__name__, [])
    make.constant = "must yield consistent folds" * (make.budget == "n_candidates")
    return make


#: For what takes long and is done by code that all faces share: only the face that
#: proposes quickest is tested quickly, the others among the slow tests.
one_quick_face = pytest.mark.parametrize(
    "face",
    [
        pytest.param(
            face, marks=[pytest.mark.slow] * (face is not sksearch.TPESearchCV)
        )
        for face in FACES
    ],
    indirect=True,
    ids=lambda face: face.__name__,
)


def without_times(results):
    return {key: value for key, value in results.items() if "_time" not in key}


def assert_same_results(one, other):
    one, other = without_times(one), without_times(other)

    assert list(one) == list(other)

    for key, column in one.items():
        if key == "params":
            assert [str(p) for p in column] == [str(p) for p in other[key]]
        elif isinstance(column, np.ma.MaskedArray):
            assert column.mask.tolist() == other[key].mask.tolist(), key

            assert str(list(column)) == str(list(other[key])), key
        else:
            np.testing.assert_array_equal(column, other[key], err_msg=key)


def grid_of(search):
    """Return the candidates of a search as a grid of scikit-learn's."""
    return [
        {name: [value] for name, value in params.items()}
        for params in search.cv_results_["params"]
    ]


def check_instances(kind):
    """Return the instances that scikit-learn uses for RandomizedSearchCV."""
    pairs = {
        "bare": [
            (Ridge(), {"alpha": [0.1, 1.0]}),
            (LogisticRegression(), {"C": [0.1, 1.0]}),
        ],
        "pipeline": [
            (
                Pipeline([("pca", PCA()), ("ridge", Ridge())]),
                {"ridge__alpha": [0.1, 1.0]},
            ),
            (
                Pipeline(
                    [("pca", PCA()), ("logisticregression", LogisticRegression())]
                ),
                {"logisticregression__C": [0.1, 1.0]},
            ),
        ],
    }[kind]
    return [
        make_search(
            face,
            estimator,
            space,
            n_iter=2,
            cv=2,
            error_score="raise",
            random_state=0,
        )
        for face in FACES
        for estimator, space in pairs
    ]


def expected_failures(search):
    """Return what scikit-learn expects of its own searches, where it happens."""
    if is_classifier(search):
        return {}
    return {"check_supervised_y_2d": "DataConversionWarning not caught"}


def quiet(test):
    """Let estimators warn of the data that the checks make."""
    for category in (
        "sklearn.exceptions.SkipTestWarning",
        "sklearn.exceptions.DataConversionWarning",
        "sklearn.exceptions.ConvergenceWarning",
        "sklearn.exceptions.UndefinedMetricWarning",
        "RuntimeWarning",
        "FutureWarning",
        "DeprecationWarning",
    ):
        test = pytest.mark.filterwarnings(f"ignore::{category}")(test)
    return test


def with_checks(kind):
    """Return parametrize_with_checks, with short ids of which no two are the same.

    Those of scikit-learn 1.6 are not unique, which a strict pytest does not take.
    """
    mark = parametrize_with_checks(
        check_instances(kind), expected_failed_checks=expected_failures
    )
    names, cases = mark.args[0], list(mark.args[1])
    ids = []
    for number, case in enumerate(cases):
        search, check = getattr(case, "values", case)
        inner = (
            search.estimator.steps[-1][1] if kind == "pipeline" else search.estimator
        )
        check = getattr(check, "func", check).__name__
        ids.append(f"{type(search).__name__}-{type(inner).__name__}-{check}-{number}")
        # Nearly all that is checked is the base class's: one face shows it quickly.
        if type(search) is not sksearch.TPESearchCV:
            values, marks = getattr(case, "values", case), getattr(case, "marks", ())
            cases[number] = pytest.param(*values, marks=[*marks, pytest.mark.slow])
    return pytest.mark.parametrize(names, cases, ids=ids)


@quiet
@with_checks("bare")
def test_check_estimator(estimator, check):
    check(estimator)


@quiet
@pytest.mark.slow
@with_checks("pipeline")
def test_check_estimator_of_pipelines(estimator, check):
    check(estimator)


class TestResults:
    @one_quick_face
    @pytest.mark.parametrize("train", [False, True], ids=["test", "train"])
    @pytest.mark.parametrize(
        "scoring",
        [None, "accuracy", ["accuracy", "f1"], {"b": "f1", "a": "recall"}],
        ids=["none", "name", "list", "dict"],
    )
    def test_results_are_what_grid_search_has_for_the_same_candidates(
        self, face, scoring, train
    ):
        words = {
            "scoring": scoring,
            "refit": False,
            "return_train_score": train,
            "cv": KFold(3, shuffle=True, random_state=1),
        }
        found = face(mixed_pipeline(), MIXED, **words).fit(X, Y)
        expected = GridSearchCV(mixed_pipeline(), grid_of(found), **words).fit(X, Y)
        ours, theirs = dict(found.cv_results_), expected.cv_results_
        for column in face.more_columns:
            assert len(ours.pop(column)) == 6

        assert set(ours) == set(theirs)

        # The columns of parameters come in the order of the space, not of the alphabet.
        assert [key for key in ours if not key.startswith("param_")] == [
            key for key in theirs if not key.startswith("param_")
        ]

        for key, column in theirs.items():
            if key == "params":
                continue

            assert type(ours[key]) is type(column), key

            assert ours[key].dtype == column.dtype, key

            assert ours[key].shape == column.shape, key

            if key.startswith("param_"):
                assert ours[key].mask.tolist() == column.mask.tolist(), key

                assert str(list(ours[key])) == str(list(column)), key
            elif "_time" not in key:
                np.testing.assert_array_equal(ours[key], column, err_msg=key)

        assert [repr(sorted(p.items())) for p in ours["params"]] == [
            repr(sorted(p.items())) for p in theirs["params"]
        ]

        assert found.n_splits_ == expected.n_splits_

        assert found.multimetric_ == expected.multimetric_

        assert hasattr(found, "best_index_") == hasattr(expected, "best_index_")

    def test_times_are_seconds(self, face):
        results = face(Knob(), LEVEL).fit(X, Y).cv_results_

        for key in ("mean_fit_time", "std_fit_time", "mean_score_time"):
            assert results[key].shape == (6,)

            assert (results[key] >= 0).all()

            assert (results[key] < 5).all()

    def test_the_best_is_the_best(self, face):
        search = face(Knob(), LEVEL, n_iter=12).fit(X, Y)
        means = search.cv_results_["mean_test_score"]

        assert search.best_index_ == means.argmax()

        assert search.best_score_ == means.max()

        assert search.best_params_ == search.cv_results_["params"][means.argmax()]

        assert search.best_estimator_.level == search.best_params_["level"]

        assert search.refit_time_ >= 0

    def test_the_same_seed_gives_the_same_search(self, face):
        one, again, other = (
            face(mixed_pipeline(), MIXED, n_iter=16, random_state=seed).fit(X, Y)
            for seed in (7, 7, 8)
        )

        assert_same_results(one.cv_results_, again.cv_results_)

        assert str(one.cv_results_["params"]) != str(other.cv_results_["params"])

    def test_fitting_again_gives_the_same(self, face):
        search = face(mixed_pipeline(), MIXED)
        first = search.fit(X, Y).cv_results_

        assert_same_results(first, search.fit(X, Y).cv_results_)

    def test_a_random_state_goes_on_from_fit_to_fit(self, face):
        search = face(Knob(), LEVEL, random_state=np.random.RandomState(0))
        first = search.fit(X, Y).cv_results_["params"]

        assert search.fit(X, Y).cv_results_["params"] != first

    def test_without_a_seed_numpys_own_is_used(self, face):
        found = []
        for _ in range(2):
            np.random.seed(3)  # noqa: NPY002 - as users do
            found.append(face(Knob(), LEVEL, random_state=None).fit(X, Y).best_params_)

        assert found[0] == found[1]

    def test_candidates_are_never_repeated(self, face):
        space = {"level": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]}
        search = face(Knob(), space, n_iter=6).fit(X, Y)

        assert sorted(search.cv_results_["param_level"]) == space["level"]

    def test_a_finite_space_ends_early(self, face):
        search = face(Knob(), {"level": [0.1, 0.2, 0.3]}, n_iter=50)

        with pytest.warns(SpaceExhaustedWarning, match="only 3 configurations"):
            search.fit(X, Y)

        assert len(search.cv_results_["params"]) == 3

        assert search.best_params_ == {"level": 0.3}

    def test_an_empty_space_has_one_candidate(self, face):
        search = face(Knob(), {}, n_iter=1).fit(X, Y)

        assert search.cv_results_["params"] == [{}]

        assert search.best_params_ == {}

    @pytest.mark.parametrize("n_iter", [1, 2, 9])
    def test_n_iter(self, face, n_iter):
        search = face(Knob(), LEVEL, n_iter=n_iter).fit(X, Y)

        assert len(search.cv_results_["params"]) == n_iter

    def test_values_are_plain_python(self, face):
        space = {
            "a": Int(1, 100, log=True),
            "b": Float(0, 1),
            "c": loguniform(1, 2),
            "d": randint(0, 5),
            "e": np.array([1, 2, 3]),
            "f": np.array(["x", "y"]),
            "g": Categorical([np.float32(0.5), np.int64(3)]),
            "h": range(4),
            "i": [np.bool_(True), np.bool_(False)],
        }

        class Holder(Knob):
            def __init__(self, a=1, b=0, c=1, d=0, e=1, f="x", g=3, h=0, i=False):
                super().__init__()
                vars(self).update(a=a, b=b, c=c, d=d, e=e, f=f, g=g, h=h, i=i)

        search = face(Holder(), space, n_iter=5).fit(X, Y)
        for params in [*search.cv_results_["params"], search.best_params_]:
            assert {type(value) for value in params.values()} <= {int, float, str, bool}


class TestFolds:
    @pytest.mark.parametrize(
        "cv",
        [
            lambda: KFold(3, shuffle=True),
            lambda: StratifiedKFold(3, shuffle=True),
            lambda: ShuffleSplit(3, test_size=0.3),
            lambda: iter(list(KFold(3, shuffle=True).split(X))),
            lambda: KFold(3, shuffle=True, random_state=np.random.RandomState(0)),
        ],
        ids=["kfold", "stratified", "shuffle split", "one-shot", "stream"],
    )
    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_every_candidate_has_the_same(self, face, cv, n_jobs):
        """A score that tells which rows it saw is the same for all."""

        def which(estimator, X, y):
            return float(X[:, 0] @ np.sqrt(np.arange(1, len(X) + 1)))

        cv = cv()
        search = face(Knob(), LEVEL, cv=cv, scoring=which, n_jobs=n_jobs, n_iter=8)
        if face.constant and not is_constant(cv):
            # As scikit-learn's own halving searches.
            with pytest.raises(ValueError, match=face.constant):
                search.fit(X, Y)
            return
        with joblib.parallel_config("threading"):
            search.fit(X, Y)

        for i in range(3):
            assert len(set(search.cv_results_[f"split{i}_test_score"])) == 1

        assert (
            len({search.cv_results_[f"split{i}_test_score"][0] for i in range(3)}) == 3
        )

    def test_split_is_called_once(self, face):
        calls = []

        class Watched(KFold):
            def split(self, X, y=None, groups=None):
                calls.append(len(X))
                return super().split(X, y, groups)

        face(Knob(), LEVEL, cv=Watched(3)).fit(X, Y)

        assert calls == [len(X)]

    def test_a_classifier_has_stratified_folds(self, face):
        y = np.r_[np.zeros(34), np.ones(6)]
        search = face(
            Knob(), LEVEL, scoring=lambda estimator, X, y: float(y.sum()), n_iter=2
        ).fit(X, y)

        assert [search.cv_results_[f"split{i}_test_score"][0] for i in range(3)] == [
            2
        ] * 3

    def test_masks_as_splits(self, face):
        mask = np.arange(len(X)) < 20
        masks = [(mask, ~mask), (~mask, mask)]
        as_numbers = [(np.flatnonzero(a), np.flatnonzero(b)) for a, b in masks]
        one, other = (
            face(GaussianNB(), {"var_smoothing": loguniform(1e-9, 1)}, cv=cv).fit(X, Y)
            for cv in (masks, as_numbers)
        )

        assert_same_results(one.cv_results_, other.cv_results_)

    @pytest.mark.parametrize("cv", [LeaveOneGroupOut(), GroupKFold(4)], ids=repr)
    def test_groups(self, face, cv):
        groups = np.arange(len(X)) % 4
        space = {"var_smoothing": loguniform(1e-9, 1)}
        search = face(GaussianNB(), space, cv=cv).fit(X, Y, groups=groups)
        expected = GridSearchCV(GaussianNB(), grid_of(search), cv=cv)
        expected.fit(X, Y, groups=groups)

        assert search.n_splits_ == 4

        np.testing.assert_array_equal(
            search.cv_results_["mean_test_score"],
            expected.cv_results_["mean_test_score"],
        )


class TestData:
    @pytest.mark.parametrize(
        ("X", "y"),
        [
            (X.tolist(), Y.tolist()),
            (scipy.sparse.csr_matrix(X), Y),
            (pd.DataFrame(X, columns=list("abc")), pd.Series(Y)),
        ],
        ids=["lists", "sparse", "pandas"],
    )
    def test_kinds_of_data_make_no_difference(self, face, X, y):
        space = {"max_depth": Int(1, 9)}
        tree = DecisionTreeClassifier(random_state=0)
        expected = face(tree, space).fit(data()[0], Y)

        assert_same_results(
            face(tree, space).fit(X, y).cv_results_, expected.cv_results_
        )

    def test_polars(self, face):
        polars = pytest.importorskip("polars")
        frame = polars.DataFrame(X, schema=list("abc"))
        space = {"max_depth": Int(1, 9)}
        tree = DecisionTreeClassifier(random_state=0)
        search = face(tree, space).fit(frame, polars.Series(Y))

        assert_same_results(search.cv_results_, face(tree, space).fit(X, Y).cv_results_)

        # scikit-learn 1.6 does not read the names of every release of polars.
        bare = clone(tree).fit(frame, polars.Series(Y))

        assert list(getattr(search, "feature_names_in_", [])) == list(
            getattr(bare, "feature_names_in_", [])
        )

        assert len(search.predict(frame)) == len(X)

    def test_names_of_features(self, face):
        frame = pd.DataFrame(X, columns=list("abc"))
        search = face(LogisticRegression(), {"C": Float(0.1, 1)}, n_iter=2)
        search.fit(frame, Y)

        assert search.feature_names_in_.tolist() == ["a", "b", "c"]

        assert search.n_features_in_ == 3

    def test_no_target(self, face):
        space = {"n_clusters": Int(2, 5)}
        search = face(KMeans(n_init=1, random_state=0), space, n_iter=4).fit(X)

        assert search.best_params_ == {"n_clusters": 5}

        assert search.predict(X).shape == (len(X),)

    def test_pairwise(self, face):
        kernel = X @ X.T
        space = {"C": loguniform(0.01, 10)}
        same = {"initial_points": "default"}  # a table knows what is good for a kernel
        search = face(SVC(kernel="precomputed"), space, **same).fit(kernel, Y)
        expected = face(SVC(kernel="linear"), space, **same).fit(X, Y)

        np.testing.assert_array_equal(
            search.cv_results_["mean_test_score"],
            expected.cv_results_["mean_test_score"],
        )

    def test_many_outputs(self, face):
        search = face(Ridge(), {"alpha": loguniform(0.01, 10)}).fit(
            X, np.c_[Y, X[:, 0]]
        )

        assert search.predict(X).shape == (len(X), 2)

        assert np.isfinite(search.cv_results_["mean_test_score"]).all()


class TestWeights:
    def test_weights_are_sliced(self, face):
        X, y = rows()
        search = face(NeedsWeights(), LEVEL, error_score="raise")
        with warnings.catch_warnings():
            # The estimator's own score takes no weights, as scikit-learn >= 1.7 says.
            warnings.filterwarnings("ignore", ".*does not support sample_weight")
            search.fit(X, y, sample_weight=X[:, 0])

        assert search.best_score_ == pytest.approx(search.best_params_["level"])

    def test_weights_are_missed(self, face):
        with pytest.raises(ValueError, match=r"All the \d+ fits failed"):
            face(NeedsWeights(), LEVEL).fit(*rows())

    def test_routing(self, face):
        X, y = rows()
        with sklearn.config_context(enable_metadata_routing=True):
            estimator = NeedsWeights().set_fit_request(sample_weight=True)
            scorer = make_scorer(accuracy_score).set_score_request(sample_weight=True)
            search = face(
                estimator, LEVEL, error_score="raise", scoring=scorer, cv=GroupKFold(4)
            )
            search.fit(X, y, sample_weight=X[:, 0], groups=np.arange(len(X)) % 4)

        weighted = [
            accuracy_score(y[test], np.zeros(len(test)), sample_weight=X[test, 0])
            for _, test in GroupKFold(4).split(X, y, np.arange(len(X)) % 4)
        ]

        assert [
            search.cv_results_[f"split{i}_test_score"][0] for i in range(4)
        ] == weighted

    def test_routing_refuses_what_nobody_asked_for(self, face):
        Counting.n_fits = 0
        with (
            sklearn.config_context(enable_metadata_routing=True),
            pytest.raises(TypeError, match="unexpected"),
        ):
            face(Counting(), LEVEL).fit(X, Y, sample_weight=np.ones(len(X)))

        assert Counting.n_fits == 0

    def test_routing_of_a_choice_follows_its_first_estimator(self, face):
        X, y = rows()
        with sklearn.config_context(enable_metadata_routing=True):
            options = {
                "a": Option(NeedsWeights(0.1).set_fit_request(sample_weight=True)),
                "b": Option(NeedsWeights(0.2).set_fit_request(sample_weight=True)),
            }
            search = face(
                Choice(options), None, n_iter=2, error_score="raise", scoring=level_of
            ).fit(X, y, sample_weight=X[:, 0])

        assert search.best_estimator_.level == 0.2


def level_of(estimator, X, y):
    return estimator.level


def worst_of(results):
    return int(results["mean_test_score"].argmin())


class TestSelection:
    def test_refit_false(self, face):
        search = face(Knob(), LEVEL, refit=False).fit(X, Y)

        assert search.best_score_ == pytest.approx(search.best_params_["level"])

        assert not hasattr(search, "best_estimator_")

        assert not hasattr(search, "predict")

        with pytest.raises(AttributeError, match="refit=False"):
            search.score(X, Y)

    def test_refit_callable(self, face):
        search = face(Knob(), LEVEL, refit=worst_of).fit(X, Y)
        worst = search.cv_results_["mean_test_score"].argmin()

        assert search.best_index_ == worst

        assert (
            search.best_estimator_.level == search.cv_results_["params"][worst]["level"]
        )

        assert not hasattr(search, "best_score_")

    @pytest.mark.parametrize(
        ("answer", "error"), [(99, IndexError), (-1, IndexError), ("0", TypeError)]
    )
    def test_refit_callable_that_is_wrong(self, face, answer, error):
        with pytest.raises(error, match="best_index_"):
            face(Knob(), LEVEL, refit=lambda results: answer).fit(X, Y)

    @pytest.mark.parametrize("metric", ["up", "down"])
    def test_the_metric_of_refit_chooses(self, face, metric):
        search = face(Knob(), LEVEL, scoring=two_metrics, refit=metric).fit(X, Y)
        means = search.cv_results_[f"mean_test_{metric}"]

        assert search.multimetric_

        assert search.best_index_ == means.argmax()

        assert search.best_score_ == means.max()

    @pytest.mark.parametrize(
        "scoring",
        [["accuracy", "f1"], {"a": "accuracy"}, two_metrics],
        ids=["list", "dict", "callable"],
    )
    @pytest.mark.parametrize("refit", [True, "unknown"])
    def test_many_metrics_need_a_name(self, face, scoring, refit):
        with pytest.raises(
            ValueError, match="the parameter refit must be set to a scorer"
        ):
            face(Knob(), LEVEL, scoring=scoring, refit=refit).fit(X, Y)

    def test_many_metrics_without_refit(self, face):
        search = face(Knob(), LEVEL, scoring=two_metrics, refit=False).fit(X, Y)

        assert {"mean_test_up", "mean_test_down", "rank_test_up"} <= set(
            search.cv_results_
        )

        for name in ("best_index_", "best_params_", "best_score_", "best_estimator_"):
            assert not hasattr(search, name)

    def test_many_metrics_with_a_callable(self, face):
        search = face(
            Knob(),
            LEVEL,
            scoring=two_metrics,
            refit=lambda results: int(results["mean_test_down"].argmax()),
        ).fit(X, Y)

        assert search.best_index_ == search.cv_results_["mean_test_down"].argmax()

    @pytest.mark.parametrize(
        ("refit", "driving"),
        [("up", "up"), ("down", "down"), (False, "up"), (lambda results: 0, "up")],
        ids=["up", "down", "false", "callable"],
    )
    def test_which_metric_drives(self, face, refit, driving):
        records = []
        search = face(
            Knob(), LEVEL, scoring=two_metrics, refit=refit, callbacks=[records.append]
        ).fit(X, Y)

        assert [record.score for record in records] == pytest.approx(
            search.cv_results_[f"mean_test_{driving}"].tolist()
        )

    def test_scorer_of_one_metric(self, face):
        search = face(GaussianNB(), {"var_smoothing": Float(0, 1)}, scoring="recall")
        search.fit(X, Y)

        assert search.scorer_(search, X, Y) == search.score(X, Y)

    def test_scorers_of_many_metrics(self, face):
        search = face(
            GaussianNB(),
            {"var_smoothing": Float(0, 1)},
            scoring=["recall", "f1"],
            refit="f1",
        ).fit(X, Y)

        assert set(search.scorer_) == {"recall", "f1"}

        assert search.score(X, Y) == search.scorer_["f1"](search.best_estimator_, X, Y)


@pytest.mark.filterwarnings("ignore:(?s)Scoring failed")
@pytest.mark.filterwarnings("ignore:One or more of the test scores are non-finite")
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.FitFailedWarning")
class TestFailures:
    MOODS = (
        "fit fails",
        "score fails",
        "nan",
        "nan once",
        "-inf",
        "inf, -inf",
        "text",
        "none",
        "array",
    )

    @pytest.mark.parametrize("n_jobs", [1, 2])
    @pytest.mark.parametrize("mood", MOODS)
    def test_one_bad_candidate_costs_one_candidate(self, face, mood, n_jobs):
        space = {"mood": ["good", mood, "fine", "well"]}
        with joblib.parallel_config("threading"):
            search = face(
                Sturdy(), space, n_iter=4, cv=KFold(2), initial_points=(), n_jobs=n_jobs
            ).fit(*rows())
        ranks = dict(
            zip(
                search.cv_results_["param_mood"],
                search.cv_results_["rank_test_score"],
                strict=True,
            )
        )

        assert ranks == {"good": 1, "fine": 1, "well": 1, mood: 4}

        assert search.best_params_["mood"] != mood

        assert search.best_score_ == 0.5

    @pytest.mark.parametrize("mood", ["fit fails", "text"])
    def test_a_number_as_error_score(self, face, mood):
        search = face(
            Sturdy(), {"mood": [mood, "good"]}, n_iter=2, error_score=-3.0
        ).fit(*rows())
        scores = dict(
            zip(
                search.cv_results_["param_mood"],
                search.cv_results_["mean_test_score"],
                strict=True,
            )
        )

        assert scores == {"good": 0.5, mood: -3.0}

    @pytest.mark.parametrize("n_jobs", [1, 2])
    @pytest.mark.parametrize("mood", ["fit fails", "score fails"])
    def test_errors_raise_where_they_shall(self, face, mood, n_jobs):
        search = face(
            Sturdy(),
            {"mood": ["good", mood]},
            n_iter=2,
            error_score="raise",
            n_jobs=n_jobs,
        )
        with (
            joblib.parallel_config("threading"),
            pytest.raises(RuntimeError, match="in this mood"),
        ):
            search.fit(*rows())

        assert not hasattr(search, "cv_results_")

    @pytest.mark.parametrize("error_score", [math.nan, 0.0], ids=["nan", "number"])
    def test_when_all_fail(self, face, error_score):
        search = face(Sturdy(mood="fit fails"), LEVEL, error_score=error_score)

        # With a number for failures nobody knows that they are failures.
        n = 18 if error_score == 0.0 else r"[3-9]"
        with pytest.raises(ValueError, match=f"All the ({n}) fits failed") as caught:
            search.fit(*rows())

        assert str(caught.value).startswith("RuntimeError: no fit in this mood\n")

    def test_failures_are_judged_once_for_the_whole_search(self, face):
        space = {"mood": ["fit fails", "good"], "level": [0.1, 0.2, 0.3]}
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            face(Sturdy(), space, n_iter=6).fit(*rows())
        kinds = [w.category for w in caught]

        assert kinds.count(FitFailedWarning) == 1

        [failed] = [w for w in caught if w.category is FitFailedWarning]

        assert "9 fits failed out of a total of 18" in str(failed.message)

        assert sum("non-finite" in str(w.message) for w in caught) == 1

    @pytest.mark.parametrize("first", ["good", "other"])
    def test_a_callable_with_many_metrics_fails_for_one_candidate(self, face, first):
        space = {"mood": ["good", "other"], "level": [0.25, 0.5]}
        search = face(
            Sturdy(mood=first),
            space,
            n_iter=4,
            scoring=fragile_metrics,
            refit="up",
        ).fit(*rows())

        assert search.best_params_ == {"mood": "good", "level": 0.5}

        assert search.best_score_ == 0.5

    def test_a_metric_that_fails_for_one_candidate(self, face):
        scoring = {
            "up": make_scorer(lambda y, p: 0.5),
            "fragile": level_or_failure,
        }
        search = face(
            Sturdy(),
            {"mood": ["good", "other"]},
            n_iter=2,
            scoring=scoring,
            refit="fragile",
        ).fit(*rows())

        assert search.best_params_ == {"mood": "good"}

        assert search.cv_results_["mean_test_up"].tolist() == [0.5, 0.5]


def level_or_failure(estimator, X, y):
    return fragile_metrics(estimator, X, y)["up"]


class TestGoodManners:
    def test_what_the_user_gave_stays_as_it_was(self, face):
        pipeline, space = mixed_pipeline(), copy.deepcopy(MIXED)
        before, scaler, svc = repr(space), space["scale"][0], space["clf"].values[0]
        parts = dict(pipeline.named_steps)
        face(pipeline, space, n_iter=15).fit(X, Y)

        assert repr(space) == before

        assert space["scale"][0] is scaler

        assert space["clf"].values[0] is svc

        assert dict(pipeline.named_steps) == parts

        for part in [*parts.values(), *space["scale"][:2], *space["clf"].values]:
            assert not [name for name in vars(part) if name.endswith("_")], part

    def test_results_hold_unfitted_objects(self, face):
        search = face(mixed_pipeline(), MIXED, n_iter=12).fit(X, Y)

        for params in search.cv_results_["params"]:
            assert not [n for n in vars(params["clf"]) if n.endswith("_")]

    def test_the_constructor_stores_what_it_is_given(self, face):
        points, settings, callbacks = [{"level": 0.5}], {}, []
        search = face(
            Knob(),
            LEVEL,
            initial_points=points,
            sampler_params=settings,
            callbacks=callbacks,
        )

        assert search.param_distributions is LEVEL

        assert search.initial_points is points

        assert search.sampler_params is settings

        assert search.callbacks is callbacks

    def test_parameters_stay_as_they_were(self, face):
        search = face(mixed_pipeline(), MIXED)
        before = search.get_params(deep=False)
        search.fit(X, Y)
        after = search.get_params(deep=False)

        assert all(after[name] is value for name, value in before.items())

    @pytest.mark.parametrize("estimator", ["pipeline", "choice"])
    def test_clone(self, face, estimator):
        search = {
            "pipeline": lambda: face(mixed_pipeline(), MIXED),
            "choice": lambda: face(MIXED["clf"], None),
        }[estimator]()
        copied = clone(search)
        search.fit(X, Y)

        assert not hasattr(copied, "cv_results_")

        assert_same_results(copied.fit(X, Y).cv_results_, search.cv_results_)

        assert not hasattr(clone(search), "cv_results_")

    @pytest.mark.parametrize("fitted", [False, True], ids=["unfitted", "fitted"])
    def test_pickle(self, face, fitted):
        search = face(mixed_pipeline(), MIXED)
        if fitted:
            search.fit(X, Y)
        copied = pickle.loads(pickle.dumps(search))
        if not fitted:
            search.fit(X, Y)
            copied.fit(X, Y)

        assert_same_results(copied.cv_results_, search.cv_results_)

        assert copied.predict(X).tolist() == search.predict(X).tolist()

    @one_quick_face
    def test_the_best_estimator_goes_to_another_process(self, face, tmp_path):
        """The other process need not have sksearch at all."""
        searches = [
            face(mixed_pipeline(), MIXED).fit(X, Y),
            face(MIXED["clf"], None).fit(X, Y),
        ]
        best = [search.best_estimator_ for search in searches]
        joblib.dump((best, X), tmp_path / "best.joblib")
        code = (
            "import joblib, sys\n"
            "sys.modules['sksearch'] = None\n"
            f"best, X = joblib.load({str(tmp_path / 'best.joblib')!r})\n"
            "print([model.predict(X).tolist() for model in best])"
        )
        out = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
        ).stdout

        assert out.strip() == str([s.predict(X).tolist() for s in searches])

    def test_repr(self, face):
        search = face(Knob(), LEVEL)

        assert f"{type(search).__name__}(" in repr(search)

        assert "param_distributions=" in repr(search)

    @pytest.mark.parametrize("fitted", [False, True], ids=["unfitted", "fitted"])
    @pytest.mark.parametrize("estimator", ["pipeline", "choice"])
    def test_html(self, face, estimator, fitted):
        search = {
            "pipeline": lambda: face(mixed_pipeline(), MIXED),
            "choice": lambda: face(MIXED["clf"], None),
        }[estimator]()
        if fitted:
            search.fit(X, Y)
        html = search._repr_html_()

        assert type(search).__name__ in html

        assert ("best_estimator_" in html) == fitted

    def test_is_classifier_and_is_regressor(self, face):
        classifier, regressor = (
            face(estimator, {"random_state": [0]})
            for estimator in (LogisticRegression(), Ridge())
        )

        assert is_classifier(classifier)

        assert not is_regressor(classifier)

        assert is_regressor(regressor)

        assert not is_classifier(regressor)

    def test_methods_are_those_of_the_estimator(self, face):
        space = {"C": Float(0.1, 1)}
        for search in (
            face(LogisticRegression(), space),
            face(LogisticRegression(), space, n_iter=2).fit(X, Y),
        ):
            assert hasattr(search, "predict_proba")

            assert not hasattr(search, "transform")

            assert not hasattr(search, "score_samples")

    def test_an_estimator_without_predict(self, face):
        search = face(NoPredict(), LEVEL).fit(X, Y)

        assert not hasattr(search, "predict")

        assert search.score(X, Y) == search.best_score_

    def test_predictions_are_the_best_estimators(self, face):
        search = face(LogisticRegression(), {"C": loguniform(0.01, 10)}).fit(X, Y)

        for method in (
            "predict",
            "predict_proba",
            "predict_log_proba",
            "decision_function",
        ):
            np.testing.assert_array_equal(
                getattr(search, method)(X), getattr(search.best_estimator_, method)(X)
            )

        assert search.classes_.tolist() == [0, 1]

    def test_nothing_is_predicted_before_the_fit(self, face):
        with pytest.raises(NotFittedError):
            face(LogisticRegression(), {"C": [1.0]}).predict(X)

    def test_transform(self, face):
        search = face(
            Scale(),
            {"factor": [2.0, 3.0]},
            n_iter=2,
            scoring=lambda est, X, y: est.factor,
        ).fit(X, Y)

        np.testing.assert_array_equal(search.transform(X), 3 * X)

    def test_set_output_is_left_to_the_estimator(self, face):
        pipeline = mixed_pipeline().set_output(transform="pandas")
        frame = pd.DataFrame(X, columns=list("abc"))
        search = face(pipeline, {"clf__var_smoothing": Float(0, 1)}, n_iter=2)
        search.fit(frame, Y)
        scaled = search.best_estimator_[:-1].transform(frame)

        assert isinstance(scaled, pd.DataFrame)

        assert not hasattr(search, "set_output")


class TestNesting:
    @one_quick_face
    def test_in_cross_val_score(self, face):
        scores = cross_val_score(
            face(LogisticRegression(), {"C": loguniform(0.01, 10)}), X, Y, cv=3
        )

        assert scores.shape == (3,)

        assert scores.min() > 0.5

    @pytest.mark.slow
    def test_in_cross_val_score_with_workers_within_workers(self, face):
        scores = cross_val_score(
            face(Knob(), LEVEL, n_jobs=2), X, Y, cv=2, n_jobs=2, error_score="raise"
        )

        assert (scores > 0.5).all()

    def test_in_a_pipeline(self, face):
        inner = face(LogisticRegression(), {"C": loguniform(0.01, 10)})
        pipeline = make_pipeline(StandardScaler(), inner).fit(X, Y)

        assert pipeline.score(X, Y) > 0.5

    @one_quick_face
    def test_inside_of_another_search(self, face):
        inner = face(LogisticRegression(), {"C": loguniform(0.01, 10)}, n_iter=3)
        budget = face.budget
        space = {budget: Int(1, 3), "estimator__tol": Float(1e-4, 1e-2)}
        outer = face(inner, space, n_iter=3).fit(X, Y)

        assert getattr(outer.best_estimator_, budget) == outer.best_params_[budget]

        assert isinstance(outer.best_estimator_.best_estimator_, LogisticRegression)

        assert not hasattr(inner, "cv_results_")

    @one_quick_face
    def test_inside_of_grid_search(self, face):
        inner = face(LogisticRegression(), {"C": loguniform(0.01, 10)}, n_iter=2)
        outer = GridSearchCV(inner, {face.budget: [1, 2]}, cv=2).fit(X, Y)

        assert outer.best_params_[face.budget] in {1, 2}


class TestSpaces:
    def test_a_list_of_dicts_is_one_space(self, face):
        space = [
            {"kernel": ["linear"], "C": Float(0.1, 1)},
            {"kernel": ["rbf"], "gamma": Float(0.1, 1)},
        ]
        search = face(SVC(), space, n_iter=12).fit(X, Y)
        found = search.cv_results_["params"]

        assert len(found) == 12

        assert {tuple(params) for params in found} == {
            ("kernel", "C"),
            ("kernel", "gamma"),
        }

    def test_a_function_of_a_trial(self, face):
        def space(trial):
            n = trial.suggest_int("clf__max_depth", 1, 4)
            params = {"clf__max_depth": n}
            if n > 2:
                params["clf__min_samples_leaf"] = trial.suggest_int(
                    "clf__min_samples_leaf", 1, 5
                )
            return params

        pipeline = Pipeline([("clf", DecisionTreeClassifier(random_state=0))])
        search = face(pipeline, space, n_iter=10).fit(X, Y)

        for params in search.cv_results_["params"]:
            assert ("clf__min_samples_leaf" in params) == (params["clf__max_depth"] > 2)

    def test_options_open_their_own_parameters(self, face):
        search = face(mixed_pipeline(), MIXED, n_iter=25).fit(X, Y)
        names = {
            "SVC": {"clf__C", "clf__kernel", "clf__gamma"},
            "DecisionTreeClassifier": {"clf__max_depth"},
            "GaussianNB": set(),
        }
        kinds = set()
        for params in search.cv_results_["params"]:
            kind = type(params["clf"]).__name__
            kinds.add(kind)
            own = set(params) - {"scale", "clf"}

            assert own <= names[kind]

            assert ("clf__gamma" in own) == (params.get("clf__kernel") == "rbf")

        assert kinds == set(names)


class Holder(ClassifierMixin, BaseEstimator):
    """Takes any value."""

    def __init__(self, value=None):
        self.value = value

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        return self

    def predict(self, X):
        return np.zeros(len(X), dtype=int)


class Uniform:
    """Can only be drawn from."""

    def rvs(self, random_state=None):
        return random_state.uniform(0.1, 0.9)


HANDED_ON = {
    "dates": np.array(["2020", "2021"], dtype="datetime64[ns]"),
    "durations": np.array([1, 2], dtype="timedelta64[ns]"),
    "records": np.array([(1, 2.0), (3, 4.0)], dtype=[("a", "i4"), ("b", "f8")]),
    "arrays": [np.array(["2020"], dtype="datetime64[ns]"), np.array(1)],
    "complex": np.array([1j, 2.0]),
    "long": np.array([1, 2], dtype=np.longdouble) / 3,
    "pandas": [pd.Timestamp("2020"), pd.Timedelta("1D"), pd.NA, pd.Interval(0, 1)],
    "types": [np.float32, np.dtype("i4"), slice(1, 2), ...],
}


class TestValues:
    @pytest.mark.parametrize("values", HANDED_ON.values(), ids=HANDED_ON)
    def test_what_is_no_plain_number_is_handed_on(self, face, values, tmp_path):
        search = face(
            Holder(), {"value": values}, n_iter=len(values), storage=tmp_path / "j"
        ).fit(X, Y)
        found = [params["value"] for params in search.cv_results_["params"]]

        for value in values:
            assert any(
                type(v) is type(value) and pickle.dumps(v) == pickle.dumps(value)
                for v in found
            )

        assert type(search.best_estimator_.value) in set(map(type, values))

        assert type(search.best_params_["value"]) in set(map(type, values))

    @pytest.mark.parametrize(
        ("values", "n"),
        [
            ([1, 1, 2], 2),
            (["a", "a", "a"], 1),
            ([SVC(), SVC(), None], 2),
            ([1, 1.0], 2),
        ],
        ids=["numbers", "words", "estimators", "types"],
    )
    def test_what_is_listed_twice_is_tried_once(self, face, values, n):
        search = face(Holder(), {"value": values}, n_iter=n).fit(X, Y)

        assert len(search.cv_results_["params"]) == n

    def test_one_of_very_many(self, face):
        words = [f"word {i}" for i in range(20_000)]
        start = time.perf_counter()

        search = face(Holder(), {"value": Categorical(words)}, n_iter=8, cv=2)
        search.fit(X, Y)

        assert len({p["value"] for p in search.cv_results_["params"]}) == 8

        assert time.perf_counter() - start < 5.0

    @pytest.mark.parametrize(
        "constant",
        [Float(0.5, 0.5), uniform(0.5, 0), loguniform(0.5, 0.5), Float(0.5, 0.5, True)],
        ids=["Float", "uniform", "loguniform", "log"],
    )
    def test_a_constant(self, face, constant):
        space = {"clf__tol": constant, "clf__C": Float(0.1, 1)}
        search = face(Pipeline([("clf", SVC())]), space).fit(X, Y)

        assert {p["clf__tol"] for p in search.cv_results_["params"]} == {0.5}


class TestOnlyDrawn:
    """Values that have rvs and nothing else."""

    def test_beside_a_default_that_lies_in_the_space(self, face):
        search = face(SVC(), {"C": Uniform(), "kernel": ["rbf", "linear"]}).fit(X, Y)
        found = [params["C"] for params in search.cv_results_["params"]]

        assert search.cv_results_["params"][0]["kernel"] == "rbf"

        assert len(set(found)) == len(found)

        assert 0.1 <= min(found) <= max(found) <= 0.9

    def test_below_an_option(self, face):
        clf = Choice({"svm": Option(SVC(), C=Uniform()), "nb": GaussianNB()})
        search = face(Pipeline([("clf", SVC())]), {"clf": clf}).fit(X, Y)

        for params in search.cv_results_["params"]:
            assert ("clf__C" in params) == isinstance(params["clf"], SVC)

    def test_initial_points(self, face):
        points = [{"C": 0.25, "kernel": "rbf"}, {"kernel": "linear"}]
        space = {"C": Uniform(), "kernel": ["rbf", "linear"]}
        search = face(SVC(), space, initial_points=points).fit(X, Y)
        first, second = search.cv_results_["params"][:2]

        assert first == points[0]

        assert second["kernel"] == "linear"

        assert 0.1 <= second["C"] <= 0.9


class TestEqualOptions:
    """Options of one estimator with spaces of their own."""

    SPACE: ClassVar = {
        "clf": Choice(
            {
                "low": Option(SVC(), C=Float(0.1, 1)),
                "high": Option(SVC(), C=Float(10, 20)),
            }
        )
    }

    def test_each_is_tried(self, face):
        search = face(Pipeline([("clf", SVC())]), self.SPACE, n_iter=8).fit(X, Y)
        found = [params["clf__C"] for params in search.cv_results_["params"]]

        assert {c < 5 for c in found} == {True, False}

        assert all(0.1 <= c <= 1 or 10 <= c <= 20 for c in found)

    @pytest.mark.parametrize("clf", ["high", SVC()], ids=["label", "value"])
    def test_initial_point(self, face, clf):
        points = [{"clf": clf, "clf__C": 12.5}]
        pipe = Pipeline([("clf", SVC())])

        search = face(pipe, self.SPACE, initial_points=points).fit(X, Y)

        assert search.cv_results_["params"][0]["clf__C"] == pytest.approx(12.5)


class TestChoice:
    """A Choice in the place of the estimator."""

    OPTIONS = Choice(
        {
            "logistic": Option(LogisticRegression(), C=loguniform(0.01, 10)),
            "tree": Option(DecisionTreeClassifier(random_state=0), max_depth=Int(1, 5)),
            "forest": RandomForestClassifier(5, random_state=0),
        }
    )

    def test_the_winner_comes_bare(self, face):
        search = face(self.OPTIONS, None, n_iter=10).fit(X, Y)

        assert type(search.best_estimator_) in {type(v) for v in self.OPTIONS.values}

        assert type(search.best_params_["estimator"]) is type(search.best_estimator_)

        assert search.score(X, Y) == search.best_estimator_.score(X, Y)

        assert len({type(p["estimator"]) for p in search.cv_results_["params"]}) == 3

        for params in search.cv_results_["params"]:
            names = {name.removeprefix("estimator__") for name in params} - {
                "estimator"
            }

            assert names <= {"C", "max_depth"}

    def test_scores_are_those_of_the_bare_estimators(self, face):
        search = face(self.OPTIONS, None, n_iter=8).fit(X, Y)
        for i, params in enumerate(search.cv_results_["params"]):
            bare = clone(params["estimator"]).set_params(
                **{
                    name.removeprefix("estimator__"): value
                    for name, value in params.items()
                    if name != "estimator"
                }
            )

            assert search.cv_results_["mean_test_score"][i] == pytest.approx(
                cross_val_score(bare, X, Y, cv=3).mean()
            )

    def test_tags_and_methods_before_the_fit(self, face):
        search = face(self.OPTIONS, None)

        assert is_classifier(search)

        assert hasattr(search, "predict")

        assert hasattr(search, "predict_proba")

        assert not hasattr(search, "transform")

        assert not hasattr(search, "classes_")

        assert is_regressor(face(Choice([Ridge()]), None))

    def test_methods_after_the_fit_are_those_of_the_winner(self, face):
        """The first option has predict_proba, and the winner has not."""
        options = Choice(
            {"first": Option(LogisticRegression()), "winner": Option(Knob(2.0))}
        )
        search = face(options, None, n_iter=2).fit(X, Y)

        assert isinstance(search.best_estimator_, Knob)

        assert hasattr(search, "predict")

        assert not hasattr(search, "predict_proba")

    def test_a_fitted_option_is_not_the_search(self, face):
        options = Choice([LogisticRegression().fit(X, Y), Ridge()])
        search = face(options, None)

        with pytest.raises(NotFittedError):
            search.predict(X)

        assert not hasattr(search, "classes_")

    def test_without_refit_there_is_no_predict(self, face):
        search = face(self.OPTIONS, None, refit=False, n_iter=2).fit(X, Y)

        assert not hasattr(search, "predict")

    def test_in_a_stack(self, face):
        stack = StackingClassifier(
            [("search", face(self.OPTIONS, None, n_iter=3)), ("bayes", GaussianNB())],
            cv=3,
        ).fit(X, Y)

        assert stack.score(X, Y) > 0.5

    def test_with_more_parameters_for_all(self, face):
        options = Choice({"a": Knob(), "b": Erratic()})
        search = face(options, {"estimator__level": Float(0, 1)}, n_iter=5).fit(X, Y)

        assert all("estimator__level" in p for p in search.cv_results_["params"])

        assert search.best_estimator_.level == search.best_params_["estimator__level"]

    def test_regressors_have_plain_folds(self, face):
        search = face(
            Choice([Ridge(), Ridge(2.0)]),
            None,
            n_iter=2,
            scoring=lambda estimator, X, y: float(y.sum()),
        ).fit(X, np.r_[np.zeros(20), np.ones(20)])

        assert [search.cv_results_[f"split{i}_test_score"][0] for i in range(3)] == [
            0,
            7,
            13,
        ]

    def test_an_option_that_is_no_estimator(self, face):
        with pytest.raises(SpaceError, match="'b' has no fit"):
            face(Choice({"a": Ridge(), "b": "ridge"}), None).fit(X, Y)


class TestInitialPoints:
    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_the_estimators_own_settings_come_first(self, face, n_jobs):
        space = {"level": Float(0, 1)}
        with joblib.parallel_config("threading"):
            search = face(Knob(0.125), space, n_jobs=n_jobs).fit(X, Y)

        assert search.cv_results_["params"][0] == {"level": 0.125}

    def test_each_option_comes_soon_after_them(self, face):
        search = face(mixed_pipeline(), MIXED, n_iter=8, initial_points="default")
        search.fit(X, Y)
        first = search.cv_results_["params"][:5]

        assert [type(value) for value in first[0].values()] == [
            StandardScaler,
            GaussianNB,
        ]

        assert {type(p["clf"]) for p in first} == {
            SVC,
            DecisionTreeClassifier,
            GaussianNB,
        }

    def test_settings_outside_of_the_space_are_not_tried(self, face):
        search = face(Knob(5.0), LEVEL).fit(X, Y)

        assert max(search.cv_results_["param_level"]) <= 1

    @pytest.mark.parametrize("points", [(), [], None], ids=repr)
    def test_none_at_all(self, face, points):
        search = face(Knob(0.125), LEVEL, initial_points=points).fit(X, Y)

        assert 0.125 not in list(search.cv_results_["param_level"])

    def test_the_users_own(self, face):
        points = [{"level": 0.75}, {"level": 0.25}]
        search = face(Knob(0.125), LEVEL, initial_points=points).fit(X, Y)

        assert search.cv_results_["params"][:2] == points

        assert len(search.cv_results_["params"]) == 6

    def test_more_than_n_iter(self, face):
        points = [{"level": level / 10} for level in range(8)]
        search = face(Knob(), LEVEL, initial_points=points, n_iter=3).fit(X, Y)

        assert search.cv_results_["params"] == points[:3]

    def test_what_is_left_out_is_the_estimators_own_setting(self, face):
        space = {"level": Float(0, 1), "seconds": [0.0, 0.001]}
        search = face(
            Slow(0.125, seconds=0.001), space, initial_points=[{"seconds": 0.0}]
        ).fit(X, Y)

        assert search.cv_results_["params"][0] == {"level": 0.125, "seconds": 0.0}

    def test_options_by_their_labels(self, face):
        points = [{"clf": "tree", "clf__max_depth": 3, "scale": "passthrough"}]
        search = face(mixed_pipeline(), MIXED, initial_points=points, n_iter=2).fit(
            X, Y
        )
        first = search.cv_results_["params"][0]

        assert isinstance(first["clf"], DecisionTreeClassifier)

        assert first["clf__max_depth"] == 3

        assert first["scale"] == "passthrough"

    def test_estimators_of_a_choice_by_their_labels(self, face):
        points = [{"estimator": "tree", "estimator__max_depth": 2}]
        search = face(TestChoice.OPTIONS, None, initial_points=points, n_iter=2)
        search.fit(X, Y)

        assert isinstance(
            search.cv_results_["params"][0]["estimator"], DecisionTreeClassifier
        )

        assert search.cv_results_["params"][0]["estimator__max_depth"] == 2


@pytest.fixture
def no_fit():
    """Whatever the test does must come to an end before the first fit."""
    Counting.n_fits = 0
    yield
    assert Counting.n_fits == 0


@pytest.mark.usefixtures("no_fit")
class TestBadInput:
    @pytest.mark.parametrize(
        ("words", "error", "message"),
        [
            ({"n_iter": 0}, ValueError, "'n_iter' parameter.*Got 0"),
            ({"n_iter": -1}, ValueError, "'n_iter' parameter.*Got -1"),
            ({"n_iter": "5"}, ValueError, "'n_iter' parameter.*Got '5'"),
            ({"n_iter": 2.5}, ValueError, "'n_iter' parameter.*Got 2.5"),
            ({"scoring": "acuracy"}, ValueError, "'acuracy'.*'accuracy'"),
            ({"scoring": ["f1", "acuracy"], "refit": "f1"}, ValueError, "'accuracy'"),
            ({"scoring": {"a": "acuracy"}, "refit": "a"}, ValueError, "'accuracy'"),
            ({"scoring": 3}, ValueError, "'scoring' parameter"),
            ({"cv": "kfold"}, ValueError, "cv.*'?kfold"),
            ({"cv": 1}, ValueError, "'cv' parameter|n_splits=1"),
            ({"cv": 500}, ValueError, "n_splits=500"),
            ({"cv": []}, ValueError, "No fits were performed"),
            ({"n_jobs": "2"}, ValueError, "'n_jobs' parameter"),
            ({"timeout": 0}, ValueError, "'timeout' parameter"),
            ({"timeout": -1.0}, ValueError, "'timeout' parameter"),
            ({"timeout": "1h"}, ValueError, "'timeout' parameter"),
            ({"error_score": "ignore"}, ValueError, "'error_score' parameter"),
            ({"random_state": "0"}, ValueError, "'random_state' parameter"),
            ({"refit": 3}, ValueError, "'refit' parameter"),
            ({"verbose": -1}, ValueError, "'verbose' parameter"),
            (
                {"sampler_params": {"unknown": 1}},
                TypeError,
                "unknown setting 'unknown'",
            ),
            ({"sampler_params": {"random_state": 1}}, TypeError, "'random_state'"),
            ({"sampler_params": [1]}, ValueError, "'sampler_params' parameter"),
            ({"callbacks": 3}, TypeError, "'callbacks' parameter.*got 3"),
            ({"callbacks": "print"}, TypeError, "'callbacks' parameter.*got 'print'"),
            ({"callbacks": [print, 3]}, TypeError, "'callbacks' parameter.*got 3"),
            ({"initial_points": "none"}, ValueError, "'initial_points' parameter"),
            ({"initial_points": 3}, ValueError, "'initial_points' parameter"),
            ({"initial_points": [3]}, SpaceError, "must be a dict.*got 3"),
            ({"initial_points": {"level": 1}}, SpaceError, "must be a dict"),
            ({"initial_points": [{"level": 7.0}]}, SpaceError, "level=7.0 is not in"),
            ({"initial_points": [{"level": "x"}]}, SpaceError, "level='x' is not in"),
            ({"initial_points": [{"levle": 0.5}]}, SpaceError, "(?i)'levle'.*'level'"),
            (
                {"initial_points": [{"level": 0.5}, {"level": math.nan}]},
                SpaceError,
                "level=nan is not in",
            ),
        ],
        ids=str,
    )
    def test_parameters(self, face, words, error, message):
        message = message.replace("n_iter", face.budget)
        with pytest.raises(error, match=f"(?s){message}"):
            face(Counting(), LEVEL, **words).fit(X, Y)

    @pytest.mark.parametrize("n_jobs", [0])
    def test_no_jobs(self, face, n_jobs):
        with pytest.raises(ValueError, match="n_jobs == 0"):
            face(Counting(), LEVEL, n_jobs=n_jobs).fit(X, Y)

    @pytest.mark.parametrize(
        ("space", "message"),
        [
            ({"levle": [1]}, "'levle'.*is not a parameter of Counting.*'level'"),
            ({"level__C": [1]}, "level__C"),
            ({"level": 3}, "level"),
            ({"level": "abc"}, "level"),
            ({"level": []}, "level"),
            ({"level": np.ones((2, 2))}, "level"),
            ({3: [1]}, "3"),
            ([], ""),
            ("level", ""),
            (None, ""),
            (7, ""),
        ],
        ids=str,
    )
    def test_spaces(self, face, space, message):
        with pytest.raises(SpaceError, match=f"(?s){message}"):
            face(Counting(), space).fit(X, Y)

    def test_names_below_an_option(self, face):
        space = {"clf": Choice({"a": Option(SVC(), max_depth=[1]), "b": Counting()})}
        pipeline = Pipeline([("clf", Counting())])

        with pytest.raises(SpaceError, match=r"'clf__max_depth'.*option 'a' of 'clf'"):
            face(pipeline, space).fit(X, Y)

    @pytest.mark.parametrize("estimator", [None, "svc", object(), 3], ids=type)
    def test_no_estimator(self, face, estimator):
        with pytest.raises((TypeError, ValueError), match="'estimator' parameter"):
            face(estimator, LEVEL).fit(X, Y)

    def test_an_estimator_without_a_score(self, face):
        class Mute(Counting):
            score = property()

        with pytest.raises(TypeError, match="no scoring is specified"):
            face(Mute(), LEVEL).fit(X, Y)

    def test_data_of_different_lengths(self, face):
        with pytest.raises(ValueError, match="inconsistent numbers of samples"):
            face(Counting(), LEVEL).fit(X, Y[:-1])

    def test_groups_that_are_missing(self, face):
        with pytest.raises(ValueError, match="'groups' parameter should not be None"):
            face(Counting(), LEVEL, cv=GroupKFold(3)).fit(X, Y)

    @pytest.mark.parametrize("refit", [True, "unknown"])
    def test_many_metrics_need_a_name(self, face, refit):
        with pytest.raises(ValueError, match="refit must be set to a scorer key"):
            face(Counting(), LEVEL, scoring=["f1", "recall"], refit=refit).fit(X, Y)


class TestParallel:
    @one_quick_face
    @pytest.mark.parametrize(
        "backend",
        [
            pytest.param("loky", marks=pytest.mark.slow),
            "threading",
            "multiprocessing",
        ],
    )
    def test_backends_find_the_same(self, face, backend):
        words = {"n_iter": 12, "n_jobs": 2, "cv": 5, "refit": False}
        with joblib.parallel_config("threading"):
            expected = face(mixed_pipeline(), MIXED, **words).fit(X, Y)
        with joblib.parallel_config(backend):
            found = face(mixed_pipeline(), MIXED, **words).fit(X, Y)

        assert_same_results(found.cv_results_, expected.cv_results_)

    def test_two_and_three_jobs_find_the_same(self, face):
        with joblib.parallel_config("threading"):
            one, other = (
                face(Erratic(), LEVEL, n_iter=25, n_jobs=n_jobs, cv=5).fit(X, Y)
                for n_jobs in (2, 3)
            )

        assert_same_results(one.cv_results_, other.cv_results_)

    def test_with_the_same_window_n_jobs_makes_no_difference(self, face):
        words = {"n_iter": 25, "window": 3, "random_state": 0}
        alone = face(Knob(), LEVEL, n_jobs=1, **words).fit(X, Y)
        with joblib.parallel_config("threading"):
            found = face(Erratic(), LEVEL, n_jobs=2, **words).fit(X, Y)

        assert found.cv_results_["params"] == alone.cv_results_["params"]

    @pytest.mark.parametrize("window", [0, -1, 1.5, "all"])
    def test_bad_windows(self, face, window):
        with pytest.raises(ValueError, match="'window' parameter"):
            face(Knob(), LEVEL, window=window).fit(X, Y)

    @one_quick_face
    @pytest.mark.parametrize("pre_dispatch", ["all", "n_jobs", 1, "3*n_jobs"])
    def test_pre_dispatch_makes_no_difference(self, face, pre_dispatch):
        words = {"n_iter": 10, "n_jobs": 2, "cv": 3}
        with joblib.parallel_config("threading"):
            expected = face(Erratic(), LEVEL, **words).fit(X, Y)
            found = face(Erratic(), LEVEL, pre_dispatch=pre_dispatch, **words)
            found.fit(X, Y)

        assert_same_results(found.cv_results_, expected.cv_results_)

    def test_jobs_of_the_active_config(self, face):
        seen = set()

        class Watched(Knob):
            def fit(self, X, y=None):
                seen.add(threading.current_thread() is threading.main_thread())
                return super().fit(X, y)

        with joblib.parallel_config("threading", n_jobs=2):
            face(Watched(), LEVEL, n_jobs=None, refit=False).fit(X, Y)

        assert seen == {False}


def test_environment_is_left_as_it_was(face):
    before = dict(os.environ)
    face(Knob(), LEVEL, n_jobs=2).fit(X, Y)

    assert dict(os.environ) == before
