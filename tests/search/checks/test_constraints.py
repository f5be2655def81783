import numpy as np
import pytest
from sklearn.svm import SVC

from sksearch import GridSearchCV, HalvingSearchCV, StackingWeights, TPESearchCV
from sksearch.search.checks import check_constraints

LINES = {
    "whole": ({"n_iter": np.float64(20)}, "Write n_iter=20."),
    "about": ({"n_iter": 5.5}, "Write n_iter=5."),
    "minutes": ({"fit_timeout": "1.5 min"}, "Write fit_timeout=90."),
    "no": ({"return_oof": "no"}, "Write return_oof=False."),
    "none": ({"confirm": "None"}, "Write confirm=None."),
    "a number": ({"storage": 1}, r"Write storage='search\.jsonl'\."),
    "an unknown word": ({"error_score": "ignore"}, r"Write error_score=np\.nan\."),
    "infinite": ({"n_iter": float("inf")}, "Write n_iter=50."),
}


@pytest.mark.parametrize(("words", "line"), LINES.values(), ids=LINES)
def test_the_line_to_write(words, line):
    with pytest.raises(ValueError, match=f"Got .* instead. {line}$"):
        check_constraints(TPESearchCV(SVC(), {"C": [1]}, **words))


@pytest.mark.parametrize("estimator", [3, None, "a name", [SVC(), 3], []], ids=str)
def test_an_estimator_that_nobody_can_have_meant(estimator):
    with pytest.raises(ValueError, match=r"or an instance of 'Choice'\. Got .*"):
        check_constraints(GridSearchCV(estimator, {"C": [1]}))


@pytest.mark.parametrize(
    "estimator",
    [
        HalvingSearchCV(SVC(), {"C": [1]}, factor="3"),
        StackingWeights([("svc", SVC())], max_members="3"),
    ],
    ids=["halving", "ensemble"],
)
def test_other_estimators(estimator):
    with pytest.raises(ValueError, match=r"Got '3' instead\. Write .*=3\.$"):
        check_constraints(estimator)
