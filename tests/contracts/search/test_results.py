"""The results of every face."""

from __future__ import annotations

import numpy as np
import pytest
from faces import (
    LEVEL,
    MIXED,
    X,
    Y,
    assert_same_results,
    grid_of,
    mixed_pipeline,
    one_quick_face,
)
from scipy.stats import loguniform, randint
from sklearn.model_selection import GridSearchCV, KFold
from stand_ins import Knob

from sksearch import Categorical, Float, Int
from sksearch.exceptions import SpaceExhaustedWarning


class TestResults:
    @one_quick_face
    @pytest.mark.parametrize(
        ("scoring", "train"),
        [
            (None, False),
            (["accuracy", "f1"], False),
            ({"b": "f1", "a": "recall"}, True),
        ],
        ids=["none", "list", "dict"],
    )
    def test_results_are_what_grid_search_has_for_the_same_candidates(
        self, face, scoring, train
    ):
        words = {
            "scoring": scoring,
            "refit": False,
            "return_train_score": train,
            "cv": KFold(2, shuffle=True, random_state=1),
        }
        found = face(mixed_pipeline(), MIXED, **words).fit(X, Y)
        expected = GridSearchCV(mixed_pipeline(), grid_of(found), **words).fit(X, Y)
        ours, theirs = dict(found.cv_results_), expected.cv_results_
        for column in face.more_columns:
            assert len(ours.pop(column)) == 5

        assert set(ours) == set(theirs)

        # The columns of parameters come in the order of the space, not of the alphabet.
        assert [key for key in ours if not key.startswith("param_")] == [
            key for key in theirs if not key.startswith("param_")
        ]

        for key, column in theirs.items():
            if key == "params":
                continue

            assert type(ours[key]) is type(column), key

            assert ours[key].dtype == column.dtype, key

            assert ours[key].shape == column.shape, key

            if key.startswith("param_"):
                assert ours[key].mask.tolist() == column.mask.tolist(), key

                assert str(list(ours[key])) == str(list(column)), key
            elif "_time" not in key:
                np.testing.assert_array_equal(ours[key], column, err_msg=key)

        assert [repr(sorted(p.items())) for p in ours["params"]] == [
            repr(sorted(p.items())) for p in theirs["params"]
        ]

        assert found.n_splits_ == expected.n_splits_

        assert found.multimetric_ == expected.multimetric_

        assert hasattr(found, "best_index_") == hasattr(expected, "best_index_")

    def test_times_are_seconds(self, face):
        results = face(Knob(), LEVEL).fit(X, Y).cv_results_

        for key in ("mean_fit_time", "std_fit_time", "mean_score_time"):
            assert results[key].shape == (5,)

            assert (results[key] >= 0).all()

            assert (results[key] < 5).all()

    def test_the_best_is_the_best(self, face):
        search = face(Knob(), LEVEL, n_iter=12).fit(X, Y)
        means = search.cv_results_["mean_test_score"]

        assert search.best_index_ == means.argmax()

        assert search.best_score_ == means.max()

        assert search.best_params_ == search.cv_results_["params"][means.argmax()]

        assert search.best_estimator_.level == search.best_params_["level"]

        assert search.refit_time_ >= 0

    def test_the_same_seed_gives_the_same_search(self, face):
        words = {"n_iter": 8, "initial_points": ()}
        one, again, other = (
            face(mixed_pipeline(), MIXED, **words, random_state=seed).fit(X, Y)
            for seed in (7, 7, 8)
        )

        assert_same_results(one.cv_results_, again.cv_results_)

        assert str(one.cv_results_["params"]) != str(other.cv_results_["params"])

    def test_fitting_again_gives_the_same(self, face):
        search = face(mixed_pipeline(), MIXED)
        first = search.fit(X, Y).cv_results_

        assert_same_results(first, search.fit(X, Y).cv_results_)

    def test_a_random_state_goes_on_from_fit_to_fit(self, face):
        search = face(Knob(), LEVEL, random_state=np.random.RandomState(0))
        first = search.fit(X, Y).cv_results_["params"]

        assert search.fit(X, Y).cv_results_["params"] != first

    def test_without_a_seed_numpys_own_is_used(self, face):
        found = []
        for _ in range(2):
            np.random.seed(3)  # noqa: NPY002 - as users do
            found.append(face(Knob(), LEVEL, random_state=None).fit(X, Y).best_params_)

        assert found[0] == found[1]

    def test_candidates_are_never_repeated(self, face):
        space = {"level": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]}
        search = face(Knob(), space, n_iter=6).fit(X, Y)

        assert sorted(search.cv_results_["param_level"]) == space["level"]

    def test_a_finite_space_ends_early(self, face):
        search = face(Knob(), {"level": [0.1, 0.2, 0.3]}, n_iter=50)

        with pytest.warns(SpaceExhaustedWarning, match="only 3 configurations"):
            search.fit(X, Y)

        assert len(search.cv_results_["params"]) == 3

        assert search.best_params_ == {"level": 0.3}

    def test_an_empty_space_has_one_candidate(self, face):
        search = face(Knob(), {}, n_iter=1).fit(X, Y)

        assert search.cv_results_["params"] == [{}]

        assert search.best_params_ == {}

    @pytest.mark.parametrize("n_iter", [1, 2, 9])
    def test_n_iter(self, face, n_iter):
        search = face(Knob(), LEVEL, n_iter=n_iter).fit(X, Y)

        assert len(search.cv_results_["params"]) == n_iter

    def test_values_are_plain_python(self, face):
        space = {
            "a": Int(1, 100, log=True),
            "b": Float(0, 1),
            "c": loguniform(1, 2),
            "d": randint(0, 5),
            "e": np.array([1, 2, 3]),
            "f": np.array(["x", "y"]),
            "g": Categorical([np.float32(0.5), np.int64(3)]),
            "h": range(4),
            "i": [np.bool_(True), np.bool_(False)],
        }

        class Holder(Knob):
            def __init__(self, a=1, b=0, c=1, d=0, e=1, f="x", g=3, h=0, i=False):
                super().__init__()
                vars(self).update(a=a, b=b, c=c, d=d, e=e, f=f, g=g, h=h, i=i)

        search = face(Holder(), space, n_iter=5).fit(X, Y)
        for params in [*search.cv_results_["params"], search.best_params_]:
            assert {type(value) for value in params.values()} <= {int, float, str, bool}
