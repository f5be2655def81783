"""The faces, and what the tests that run over all of them share."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from scipy.stats import loguniform, randint, uniform
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from stand_ins import data

import sksearch
from sksearch import Choice, Float, Int, Option

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
#: In the place of an estimator.
CHOICE = Choice(
    {
        "logistic": Option(LogisticRegression(), C=loguniform(0.01, 10)),
        "tree": Option(DecisionTreeClassifier(random_state=0), max_depth=Int(1, 5)),
        "forest": RandomForestClassifier(5, random_state=0),
    }
)


def mixed_pipeline():
    return Pipeline([("scale", StandardScaler()), ("clf", GaussianNB())])


#: What the number of candidates is called, where it is not n_iter.
BUDGETS = {"HalvingSearchCV": "n_candidates"}
#: Columns of the results that scikit-learn's plain searches do not have.
MORE_COLUMNS = {"HalvingSearchCV": ["iter", "n_resources"]}


def make_search(face, estimator, space, **words):
    """Return a search; one that halves has one rung, on which there is everything.

    What it does with more of them is in tests/search/test_halving.py. Of a range, a
    grid has `n_iter` values if it is the only hyperparameter, otherwise two.
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
    known = inspect.signature(face).parameters
    if budget not in known:
        n = words.pop(budget)
        space = listed(space, n if isinstance(space, dict) and len(space) == 1 else 2)
        estimator = listed(estimator, 2) if isinstance(estimator, Choice) else estimator
    if words.get("initial_points") in ((), "default") and "initial_points" not in known:
        del words["initial_points"]
    return face(estimator, space, **words)


def listed(space, n):
    """Return a space with `n` values in the place of each range without an end."""
    if isinstance(space, dict):
        return {name: listed(values, n) for name, values in space.items()}
    if isinstance(space, list):
        return [listed(part, n) if isinstance(part, dict) else part for part in space]
    if isinstance(space, Choice):
        return Choice({k: listed_option(o, n) for k, o in labelled_options(space)})
    if not hasattr(space, "rvs"):
        return space
    [h] = sksearch.as_space({"it": space})
    if h.domain.n_values <= n:
        return space
    return [h.domain.from_unit((i + 0.5) / n) for i in reversed(range(n))]


def labelled_options(choice):
    return zip(choice.labels, choice.options, strict=True)


def listed_option(option, n):
    return Option(listed(option.value, n), **listed(dict(option.sub_space), n))


#: The faces that are tested quickly: the others have their proposals for themselves,
#: and all else in common with the first one.
QUICK_FACES = [sksearch.TPESearchCV, sksearch.HalvingSearchCV]
#: For what is done by code that all faces share: the quick tests try the face that
#: proposes quickest, the slow ones that with rungs.
one_quick_face = pytest.mark.parametrize(
    "face",
    [
        sksearch.TPESearchCV,
        pytest.param(sksearch.HalvingSearchCV, marks=pytest.mark.slow),
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
