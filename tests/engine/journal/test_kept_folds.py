"""Tests of folds that a journal keeps."""

# ruff: noqa: NPY002 - what scripts do

import json

import numpy as np
import pytest
from scipy.stats import loguniform
from sklearn.base import clone
from sklearn.model_selection import (
    GroupShuffleSplit,
    KFold,
    RepeatedKFold,
    ShuffleSplit,
    StratifiedKFold,
    StratifiedShuffleSplit,
)
from stand_ins import Knob, data

from sksearch import TPESearchCV
from sksearch.engine.journal._kept_folds import _array, _plain
from sksearch.exceptions import JournalError

X, Y = data()
GROUPS = np.arange(len(X)) // 2


class Seeing(Knob):
    """Its score tells which rows it saw."""

    def score(self, X, y=None):
        return float(np.abs(X).sum())


class Shuffling:
    """A splitter of the user's, which asks numpy's global generator."""

    def __init__(self, k=3):
        self.k = k

    def get_n_splits(self, X=None, y=None, groups=None):
        return self.k

    def draw(self, n):
        return np.random.permutation(n)

    def split(self, X, y=None, groups=None):
        for test in np.array_split(self.draw(len(X)), self.k):
            yield np.setdiff1d(np.arange(len(X)), test), test


class WithGenerator(Shuffling):
    """Likewise, with a generator of its own; it gives masks."""

    def __init__(self, rng):
        super().__init__()
        self.rng = rng

    def draw(self, n):
        return self.rng.permutation(n)

    def split(self, X, y=None, groups=None):
        for train, _ in super().split(X):
            mask = np.isin(np.arange(len(X)), train)
            yield mask, ~mask


def by_hand():
    for test in np.array_split(np.random.permutation(len(X)), 3):
        yield np.setdiff1d(np.arange(len(X)), test).tolist(), test.tolist()


def search(path, cv, n_iter=3):
    space = {"level": loguniform(0.1, 10)}
    words = {"random_state": 0, "storage": path, "n_iter": n_iter}
    return TPESearchCV(Seeing(), space, cv=cv, **words)


@pytest.mark.parametrize(
    "make",
    [
        lambda: KFold(3, shuffle=True),
        lambda: StratifiedKFold(3, shuffle=True),
        lambda: ShuffleSplit(3),
        lambda: StratifiedShuffleSplit(3),
        lambda: GroupShuffleSplit(3),
        lambda: RepeatedKFold(n_splits=2, n_repeats=2),
        lambda: KFold(3, shuffle=True, random_state=np.random.RandomState(0)),
        Shuffling,
        lambda: WithGenerator(np.random.default_rng()),
        lambda: WithGenerator(np.random.RandomState()),
        lambda: KFold(3, shuffle=True).split(X),
        lambda: iter(list(KFold(3, shuffle=True).split(X))),
        by_hand,
    ],
    ids=[str(i) for i in range(13)],
)
def test_the_next_run_has_the_same_folds(tmp_path, make):
    path = tmp_path / "search.jsonl"
    grouped = isinstance(make(), GroupShuffleSplit)
    params = {"groups": GROUPS} if grouped else {}
    first = search(path, make()).fit(X, Y, **params)
    before = path.read_bytes()
    assert "folds" in json.loads(before.splitlines()[0])["kept"]
    again = search(path, make()).fit(X, Y, **params)
    assert path.read_bytes() == before
    for name in (n for n in first.cv_results_ if n.startswith("split")):
        np.testing.assert_array_equal(again.cv_results_[name], first.cv_results_[name])
    more = search(path, make(), n_iter=4).fit(X, Y, **params)
    assert len(more.cv_results_["params"]) == 4


def test_the_same_object_fitted_again(tmp_path):
    splitter = WithGenerator(np.random.default_rng(0))
    one = search(tmp_path / "search.jsonl", splitter).fit(X, Y)
    one.set_params(n_iter=5).fit(X, Y)
    assert len(one.cv_results_["params"]) == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (KFold(3, shuffle=True), KFold(3, shuffle=True, random_state=0)),
        (KFold(3, shuffle=True), KFold(4, shuffle=True)),
        (KFold(3, shuffle=True), KFold(3)),
        (KFold(3), KFold(3, shuffle=True)),
        (KFold(3, shuffle=True), ShuffleSplit(3)),
        (Shuffling(), Shuffling(4)),
        (Shuffling(), WithGenerator(np.random.default_rng(0))),
        (iter(list(KFold(3).split(X))), iter(list(KFold(4).split(X)))),
        (
            KFold(3, shuffle=True, random_state=0).split(X),
            KFold(3, shuffle=True, random_state=1).split(X),
        ),
        (
            KFold(3, shuffle=True).split(X),
            KFold(3, shuffle=True, random_state=1).split(X),
        ),
        (list(KFold(3).split(X)), list(KFold(3, shuffle=True).split(X))),
    ],
    ids=[str(i) for i in range(11)],
)
def test_another_splitter_is_refused(tmp_path, one, other):
    path = tmp_path / "search.jsonl"
    search(path, one).fit(X, Y)
    with pytest.raises(JournalError, match="differs in cv"):
        search(path, other).fit(X, Y)


@pytest.mark.parametrize(
    "cv", [3, KFold(3), KFold(3, shuffle=True, random_state=0), list(KFold(3).split(X))]
)
def test_folds_that_can_be_made_again_take_no_room(tmp_path, cv):
    path = tmp_path / "search.jsonl"
    search(path, cv).fit(X, Y)
    assert "folds" not in json.loads(path.read_text().splitlines()[0])["kept"]


@pytest.mark.parametrize(
    "indices",
    [
        np.arange(5),
        np.array([3, 1, 2], dtype=np.int32),
        np.array([2**40, 1]),
        np.array([], dtype=np.int64),
        np.array([True, False]),
        np.array([-1, 4]),
    ],
)
def test_indices_come_back_as_they_were(indices):
    found = _array(json.loads(json.dumps(_plain(indices))))
    np.testing.assert_array_equal(found, indices)
    assert found.dtype == indices.dtype


def test_sorted_indices_take_little_room():
    train, _ = next(KFold(5, shuffle=True, random_state=0).split(np.zeros(100_000)))
    assert len(json.dumps(_plain(train))) < 40_000


class TestGenerators:
    def test_are_there_for_one_fit(self):
        search = TPESearchCV(
            Knob(), {"level": [0.1, 0.2]}, n_iter=2, cv=KFold(2).split(X)
        )
        with pytest.raises(ValueError, match=r"'cv' is a generator.*Write cv=list\("):
            search.fit(X, Y).fit(X, Y)

    def test_are_not_cloned(self):
        search = TPESearchCV(Knob(), {"level": [0.1, 0.2]}, cv=KFold(2).split(X))
        with pytest.raises(TypeError, match=r"'cv' parameter is a generator.*KFold"):
            clone(search)

        assert clone(search.set_params(cv=list(KFold(2).split(X)))).cv
