"""The folds of every face."""

from __future__ import annotations

import joblib
import numpy as np
import pytest
from faces import LEVEL, X, Y, assert_same_results, grid_of, one_quick_face
from scipy.stats import loguniform
from sklearn.model_selection import (
    GridSearchCV,
    GroupKFold,
    KFold,
    LeaveOneGroupOut,
    ShuffleSplit,
    StratifiedKFold,
)
from sklearn.naive_bayes import GaussianNB
from stand_ins import Knob

from sksearch._sklearn import is_constant


class TestFolds:
    @pytest.mark.parametrize(
        "cv",
        [
            lambda: KFold(3, shuffle=True),
            lambda: StratifiedKFold(3, shuffle=True),
            lambda: ShuffleSplit(3, test_size=0.3),
            lambda: iter(list(KFold(3, shuffle=True).split(X))),
            lambda: KFold(3, shuffle=True, random_state=np.random.RandomState(0)),
        ],
        ids=["kfold", "stratified", "shuffle split", "one-shot", "stream"],
    )
    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_every_candidate_has_the_same(self, face, cv, n_jobs):
        """A score that tells which rows it saw is the same for all."""

        def which(estimator, X, y):
            return float(X[:, 0] @ np.sqrt(np.arange(1, len(X) + 1)))

        cv = cv()
        search = face(Knob(), LEVEL, cv=cv, scoring=which, n_jobs=n_jobs, n_iter=8)
        if face.constant and not is_constant(cv):
            # As scikit-learn's own halving searches.
            with pytest.raises(ValueError, match=face.constant):
                search.fit(X, Y)
            return
        with joblib.parallel_config("threading"):
            search.fit(X, Y)

        for i in range(3):
            assert len(set(search.cv_results_[f"split{i}_test_score"])) == 1

        assert (
            len({search.cv_results_[f"split{i}_test_score"][0] for i in range(3)}) == 3
        )

    def test_split_is_called_once(self, face):
        calls = []

        class Watched(KFold):
            def split(self, X, y=None, groups=None):
                calls.append(len(X))
                return super().split(X, y, groups)

        face(Knob(), LEVEL, cv=Watched(3)).fit(X, Y)

        assert calls == [len(X)]

    @one_quick_face
    def test_a_classifier_has_stratified_folds(self, face):
        y = np.r_[np.zeros(34), np.ones(6)]
        search = face(
            Knob(),
            LEVEL,
            scoring=lambda estimator, X, y: float(y.sum()),
            n_iter=2,
            cv=3,
        ).fit(X, y)

        assert [search.cv_results_[f"split{i}_test_score"][0] for i in range(3)] == [
            2
        ] * 3

    @one_quick_face
    def test_masks_as_splits(self, face):
        mask = np.arange(len(X)) < 20
        masks = [(mask, ~mask), (~mask, mask)]
        as_numbers = [(np.flatnonzero(a), np.flatnonzero(b)) for a, b in masks]
        one, other = (
            face(GaussianNB(), {"var_smoothing": loguniform(1e-9, 1)}, cv=cv).fit(X, Y)
            for cv in (masks, as_numbers)
        )

        assert_same_results(one.cv_results_, other.cv_results_)

    @one_quick_face
    @pytest.mark.parametrize("cv", [LeaveOneGroupOut(), GroupKFold(4)], ids=repr)
    def test_groups(self, face, cv):
        groups = np.arange(len(X)) % 4
        space = {"var_smoothing": loguniform(1e-9, 1)}
        search = face(GaussianNB(), space, cv=cv, n_iter=3).fit(X, Y, groups=groups)
        expected = GridSearchCV(GaussianNB(), grid_of(search), cv=cv)
        expected.fit(X, Y, groups=groups)

        assert search.n_splits_ == 4

        np.testing.assert_array_equal(
            search.cv_results_["mean_test_score"],
            expected.cv_results_["mean_test_score"],
        )
