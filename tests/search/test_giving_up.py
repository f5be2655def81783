"""Tests of searches in which nothing can score, and of those in which it only seems so.

What is counted are fits, also those that are for no candidate.
"""

import warnings

import joblib
import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.metrics import make_scorer
from sklearn.pipeline import Pipeline
from sklearn.svm import SVC
from stand_ins import Growing, Knob, Scale, Slow, Sturdy, data

from sksearch import (
    BayesSearchCV,
    Choice,
    Float,
    HalvingSearchCV,
    Int,
    Option,
    TPESearchCV,
)
from sksearch.engine.dispatch import _dispatch
from sksearch.engine.failures import _first_failures

X, Y = data()
WIDE = {"level": Float(0, 1), "kind": ["a", "b", "c"], "n": [1, 2, 3, 5, 8, 13, 21]}


@pytest.fixture
def fits(monkeypatch):
    """The parameters of each fit in this process."""
    found = []
    inner = _dispatch.evaluate_folds

    def counting(X, y, shared, trial, params, folds, *rest):
        found.extend([params] * len(folds))
        return inner(X, y, shared, trial, params, folds, *rest)

    monkeypatch.setattr(_dispatch, "evaluate_folds", counting)
    return found


class Fussy(ClassifierMixin, BaseEstimator):
    """Cannot be fitted unless its parameters are to its liking."""

    def __init__(self, level=0.5, kind="a", n=1, likes=None):
        self.level = level
        self.kind = kind
        self.n = n
        self.likes = likes

    def fit(self, X, y=None):
        self.classes_ = np.array([0, 1])
        if self.likes is None or not self.likes(self):
            msg = f"Fussy says no to {len(X)} rows"
            raise RuntimeError(msg)
        return self

    def predict(self, X):
        return np.zeros(len(X), dtype=int)

    def score(self, X, y=None):
        return float(self.level)


class Other(Fussy):
    """Another class, so that messages with the name of the class differ."""


def made(face, estimator, space, n_iter=20, **words):
    words = {"cv": 3, "random_state": 0, **words}
    if face is not HalvingSearchCV:
        words["n_iter"] = n_iter
    return face(estimator, space, **words)


def failure(search, X=X, y=Y, **params):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - looked at by the caller
        search.fit(X, y, **params)
    assert "cv_results_" in vars(search)
    assert "failures_" in vars(search)
    return str(caught.value)


def broken(y, predictions):
    msg = "no such metric"
    raise LookupError(msg)


SCORERS = {
    "raises": (lambda e, X, y: {}["x"], "KeyError: 'x'"),
    "no number": (lambda e, X, y: "good", "ValueError: scoring must return a number"),
    "nan": (lambda e, X, y: np.nan, "The score is nan, and nothing was raised."),
    "made": (make_scorer(broken), "LookupError: no such metric"),
    "one of two": ({"a": make_scorer(broken), "b": "accuracy"}, "LookupError: no such"),
}


@pytest.mark.parametrize(
    ("face", "n_splits"),
    [(TPESearchCV, 2), (BayesSearchCV, 3), (HalvingSearchCV, 2), (HalvingSearchCV, 5)],
)
class TestWithinThreeCandidates:
    @pytest.mark.parametrize("name", SCORERS)
    def test_a_metric_that_cannot_be_computed(self, face, n_splits, name, fits):
        scoring, line = SCORERS[name]
        estimator = Fussy(likes=lambda e: True)
        search = made(face, estimator, WIDE, cv=n_splits, scoring=scoring)
        search.set_params(refit="a" if isinstance(scoring, dict) else True)
        message = failure(search)

        assert message.splitlines()[0].startswith(line)

        assert len(fits) <= 3 * n_splits

    @pytest.mark.parametrize("points", ["default", ()], ids=str)
    def test_a_model_that_cannot_be_fitted(self, face, n_splits, points, fits):
        search = made(face, Fussy(), WIDE, cv=n_splits, initial_points=points)
        message = failure(search)

        assert message.splitlines()[0].startswith("RuntimeError: Fussy says no to")

        assert "All the" in message

        assert len(fits) <= 3 * n_splits

        assert len(search.failures_["fold"]) == n_splits


class Own(SVC):
    """What a user's own class takes, only its fits tell."""


