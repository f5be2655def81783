"""Metrics that cannot be computed are named before the first fit."""

import functools

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression, Ridge, SGDClassifier
from sklearn.metrics import (
    accuracy_score,
    f1_score,
    fbeta_score,
    make_scorer,
    mean_squared_error,
    silhouette_score,
)
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC
from stand_ins import data

from sksearch import Choice, Float, HalvingSearchCV, TPESearchCV

X, Y = data()
THREE = np.arange(len(X)) % 3
SPACE = {"C": Float(0.1, 10, log=True)}
PIPE = Pipeline([("scale", StandardScaler()), ("clf", SVC())])
FACES = [TPESearchCV, HalvingSearchCV]


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
            (fbeta_score, r"Write scoring=make_scorer\(fbeta_score, beta=\.\.\.\)"),
            (silhouette_score, "scoring=lambda estimator, X, y=None: silhouette_score"),
            (make_scorer(silhouette_score), "judges clusters by X, and compares noth"),
            (mine, r"make_scorer\(mine\)"),
            (lambda y, p: 1.0, "cannot be called as a scorer is"),
            (lambda e: 1.0, "with estimator, X, y: too many"),
            ({"a": "accuracy", "b": mine}, r"scoring\['b'\]=mine is a metric"),
        ],
        ids=[
            "accuracy",
            "f1",
            "mse",
            "partial",
            "beta",
            "X",
            "made of X",
            "mine",
            "two",
            "one",
            "dict",
        ],
    )
    def test_are_named(self, face, metric, write, refused):
        refused(SVC(), SPACE, write, scoring=metric, refit="a", face=face)

    @pytest.mark.parametrize(
        ("name", "y", "pattern"),
        [
            ("f1", THREE, "'f1' cannot be computed for a target of 3 .*'f1_macro'"),
            ("precision", THREE, "Target is multiclass"),
            ("roc_auc", THREE, "For many classes write scoring='roc_auc_ovo'"),
            ("f1", np.array(["no", "yes"])[Y], "pos_label=1 is not a valid label"),
            ("neg_log_loss", Y, "calls predict_proba of the estimator, which SVC"),
        ],
    )
    def test_that_cannot_be_computed(self, name, y, pattern, refused):
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

    @pytest.mark.parametrize("n_iter", [1, 2, 3])  # few candidates are no excuse
    @pytest.mark.parametrize(
        ("estimator", "scoring", "says"),
        [
            (LinearSVC(), ["accuracy", "neg_log_loss"], "='neg_log_loss' calls pred"),
            (SVC(), ["roc_auc", "accuracy"], "='roc_auc' cannot be computed"),
        ],
    )
    def test_each_of_several_metrics_needs_its_method(
        self, n_iter, estimator, scoring, says, refused
    ):
        words = {"scoring": scoring, "refit": scoring[0], "n_iter": n_iter, "y": THREE}
        refused(estimator, SPACE, f"scoring{says}", **words)

    def test_that_some_models_cannot_have(self, recwarn):
        words = {"n_iter": 3, "cv": 2, "random_state": 0, "scoring": "neg_log_loss"}
        models = Choice({"bayes": GaussianNB(), "svm": SVC(C=SPACE["C"])})
        TPESearchCV(models, **words).fit(X, Y)
        first = str(recwarn[0].message)

        assert "predict_proba of the estimator, which SVC does not have" in first

        assert "All its fits will count as failed" in first

        # A setting decides whether there are probabilities.
        losses = {"loss": ["hinge", "log_loss"], "alpha": Float(1e-4, 1)}
        recwarn.clear()
        TPESearchCV(SGDClassifier(random_state=0), losses, **words).fit(X, Y)

        assert "does not have" not in str(recwarn[0].message)

    @pytest.mark.parametrize("scoring", ["rand_score", make_scorer(accuracy_score)])
    def test_need_a_target(self, scoring):
        search = TPESearchCV(KMeans(n_init=1), {"n_clusters": [2, 3]}, scoring=scoring)
        with pytest.raises(ValueError, match=r"y is missing: scoring=.* compares"):
            search.fit(X)

    def test_of_classifiers_for_a_regressor(self, refused):
        pattern = "which Ridge does not have. It is a regressor, and the metric is for"
        refused(Ridge(), {"alpha": Float(1, 9)}, pattern, scoring="roc_auc")

    def test_another_metric_than_the_one_that_counts_may_fail(self):
        scoring = ["accuracy", "roc_auc"]
        search = TPESearchCV(SVC(), SPACE, n_iter=3, cv=2, scoring=scoring)
        with pytest.warns(UserWarning, match="roc_auc|Scoring failed|non-finite"):
            search.set_params(refit="accuracy").fit(X, THREE)

        assert np.isfinite(search.best_score_)
