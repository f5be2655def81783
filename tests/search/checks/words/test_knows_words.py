"""Aliases of parameters, and answers to those that a search does not have."""

from __future__ import annotations

import inspect
import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.svm import SVC

from sksearch import (
    BayesSearchCV,
    Float,
    GridSearchCV,
    HalvingSearchCV,
    Int,
    TPESearchCV,
)
from sksearch.exceptions import SksearchWarning, SpaceError
from sksearch.search.checks import was_given

FACES = [TPESearchCV, BayesSearchCV, HalvingSearchCV]
SPACE = {"C": [1, 10, 100]}


class Narrow(TPESearchCV):
    """A user's own, with fewer parameters."""

    def __init__(self, estimator, param_distributions=None, *, n_iter=7):
        super().__init__(estimator, param_distributions, n_iter=n_iter)


class Open(TPESearchCV):
    """A user's own, which hands on what it is given."""

    def __init__(self, estimator, **words):
        super().__init__(estimator, **words)


@pytest.mark.parametrize("word", ["param_grid", "search_spaces"])
@pytest.mark.parametrize("face", FACES)
def test_an_alias_of_the_space_is_the_space(face, word):
    search = face(SVC(), **{word: SPACE})

    assert search.param_distributions is getattr(search, word) is SPACE

    assert word not in vars(search)

    assert search.get_params().keys() == face(SVC(), SPACE).get_params().keys()

    assert repr(search) == repr(face(SVC(), SPACE))


@pytest.mark.parametrize("face", [TPESearchCV, BayesSearchCV, Narrow])
def test_number_of_trials(face):
    search = face(SVC(), param_grid=SPACE, n_trials=4)

    assert search.n_iter == 4

    assert clone(search).n_iter == 4

    assert pickle.loads(pickle.dumps(search)).param_distributions == SPACE


@pytest.mark.parametrize("face", FACES)
def test_candidates_at_once(face):
    assert face(SVC(), SPACE, n_points=4).window == 4


@pytest.mark.parametrize("face", FACES)
def test_words_that_say_nothing_are_left_out(face):
    search = face(SVC(), SPACE, enable_pruning=False, subsample=1.0, fit_params={})

    assert search.get_params().keys() == face(SVC(), SPACE).get_params().keys()

    with pytest.raises(TypeError, match="no parameter 'enable_pruning'"):
        face(SVC(), SPACE, enable_pruning=True)


@pytest.mark.parametrize("face", FACES)
def test_parameters_of_scikit_learn_are_those_of_the_signature(face):
    names = list(inspect.signature(face).parameters)

    assert sorted(face(SVC(), SPACE).get_params(deep=False)) == sorted(names)

    assert not {"param_grid", "search_spaces", "n_trials"} & set(names)


def test_a_subclass_that_hands_words_on():
    assert Open(SVC(), param_grid=SPACE, n_trials=4).n_iter == 4


def test_a_search_with_aliases_does_the_same():
    X, y = np.arange(40.0).reshape(20, 2), np.arange(20) % 2
    words = {"cv": 2, "random_state": 0}
    one = TPESearchCV(SVC(), param_grid=SPACE, n_trials=2, **words).fit(X, y)
    other = TPESearchCV(SVC(), SPACE, n_iter=2, **words).fit(X, y)

    assert one.cv_results_["params"] == other.cv_results_["params"]


def test_without_a_number_of_trials_the_timeout_ends_a_search():
    X, y = np.arange(40.0).reshape(20, 2), np.arange(20) % 2
    words = {"cv": 2, "random_state": 0, "n_trials": None, "timeout": 0.01}
    search = TPESearchCV(SVC(), {"C": Float(1e-3, 1e3)}, **words).fit(X, y)

    assert search.end_reason_ == "timeout"


def test_all_unknown_words_are_refused_at_once():
    with pytest.raises(TypeError) as caught:
        TPESearchCV(SVC(), SPACE, max_evals=3, n_iters=4, iid=True)

    assert str(caught.value).splitlines() == [
        "TPESearchCV has no parameters 'max_evals', 'n_iters', 'iid':",
        "- max_evals=3: Write n_iter=3.",
        "- n_iters=4: Did you mean 'n_iter'?",
        "- iid=True: Leave it out.",
    ]


