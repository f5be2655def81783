"""Tests of searches that are given estimators that were fitted before.

Nothing of what they have learned is needed: it may hold a lock, which cannot be copied
or pickled, or make them refuse other parameters.
"""

import copy
import threading

import pytest
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from stand_ins import Knob, Locked, data

from sksearch import (
    Choice,
    HalvingSearchCV,
    Option,
    StackingWeights,
    TPESearchCV,
)

FACES = [TPESearchCV, HalvingSearchCV]
X, Y = data()


class Refusing(Locked):
    """Takes one more parameter than it lists, and none once it is fitted."""

    def set_params(self, **params):
        if hasattr(self, "lock_"):
            msg = "too late"
            raise RuntimeError(msg)
        self.more = params.pop("more", None)
        return super().set_params(**params)


def fitted(kind=Locked):
    return kind().fit(X, Y)


def catboost():
    library = pytest.importorskip("catboost")
    words = {"iterations": 3, "verbose": False, "allow_writing_files": False}
    return library.CatBoostClassifier(thread_count=1, **words).fit(X, Y)


def pipeline(last):
    return Pipeline([("scale", StandardScaler()), ("clf", last)])


LEVELS = [0.25, 0.5]
INPUTS = {
    "estimator": lambda: (fitted(), {"level": LEVELS}),
    "refuses": lambda: (fitted(Refusing), {"level": LEVELS}),
    "unlisted": lambda: (fitted(Refusing), {"more": [1, 2]}),
    "catboost": lambda: (catboost(), {"depth": [1, 2]}),
    "pipeline": lambda: (pipeline(Locked()).fit(X, Y), {"clf__level": LEVELS}),
    "value": lambda: (pipeline(SVC()), {"clf": [fitted(), fitted(Refusing)]}),
    "steps": lambda: (
        pipeline(SVC()),
        {"steps": [[("clf", fitted())], [("a", StandardScaler()), ("b", fitted())]]},
    ),
    "choice": lambda: (Choice([Option(fitted(), level=LEVELS), fitted(Refusing)]), {}),
    "option": lambda: (
        pipeline(SVC()),
        {"clf": Choice([Option(fitted(Refusing), more=[1, 2])])},
    ),
    "function": lambda: (
        fitted(Refusing),
        lambda trial: {"level": trial.suggest_float("level", 0.0, 1.0)},
    ),
}


def searched(face, estimator, space, **words):
    more = {"n_iter": 2}
    if face is HalvingSearchCV:
        more = {"n_candidates": 2, "min_resources": 20, "factor": 2}
    words = {"cv": 2, "random_state": 0, "error_score": "raise", **more, **words}
    return face(estimator, space, **words).fit(X, Y)


@pytest.mark.parametrize(
    "face", [TPESearchCV, pytest.param(HalvingSearchCV, marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("made", INPUTS.values(), ids=INPUTS)
def test_it_is_cloned(face, made, tmp_path):
    estimator, space = made()
    search = searched(face, estimator, space, storage=tmp_path / "journal.jsonl")

    assert len(search.cv_results_["params"]) >= 2

    assert search.best_estimator_ is not estimator


@pytest.mark.slow
@pytest.mark.parametrize("made", INPUTS.values(), ids=INPUTS)
def test_it_travels_to_workers(made):
    if made is INPUTS["refuses"]:
        pytest.skip("as the first one")
    found = searched(TPESearchCV, *made(), n_jobs=2)

    assert len(found.cv_results_["params"]) == 2


def test_values_in_the_results_are_the_user_s_own():
    values = [fitted(), fitted(Refusing)]
    found = searched(TPESearchCV, pipeline(SVC()), {"clf": values})

    assert {id(p["clf"]) for p in found.cv_results_["params"]} == set(map(id, values))

    assert all(hasattr(value, "lock_") for value in values)


@pytest.mark.slow
@pytest.mark.parametrize("n_jobs", [1, 2])
def test_members_of_an_ensemble(n_jobs):
    member = SVC().fit(X, Y)
    member.lock_ = threading.Lock()
    members = [("a", member), ("b", SVC(C=3))]
    weights = StackingWeights(members, cv=2, n_jobs=n_jobs).fit(X, Y).weights_

    assert weights.shape == (2,)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("shape", ["plain", "pipeline"])
def test_a_parameter_that_cannot_be_copied_is_named(face, shape):
    knob = Locked(level=threading.Lock())
    estimator = knob if shape == "plain" else pipeline(knob)
    message = "cannot be cloned: level=.*of Locked cannot be copied"

    with pytest.raises(TypeError, match=message):
        face(estimator, {"verbose": [0]}).fit(X, Y)


class Copying(Knob):
    """Gives copies of its parameters, as CatBoost does."""

    def get_params(self, deep=True):
        return copy.deepcopy(super().get_params(deep))


@pytest.mark.parametrize(
    ("value", "line"),
    [([0, 2], r"Write level=\(0, 2\) or"), ({"a": 1}, "Write a tuple or")],
)
@pytest.mark.parametrize(
    ("made", "named"),
    [
        (lambda knob: (knob, {"level": [0]}), "The 'estimator' parameter"),
        (lambda knob: (pipeline(knob), {"verbose": [0]}), "The 'estimator' parameter"),
        (
            lambda knob: (pipeline(Knob()), {"clf": [Knob(), knob]}),
            "An estimator of parameter 'clf'",
        ),
        (
            lambda knob: (Choice({"a": Knob(), "b": pipeline(knob)}), {}),
            "An estimator of parameter 'estimator'",
        ),
    ],
    ids=["alone", "last step", "listed", "option"],
)
def test_copies_instead_of_parameters_are_an_error_before_any_fit(
    made, named, value, line
):
    search = TPESearchCV(*made(Copying(value)), n_iter=3)
    with pytest.raises(TypeError, match=f"{named} cannot.* level=.*Copying.* {line}"):
        search.fit(X, Y)
