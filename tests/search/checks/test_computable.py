"""Metrics that no prediction can satisfy are named before the first fit."""

import numpy as np
import pytest
from sklearn.base import is_classifier
from sklearn.cluster import KMeans
from sklearn.compose import TransformedTargetRegressor
from sklearn.linear_model import Ridge
from sklearn.metrics import (
    average_precision_score,  # noqa: F401 - named in a message
    brier_score_loss,  # noqa: F401
    check_scoring,
    f1_score,
    fbeta_score,
    log_loss,
    make_scorer,
    r2_score,
    roc_auc_score,
)
from sklearn.model_selection import KFold, LeaveOneOut
from sklearn.multioutput import MultiOutputClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier
from stand_ins import data

from sksearch import Choice, Float
from sksearch.evaluation import Folds
from sksearch.search.checks import _computable
from sksearch.search.checks._computable import check_metric

X, Y = data()
WORDS = np.array(["no", "yes"])[Y]
NUMBERS = X[:, 0] * 9
COUNTS = np.arange(len(Y)) % 3
OUTPUTS = np.column_stack([COUNTS, COUNTS[::-1]])
TREE, RIDGE = DecisionTreeClassifier(), Ridge()
HALVES, SINGLES = KFold(2), LeaveOneOut()


def check(estimator, scoring, y, cv=HALVES):
    folds = Folds(tuple(cv.split(X, y)))
    scorer = check_scoring(estimator, scoring)
    name = repr(scoring) if scoring is None or isinstance(scoring, str) else "own"
    kind = is_classifier(estimator)
    check_metric(name, scorer, y, folds, [estimator], classify=kind)


class TestThatHaveNoValue:
    @pytest.mark.parametrize(
        ("estimator", "name"),
        [
            (RIDGE, "None, 'r2' by Ridge.score,"),
            (make_pipeline(StandardScaler(), RIDGE), "None, 'r2' by Ridge.score,"),
            (TransformedTargetRegressor(RIDGE), "None, 'r2' by TransformedTar"),
        ],
        ids=["alone", "pipeline", "target"],
    )
    def test_of_single_rows_by_default(self, estimator, name):
        with pytest.warns(UserWarning, match=f"scoring={name}.* only row. Write"):
            check(estimator, None, NUMBERS, SINGLES)

    @pytest.mark.parametrize(
        ("scoring", "y", "cv", "pattern"),
        [
            (
                "r2",
                NUMBERS,
                SINGLES,
                "only row. Write .*='neg_mean_squared_error'",
            ),
            ("d2_absolute_error_score", COUNTS, SINGLES, "a target of numbers, .*nan"),
            ("neg_mean_squared_log_error", NUMBERS - 99, HALVES, "less than or equal"),
            ("neg_mean_gamma_deviance", COUNTS, HALVES, "strictly positive y"),
            ("neg_max_error", OUTPUTS, HALVES, "with 2 outputs, .*not supported"),
        ],
    )
    def test_of_regressors(self, scoring, y, cv, pattern):
        with pytest.raises(ValueError, match=pattern):
            check(RIDGE, scoring, y, cv)

    @pytest.mark.parametrize(
        ("scoring", "y", "pattern"),
        [
            (None, OUTPUTS, r"of 3 classes with 2 outputs.*supported\. Write .*== y\)"),
            ("f1", OUTPUTS > 1, "multilabel-indicator.* write scoring='f1_macro'"),
            ("roc_auc", np.sort(Y), r"of which all are \d\..*cv=StratifiedKFold\(\)"),
            ("neg_log_loss", np.sort(Y), "one label.*write cv=StratifiedKFold"),
            (
                make_scorer(roc_auc_score, multi_class="ovr"),
                COUNTS,
                r"_score, response_method='predict_proba', multi_class='ovr'\)",
            ),
            (
                make_scorer(roc_auc_score, needs_proba=True),
                Y,
                r"Write .*\(roc_auc_score, response_method='predict_proba'\)",
            ),
            (
                make_scorer(log_loss, needs_proba=True, greater_is_better=False),
                Y,
                r"\(log_loss, greater_is_better=False, response_method='predict_proba'",
            ),
        ],
        ids=["outputs", "labels", "one class", "one", "several", "proba", "loss"],
    )
    def test_of_classifiers(self, scoring, y, pattern):
        with pytest.raises(ValueError, match=pattern):
            check(TREE, scoring, y)

    @pytest.mark.parametrize(
        "scoring",
        [
            "f1",
            "average_precision",
            "neg_brier_score",
            make_scorer(fbeta_score, beta=2),
        ],
        ids=str,
    )
    def test_the_line_with_the_class_that_counts(self, scoring):
        with pytest.raises(ValueError, match="pos_label='yes'") as caught:
            check(TREE, scoring, WORDS)

        line = str(caught.value).rpartition("Write scoring=")[2].removesuffix(".")

        assert eval(line)(TREE.fit(X, WORDS), X, WORDS) > -1

        check(TREE, eval(line), WORDS)

    def test_of_the_last_fold_alone(self):
        y = np.where(np.arange(len(Y)) < 30, np.arange(len(Y)) % 2, 0)

        with pytest.raises(ValueError, match="fold 3: "):
            check(TREE, "roc_auc", y, KFold(4))

    def test_of_the_single_row_of_a_fold(self):
        rows = np.arange(len(Y))
        folds = Folds(((rows[10:], rows[:10]), (rows[1:], rows[:1])))

        with pytest.raises(ValueError, match=r"fold 1: .*only row"):
            check_metric("own", make_scorer(r2_score), np.sort(Y), folds)


def test_folds_with_the_same_classes_are_checked_once(monkeypatch):
    checked = []
    monkeypatch.setattr(_computable, "_fault", lambda *given: checked.append(given))

    for y in (Y, WORDS, OUTPUTS):
        check(TREE, "accuracy", y, KFold(8))

    assert [len(y) for _, y, _ in checked] == [5] * 3


@pytest.mark.parametrize(
    ("estimator", "scoring", "y", "cv"),
    [
        (RIDGE, "neg_mean_poisson_deviance", COUNTS, HALVES),
        (RIDGE, "neg_mean_absolute_error", NUMBERS, SINGLES),
        (RIDGE, None, OUTPUTS, HALVES),
        (TREE, None, OUTPUTS > 1, HALVES),
        (TREE, "accuracy", WORDS, SINGLES),
        (TREE, make_scorer(f1_score, zero_division=np.nan), np.sort(Y), HALVES),
        (MultiOutputClassifier(TREE), None, OUTPUTS, HALVES),
        (KMeans(), "adjusted_rand_score", Y, HALVES),
        (RIDGE, lambda estimator, X, y: 1.0, NUMBERS, SINGLES),
    ],
)
def test_that_have_one(estimator, scoring, y, cv):
    check(estimator, scoring, y, cv)


def test_a_search_asks(refused):
    models = Choice([Ridge(alpha=Float(1, 9)), make_pipeline(StandardScaler(), RIDGE)])
    words = {"scoring": "r2", "y": NUMBERS, "cv": SINGLES}
    refused(models, None, "it is nan for its only row", **words)


def test_several_ways_to_score_are_left_to_the_fits():
    folds = Folds(tuple(HALVES.split(X, OUTPUTS)))
    several = [TREE, MultiOutputClassifier(TREE)]

    for models in ([], several):
        check_metric("None", check_scoring(TREE), OUTPUTS, folds, models)
