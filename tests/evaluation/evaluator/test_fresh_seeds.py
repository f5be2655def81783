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


def test_a_seed_that_is_searched_stays():
    evaluator = Evaluator(DecisionTreeClassifier(), None, None, None, seed=3)

    assert evaluator.build({"random_state": 7}).random_state == 7


def test_without_fresh_seeds_an_estimator_keeps_its_own():
    evaluator = Evaluator(SVC(random_state=5), None, None, None)

    assert evaluator.build({}).random_state == 5
