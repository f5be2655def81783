"""Pipelines share their steps for one fit."""

import numpy as np
import pytest
from sklearn.compose import TransformedTargetRegressor
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from stand_ins import Costly, data

from sksearch.evaluation import StepStore
from sksearch.evaluation.shared_steps import _step_store, know_part, share_steps
from sksearch.evaluation.shared_steps._step_memory import StepMemory

X, Y = data()
ROWS = np.arange(len(X))


@pytest.fixture
def store(tmp_path):
    _step_store._recent.clear()
    return StepStore(str(tmp_path / "steps"), "data", 10_000_000, True)


@pytest.fixture
def n_fits(tmp_path, store):
    """Return how many fits of costly steps some fits of estimators take."""

    def count(make, times=2, rows=(ROWS,) * 2, store=store):
        folder = tmp_path / "fits"
        folder.mkdir()
        for own in rows[:times]:
            estimator = make(str(folder))
            part = X[own], Y[own]
            with share_steps(estimator, store, own, part):
                estimator.fit(*part)
            assert not list(memories(estimator))
        return len(list(folder.iterdir()))

    return count


def memories(estimator):
    """Yield what is left of the sharing."""
    parts = [estimator, *estimator.get_params().values()]
    parts += [
        value for part in parts for value in getattr(part, "__dict__", {}).values()
    ]
    for part in parts:
        if isinstance(part, StepMemory):
            yield part
        if isinstance(getattr(part, "memory", None), StepMemory):
            yield part.memory


def plain(folder):
    return make_pipeline(Costly(2.0, folder), DummyClassifier())


def test_a_step_is_fitted_once(n_fits):
    assert n_fits(plain) == 1


def test_not_without_a_store(n_fits):
    assert n_fits(plain, store=None) == 2


def test_other_rows_are_other_data(n_fits):
    assert n_fits(plain, rows=(ROWS, ROWS[:30])) == 2


def test_the_last_step_is_not_shared(n_fits):
    assert (
        n_fits(lambda folder: make_pipeline(StandardScaler(), Costly(1, folder))) == 2
    )


def test_none_and_passthrough(n_fits):
    def make(folder):
        steps = [("none", None), ("pass", "passthrough"), ("costly", Costly(2, folder))]
        return Pipeline([*steps, ("last", DummyClassifier())])

    assert n_fits(make) == 1


def test_pipelines_in_pipelines(n_fits):
    def make(folder):
        first = make_pipeline(Costly(2.0, folder), Costly(3.0, folder))
        last = make_pipeline(Costly(4.0, folder), DummyClassifier())
        return make_pipeline(first, last)

    assert n_fits(make) == 3


def test_pipelines_that_share_their_beginning_only(n_fits):
    factors = iter((5.0, 6.0))

    def make(folder):
        first = make_pipeline(Costly(2.0, folder), Costly(next(factors), folder))
        return make_pipeline(first, DummyClassifier())

    assert n_fits(make) == 3


def test_pipelines_in_unions(n_fits):
    factors = iter((5.0, 6.0))

    def make(folder):
        one = make_pipeline(Costly(2.0, folder), StandardScaler())
        other = Costly(next(factors), folder)
        union = FeatureUnion([("one", one), ("other", other)])
        return make_pipeline(union, DummyClassifier())

    assert n_fits(make) == 3


def test_pipelines_behind_a_transformed_target(n_fits):
    def make(folder):
        pipeline = make_pipeline(Costly(2.0, folder), DummyRegressor())
        return TransformedTargetRegressor(pipeline, func=np.exp, inverse_func=np.log)

    assert n_fits(make) == 1


def test_estimators_without_steps_are_left_alone(n_fits):
    assert n_fits(lambda folder: Costly(2.0, folder)) == 2


def test_a_pipeline_keeps_its_own_memory(store, tmp_path):
    estimator = plain(str(tmp_path)).set_params(memory=str(tmp_path / "own"))
    with share_steps(estimator, store, ROWS, (X, Y)):
        assert isinstance(estimator.memory, StepMemory)
        estimator.fit(X, Y)

    assert estimator.memory == str(tmp_path / "own")


def test_it_gets_it_back_after_a_failure(store, tmp_path):
    estimator = plain(str(tmp_path / "not there"))
    with (
        pytest.raises(FileNotFoundError),
        share_steps(estimator, store, ROWS, (X, Y)),
    ):
        estimator.fit(X, Y)

    assert estimator.memory is None


def test_a_part_of_the_rows(store, tmp_path):
    """Early stopping holds some back: what is left is another part for each split."""
    for held in (5, 5, 6):
        estimator = plain(str(tmp_path))
        part = X[held:], Y[held:]
        with share_steps(estimator, store, ROWS, (X, Y)):
            know_part(estimator, part, ROWS[held:])
            estimator.fit(*part)

    assert len([p for p in tmp_path.iterdir() if p.is_file()]) == 2


def test_a_part_outside_of_the_block_is_nothing(tmp_path):
    estimator = plain(str(tmp_path))
    know_part(estimator, (X, Y), ROWS)
    know_part(DummyClassifier(), (X, Y), ROWS)

    assert estimator.memory is None