def test_the_cause_of_a_long_traceback_is_the_first_line(fits):
    holes = X.copy()
    holes[::9, 0] = np.nan
    space = {"C": Float(1e-3, 1e3, log=True), "kernel": ["rbf", "linear", "poly"]}
    message = failure(made(TPESearchCV, Own(), space), holes)
    first, second = message.splitlines()[:2]

    assert first.startswith(
        "ValueError: Input X contains NaN. Own does not accept missing values"
    )

    assert second == "All the 3 fits failed."

    assert "cv_results_ and failures_" in message


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_the_same_fold_of_all(n_jobs):
    """On one fold nothing can be scored, so that no candidate has a score."""
    numbered = X.copy()
    numbered[:, 0] = np.arange(len(X))
    search = made(TPESearchCV, Knob(), {"level": Float(0, 1)}, n_jobs=n_jobs)
    search.set_params(scoring=lambda e, X, y: np.nan if X[0, 0] == 0 else 1.0)
    with joblib.parallel_config("threading"):
        message = failure(search, numbered)

    assert "could not be computed on" in message

    assert len(search.cv_results_["params"]) < 6


class TestGoesOn:
    """The first ones fail, and yet others are good."""

    @staticmethod
    def found(face, estimator, space, **words):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            search = made(face, estimator, space, **words)
            return search.fit(X, Y)

    @pytest.mark.parametrize(
        ("face", "seed"),
        [
            (TPESearchCV, 0),
            pytest.param(TPESearchCV, 1, marks=pytest.mark.slow),
            pytest.param(BayesSearchCV, 0, marks=pytest.mark.slow),
            pytest.param(HalvingSearchCV, 0, marks=pytest.mark.slow),
        ],
    )
    @pytest.mark.parametrize(
        "likes",
        [
            lambda e: e.kind == "c",
            lambda e: e.level < 0.5,
            lambda e: e.n > 2,
            lambda e: e.kind == "c" or e.level > 0.8,
        ],
        ids=["option", "low", "listed number", "either"],
    )
    def test_good_values(self, face, likes, seed):
        words = {"initial_points": (), "random_state": seed}
        search = self.found(face, Fussy(likes=likes), WIDE, **words)

        assert likes(search.best_estimator_)

    @pytest.mark.parametrize("n_bad", [1, 3, 6])
    def test_one_estimator_of_many(self, n_bad):
        bad = [Fussy(n=n) for n in range(n_bad)]
        choice = Choice([*bad, Option(Other(likes=lambda e: True), level=Float(0, 1))])
        first = [{"estimator": bad[0]}, {"estimator": bad[-1]}]
        search = self.found(TPESearchCV, choice, None, initial_points=first)

        assert type(search.best_estimator_) is Other

    def test_a_step_of_a_pipeline(self):
        pipe = Pipeline([("scale", Scale()), ("clf", Fussy())])
        good = Fussy(likes=lambda e: True)
        space = {"clf": [Fussy(n=1), Fussy(n=2), good], "scale__factor": Float(1, 2)}
        points = [{"clf": space["clf"][0]}, {"clf": space["clf"][1]}]
        search = self.found(TPESearchCV, pipe, space, initial_points=points)

        assert search.best_estimator_["clf"].likes is not None

    def test_a_function_as_the_space(self):
        def space(trial):
            kind = trial.suggest_categorical("kind", ["a", "b"])
            return {"kind": kind, "level": trial.suggest_float("level", 0, 1)}

        likes = Fussy(likes=lambda e: e.kind == "b")
        points = [{"kind": "a", "level": level} for level in (0.1, 0.2)]
        search = self.found(TPESearchCV, likes, space, initial_points=points)

        assert search.best_params_["kind"] == "b"

    def test_rungs_that_are_too_low(self):
        class Hungry(Growing):
            def fit(self, X, y=None):
                if self.n_estimators < 9:
                    msg = "too little"
                    raise RuntimeError(msg)
                return super().fit(X, y)

        words = {"resource": "n_estimators", "max_resources": 9, "n_candidates": 27}
        search = self.found(HalvingSearchCV, Hungry(), {"level": Float(0, 1)}, **words)

        assert search.best_score_ == search.best_estimator_.level

    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_what_is_tried_to_find_out_changes_nothing(self, n_jobs, monkeypatch):
        """Nor does it show in the results."""

        def search():
            likes = Fussy(likes=lambda e: e.kind == "c")
            words = {"initial_points": (), "n_jobs": n_jobs, "n_iter": 12}
            with joblib.parallel_config("threading"):
                return self.found(TPESearchCV, likes, WIDE, **words)

        with_it = search()
        monkeypatch.setattr(_first_failures, "MAX_REASONS", 0)
        without = search()

        assert with_it.cv_results_["params"] == without.cv_results_["params"]

        assert with_it.failures_["fold"] == without.failures_["fold"]


