"""Tests of mistakes that are answered before the first fit."""

import functools
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression, Ridge, SGDClassifier
from sklearn.metrics import accuracy_score, f1_score, fbeta_score, mean_squared_error
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from stand_ins import Counting, Knob, data

from sksearch import BayesSearchCV, Float, HalvingSearchCV, TPESearchCV
from sksearch.search._before import check_sendable
from sksearch.space import Choice, Option, as_space

X, Y = data()
THREE = np.arange(len(X)) % 3
SPACE = {"C": Float(0.1, 10, log=True)}
PIPE = Pipeline([("scale", StandardScaler()), ("clf", SVC())])
FACES = [TPESearchCV, BayesSearchCV, HalvingSearchCV]


def refused(estimator, space, pattern, kind=ValueError, y=Y, X=X, face=None, **words):
    params = words.pop("fit", {})
    search = (face or TPESearchCV)(estimator, space, **{"cv": 2, **words})
    with pytest.raises(kind, match=pattern):
        search.fit(X, y, **params)

    assert not hasattr(search, "cv_results_")


def mine(y_true, y_pred):
    return 1.0


class TestMetricsInTheirPlace:
    @pytest.mark.parametrize("face", FACES)
    @pytest.mark.parametrize(
        ("metric", "write"),
        [
            (accuracy_score, "scoring='accuracy', or"),
            (f1_score, "scoring='f1', or"),
            (mean_squared_error, "scoring='neg_mean_squared_error', or"),
            (functools.partial(fbeta_score, beta=2), r"make_scorer\(fbeta_score\)"),
            (mine, r"make_scorer\(mine\)"),
            (lambda y, p: 1.0, "cannot be called as a scorer is"),
            (lambda e: 1.0, "with estimator, X, y: too many"),
            ({"a": "accuracy", "b": mine}, r"scoring\['b'\]=mine is a metric"),
        ],
        ids=["accuracy", "f1", "mse", "partial", "mine", "two", "one", "dict"],
    )
    def test_are_named(self, face, metric, write):
        refused(SVC(), SPACE, write, scoring=metric, refit="a", face=face)

    @pytest.mark.parametrize(
        ("name", "y", "pattern"),
        [
            ("f1", THREE, "'f1' cannot be computed for a target of 3 .*'f1_macro'"),
            ("precision", THREE, "Target is multiclass"),
            ("roc_auc", THREE, "For many classes there is 'roc_auc_ovo'"),
            ("f1", np.array(["no", "yes"])[Y], "pos_label=1 is not a valid label"),
            ("neg_log_loss", Y, "calls predict_proba of the estimator, which SVC"),
        ],
    )
    def test_that_cannot_be_computed(self, name, y, pattern):
        refused(SVC(), SPACE, pattern, y=y, scoring=name)

        refused(PIPE, {"clf__C": SPACE["C"]}, pattern, y=y, scoring=name)

        scoring = {"a": "accuracy", name: name}
        refused(SVC(), SPACE, pattern, y=y, scoring=scoring, refit=name)

    @pytest.mark.parametrize(
        ("estimator", "space", "name", "y"),
        [
            (SVC(), SPACE, "f1_macro", THREE),
            (SVC(), SPACE, "roc_auc", np.array(["no", "yes"])[Y]),
            (LogisticRegression(), SPACE, "neg_log_loss", THREE),
            (
                SGDClassifier(random_state=0),
                {"loss": ["hinge", "log_loss"], "alpha": Float(1e-4, 1)},
                "neg_log_loss",
                Y,
            ),
        ],
    )
    @pytest.mark.filterwarnings("ignore")
    def test_that_can(self, estimator, space, name, y):
        search = TPESearchCV(estimator, space, n_iter=4, cv=2, scoring=name)
        search.set_params(random_state=0).fit(X, y)

        assert np.isfinite(search.best_score_)

    def test_another_metric_than_the_one_that_counts_may_fail(self):
        scoring = ["accuracy", "roc_auc"]
        search = TPESearchCV(SVC(), SPACE, n_iter=3, cv=2, scoring=scoring)
        with pytest.warns(UserWarning, match="roc_auc|Scoring failed|non-finite"):
            search.set_params(refit="accuracy").fit(X, THREE)

        assert np.isfinite(search.best_score_)


@pytest.mark.parametrize("face", FACES)
class TestTargets:
    @pytest.mark.parametrize(
        ("estimator", "space"),
        [
            (SVC(), SPACE),
            (Ridge(), {"alpha": [1, 2, 3]}),
            (PIPE, {"clf__C": [1, 2, 3]}),
        ],
    )
    def test_that_are_missing(self, face, estimator, space):
        refused(
            estimator, space, r"y is missing: .*search.fit\(X, y\)", y=None, face=face
        )

    def test_that_are_not_needed(self, face):
        search = face(KMeans(n_init=1, random_state=0), {"n_clusters": [2, 3, 4]}, cv=2)
        halves = face is HalvingSearchCV
        search.set_params(**{"min_resources": 30} if halves else {"n_iter": 3})

        assert "n_clusters" in search.fit(X).best_params_

    @pytest.mark.parametrize(
        "hole",
        [
            lambda y: np.where(np.arange(len(y)) == 3, np.nan, y),
            lambda y: np.where(np.arange(len(y)) == 3, np.inf, y),
            lambda y: [None if i == 3 else f"class {v}" for i, v in enumerate(y)],
            lambda y: [
                float("nan") if i == 3 else f"class {v}" for i, v in enumerate(y)
            ],
            lambda y: pd.Series(y, dtype="Int64").mask(np.arange(len(y)) == 3),
            lambda y: pd.Series(y).where(np.arange(len(y)) != 3),
        ],
        ids=["nan", "inf", "None", "nan among words", "NA", "series"],
    )
    @pytest.mark.parametrize("estimator", [SVC(), Ridge()])
    def test_with_holes(self, face, estimator, hole):
        space = SPACE if isinstance(estimator, SVC) else {"alpha": [1, 2, 3]}
        refused(estimator, space, r"1 of its rows \(3\)", y=hole(Y), face=face)


