"""What a pipeline gets as its memory while it is fitted on a fold."""

import pickle
import random
import threading

import joblib
import numpy as np
import pytest
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.preprocessing import FunctionTransformer

from sksearch.evaluation import StepStore
from sksearch.evaluation.shared_steps import _step_memory, _step_store
from sksearch.evaluation.shared_steps._step_memory import KnownData, StepMemory

X = np.arange(12.0).reshape(6, 2)
Y = np.arange(6) % 2


@pytest.fixture(autouse=True)
def all_are_worth_it(monkeypatch):
    monkeypatch.setattr(_step_memory, "LEAST_SECONDS", -1.0)
    _step_store._recent.clear()


@pytest.fixture
def known(tmp_path):
    known = KnownData(StepStore(str(tmp_path), "data", 1_000_000, True), "root")
    known.know("root", X, Y)
    return known


class Counter(TransformerMixin, BaseEstimator):
    """Counts its fits; may do some things that steps may do."""

    n_fits = 0

    def __init__(self, factor=1.0, copy=True, draw=None):
        self.factor = factor
        self.copy = copy
        self.draw = draw

    def fit(self, X, y=None, **params):
        Counter.n_fits += 1
        if self.draw == "numpy":
            np.random.rand()  # noqa: NPY002
        elif self.draw == "random":
            random.random()
        elif self.draw == "fail":
            raise ValueError("no fit")
        return self

    def transform(self, X):
        return X if self.factor == 1 else X * self.factor


def fit_transform(step, X, y, weight=None, message="", params=None):
    if isinstance(step, FunctionTransformer):
        return X + 1, step
    return step.fit(X, y, **(params or {})).transform(X), step


def resample(step, X, y, message=""):
    return X[:4], y[:4], step.fit(X, y)


def n_fits(known, calls, own=None, function=fit_transform):
    """Return how many fits some calls take."""
    before = Counter.n_fits
    call = StepMemory(known, own).cache(function)
    for args, kwargs in calls:
        call(*args, **kwargs)
    return Counter.n_fits - before


def twice(*args, **kwargs):
    return [(args, kwargs)] * 2


def test_an_equal_step_is_fitted_once(known):
    call = StepMemory(known, None).cache(fit_transform)

    before = Counter.n_fits
    first, one = call(Counter(2.0), X, Y)
    second, other = call(Counter(2.0), X, Y)

    assert Counter.n_fits - before == 1

    np.testing.assert_array_equal(first, second)

    assert first is not second

    assert one is not other

    assert other.factor == 2.0


