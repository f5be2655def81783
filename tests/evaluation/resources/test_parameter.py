import numpy as np
import pytest
from hypothesis import given, settings
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


def fit_of(name, amount, slot=None):
    evaluator = Evaluator(GaussianNB(), slot, Folds(()), None)
    return Parameter(name).limit(evaluator, amount).fit


def climb(model, name, amounts, **params):
    """Return the progress of a model that was fitted rung by rung."""
    fit = fit_of(name, amounts[0])
    fit(model.set_params(**{name: amounts[0]}), (X, Y), params)
    progress = fit.progress(model, params)
    for amount in amounts[1:]:
        progress = fit_of(name, amount).go_on(progress, (X, Y), params)
    return progress


def test_it_is_set():
    assert Parameter("max_iter").parameters(7) == {"max_iter": 7}


@pytest.mark.parametrize(
    ("name", "words"), [("max_depth", {}), ("max_iter", {"goes_on": False})]
)
def test_without_going_on_the_evaluator_is_the_same(name, words):
    evaluator = Evaluator(GaussianNB(), None, Folds(()), None)
    resource = Parameter(name, **words)

    assert not resource.goes_on

    assert resource.limit(evaluator, 7) is evaluator


@settings(max_examples=20)
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
    progress = fit_of(name, 5).go_on(fit_of(name, 2).progress(model, {}), (X, Y), {})

    assert len(progress.model[-1].estimators_) == 5

    assert progress.model.get_params()[name] == 5

    np.testing.assert_array_equal(progress.model[0].components_, components)


def test_the_chosen_one_of_several_estimators():
    fit = fit_of(f"estimator__{TREES}", 5, slot="estimator")
    model = RandomForestClassifier(5)
    fit(model, (X, Y), {})

    assert fit.progress(model, {}).amount == 5


def test_a_converged_model_is_not_fitted_again():
    progress = climb(LogisticRegression(), "max_iter", [500])
    coef = progress.model.coef_
    same = fit_of("max_iter", 900).go_on(progress, None, {})

    assert same.finished

    assert same.model.coef_ is coef

    assert (same.amount, same.model.max_iter) == (900, 900)


def test_a_rung_that_is_repeated():
    progress = climb(RandomForestClassifier(), TREES, [4])
    same = fit_of(TREES, 4).go_on(progress, None, {})

    assert len(same.model.estimators_) == 4


@pytest.mark.parametrize(
    ("model", "name"),
    [(DecisionTreeClassifier(), "max_depth"), (RandomForestClassifier(), "max_depth")],
)
def test_what_counts_no_work_is_not_kept(model, name):
    fit = fit_of("max_iter", 3)

    assert fit.progress(model.fit(X, Y), {}) is None


def test_nobody_goes_back():
    progress = climb(RandomForestClassifier(), TREES, [4])

    assert fit_of(TREES, 3).go_on(progress, (X, Y), {}) is None
