import numpy as np
import pytest
import sklearn
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from stand_ins import Rounds, rows

from sksearch.evaluation.stopping._libraries import stop_rule_of
from sksearch.evaluation.stopping._pipelines import fit_steps, held_weight
from sksearch.evaluation.stopping._stop_rule import HoldOut

X, Y = rows()
FITTED, HELD = np.arange(8, 20), np.arange(4)
RULE = stop_rule_of(Rounds())


class Spy(Rounds):
    """Keeps what it is fitted to, and what to stop by."""

    def fit(self, X, y, sample_weight=None, *, X_val=None, y_val=None, **words):
        self.fitted_, self.held_ = (X, y), (X_val, y_val)
        return self


def stopping(model=None):
    """Return a model that is told to stop."""
    return (model or Rounds()).set_params(early_stopping=True)


def parts(params=None):
    return HoldOut((X[FITTED], Y[FITTED]), (X[HELD], Y[HELD]), params or {}, None, 5)


@pytest.fixture(autouse=True)
def no_logs():
    Rounds.log.clear()


def test_an_estimator_alone():
    model = stopping()
    fit_steps(model, parts(), RULE)

    assert Rounds.log[0]["fitted"] == FITTED.tolist()

    assert Rounds.log[0]["held"] == HELD.tolist()


def test_the_steps_before_see_only_what_is_fitted_to():
    model = make_pipeline(StandardScaler(), stopping(Spy()))
    fit_steps(model, parts(), RULE)
    scaler = StandardScaler().fit(X[FITTED])

    np.testing.assert_allclose(model[0].mean_, scaler.mean_)

    for got, part in ((model[-1].fitted_, FITTED), (model[-1].held_, HELD)):
        np.testing.assert_allclose(got[0], scaler.transform(X[part]))
        np.testing.assert_array_equal(got[1], Y[part])


def test_the_last_step_is_in_its_place_again():
    last = stopping()
    model = make_pipeline(StandardScaler(), last)
    fit_steps(model, parts(), RULE)

    assert model[-1] is last

    assert model.predict(X).shape == (len(X),)


def test_the_last_step_is_in_its_place_again_after_a_failure():
    last = stopping(Rounds(best=-1))
    model = make_pipeline(StandardScaler(), last)
    with pytest.raises(RuntimeError, match="no rounds at all"):
        fit_steps(model, parts(), RULE)

    assert model[-1] is last


def test_a_pipeline_that_does_not_fit_its_last_step():
    class Careless(Pipeline):
        def fit(self, X, y=None, **params):
            return self

    model = Careless([("last", Rounds())])
    with pytest.raises(TypeError, match="Careless does not fit its last step"):
        fit_steps(model, parts(), RULE)

    assert isinstance(model[-1], Rounds)


class TestHeldWeight:
    @pytest.mark.parametrize(
        ("path", "name"), [("", "sample_weight"), ("a__", "a__sample_weight")]
    )
    def test_by_the_path_of_the_last_step(self, path, name):
        assert held_weight(Rounds(), {name: [1.0]}, path) == [1.0]

        assert held_weight(Rounds(), {"b__sample_weight": [1.0]}, path) is None

    @pytest.mark.parametrize(
        ("request_", "expected"),
        [(True, "mine"), ("costs", "routed"), (False, None), (None, None)],
    )
    def test_by_the_request_where_metadata_are_routed(self, request_, expected):
        held = {"sample_weight": "mine", "costs": "routed"}
        with sklearn.config_context(enable_metadata_routing=True):
            last = Rounds().set_fit_request(sample_weight=request_)

            assert held_weight(last, held, "last__") == expected

    def test_an_estimator_alone_is_given_all_that_fit_is(self):
        with sklearn.config_context(enable_metadata_routing=True):
            assert held_weight(Rounds(), {"sample_weight": "mine"}, "") == "mine"