def test_a_space_without_a_good_value_ends_later(fits):
    """The estimator's own settings are good: there is hope for ten candidates."""
    likes = Fussy(likes=lambda e: e.level == 0.5)
    failure(made(TPESearchCV, likes, {"level": Float(2, 3), "n": Int(1, 99)}))

    assert 10 * 3 <= len(fits) <= 10 * 3 + 2


def test_a_number_for_failures_is_a_wish(fits):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        search = made(TPESearchCV, Fussy(), WIDE, n_iter=6, error_score=0.0)
        assert "All the 18 fits failed" in failure(search)


def test_a_function_as_refit_judges_nan_by_itself():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        search = made(
            TPESearchCV,
            Knob(),
            {"level": Float(0, 1)},
            n_iter=6,
            scoring=lambda e, X, y: np.nan,
            refit=lambda results: 4,
        ).fit(X, Y)

    assert search.best_index_ == 4


def test_with_a_journal_it_is_the_same_again(tmp_path):
    path = tmp_path / "search.jsonl"
    first, again = (
        failure(made(TPESearchCV, Fussy(), WIDE, storage=path)) for _ in range(2)
    )

    assert again.splitlines()[0] == first.splitlines()[0]


def test_it_is_in_time():
    search = made(TPESearchCV, Slow(seconds=0.05), {"level": Float(0, 1)}, cv=2)
    search.set_params(scoring=lambda e, X, y: np.nan, timeout=0.22)

    assert "nan" in failure(search)


@pytest.mark.parametrize("n_jobs", [2, 3])
def test_what_is_kept_does_not_depend_on_other_workers(n_jobs):
    with joblib.parallel_config("threading"):
        search = made(TPESearchCV, Fussy(), WIDE, n_jobs=n_jobs)
        message = failure(search)

    assert message.startswith("RuntimeError: Fussy says no")

    assert 1 <= len(search.cv_results_["params"]) <= 3


@pytest.mark.slow
def test_processes():
    with joblib.parallel_config("loky"):
        search = made(
            TPESearchCV, Sturdy(mood="fit fails"), {"level": Float(0, 1)}, n_jobs=2
        )
        message = failure(search)

    assert message.startswith("RuntimeError: no fit in this mood")

    assert len(search.cv_results_["params"]) <= 4


@pytest.mark.parametrize("face", [TPESearchCV, BayesSearchCV])
@pytest.mark.parametrize(
    ("level", "bad", "tried"),
    [
        ([0.5, 0.5, 0.5], {0.5}, [0.5, 0.5, 0.5]),
        ([0.5, 0.5, 0.25], {0.5}, [0.25, 0.5]),
        ([0.5, 0.25, 0.5], set(), [0.25, 0.5]),
    ],
    ids=["all bad", "one bad", "good"],
)
def test_only_where_nothing_can_be_fitted_is_a_value_tried_twice(
    face, level, bad, tried
):
    model = Fussy(likes=lambda self: self.level not in bad)
    search = face(model, {"level": level}, n_iter=3, cv=2, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if bad == set(level):
            with pytest.raises(ValueError, match="All the 6 fits failed"):
                search.fit(X, Y)
        else:
            search.fit(X, Y)
    assert sorted(p["level"] for p in search.cv_results_["params"]) == tried


@pytest.mark.filterwarnings("ignore:The space has only")
def test_with_halving_too():
    words = {"n_candidates": 3, "min_resources": len(X), "cv": 2}
    search = HalvingSearchCV(Fussy(), {"level": [0.5, 0.5, 0.5]}, **words)
    with pytest.raises(ValueError, match="All the 6 fits failed"):
        search.fit(X, Y)
