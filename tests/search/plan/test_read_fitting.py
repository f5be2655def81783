"""Tests of searches whose fits are stopped."""

import json

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import make_classification
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier
from sklearn.exceptions import FitFailedWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold, TimeSeriesSplit
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from stand_ins import Rounds, Witness, rows

from sksearch import (
    Choice,
    EarlyStopping,
    Float,
    HalvingSearchCV,
    Int,
    Option,
    TPESearchCV,
    load_history,
)
from sksearch.exceptions import ResourceError

FACES = [TPESearchCV, HalvingSearchCV]
X, Y = rows()
N = len(X)
SPACE = {"level": Float(0.0, 1.0)}
SEE = Pipeline([("see", Witness()), ("clf", Rounds())])
SEEN_SPACE = {"clf__level": Float(0.0, 1.0)}


#: Folds that go forward, with a gap of their own each.
GAPS = [(np.arange(18), np.arange(19, 25)), (np.arange(10, 26), np.arange(30, 40))]


def as_mask(rows):
    """Return indices as a mask."""
    return np.isin(np.arange(N), rows)


@pytest.fixture(autouse=True)
def no_logs():
    Rounds.log.clear()
    Witness.log.clear()


def search(face=TPESearchCV, estimator=None, space=None, **words):
    words = {"cv": 4, "random_state": 0, "early_stopping": 5, **words}
    if face is HalvingSearchCV:
        words = {"n_candidates": 3, "min_resources": 20, "factor": 2, **words}
    else:
        words = {"n_iter": 3, **words}
    model = Rounds() if estimator is None else estimator
    return face(model, space or SPACE, **words)


class TestLeaks:
    """No row of a test fold is seen before the model is scored on it."""

    @pytest.mark.parametrize("face", FACES)
    def test_test_rows(self, face):
        cv = KFold(4, shuffle=True, random_state=0)
        found = search(face, SEE, SEEN_SPACE, cv=cv, refit=False).fit(X, Y)
        whole = [set(test.tolist()) for _, test in cv.split(X)]
        n_fits = 4 * len(found.cv_results_["params"])

        assert len(Rounds.log) == len(Witness.log) == n_fits

        for i, (seen, transformed) in enumerate(
            zip(Rounds.log, Witness.log, strict=True)
        ):
            fitted, held = set(seen["fitted"]), set(seen["held"])
            test = whole[i % 4]
            assert set(seen["scored"]) <= test
            assert not (fitted | held) & test
            assert not fitted & held
            assert transformed == seen["fitted"]

    def test_all_training_rows_are_used(self):
        search(early_stopping={"validation_fraction": 0.2}, refit=False).fit(X, Y)

        for seen in Rounds.log:
            assert len(seen["held"]) == 6
            every = seen["fitted"] + seen["held"] + seen["scored"]
            assert sorted(every) == list(range(N))

    def test_candidates_have_the_same_rows(self):
        search(refit=False).fit(X, Y)
        held = [seen["held"] for seen in Rounds.log]

        assert held[:4] == held[4:8] == held[8:]

        assert len({tuple(part) for part in held}) == 4

    def test_classes(self):
        search(refit=False, early_stopping={"validation_fraction": 0.2}).fit(X, Y)

        assert all(np.sum(seen["y"][1]) == 3 for seen in Rounds.log)

    def test_groups(self):
        groups = np.arange(N) // 4
        search(cv=GroupKFold(5), refit=False).fit(X, Y, groups=groups)

        for seen in Rounds.log:
            assert len(set(groups[seen["held"]])) == 1
            assert not set(groups[seen["held"]]) & set(groups[seen["fitted"]])

    def test_time(self):
        search(cv=TimeSeriesSplit(3), refit=False).fit(X, Y)

        for seen in Rounds.log:
            assert max(seen["fitted"]) < min(seen["held"])
            assert max(seen["held"]) < min(seen["scored"])

    @pytest.mark.parametrize("face", FACES)
    @pytest.mark.parametrize(
        ("cv", "gaps"),
        [
            (TimeSeriesSplit(2, gap=3), [3, 3]),
            (TimeSeriesSplit(3, gap=2, test_size=5, max_train_size=12), [2, 2, 2]),
            (GAPS, [1, 4]),
            ([tuple(as_mask(rows) for rows in fold) for fold in GAPS], [1, 4]),
        ],
        ids=["expanding", "sliding", "custom", "masks"],
    )
    def test_gaps(self, face, cv, gaps):
        search(face, cv=cv, refit=False).fit(X, Y)

        for i, seen in enumerate(Rounds.log):
            between = min(seen["held"]) - max(seen["fitted"]) - 1
            assert between == gaps[i % len(gaps)]
            assert min(seen["scored"]) - max(seen["held"]) - 1 == between


