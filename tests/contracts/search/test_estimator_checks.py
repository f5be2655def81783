"""scikit-learn's own checks of estimators, on every face."""

from __future__ import annotations

import pytest
from faces import QUICK_FACES, make_search
from sklearn.base import is_classifier
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.utils.estimator_checks import parametrize_with_checks

import sksearch


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
        for face in (QUICK_FACES if kind == "bare" else [sksearch.TPESearchCV])
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


def name_of(check):
    return getattr(check, "func", check).__name__


def with_checks(kind):
    """Return parametrize_with_checks, with short ids of which no two are the same.

    Those of scikit-learn 1.6 are not unique, which a strict pytest does not take.
    """
    mark = parametrize_with_checks(
        check_instances(kind), expected_failed_checks=expected_failures
    )
    names, cases = mark.args[0], list(mark.args[1])
    of_classifiers = {
        name_of(check)
        for search, check in (getattr(case, "values", case) for case in cases)
        if is_classifier(search)
    }
    ids = []
    for number, case in enumerate(cases):
        search, check = getattr(case, "values", case)
        inner = (
            search.estimator.steps[-1][1] if kind == "pipeline" else search.estimator
        )
        check = name_of(check)
        ids.append(f"{type(search).__name__}-{type(inner).__name__}-{check}-{number}")
        # Nearly all that is checked is the base class's: one face shows it quickly, and
        # the checks that fit a dozen times walk the same paths as the others. Of a
        # regressor the quick ones are those that a classifier does not have.
        many = any(word in check for word in ("sparse", "not_an_array", "dtypes"))
        twice = not is_classifier(search) and check in of_classifiers
        if many or twice or type(search) is not sksearch.TPESearchCV:
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
