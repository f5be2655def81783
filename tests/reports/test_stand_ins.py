"""The number for a failure is no score: what failed is not shown, or tried, as good."""

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier
from stand_ins import Knob, Sturdy, data, quietly

from sksearch import GridSearchCV, OneStandardError, StackingWeights
from sksearch.plots.numbers import read_table
from sksearch.reports import Results, stand_ins

X, Y = data()
X_FIRST = X[0, 0]
GRID = {"mood": ["fit fails", "good", "score fails"], "level": [0.4, 0.6]}
#: Rows of the grid with a score of their own.
GOOD = {1, 4}


def grid(**words):
    words = {"cv": 3, "refit": False, **words}
    return quietly(GridSearchCV(Sturdy(), GRID, **words))


@pytest.fixture(scope="module", params=[0.0, 5.0])
def search(request):
    return grid(error_score=request.param, return_oof=True)


class Erring(Knob):
    """Fails in the first of several folds, if `at` is 1."""

    def __init__(self, level=0.5, at=0):
        super().__init__(level)
        self.at = at

    def score(self, X, y=None):
        if self.at and np.asarray(X)[0, 0] == X_FIRST:
            raise ValueError
        return self.level


def broken(model, X, y):
    msg = "no such metric"
    raise ValueError(msg)


def moods(params):
    return [own["mood"] for own in params]


def test_only_candidates_that_earned_their_score_are_tried_again(search, tmp_path):
    assert moods(search.top_params(6)) == ["good", "good"]

    assert moods(m.get_params() for m in search.top_models(6, X, Y)) == ["good"] * 2

    search.to_json(tmp_path / "grid.json")
    kept = Results.from_json(tmp_path / "grid.json")

    assert moods(kept.top_params(6)) == ["good", "good"]

    for found in (search, kept):
        frame = found.results_frame("dict")

        assert set(frame["candidate"][:2].tolist()) == GOOD

        assert frame["candidate"][0] == found.leaderboard("dict")["candidate"][0]

        assert (
            set(np.flatnonzero(np.isfinite(read_table(found).scores)).tolist()) == GOOD
        )


def test_scikit_learns_table_keeps_the_number(search):
    means = search.cv_results_["mean_test_score"]

    assert (means == search.error_score).sum() == 4


def test_an_estimate_is_that_of_the_best_that_earned_it(search):
    found = search.estimate_score()
    best = max(search.cv_results_["mean_test_score"][sorted(GOOD)])

    assert found.score + found.optimism == pytest.approx(best)


def test_a_fold_that_failed_by_another_metric_has_its_score():
    scoring = {"good": "accuracy", "bad": broken, "worse": broken}
    with pytest.warns(UserWarning, match="failed"):
        search = GridSearchCV(
            KNeighborsClassifier(),
            {"n_neighbors": [1, 3]},
            scoring=scoring,
            refit="good",
            error_score=0.0,
            cv=2,
        ).fit(X, Y)

    assert len(search.top_params()) == 2

    assert len(stand_ins(search.cv_results_, search.failures_, "bad", 0.0)) == 4

    assert stand_ins(search.cv_results_, search.failures_, "bad", np.nan) == []

    assert stand_ins(search.cv_results_, search.failures_, "bad", "raise") == []


def test_a_candidate_that_failed_once_is_not_near_the_best():
    """Beside good scores, the number makes its standard error large."""
    search = quietly(
        GridSearchCV(
            Erring(),
            {"level": [0.5, 0.501], "at": [0, 1]},
            refit=OneStandardError(key=lambda results: -results["param_at"]),
            error_score=0.4,
            cv=4,
        )
    )

    assert search.best_params_ == {"at": 0, "level": 0.501}


def test_an_ensemble_has_no_member_that_failed(search):
    ensemble = StackingWeights.from_search(search, top_k=6)

    assert set(moods(e.get_params() for _, e in ensemble.estimators)) == {"good"}
