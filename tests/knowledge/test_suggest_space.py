"""suggest_space: a space, or a reason, for all that can be tuned."""

from __future__ import annotations

import pytest
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge, RidgeCV
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.utils import all_estimators
from stand_ins import instance

from sksearch import Choice, Float, Int, Option, as_space, suggest_space
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.knowledge.ranges import REASONS
from sksearch.knowledge.ranges._find import PACKAGES

MODELS = [
    (kind, part)
    for group, part in (("classifier", LogisticRegression()), ("regressor", Ridge()))
    for _, kind in all_estimators(type_filter=group)
]
STEPS = [
    (kind, Ridge())
    for name, kind in all_estimators(type_filter="transformer")
    if name in PACKAGES["sklearn"]
]
#: The default of these fails on some data, or stands for more than there is.
APART = {
    *("GaussianProcessRegressor", "GaussianRandomProjection", "Lars", "Nystroem"),
    *("GenericUnivariateSelect", "QuadraticDiscriminantAnalysis"),
    *("QuantileTransformer", "SparseRandomProjection"),
}
#: The reasons of classes without any range, and of others as they are by default.
WHY = {
    **REASONS,
    **dict.fromkeys(("CCA", "PLSCanonical"), "so few data"),
    "OneHotEncoder": "it refuses unseen categories",
}


@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_every_model_has_a_space_or_a_reason():
    found = {k.__name__: mistakes(instance(k, part)) for k, part in MODELS + STEPS}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}

    assert len(MODELS) > 80
    assert len(STEPS) > 40


def mistakes(estimator):
    """Return what is wrong with the space of an estimator, or with the reason."""
    params, name = estimator.get_params(), type(estimator).__name__
    try:
        space = suggest_space(estimator)
    except SpaceError as error:
        known = name in WHY and WHY[name] in str(error)
        return [] if known else [f"no known reason: {error}"]
    found = [f"it has no parameter {axis}" for axis in space if axis not in params]
    if len(space) > 6:
        found.append(f"{len(space)} hyperparameters")
    if eval(repr(space)) != space:
        found.append(f"the text is that of another space: {space}")
    if name not in APART and not found:
        found += [f"{h} lacks the default" for h in outside(as_space(space), params)]
    return found


def outside(space, params):
    """Return the hyperparameters that do not have the setting of the estimator."""
    always = [h for h in space if not h.conditions]
    return [h for h in always if not h.domain.contains(params[h.name])]


def test_a_support_vector_machine():
    assert suggest_space(SVC()) == {
        "C": Float(0.03, 300.0, log=True),
        "gamma": Choice(["scale", Float(1e-4, 1.0, log=True)]),
    }


def test_a_subclass_is_its_nearest_known_base():
    class Mine(SVC):
        pass

    assert suggest_space(Mine()) == suggest_space(SVC())


def test_a_namesake_is_not_known():
    class SVC(LinearRegression):
        pass

    with pytest.raises(SpaceError, match="SVC: it has no penalty"):
        suggest_space(SVC())


def test_what_is_not_known():
    class Mine:
        def get_params(self, deep=True):
            return {"a": 1}

        def set_params(self, **params):
            return self

    with pytest.raises(
        SpaceError, match=r"Mine \(Mine: sksearch has no ranges for it\)"
    ):
        suggest_space(Mine())


@pytest.mark.parametrize(
    ("estimator", "why"),
    [
        (DummyClassifier(), "it learns nothing from the columns"),
        (RidgeCV(), "it tunes itself by cross-validation"),
        (LogisticRegression(C=float("inf")), "no penalty"),
        (
            make_pipeline(StandardScaler(), LinearRegression()),
            "StandardScaler: no parameter .*; LinearRegression: it has no penalty",
        ),
        (make_pipeline("passthrough"), "no part of it has one"),
    ],
)
def test_an_estimator_without_a_space(estimator, why):
    with pytest.raises(SpaceError, match=why):
        suggest_space(estimator)


def test_a_class():
    with pytest.raises(SpaceTypeError, match=r"got the class SVC\. Write SVC\(\)"):
        suggest_space(SVC)


def test_no_estimator():
    with pytest.raises(SpaceTypeError, match="an estimator or a Choice, got 'svc'"):
        suggest_space("svc")


def test_parameters_with_a_range_of_their_own_are_left_out():
    whole = suggest_space(SVC())

    assert suggest_space(SVC(C=Float(1, 2))).keys() == whole.keys() - {"C"}


class TestChoice:
    def test_each_option_gets_a_space(self):
        models = Choice({"bayes": GaussianNB(), "knn": KNeighborsClassifier()})

        space = suggest_space(models, [[0.0]] * 8)

        assert list(space) == ["estimator"]

        bayes, knn = space["estimator"].options
        assert list(bayes.sub_space) == ["var_smoothing"]

        assert knn.sub_space["n_neighbors"] == Int(1, 3, log=True)

        assert space["estimator"].labels == ("bayes", "knn")

    def test_ranges_in_an_option_are_kept(self):
        option = SVC(C=Float(1, 2))
        found = suggest_space(Choice([option]))["estimator"]

        assert found == Choice([option])

    def test_a_space_that_is_there_is_kept(self):
        models = Choice([Option(SVC(), C=[1, 2]), LinearRegression()])

        assert suggest_space(models)["estimator"].options == models.options
