import pickle

from sklearn.base import clone
from sklearn.svm import SVC

from sksearch.search._tuned import SLOT, Slot


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
