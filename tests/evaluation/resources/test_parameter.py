import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.decomposition import PCA
from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.tree import DecisionTreeClassifier
from stand_ins import data

from sksearch.evaluation import Evaluator, Folds, Parameter

X, Y = data(n_features=4)
TREES = "n_estimators"


def fitting_of(name, amount, slot=None):
    evaluator = Evaluator(GaussianNB(), slot, Folds(()), None)
    return Parameter(name).give(evaluator, amount).fitting


def climb(model, name, amounts, **params):
    """Return the checkpoint of a model that was fitted rung by rung."""
    fitting = fitting_of(name, amounts[0])
    fitting.fit(model.set_params(**{name: amounts[0]}), (X, Y), params)
    checkpoint = fitting.checkpoint(model, params)
    for amount in amounts[1:]:
        checkpoint = fitting_of(name, amount).go_on(checkpoint, (X, Y), params)
    return checkpoint


def test_it_is_set():
    assert Parameter("max_iter").parameters(7) == {"max_iter": 7}


@pytest.mark.parametrize(
    ("name", "words"), [("max_depth", {}), ("max_iter", {"goes_on": False})]
)
def test_without_going_on_the_evaluator_is_the_same(name, words):
    evaluator = Evaluator(GaussianNB(), None, Folds(()), None)
    resource = Parameter(name, **words)

    assert not resource.goes_on

    assert resource.give(evaluator, 7) is evaluator


@given(st.lists(st.integers(1, 12), min_size=1, max_size=5))
def test_no_way_up_makes_a_difference(amounts):
    model = GradientBoostingRegressor(subsample=0.7, max_depth=1, random_state=0)
    amounts = sorted(amounts)
    found = climb(model, TREES, amounts)
    expected = GradientBoostingRegressor(
        n_estimators=amounts[-1], subsample=0.7, max_depth=1, random_state=0
    ).fit(X, Y)

    assert found.amount == found.model.n_estimators == amounts[-1]

    np.testing.assert_allclose(found.model.predict(X), expected.predict(X))


def test_in_a_pipeline_with_random_steps():
    # Without a seed, a second fit of the first step would be another one.
    steps = PCA(2, svd_solver="randomized"), RandomForestClassifier(random_state=0)
    name = f"randomforestclassifier__{TREES}"
    model = make_pipeline(*steps)
    components = climb(model, name, [2]).model[0].components_.copy()
    checkpoint = fitting_of(name, 5).go_on(
        fitting_of(name, 2).checkpoint(model, {}), (X, Y), {}
    )

    assert len(checkpoint.model[-1].estimators_) == 5

    assert checkpoint.model.get_params()[name] == 5

    np.testing.assert_array_equal(checkpoint.model[0].components_, components)


def test_the_chosen_one_of_several_estimators():
    fitting = fitting_of(f"estimator__{TREES}", 5, slot="estimator")
    model = RandomForestClassifier(5)
    fitting.fit(model, (X, Y), {})

    assert fitting.checkpoint(model, {}).amount == 5


def test_a_converged_model_is_not_fitted_again():
    checkpoint = climb(LogisticRegression(), "max_iter", [500])
    coef = checkpoint.model.coef_
    same = fitting_of("max_iter", 900).go_on(checkpoint, None, {})

    assert same.finished

    assert same.model.coef_ is coef

    assert (same.amount, same.model.max_iter) == (900, 900)


def test_a_rung_that_is_repeated():
    checkpoint = climb(RandomForestClassifier(), TREES, [4])
    same = fitting_of(TREES, 4).go_on(checkpoint, None, {})

    assert len(same.model.estimators_) == 4


@pytest.mark.parametrize(
    ("model", "name"),
    [(DecisionTreeClassifier(), "max_depth"), (RandomForestClassifier(), "max_depth")],
)
def test_what_counts_no_work_is_not_kept(model, name):
    fitting = fitting_of("max_iter", 3)

    assert fitting.checkpoint(model.fit(X, Y), {}) is None


def test_nobody_goes_back():
    checkpoint = climb(RandomForestClassifier(), TREES, [4])

    assert fitting_of(TREES, 3).go_on(checkpoint, (X, Y), {}) is None