def test_aliases_can_be_set():
    search = TPESearchCV(SVC(), SPACE)

    assert search.set_params(n_trials=3, param_grid={}, estimator__C=5) is search

    assert (search.n_iter, search.param_distributions, search.estimator.C) == (3, {}, 5)

    with pytest.raises(ValueError, match="Invalid parameter 'max_evals'"):
        search.set_params(max_evals=3)

    with pytest.raises(TypeError, match="'n_iter' twice, as 'n_iter' and as 'n_tr"):
        search.set_params(n_iter=3, n_trials=3)


@pytest.mark.parametrize(
    ("face", "word", "value", "name", "read"),
    [
        (TPESearchCV, "param_grid", {"C": [3]}, "param_distributions", {"C": [3]}),
        (GridSearchCV, "param_distributions", {"C": [3]}, "param_grid", {"C": [3]}),
        (HalvingSearchCV, "param_grid", {"C": [3]}, "param_distributions", {"C": [3]}),
        (BayesSearchCV, "search_spaces", {"C": [3]}, "param_distributions", {"C": [3]}),
        (BayesSearchCV, "n_points", 3, "window", 3),
        (TPESearchCV, "n_trials", 8, "n_iter", 8),
        (Open, "n_trials", 8, "n_iter", 8),
        (
            BayesSearchCV,
            "optimizer_kwargs",
            {"n_initial_points": 5},
            "sampler_params",
            {"n_startup": 5},
        ),
    ],
)
def test_aliases_can_be_set_as_attributes(face, word, value, name, read):
    search = face(SVC(), param_distributions=SPACE)

    setattr(search, word, value)

    assert getattr(search, name) == getattr(search, word) == read

    assert word not in vars(search)


class Points(TPESearchCV):
    """A user's own, with a parameter that is an alias elsewhere."""

    def __init__(self, estimator, param_distributions=None, *, n_points=3):
        super().__init__(estimator, param_distributions)
        self.n_points = n_points


def test_a_parameter_of_a_subclass_is_no_alias():
    search = clone(Points(SVC(), SPACE, n_points=7))

    assert (search.n_points, search.window) == (7, None)


def test_other_attributes_are_the_users_own():
    search = TPESearchCV(SVC(), SPACE)

    search.optimizer_kwargs, search.note = {}, "mine"

    assert vars(search).keys() >= {"optimizer_kwargs", "note"}


def test_short_ranges_are_ranges_under_the_word_of_scikit_optimize():
    spaces = {
        "C": (1e-3, 10.0, "log-uniform"),
        "degree": [2, 5],
        "gamma": (0.5, 1),
        "kernel": ["rbf", "poly"],
        "tol": [0.1, 0.2, 0.3],
    }
    ranges = {
        "C": Float(1e-3, 10.0, log=True),
        "degree": Int(2, 5),
        "gamma": Float(0.5, 1),
        "kernel": ["rbf", "poly"],
        "tol": [0.1, 0.2, 0.3],
    }

    assert BayesSearchCV(SVC(), search_spaces=spaces).param_distributions == ranges

    search = BayesSearchCV(SVC(), search_spaces=[spaces, SPACE])

    assert search.param_distributions == [ranges, SPACE]

    assert BayesSearchCV(SVC(), spaces).param_distributions is spaces

    with pytest.raises(SpaceError, match=r"'C': \(5, 1\) is no range"):
        BayesSearchCV(SVC(), search_spaces={"C": (5, 1)})


@pytest.mark.parametrize(
    ("args", "words", "message"),
    [
        ((), {"param_distributions": {}, "param_grid": {}}, "as 'param_distributions'"),
        (({},), {"param_grid": {}}, "twice, by position and as 'param_grid'"),
        ((), {"search_spaces": {}, "param_grid": {}}, "twice, as 'search_spaces'"),
        ((), {"n_iter": 3, "n_trials": 3}, "'n_iter' twice"),
        (({},), {"param_distributions": {}}, "multiple values"),
        (({}, 20), {}, r"got 20 at position 2. Write TPESearchCV\(..., n_iter=20\)"),
        (({},), {"max_evals": 5}, r"got max_evals=5. Write n_iter=5\."),
        (({},), {"prune_fold": True}, "Did you mean 'prune_folds'"),
    ],
    ids=str,
)
def test_words_that_cannot_be_meant(args, words, message):
    with pytest.raises(TypeError, match=message):
        TPESearchCV(SVC(), *args, **words)