class TestResults:
    @pytest.mark.parametrize("face", FACES)
    @pytest.mark.parametrize(
        "given", [5, {"patience": 5}, EarlyStopping(5)], ids=["int", "dict", "value"]
    )
    def test_columns(self, face, given):
        found = search(face, early_stopping=given).fit(X, Y).cv_results_

        for key in [f"split{i}_n_rounds" for i in range(4)] + ["mean_n_rounds"]:
            assert found[key].tolist() == [7.0] * len(found["params"])

    @pytest.mark.parametrize("face", FACES)
    def test_true_is_the_default(self, face):
        found = search(face, refit=False, early_stopping=True).fit(X, Y)

        assert set(found.cv_results_["mean_n_rounds"]) == {7.0}

        assert {len(seen["held"]) for seen in Rounds.log} <= {1, 2, 3}

    @pytest.mark.parametrize("face", FACES)
    @pytest.mark.parametrize("value", [None, False], ids=str)
    def test_none_without(self, face, value):
        found = search(face, early_stopping=value).fit(X, Y)

        assert not [key for key in found.cv_results_ if "n_rounds" in key]

        assert found.best_estimator_.max_iter == 100

    def test_failed_fits(self):
        space = {"best": [-1, 7]}
        with (
            pytest.warns(FitFailedWarning, match="4 fits failed"),
            pytest.warns(UserWarning, match="non-finite"),
        ):
            found = search(space=space, n_iter=2, initial_points=None).fit(X, Y)
        failed = [p["best"] == -1 for p in found.cv_results_["params"]]

        assert np.isnan(found.cv_results_["mean_n_rounds"]).tolist() == failed

    def test_nothing_else_changes(self):
        one, other = search().fit(X, Y), search(early_stopping=None).fit(X, Y)

        assert one.cv_results_["params"] == other.cv_results_["params"]

    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_in_workers_as_well(self, n_jobs):
        model = HistGradientBoostingClassifier(min_samples_leaf=3, random_state=0)
        words = {"space": {"learning_rate": Float(0.1, 0.5)}, "n_iter": 2, "cv": 2}
        with joblib.parallel_config("threading"):
            found = search(estimator=model, n_jobs=n_jobs, **words).fit(X, Y)

        assert (found.cv_results_["mean_n_rounds"] < 100).all()


