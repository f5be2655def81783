import pytest
from sklearn.base import BaseEstimator
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from sksearch.evaluation import Evaluator, has_seeds
from sksearch.evaluation.evaluator._fresh_seeds import reseed


def test_seeds_are_found_at_any_depth():
    assert has_seeds(make_pipeline(DecisionTreeClassifier()))

    assert not has_seeds(make_pipeline("passthrough"))


def test_given_seeds_are_replaced_and_none_stays():
    a = DecisionTreeClassifier(random_state=0)
    b = DecisionTreeRegressor()
    seeds = [reseed(a, seed, ()).random_state for seed in (1, 1, 2)]

    assert seeds[0] == seeds[1] != seeds[2]

    assert seeds[0] != 0

    assert reseed(b, 1, ()).random_state is None


class Booster(BaseEstimator):
    """As boosters, which list no more of their names for a seed than are set."""

    def __init__(self, depth=1):
        self.depth = depth

    def get_params(self, deep=True):
        return dict(vars(self))

    def set_params(self, **params):
        vars(self).update(params)
        return self


@pytest.mark.parametrize(
    ("library", "given", "name"),
    [
        ("xgboost", {"random_state": None}, "random_state"),
        ("xgboost", {"random_state": None, "seed": 3}, "seed"),
        ("lightgbm", {"random_state": None}, "random_state"),
        ("lightgbm", {"random_state": 1, "seed": 3}, "seed"),
        ("catboost", {}, "random_state"),
        ("catboost", {"random_seed": 3}, "random_seed"),
    ],
)
def test_boosters_have_a_fixed_seed_unless_one_is_given(
    monkeypatch, library, given, name
):
    monkeypatch.setattr(Booster, "__module__", f"{library}.core")
    model = make_pipeline(Booster().set_params(**given))

    assert has_seeds(model)

    seeds = [vars(reseed(model, seed, ())[-1])[name] for seed in (1, 1, 2)]

    assert seeds[0] == seeds[1] != seeds[2]

    assert set(vars(model[-1])) == {"depth", name, *given}

    kept = f"booster__{name}"
    assert vars(reseed(model, 3, [kept])[-1])[name] == seeds[-1]


def test_a_seed_that_is_searched_stays():
    evaluator = Evaluator(DecisionTreeClassifier(), None, None, None, seed=3)

    assert evaluator.build({"random_state": 7}).random_state == 7


def test_without_fresh_seeds_an_estimator_keeps_its_own():
    evaluator = Evaluator(SVC(random_state=5), None, None, None)

    assert evaluator.build({}).random_state == 5
