"""Tests of the slot for the chosen estimator, and of the estimators around it."""

import pickle

import pytest
from sklearn.base import clone
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

from sksearch import Choice
from sksearch.evaluation import SLOT, Slot, cloned, last_step, options_of, slotted


def test_it_has_one_parameter_of_the_known_name():
    assert list(Slot().get_params(deep=False)) == [SLOT]


def test_names_below_it_are_the_estimators_own():
    slot = Slot().set_params(estimator=SVC(), estimator__C=3.0)

    assert slot.estimator.C == 3.0

    assert slot.get_params()["estimator__C"] == 3.0


def test_an_estimator_and_its_parameters_in_any_order():
    slot = Slot(SVC(C=1.0)).set_params(estimator__C=3.0, estimator=SVC(C=2.0))

    assert slot.estimator.C == 3.0


def test_a_clone_holds_a_clone():
    svc = SVC(C=3.0)
    copied = clone(Slot(svc))

    assert copied.estimator is not svc

    assert copied.estimator.C == 3.0


def test_pickle():
    assert pickle.loads(pickle.dumps(Slot(SVC(C=3.0)))).estimator.C == 3.0


def test_what_configurations_are_set_on():
    svc = SVC()
    base, slot = slotted(Choice([svc]))

    assert slotted(svc) == (svc, None)

    assert (type(base), slot) == (Slot, SLOT)


def test_the_estimators_that_a_user_gave():
    svc, ridge = SVC(), Ridge()

    assert options_of(svc) == (svc,)

    assert options_of(Choice({"a": svc, "b": ridge})) == (svc, ridge)


def test_what_cannot_be_copied_is_named():
    class Stubborn:
        def __deepcopy__(self, memo):
            raise RuntimeError("not me")

    with pytest.raises(TypeError, match=r"'estimator' .* kernel=.* of SVC cannot be"):
        cloned(SVC(kernel=Stubborn()))

    assert cloned(SVC(C=3)).C == 3


def test_the_last_step():
    pipe = make_pipeline(StandardScaler(), SVC())
    svc = pipe[-1]

    assert last_step(svc) is svc

    assert last_step(make_pipeline(MinMaxScaler(), pipe)) is svc
