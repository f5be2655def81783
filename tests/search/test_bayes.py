import inspect
import math

import numpy as np
import pytest
from sklearn.model_selection import RandomizedSearchCV
from sklearn.model_selection._search import BaseSearchCV
from sklearn.svm import SVC
from stand_ins import Knob, Slow, data

from sksearch import BayesSearchCV, Float, Int, TPESearchCV
from sksearch.engine import FoldKeeper
from sksearch.exceptions import SpaceError
from sksearch.samplers import GPSampler, RandomSampler

LEVEL = {"level": Float(0, 1)}
X, Y = data()


def parameters(function):
    return list(inspect.signature(function).parameters.values())


def same_default(a, b):
    return a is b or a == b or (math.isnan(a) and math.isnan(b))


@pytest.fixture
def settings(monkeypatch):
    """Return what the sampler is made with, which is a random one here."""
    found = {}

    class Watched(RandomSampler):
        def __init__(self, space, *, per_second=False, n_startup=8, **words):
            found.update(per_second=per_second, n_startup=n_startup)
            super().__init__(space, **words)

    monkeypatch.setattr("sksearch.search._bayes.GPSampler", Watched)
    return found


def test_it_is_a_search_to_scikit_learn():
    assert issubclass(BayesSearchCV, BaseSearchCV)


def test_it_differs_from_the_other_face_by_the_sampler_only():
    ours, theirs = parameters(BayesSearchCV), parameters(TPESearchCV)

    assert [(p.name, p.kind) for p in ours] == [(p.name, p.kind) for p in theirs]

    assert all(map(same_default, *([p.default for p in ps] for ps in (ours, theirs))))

    search = BayesSearchCV(Knob(), LEVEL)
    given = search._read(X, Y, {}, FoldKeeper())
    assert isinstance(search._plan(given, np.random.RandomState(0)).sampler, GPSampler)


def test_it_has_all_that_a_randomized_search_has():
    known = {p.name for p in parameters(BayesSearchCV)}

    assert {p.name for p in parameters(RandomizedSearchCV)} <= known


def test_fit_asks_for_no_metadata_of_its_own():
    """A named `groups` or `sample_weight` would make up a set_fit_request."""
    names = [p.name for p in parameters(BayesSearchCV.fit)]

    assert names == ["self", "X", "y", "params"]

    assert not hasattr(BayesSearchCV, "set_fit_request")


@pytest.mark.parametrize(
    ("words", "per_second"),
    [
        ({}, False),
        ({"timeout": 60}, True),
        ({"sampler_params": {"per_second": True}}, True),
        ({"timeout": 60, "sampler_params": {"n_startup": 2}}, True),
        ({"timeout": 60, "sampler_params": {"per_second": False}}, False),
    ],
    ids=repr,
)
def test_seconds_count_with_a_timeout_unless_settings_differ(
    words, per_second, settings
):
    search = BayesSearchCV(Knob(), LEVEL, n_iter=2, cv=2, random_state=0, **words)

    search.fit(X, Y)

    chosen = words.get("sampler_params", {})

    assert settings == {
        "per_second": per_second,
        "n_startup": chosen.get("n_startup", 8),
    }

    assert search.sampler_params == words.get("sampler_params")


def test_the_settings_asked_for_are_the_samplers():
    """The names that the face relies on are parameters of the real one."""
    names = [p.name for p in parameters(GPSampler)]

    assert {"space", "random_state", "initial_points", "per_second"} <= set(names)


def test_a_timeout_that_is_not_reached_leaves_no_candidate_out():
    search = BayesSearchCV(
        Slow(seconds=0.002), LEVEL, n_iter=15, cv=2, timeout=60, random_state=0
    ).fit(X, Y)

    assert len(search.cv_results_["params"]) == 15

    assert search.best_estimator_.level == pytest.approx(search.best_score_)


def test_it_finds_what_a_grid_of_that_size_does_not():
    class Peak(Knob):
        def score(self, X, y=None):
            return -abs(self.level - 0.6180339)

    search = BayesSearchCV(Peak(), LEVEL, n_iter=20, random_state=0).fit(X, Y)

    assert abs(search.best_params_["level"] - 0.6180339) < 1 / 40


def test_two_numbers_with_a_prior_are_a_range_of_scikit_optimize():
    X, y = data()
    spaces = {"C": (0.1, 10.0, "log-uniform"), "degree": (2, 4)}
    words = {"n_iter": 3, "cv": 2, "random_state": 0}
    one = BayesSearchCV(SVC(), spaces, **words)
    own = {"C": Float(0.1, 10.0, log=True), "degree": Int(2, 4)}
    other = BayesSearchCV(SVC(), own, **words)

    assert one.fit(X, y).suggestions_ == other.fit(X, y).suggestions_

    assert one.param_distributions is spaces

    with pytest.raises(SpaceError, match=r"Write Float\(0.1, 10.0, log=True\)"):
        TPESearchCV(SVC(), spaces, **words).fit(X, y)
