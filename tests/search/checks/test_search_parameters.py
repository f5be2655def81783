from pathlib import Path

import numpy as np
import pytest
from sklearn.base import BaseEstimator
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC

from sksearch import (
    Categorical,
    Choice,
    HalvingSearchCV,
    TPESearchCV,
)
from sksearch.exceptions import SpaceTypeError
from sksearch.samplers import RandomSampler
from sksearch.search.checks._search_parameters import (
    check_callbacks,
    check_estimator_choice,
    check_parameters,
    check_sampler_params,
)

ROWS = np.arange(20)


class TunedSampler(RandomSampler):
    """Has settings."""

    def __init__(
        self, space, *, random_state=None, initial_points=(), n_startup=10, gamma=0.1
    ):
        super().__init__(
            space, random_state=random_state, initial_points=initial_points
        )
        self.n_startup = n_startup
        self.gamma = gamma


class Forgetful(BaseEstimator):
    def __init__(self, C=1.0):
        self._C = C

    def fit(self, X, y):
        return self


class Resampler(BaseEstimator):
    """Like one of imbalanced-learn's."""

    def fit_resample(self, X, y):
        return X, y


def test_several_folds_are_a_list_of_pairs():
    folds = [(ROWS[:9], ROWS[9:]), ([4, 5, 6], range(3))]
    params = TPESearchCV(SVC(), {}, cv=folds).get_params(deep=False)

    assert check_parameters(params) is None


@pytest.mark.parametrize("face", [TPESearchCV, HalvingSearchCV])
@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ({"estimator": SVC}, TypeError, r"the class SVC.* Write SVC\(\)"),
        (
            {"estimator": Categorical([SVC()])},
            TypeError,
            r"write Choice\(\[SVC\(\)\]\)",
        ),
        (
            {"storage": "sqlite:///runs/x.db"},
            ValueError,
            "path of a file.* 'sqlite://...'. Write storage='x.jsonl'",
        ),
        (
            {"storage": "postgresql+psycopg2://me:secret@host"},
            ValueError,
            "'postgresql[+]psycopg2://...'",
        ),
        ({"scoring": "rmse"}, ValueError, "neg_root_mean_squared_error"),
        ({"cv": 0.3}, ValueError, r"cv=ShuffleSplit\(n_splits=1, test_size=0.3\)"),
        ({"cv": 1.0}, ValueError, r"cv=ShuffleSplit\(n_splits=1, test_size=0.2\)"),
        ({"cv": 5.0}, ValueError, r"got 5\.0\. Write cv=5\."),
        ({"cv": KFold}, ValueError, r"It is a class: write cv=KFold\(\.\.\.\)"),
        ({"cv": KFold(3).split}, ValueError, r"itself, without \.split"),
        ({"cv": (ROWS[:9], ROWS[9:])}, ValueError, r"cv=\[\(train_rows, test_rows\)\]"),
        ({"cv": [[0, 1, 2], [3, 4]]}, ValueError, r"cv=\[\(train_rows, test_rows\)\]"),
        ({"cv": (3, 5)}, ValueError, r"cv=\[\(train_rows, test_rows\), \.\.\.\]"),
        (
            {"estimator": make_pipeline(make_pipeline(Resampler(), SVC()))},
            TypeError,
            r"step 'resampler', Resampler, which .* imblearn\.pipeline\.Pipeline\(",
        ),
        (
            {"estimator": make_pipeline(Forgetful())},
            AttributeError,
            "Forgetful.__init__ takes 'C' and does not store it. Write self.C = C",
        ),
    ],
)
def test_parameters(face, words, error, message):
    search = face(**{"estimator": SVC(), "param_distributions": {"C": [1]}, **words})

    with pytest.raises(error, match=message):
        search.fit([[0], [1]] * 10, [0, 1] * 10)


@pytest.mark.parametrize("path", ["x.jsonl", "a/b.db", "C:\\x", Path("x"), None])
def test_paths(path):
    params = TPESearchCV(SVC(), {}, storage=path).get_params(deep=False)

    assert check_parameters(params) is None


@pytest.mark.parametrize("params", [None, {}, {"gamma": 0.2}], ids=str)
def test_settings_of_a_sampler(params):
    assert check_sampler_params(TunedSampler, params) == (params or {})


def test_settings_are_a_copy():
    params = {"gamma": 0.2}

    assert check_sampler_params(TunedSampler, params) is not params


def test_a_setting_with_a_wrong_name():
    with pytest.raises(TypeError, match=r"'gama'.*'gamma'"):
        check_sampler_params(TunedSampler, {"gama": 1})


def test_a_setting_with_a_name_that_is_near_to_none():
    with pytest.raises(TypeError, match=r"'xyzzy'.*'n_startup', 'gamma'"):
        check_sampler_params(TunedSampler, {"xyzzy": 1})


@pytest.mark.parametrize("name", ["space", "random_state", "initial_points"])
def test_settings_that_the_search_has_itself(name):
    with pytest.raises(TypeError, match=f"unknown setting '{name}'"):
        check_sampler_params(TunedSampler, {name: 1})


@pytest.mark.parametrize(
    ("callbacks", "expected"),
    [
        (None, []),
        ([], []),
        (print, [print]),
        ([print, len], [print, len]),
        ((print,), [print]),
        (iter([print]), [print]),
    ],
    ids=["none", "empty", "one", "list", "tuple", "iterator"],
)
def test_callbacks(callbacks, expected):
    assert check_callbacks(callbacks) == expected


@pytest.mark.parametrize("callbacks", [3, "print", [3], [print, None], b"x"], ids=repr)
def test_callbacks_that_cannot_be_called(callbacks):
    with pytest.raises(TypeError, match="'callbacks' parameter must"):
        check_callbacks(callbacks)


def of_optuna(study, trial):
    """A callback of another library."""


def of_three(study, trial, record):
    """A callback of nobody."""


def test_callbacks_that_take_something_else():
    line = r"got of_three\(study, trial, record\)\. Write def callback\(record\): "
    with pytest.raises(TypeError, match=line):
        check_callbacks([print, of_three])

    assert check_callbacks([print, of_optuna]) == [print, of_optuna]


def test_a_function_is_no_estimator():
    with pytest.raises(TypeError, match="is the function of_optuna, and an estimator"):
        TPESearchCV(of_optuna, {"C": [1]}).fit([[0], [1]], [0, 1])


@pytest.mark.parametrize(
    "callback",
    [lambda a, b, c: None, lambda: None, lambda *, record: None],
    ids=["three", "none", "by name"],
)
def test_callbacks_that_do_not_take_a_record(callback):
    with pytest.raises(TypeError, match=r"one CandidateRecord, got <lambda>\(.*\)\."):
        check_callbacks([print, callback])


def test_compiled_callbacks_have_no_signature_to_check():
    assert check_callbacks([max, int]) == [max, int]


def test_a_choice_of_estimators():
    assert check_estimator_choice(Choice({"a": SVC(), "b": Ridge()})) is None


@pytest.mark.parametrize("option", ["svc", None, SVC, print, 3], ids=str)
def test_a_choice_with_an_option_that_cannot_be_fitted(option):
    with pytest.raises(SpaceTypeError, match="option 'bad' has no fit"):
        check_estimator_choice(Choice({"good": SVC(), "bad": option}))