class TestFitParameters:
    @pytest.mark.parametrize(
        ("name", "pattern"),
        [
            ("callback", "write TPESearchCV"),
            ("callbacks", "'callbacks' is a parameter of the search"),
            ("n_iter", "'n_iter' is a parameter of the search"),
            ("sample_wieght", "Did you mean 'sample_weight'"),
            ("eval_set", "SVC.fit does not take it"),
        ],
    )
    def test_that_nobody_takes(self, name, pattern):
        refused(SVC(), SPACE, pattern, TypeError, fit={name: [1]})

    @pytest.mark.parametrize(
        ("name", "pattern"),
        [
            ("sample_weight", "such as clf__sample_weight"),
            ("svm__sample_weight", "no step is called 'svm'"),
            ("clf__callback", "SVC.fit does not take it"),
        ],
    )
    def test_of_pipelines(self, name, pattern):
        refused(PIPE, {"clf__C": [1, 2, 3]}, pattern, TypeError, fit={name: [1]})

    def test_that_a_step_takes(self):
        search = TPESearchCV(PIPE, {"clf__C": [1, 2, 3]}, n_iter=3, cv=2)

        assert search.fit(X, Y, clf__sample_weight=np.ones(len(X))).best_params_

    def test_that_a_step_from_the_space_may_take(self):
        space = {"clf": [SVC(), LogisticRegression()], "clf__C": [1, 2]}
        search = TPESearchCV(PIPE, space, n_iter=4, cv=2)

        assert search.fit(X, Y, clf__sample_weight=np.ones(len(X))).best_params_


class TestNumbers:
    @pytest.mark.parametrize(
        "name",
        [
            "n_iter",
            "window",
            "cv",
            "verbose",
            "early_stopping",
            "timeout",
            "fit_timeout",
            "error_score",
            "n_jobs",
        ],
    )
    @pytest.mark.parametrize(
        "number", [10**400, 10**5000, 2**63], ids=["400", "5000", "63 bits"]
    )
    def test_beyond_measure(self, name, number):
        refused(Knob(), {"level": [1, 2, 3]}, f"The '{name}' param", **{name: number})

    @pytest.mark.parametrize(
        "name",
        ["n_candidates", "factor", "min_resources", "max_resources", "brackets"],
    )
    def test_of_halving(self, name):
        words = {name: 10**400, "face": HalvingSearchCV}
        refused(Knob(), {"level": [1, 2, 3]}, f"'{name}' .* 401 digits", **words)

    @pytest.mark.parametrize(
        ("words", "pattern"),
        [
            ({"timeout": 1e12}, "timeout=None"),
            ({"fit_timeout": 1e300}, "fit_timeout=None"),
            ({"timeout": float("inf")}, "'timeout' parameter"),
            ({"n_jobs": 10**7}, "n_jobs=-1"),
            ({"n_iter": float("inf")}, "'n_iter' parameter"),
            ({"sampler_params": {"gamma": 10**400}}, r"sampler_params\['gamma'\]"),
        ],
    )
    def test_others(self, words, pattern):
        refused(Knob(), {"level": [1, 2, 3]}, pattern, **words)


ROWS = np.arange(len(X))
EARLY = ROWS < 20


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(
    ("folds", "kind", "pattern"),
    [
        ([(ROWS[:20], ROWS[20:]), (ROWS[20:], ROWS[:20] + 30)], IndexError, "fold 1"),
        ([(ROWS[:20], [-41])], IndexError, "test part of fold 0 has row -41"),
        ([(EARLY[:30], ~EARLY)], IndexError, "mask of 30 entries, X has 40 rows"),
        ([(EARLY * 1, ~EARLY * 1)], ValueError, r"write mask.astype\(bool\)"),
        ([(ROWS[:20] * 1.0, ROWS[20:])], ValueError, "got float64 values"),
        ([(ROWS, [])], ValueError, "test part of fold 0 is empty"),
        ([(EARLY & ~EARLY, EARLY)], ValueError, "training part of fold 0 is empty"),
        ([(np.where(EARLY), np.where(~EARLY))], ValueError, "np.flatnonzero"),
        ([(ROWS, 5)], ValueError, "one-dimensional"),
        ([(["a"], ["b"])], ValueError, "must hold positions"),
    ],
)
def test_folds_that_do_not_fit_the_data(face, folds, kind, pattern):
    Counting.n_fits = 0
    refused(Counting(), {"level": Float(0, 1)}, pattern, kind, cv=folds, face=face)

    assert Counting.n_fits == 0


def test_positions_from_the_end_are_rows():
    folds = [(ROWS[:20], -np.arange(1, 21))]
    search = TPESearchCV(Knob(), {"level": [1, 2, 3]}, n_iter=3, cv=folds)
    kept = search.set_params(return_oof=True).fit(X, Y).oof_predictions_

    assert kept.rows[0].tolist() == list(range(39, 19, -1))


def test_all_listed_values_are_shown_to_the_pool():
    shown = []
    pool = SimpleNamespace(check_value=lambda *what: shown.append(what))
    space = {"C": Float(0.1, 1), "clf": Choice({"a": Option(1, x=[3]), "b": "two"})}
    check_sendable(as_space(space), pool)

    assert set(shown) == {("clf", 1), ("clf", "two"), ("x", 3)}