class TestRefit:
    @pytest.mark.parametrize("face", FACES)
    def test_rounds_are_scaled_to_the_rows(self, face):
        found = search(face, SEE, SEEN_SPACE).fit(X, Y)
        best = found.best_estimator_[-1]
        n_inner = len(Rounds.log[-2]["fitted"])

        assert n_inner == 27

        assert best.max_iter == best.n_iter_ == -(-7 * N // n_inner)

        assert best.get_params()["early_stopping"] is False

        assert Rounds.log[-1]["fitted"] == list(range(N))

        assert Rounds.log[-1]["held"] is None

    def test_the_candidate_s_own_number_is_the_most(self):
        found = search(space={"max_iter": [8]}, n_iter=1).fit(X, Y)

        assert found.best_params_ == {"max_iter": 8}

        assert found.best_estimator_.max_iter == 8

    def test_halving_with_a_part_of_the_rows(self):
        found = search(HalvingSearchCV, max_resources=20, n_candidates=1).fit(X, Y)
        n_inner = len(Rounds.log[0]["fitted"])

        assert n_inner < 15

        assert found.best_estimator_.max_iter == -(-7 * N // n_inner)


class TestJournal:
    def test_rounds_come_back(self, tmp_path):
        path = tmp_path / "journal.jsonl"
        first = search(storage=path).fit(X, Y)
        Rounds.log.clear()
        again = search(storage=path).fit(X, Y)

        assert len(Rounds.log) == 1  # the refit

        assert again.best_estimator_.max_iter == first.best_estimator_.max_iter == 11

        lines = [json.loads(line) for line in path.read_text().splitlines()]
        assert [x["n_rounds"] for x in lines if "n_rounds" in x] == [7.0] * 12

        assert load_history(path)["mean_n_rounds"].tolist() == [7.0] * 3

    def test_another_patience_is_another_search(self, tmp_path):
        path = tmp_path / "journal.jsonl"
        search(storage=path, n_iter=1).fit(X, Y)

        with pytest.raises(ValueError, match="early_stopping"):
            search(storage=path, n_iter=1, early_stopping=6).fit(X, Y)


class TestChoice:
    def test_who_cannot_be_stopped_is_fitted_plainly(self):
        choice = Choice({"rounds": Rounds(0.1), "logistic": LogisticRegression()})
        found = TPESearchCV(
            choice, n_iter=2, cv=4, random_state=0, early_stopping=5
        ).fit(X, Y)
        kinds = [type(p["estimator"]).__name__ for p in found.cv_results_["params"]]
        stopped = ~np.isnan(found.cv_results_["mean_n_rounds"])

        assert sorted(kinds) == ["LogisticRegression", "Rounds"]

        assert [kind == "Rounds" for kind in kinds] == stopped.tolist()

        assert isinstance(found.best_estimator_, LogisticRegression)

    def test_a_step(self):
        space = {"clf": Choice([LogisticRegression(), Option(Rounds(), best=[3])])}
        found = search(estimator=SEE, space=space, n_iter=2).fit(X, Y)

        assert np.nanmin(found.cv_results_["mean_n_rounds"]) == 3.0

    def test_a_callable_is_not_foreseen(self):
        def space(trial):
            return {"level": trial.suggest_float("level", 0.0, 1.0)}

        found = search(space=space).fit(X, Y)

        assert found.cv_results_["mean_n_rounds"].tolist() == [7.0] * 3


class TestErrors:
    """They come before the first fit."""

    @pytest.fixture(autouse=True)
    def nothing_was_fitted(self):
        yield
        assert Rounds.log == []

    @pytest.mark.parametrize("face", FACES)
    @pytest.mark.parametrize("value", [0, 0.5, "yes", {"n": 1}], ids=str)
    def test_values(self, face, value):
        with pytest.raises((TypeError, ValueError), match="'early_stopping' parameter"):
            search(face, early_stopping=value).fit(X, Y)

    @pytest.mark.parametrize(
        ("estimator", "space"),
        [
            (KNeighborsClassifier(), {"n_neighbors": [3, 5]}),
            (Choice([KNeighborsClassifier()]), {}),
            (SEE, {"clf": Choice([KNeighborsClassifier()])}),
            (
                Pipeline([("a", StandardScaler()), ("b", KNeighborsClassifier())]),
                {"b__n_neighbors": [3, 5]},
            ),
        ],
        ids=["model", "choice", "step", "pipeline"],
    )
    def test_nobody_can_be_stopped(self, estimator, space):
        made = TPESearchCV(estimator, space, n_iter=1, early_stopping=5)
        words = "'early_stopping' parameter stops XGBoost.*cannot stop KNeighbors"

        with pytest.raises(ValueError, match=words):
            made.fit(X, Y)

    def test_rows_at_random_from_groups(self):
        model = GradientBoostingClassifier()
        made = search(estimator=model, space={"max_depth": [1, 2]}, cv=GroupKFold(3))

        with pytest.raises(ValueError, match="With groups"):
            made.fit(X, Y, groups=np.arange(N) // 4)

    def test_an_eval_set_of_one_s_own(self):
        with pytest.raises(ValueError, match="fit got 'X_val'"):
            search().fit(X, Y, X_val=X, y_val=Y)

    def test_one_group_in_a_fold(self):
        made = search(cv=GroupKFold(2))

        with pytest.raises(ValueError, match="at least two training groups"):
            made.fit(X, Y, groups=np.arange(N) % 2)

    @pytest.mark.filterwarnings("ignore:No candidate gets max_resources")
    def test_one_group_on_the_lowest_rung(self):
        made = search(HalvingSearchCV, cv=GroupKFold(2), min_resources=8)

        with pytest.raises(ValueError, match=r"lowest rung. Use larger min_resources"):
            made.fit(X, Y, groups=np.arange(N) // 10)

    def test_a_gap_that_leaves_nothing(self):
        made = search(cv=TimeSeriesSplit(3, gap=9, max_train_size=9))

        with pytest.raises(ValueError, match="gap of 9 rows before those held back"):
            made.fit(X, Y)

    @pytest.mark.parametrize(
        ("estimator", "space"),
        [
            (None, {"early_stopping": [True, False]}),
            (None, {"n_iter_no_change": Int(3, 9)}),
            (SEE, {"clf__early_stopping": ["auto", False]}),
            (Choice([Option(Rounds(), early_stopping=[False, True])]), {}),
            (
                Choice([Option(SEE, clf__n_iter_no_change=[3, 4]), Rounds()]),
                {},
            ),
            (SEE, {"clf": Choice([Option(Rounds(), n_iter_no_change=[3, 4])])}),
        ],
        ids=["switch", "patience", "step", "choice", "pipelines", "option"],
    )
    def test_a_searched_stopping(self, estimator, space):
        made = TPESearchCV(estimator or Rounds(), space, early_stopping=5)

        with pytest.raises(ValueError, match="which early_stopping sets itself"):
            made.fit(X, Y)

    def test_metadata_need_the_name_of_a_step(self):
        with pytest.raises(TypeError, match="step__name, such as clf__sample_weight"):
            search(estimator=SEE, space=SEEN_SPACE).fit(X, Y, sample_weight=np.ones(N))

    @pytest.mark.parametrize("resource", ["max_iter", "epochs"])
    def test_rounds_as_the_resource(self, resource):
        class Passing(Rounds):
            def partial_fit(self, X, y):
                return self

        made = HalvingSearchCV(
            Passing(), SPACE, resource=resource, max_resources=9, early_stopping=5
        )

        with pytest.raises(ResourceError, match=f"early_stopping with.*'{resource}'"):
            made.fit(X, Y)


def test_another_parameter_as_the_resource():
    made = search(
        HalvingSearchCV, resource="best", min_resources=2, max_resources=4, cv=2
    ).fit(X, Y)
    results = made.cv_results_

    assert results["mean_n_rounds"].tolist() == results["n_resources"].tolist()


def test_data_frames_and_weights():
    frame = pd.DataFrame(X, columns=["a", "b", "c"])
    weight = pd.Series(np.arange(N) + 0.5)
    search(n_iter=1, refit=False).fit(frame, pd.Series(Y), sample_weight=weight)

    for seen in Rounds.log:
        for part, got in zip(("fitted", "held"), seen["weight"], strict=True):
            np.testing.assert_array_equal(got, np.array(seen[part]) + 0.5)


@pytest.mark.slow
def test_it_saves_rounds_and_keeps_the_score():
    X, y = make_classification(400, 10, flip_y=0.2, random_state=0)
    model = HistGradientBoostingClassifier(max_iter=150, random_state=0)
    space = {"learning_rate": Float(0.1, 0.3)}
    words = {"estimator": model, "space": space, "n_iter": 2, "cv": 3}
    stopped = search(**words, early_stopping=10).fit(X, y)
    whole = search(**words, early_stopping=None).fit(X, y)

    assert stopped.cv_results_["mean_n_rounds"].max() < 75

    assert stopped.best_score_ > whole.best_score_ - 0.03
