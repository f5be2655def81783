import pytest
from scipy.stats import uniform
from sklearn import config_context
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline
from sklearn.svm import SVC
from stand_ins import Knob

from sksearch import Choice, Float, Int, Option, as_space
from sksearch.search.checks import check_values_taken

FOREST = RandomForestClassifier()
PIPE = Pipeline([("scale", "passthrough"), ("clf", SVC())])
#: Spaces of which some values can be fitted, or of which nothing is known.
FITTED = {
    "one of two": (FOREST, {"max_features": ["auto", "sqrt"]}),
    "whole or a share": (FOREST, {"max_features": Float(0.1, 9.5)}),
    "an end": (SVC(), {"C": Float(0.0, 1.0)}),
    "distribution": (SVC(), {"C": uniform(0, 4)}),
    "whole for real": (Ridge(), {"alpha": Int(1, 9)}),
    "a step": (PIPE, {"scale": ["passthrough", Ridge()], "clf__C": [1.0]}),
    "a replaced step": (PIPE, {"clf": [FOREST], "clf__C": ["1"]}),
    "below an option": (
        SVC(),
        {"kernel": Choice(["linear", Option("rbf", gamma=["high"])])},
    ),
    "competing": (SVC(), [{"C": [1.0]}, {"C": ["1"]}]),
    "a function": (SVC(), lambda trial: {"C": str(trial.suggest_int("C", 1, 2))}),
    "of a user": (Knob(), {"x": ["1"]}),
}


@pytest.mark.parametrize(("estimator", "space"), FITTED.values(), ids=FITTED)
def test_spaces_with_values_that_can_be_fitted(estimator, space):
    check_values_taken(as_space(space), estimator)


def test_without_checks_of_scikit_learn_nothing_is_refused():
    space = as_space({"C": ["1"]})
    with config_context(skip_parameter_validation=True):
        check_values_taken(space, SVC())

    with pytest.raises(ValueError, match=r"none of the values of \['1'\]"):
        check_values_taken(space, SVC())


def test_below_a_step():
    space = as_space({"clf__kernel": ["rbff"]})
    with pytest.raises(ValueError, match="'clf__kernel': SVC takes none"):
        check_values_taken(space, PIPE)
