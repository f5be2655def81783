"""scikit-learn's own checks of estimators."""

import pytest
from sklearn.base import is_classifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from sklearn.utils.estimator_checks import parametrize_with_checks

from sksearch import StackingWeights

CLASSIFIER = StackingWeights(
    [
        ("linear", LogisticRegression()),
        ("tree", DecisionTreeClassifier(max_depth=3, random_state=0)),
    ],
    cv=2,
)
REGRESSOR = StackingWeights(
    [("ridge", Ridge()), ("tree", DecisionTreeRegressor(max_depth=3, random_state=0))],
    cv=2,
)


def with_checks(*estimators):
    """Return parametrize_with_checks with ids of which no two are the same.

    What a classifier has passed, a regressor passes among the slow tests.
    """
    mark = parametrize_with_checks(list(estimators))
    params, seen = [], set()
    for number, case in enumerate(mark.args[1]):
        estimator, check = getattr(case, "values", case)
        kind = type(estimator.estimators[0][1]).__name__
        name = getattr(check, "func", check).__name__
        marks = [*getattr(case, "marks", ()), *slow_mark(name)]
        if is_classifier(estimator):
            seen.add(name)
        elif name in seen:
            marks.append(pytest.mark.slow)
        params.append(
            pytest.param(estimator, check, marks=marks, id=f"{kind}-{name}-{number}")
        )
    return pytest.mark.parametrize(mark.args[0], params)


def slow_mark(name):
    """Return the mark of the checks that fit a dozen times, all on the same paths."""
    many = ("sparse", "not_an_array", "dtypes", "pickle", "order_invariance")
    return [pytest.mark.slow] if any(word in name for word in many) else []


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.filterwarnings("ignore:The least populated class:UserWarning")
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")
@with_checks(CLASSIFIER, REGRESSOR)
def test_check_estimator(estimator, check):
    check(estimator)
