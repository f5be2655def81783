"""The one-standard-error rule, alone and in all faces."""

import numpy as np
import pytest
from faces import QUICK_FACES, make_search
from sklearn.base import clone
from sklearn.datasets import make_classification
from sklearn.neighbors import KNeighborsClassifier

from sksearch import HalvingSearchCV, OneStandardError, TPESearchCV

X, Y = make_classification(90, flip_y=0.2, random_state=0)
SPACE = {"n_neighbors": [1, 3, 5, 7, 9, 11, 13, 15]}


def table(scores, params=None, seconds=None, metric="score", **more):
    scores = np.array(scores, dtype=float)
    means = scores.mean(axis=1)
    n = len(scores)
    columns = {f"split{i}_test_{metric}": c for i, c in enumerate(scores.T)}
    return {
        "params": params or [{"C": n - i} for i in range(n)],
        "mean_fit_time": np.array(seconds or [1.0] * n),
        f"mean_test_{metric}": means,
        f"rank_test_{metric}": (-means).argsort().argsort() + 1,
        **columns,
        **more,
    }


def search_of(face=TPESearchCV, **words):
    words = {"n_iter": 8, "random_state": 0, "cv": 3, **words}
    return make_search(face, KNeighborsClassifier(), SPACE, **words)


def test_the_simplest_within_a_standard_error():
    # The second is worse by .01 with a standard error of .01; the third by .03.
    results = table([[0.9, 0.8, 0.7], [0.9, 0.8, 0.67], [0.85, 0.78, 0.68]])

    assert OneStandardError()(results) == 1


def test_the_error_is_that_of_the_mean():
    # Worse by .015, with a standard deviation of .015 and an error of .009.
    results = table([[0.9, 0.8, 0.7], [0.87, 0.785, 0.7]])

    assert OneStandardError()(results) == 0


def test_differences_are_paired_by_fold():
    """Folds differ by much more than the candidates, which differ by the same."""
    results = table([[0.9, 0.5, 0.1], [0.89, 0.49, 0.09]])

    assert OneStandardError()(results) == 0


def test_candidates_that_lack_a_fold_cannot_win():
    results = table([[0.9, 0.8], [0.9, np.nan], [0.5, 0.5]])

    assert OneStandardError()(results) == 0


def test_only_the_highest_rung_counts():
    rungs = {"iter": np.array([0, 1, 1])}
    results = table([[1.0, 1.0], [0.8, 0.7], [0.8, 0.7]], **rungs)

    assert OneStandardError()(results) == 2


def test_one_fold_has_no_error():
    assert OneStandardError()(table([[0.9], [0.89], [0.9]])) == 2


def test_a_key_says_what_is_simple():
    results = table([[0.9, 0.8]] * 3)
    rule = OneStandardError(
        key=lambda results: [abs(p["C"] - 2) for p in results["params"]]
    )

    assert rule(results) == 1

    with pytest.raises(ValueError, match="a number for each of 3 candidates"):
        OneStandardError(key=lambda results: [1.0])(results)


@pytest.mark.parametrize("face", QUICK_FACES)
def test_all_faces_take_its_short_form(face):
    search = search_of(face, refit="one_standard_error").fit(X, Y)
    expected = OneStandardError()(search.cv_results_)

    assert search.best_index_ == expected

    assert search.best_params_ == search.cv_results_["params"][expected]

    assert search.best_score_ == search.cv_results_["mean_test_score"][expected]

    assert search.best_estimator_.n_neighbors == search.best_params_["n_neighbors"]

    usual = search_of(face).fit(X, Y)

    assert search.best_params_["n_neighbors"] > usual.best_params_["n_neighbors"]

    assert search.score(X, Y) == search.best_estimator_.score(X, Y)

    assert search.estimate_score().score < usual.estimate_score().score


def test_of_several_metrics_the_named_one_drives():
    rule = OneStandardError(metric="roc_auc")
    search = search_of(scoring=["accuracy", "roc_auc"], refit=rule).fit(X, Y)
    single = search_of(scoring="roc_auc", refit="one_standard_error").fit(X, Y)

    assert search.cv_results_["params"] == single.cv_results_["params"]

    assert search.best_index_ == single.best_index_

    assert search.best_score_ == single.best_score_

    assert search.score(X, Y) == single.score(X, Y)

    assert search.estimate_score() == single.estimate_score()


def test_a_single_metric_may_be_named():
    search = search_of(scoring="accuracy", refit=OneStandardError(metric="accuracy"))
    expected = search_of(scoring="accuracy", refit="one_standard_error").fit(X, Y)

    assert search.fit(X, Y).best_index_ == expected.best_index_


@pytest.mark.parametrize(
    ("refit", "pattern"),
    [
        ("one_standard_error", r"'one_standard_error'.*OneStandardError\(metric='acc"),
        (OneStandardError(), r"OneStandardError\(metric='accuracy'\)"),
        (OneStandardError(metric="roc_acu"), "mean 'roc_auc'"),
    ],
)
def test_several_metrics_need_a_name(refit, pattern):
    search = search_of(scoring=["accuracy", "roc_auc"], refit=refit)

    with pytest.raises(ValueError, match=pattern):
        search.fit(X, Y)

    assert not hasattr(search, "cv_results_")


def test_halving_takes_one_of_the_last_rung():
    search = HalvingSearchCV(
        KNeighborsClassifier(),
        SPACE,
        n_candidates=8,
        factor=2,
        min_resources=40,
        refit="one_standard_error",
        random_state=0,
    ).fit(X, Y)

    assert search.cv_results_["iter"][search.best_index_] == search.n_iterations_ - 1


def test_it_goes_on_from_a_journal_without_the_rule(tmp_path):
    file = tmp_path / "search.jsonl"
    search_of(storage=file).fit(X, Y)
    search = search_of(storage=file, refit="one_standard_error", resume=True)

    assert search.fit(X, Y).best_index_ == OneStandardError()(search.cv_results_)


def test_it_is_a_value_that_can_be_cloned():
    search = search_of(refit=OneStandardError(metric="a"))

    assert clone(search).refit == OneStandardError(metric="a")

    assert repr(OneStandardError()) == "OneStandardError(metric=None, key=None)"


@pytest.mark.parametrize("words", [{"metric": 1}, {"key": "mean_fit_time"}])
def test_parameters_that_cannot_be_meant(words):
    with pytest.raises(TypeError, match=f"'{next(iter(words))}' parameter must be"):
        OneStandardError(**words)