def test_optimizer_settings_are_settings_of_the_sampler():
    words = {"optimizer_kwargs": {"n_initial_points": 5, "base_estimator": "GP"}}

    assert BayesSearchCV(SVC(), SPACE, **words).sampler_params == {"n_startup": 5}

    assert BayesSearchCV(SVC(), SPACE, optimizer_kwargs=None).sampler_params is None

    search = BayesSearchCV(SVC(), SPACE).set_params(**words)

    assert search.sampler_params == {"n_startup": 5}

    with pytest.raises(TypeError, match="'sampler_params' twice"):
        BayesSearchCV(SVC(), SPACE, sampler_params={}, **words)

    with pytest.raises(TypeError, match="TPESearchCV has no parameter 'optimizer_kw"):
        TPESearchCV(SVC(), SPACE, **words)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((SVC(),), {"search_spaces": [({"C": (0.5, 2.0)}, 6), ({"C": [7, 9]}, 4)]}),
        ((SVC(), [({"C": Float(0.5, 2.0)}, 6), ({"C": Int(7, 9)}, 4)]), {"n_iter": 99}),
        ((SVC(), [{"C": Float(0.5, 2.0)}, ({"C": Int(7, 9)}, 4)]), {"n_iter": 6}),
    ],
    ids=["search_spaces", "by position", "one without"],
)
def test_spaces_with_numbers_of_their_own_have_one_budget(args, words):
    with pytest.warns(SksearchWarning, match=r"compete for 10 trials, .* 6 and 4 in"):
        search = BayesSearchCV(*args, **words)

    assert search.n_iter == search.total_iterations == 10

    assert search.param_distributions == [{"C": Float(0.5, 2.0)}, {"C": Int(7, 9)}]

    assert clone(search).param_distributions == search.param_distributions

    search.set_params(search_spaces=[(SPACE, 7)])

    assert (search.n_iter, search.param_distributions) == (7, [SPACE])


def test_what_was_given():
    assert was_given(TPESearchCV(SVC(), SPACE, n_iter=50), "n_iter")

    assert was_given(TPESearchCV(SVC(), SPACE, n_trials=50), "n_iter")

    assert was_given(TPESearchCV(SVC(), SPACE).set_params(n_iter=4), "n_iter")

    assert not was_given(TPESearchCV(SVC(), SPACE, cv=3), "n_iter")

    assert not was_given(clone(TPESearchCV(SVC(), SPACE)), "n_iter")

    assert not was_given(Narrow(SVC(), SPACE), "n_iter")

    assert not was_given(clone(Narrow(SVC(), SPACE)), "n_iter")


def test_one_space_with_a_number_of_its_own():
    search = BayesSearchCV(SVC(), [(SPACE, 2)])

    assert (search.param_distributions, search.n_iter) == ([SPACE], 2)

    with pytest.raises(SpaceError, match=r"n_iter=2 is the sum of this list"):
        HalvingSearchCV(SVC(), [(SPACE, 2)]).fit([[0], [1]], [0, 1])


@pytest.mark.parametrize("word", ["n_iter", "n_trials"])
def test_halving_has_candidates(word):
    with pytest.raises(TypeError, match=r"HalvingSearchCV has no .* n_candidates=9\."):
        HalvingSearchCV(SVC(), SPACE, **{word: 9})


def test_messages_name_the_class_of_the_user():
    with pytest.raises(TypeError, match="Narrow has no parameter 'cv'"):
        Narrow(SVC(), SPACE, cv=3)

    with pytest.raises(TypeError, match="Open has no parameter 'foo'"):
        Open(SVC(), foo=3)


def test_attributes_of_other_libraries():
    search = TPESearchCV(SVC(), SPACE)

    with pytest.raises(AttributeError, match=r"'trials_dataframe'. Write search.resul"):
        search.trials_dataframe()

    assert not hasattr(search, "n_trials_")

    assert "n_trials_" not in dir(search)


def test_errors_of_attributes_stay_those_of_scikit_learn():
    search = TPESearchCV(SVC(), SPACE)

    with pytest.raises(AttributeError, match="no attribute 'zzz'"):
        search.zzz  # noqa: B018

    with pytest.raises(AttributeError, match="no attribute 'predict_proba'") as caught:
        search.predict_proba  # noqa: B018

    assert isinstance(caught.value.__cause__, AttributeError)  # of SVC

    assert pickle.loads(pickle.dumps(search)).n_iter == search.n_iter