@pytest.mark.parametrize(
    "other",
    [
        {"step": Counter(3.0)},
        {"X": X.copy()},
        {"y": None},
        {"weight": 2.0},
        {"params": {"sample_weight": np.ones(6)}},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_differs_is_fitted_anew(known, other):
    same = {"step": Counter(2.0), "X": X, "y": Y}

    assert n_fits(known, [((), same), ((), {**same, **other})]) == 2


def test_messages_do_not_count(known):
    calls = [((Counter(2.0), X, Y), {"message": text}) for text in "ab"]

    assert n_fits(known, calls) == 1


def test_params_count_by_their_values(known):
    calls = [
        ((Counter(2.0), X, Y), {"params": {"sample_weight": np.full(6, w)}})
        for w in (1.0, 1.0, 2.0)
    ]

    assert n_fits(known, calls) == 2


def test_ignored_arguments(known):
    def fit_transform(step, X, y, caller):
        return step.fit(X, y).transform(X), step

    call = StepMemory(known, None).cache(fit_transform, ignore=["caller"])
    before = Counter.n_fits
    for caller in "ab":
        call(Counter(2.0), X, Y, caller=caller)

    assert Counter.n_fits - before == 1


def test_a_target_that_was_transformed_counts_by_its_values(known):
    calls = [((Counter(2.0), X, y), {}) for y in (Y + 1, Y + 1, Y + 2)]

    assert n_fits(known, calls) == 2


def test_steps_behind_a_step(known):
    """What they are given is known by what it was made by."""
    call = StepMemory(known, None).cache(fit_transform)
    before = Counter.n_fits
    for first in (2.0, 2.0, 3.0):
        between, _ = call(Counter(first), X, Y)
        call(Counter(5.0), between, Y)

    assert Counter.n_fits - before == 4


def test_steps_that_draw_rows_anew(known):
    call = StepMemory(known, None)
    before = Counter.n_fits
    for _ in range(2):
        rows, labels, _ = call.cache(resample)(Counter(), X, Y)
        call.cache(fit_transform)(Counter(2.0), rows, labels)

    assert Counter.n_fits - before == 2

    np.testing.assert_array_equal(labels, Y[:4])


@pytest.mark.parametrize("draw", ["numpy", "random"])
def test_a_step_that_draws_from_the_global_state_is_not_shared(known, draw):
    """Nor is what comes behind it: each candidate has its own."""
    call = StepMemory(known, None).cache(fit_transform)
    before = Counter.n_fits
    for _ in range(2):
        between, _ = call(Counter(2.0, draw=draw), X, Y)
        call(Counter(3.0), between, Y)

    assert Counter.n_fits - before == 4


def test_a_step_that_overwrites_its_data_is_not_shared(known):
    """Nor is anything else of this fit: nobody knows what it has done to X."""
    assert n_fits(known, twice(Counter(2.0, copy=False), X, Y)) == 2

    assert n_fits(known, twice(Counter(2.0), X, Y)) == 2


def test_a_step_that_fails_fails_again(known):
    call = StepMemory(known, None).cache(fit_transform)
    before = Counter.n_fits
    for _ in range(2):
        with pytest.raises(ValueError, match="no fit"):
            call(Counter(draw="fail"), X, Y)

    assert Counter.n_fits - before == 2


def test_a_quick_step_is_fitted_again_but_known(known, monkeypatch):
    monkeypatch.setattr(_step_memory, "LEAST_SECONDS", 1e6)
    call = StepMemory(known, None).cache(fit_transform)
    between, _ = call(Counter(2.0), X, Y)
    monkeypatch.setattr(_step_memory, "LEAST_SECONDS", -1.0)
    call(Counter(3.0), between, Y)

    before = Counter.n_fits
    between, _ = call(Counter(2.0), X, Y)
    call(Counter(3.0), between, Y)

    assert Counter.n_fits - before == 1


def test_a_large_output_has_to_be_worth_it(known, monkeypatch):
    monkeypatch.setattr(_step_memory, "BYTES_PER_SECOND", 1e-6)

    assert n_fits(known, twice(Counter(2.0), X, Y)) == 2


def test_a_step_that_nobody_can_tell_from_others_is_not_shared(known):
    step = FunctionTransformer(kw_args={"lock": threading.Lock()})
    call = StepMemory(known, None).cache(fit_transform)

    for _ in range(2):
        assert call(step, X, Y)[1] is step


def test_a_memory_of_the_pipelines_own_is_asked_for_the_rest(known, tmp_path):
    own = joblib.Memory(tmp_path / "own", verbose=0)

    assert n_fits(known, twice(Counter(2.0), X, Y), own) == 1

    _step_store._recent.clear()
    for path in tmp_path.glob("*.step"):
        path.unlink()

    assert n_fits(known, twice(Counter(2.0), X, Y), own) == 0


def test_when_the_fit_is_over_nothing_is_known(known):
    known.forget()

    assert n_fits(known, twice(Counter(2.0), X, Y)) == 2


def test_data_that_are_gone_are_not_known(known):
    gone = X.copy()
    known.know("gone", gone)
    place = id(gone)
    del gone

    assert known._origins[place][0]() is None


def test_lists_are_known_too(known):
    texts = ["a", "b"]
    known.know("texts", texts)

    assert known.origin(texts) is not None

    assert known.origin(list(texts)) is None


def test_elsewhere_it_is_the_memory_of_the_pipelines_own(known):
    memory = StepMemory(known, "a folder")

    assert pickle.loads(pickle.dumps(memory)) == "a folder"

    assert pickle.loads(pickle.dumps(StepMemory(known, None))) is None


def test_a_clone_is_the_same(known):
    memory = StepMemory(known, None)

    assert clone(memory) is memory


def test_steps_are_cloned_if_the_pipeline_would(known):
    """A pipeline decides it by the location."""
    assert StepMemory(known, None).location is None

    assert StepMemory(known, "a folder").location is not None
