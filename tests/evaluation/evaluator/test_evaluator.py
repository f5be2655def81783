import math

import pytest
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

from sksearch.evaluation import SLOT, Evaluator, Folds, Slot, build_estimator


def evaluator(**words):
    return Evaluator(SVC(), None, Folds(()), None, **words)


class TestBuild:
    def test_parameters_are_set_on_a_clone(self):
        svc = SVC()
        built = build_estimator(svc, None, {"C": 3.0})

        assert (type(built), built.C, svc.C) == (SVC, 3.0, 1.0)

        assert built is not svc

    def test_the_estimator_in_a_slot_is_the_one_that_is_built(self):
        svc = SVC()
        built = Evaluator(Slot(), SLOT, Folds(()), None).build(
            {"estimator": svc, "estimator__C": 3.0}
        )

        assert (type(built), built.C, svc.C) == (SVC, 3.0, 1.0)

        assert built is not svc

    def test_lists_of_estimators_are_set_before_what_they_hold(self):
        columns = ColumnTransformer([("old", MinMaxScaler(), [0])])
        new = StandardScaler()
        built = build_estimator(
            make_pipeline(columns, SVC()),
            None,
            {
                "columntransformer__new__with_mean": False,
                "columntransformer__transformers": [("new", new, [1])],
                "svc__C": 2.0,
            },
        )

        [(name, scaler, _)] = built[0].transformers
        assert (name, scaler.with_mean, built[1].C) == ("new", False, 2.0)

        assert new.with_mean

        assert columns.transformers[0][0] == "old"

    @pytest.mark.parametrize("more", [{}, {"kernel": ["a"]}], ids=["no list", "a list"])
    def test_unknown_names(self, more):
        with pytest.raises(ValueError, match="Invalid parameter 'unknown'"):
            build_estimator(SVC(), None, {"unknown": 1, **more})


@pytest.mark.parametrize(
    ("error_score", "expected"), [("raise", math.nan), (math.nan, math.nan), (-1, -1.0)]
)
def test_what_stands_for_a_missing_score(error_score, expected):
    found = evaluator(error_score=error_score).failed_score

    assert found == pytest.approx(expected, nan_ok=True)

    assert type(found) is float


@pytest.mark.parametrize(
    ("error_score", "error", "expected"),
    [
        ("raise", ValueError(), True),
        (math.nan, ValueError(), False),
        (0.0, SystemExit(), False),
        (0.0, KeyboardInterrupt(), True),
    ],
)
def test_which_errors_end_a_search(error_score, error, expected):
    assert evaluator(error_score=error_score).raises(error) is expected


def test_what_comes_from_the_user():
    model = LogisticRegression()
    found = Evaluator(model, None, Folds(()), "scorer", {"a": 1}, {"b": 2}).parts

    assert found == {"estimator": model, "scoring": "scorer", "a": 1, "b": 2}
