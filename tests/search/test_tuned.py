import pickle

import pytest
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR

from sksearch import Choice, TPESearchCV
from sksearch.search._tuned import SLOT, Slot, Tuned, cloned, options_of, slotted
from sksearch.space import as_space


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


PIPE = make_pipeline(StandardScaler(), SVC())


@pytest.mark.parametrize(
    ("estimator", "space", "replaced"),
    [
        (PIPE, {"svc__C": [1, 2]}, False),
        (PIPE, {"svc": [SVC(), Ridge()]}, True),
        (PIPE, {"svc": Choice([SVC(), Ridge()])}, True),
        (PIPE, lambda _: {}, True),
        (Choice([SVC(), Ridge()]), {"estimator": Choice([SVC(), Ridge()])}, False),
    ],
    ids=["values", "list", "choice", "function", "a choice itself"],
)
def test_steps_may_be_replaced(estimator, space, replaced):
    base, slot = slotted(estimator)
    tuned = Tuned(estimator, as_space(space), base)

    assert tuned.is_replaced == replaced

    assert tuned.slot == slot


class TestASearchOverAChoice:
    SEARCH = TPESearchCV(Choice([SVC(), SVC(C=2)]), n_iter=2)

    def test_it_is_what_its_first_option_is(self):
        assert is_classifier(self.SEARCH)

        assert is_regressor(TPESearchCV(Choice([SVR(), LinearRegression()])))

    def test_it_has_the_methods_of_its_first_option_which_want_a_fit(self):
        assert hasattr(self.SEARCH, "decision_function")

        assert not hasattr(self.SEARCH, "transform")

        with pytest.raises(NotFittedError):
            self.SEARCH.predict([[0.0]])

    def test_without_refit_it_has_none(self):
        assert not hasattr(clone(self.SEARCH).set_params(refit=False), "predict")

    def test_it_is_not_changed_by_those_who_look(self):
        choice = self.SEARCH.estimator

        assert self.SEARCH._representative().estimator is choice.values[0]

        assert self.SEARCH._unfitted().estimator is not choice.values[0]

        assert self.SEARCH.estimator is choice
