"""Searches that keep what candidates predict."""

import joblib
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC
from stand_ins import Counting, Rounds, data, rows

from sksearch import (
    BayesSearchCV,
    Choice,
    Float,
    HalvingSearchCV,
    StackingWeights,
    TPESearchCV,
)
from sksearch.exceptions import ResourceError
from sksearch.search import candidate_estimator

X, Y = load_iris(return_X_y=True)
FOLDS = KFold(3, shuffle=True, random_state=0)
SPACE = {"var_smoothing": [1e-9, 1e-3, 0.1]}


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_they_are_those_of_cross_validation(n_jobs):
    search = TPESearchCV(GaussianNB(), SPACE, n_iter=3, cv=FOLDS, n_jobs=n_jobs)
    with joblib.parallel_config("threading"):
        search.set_params(return_oof=True, random_state=0).fit(X, Y)
    kept = search.oof_predictions_
    rows = np.concatenate(kept.rows)

    assert len(kept) == 3

    assert_array_equal(np.sort(rows), np.arange(150))

    for i, parts in enumerate(kept.predictions):
        expected = cross_val_predict(
            candidate_estimator(search, i), X, Y, cv=FOLDS, method="predict_proba"
        )
        found = np.concatenate([part.values for part in parts])

        assert_allclose(found, expected[rows], atol=1e-6)


def test_not_kept_unless_asked_for():
    search = TPESearchCV(GaussianNB(), SPACE, n_iter=1).fit(X, Y)

    assert not hasattr(search, "oof_predictions_")

    assert not clone(search).return_oof


def test_only_of_what_predicts():
    search = TPESearchCV(KMeans(), {"n_clusters": [2]}, n_iter=1, return_oof=True)

    with pytest.raises(
        ValueError, match=r"'return_oof' parameter needs a class.*KMean"
    ):
        search.fit(X)


class Untagged(BaseEstimator):
    """Predicts, and does not say that it is a classifier, as some libraries' do."""

    def __init__(self, shift=0):
        self.shift = shift

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        return self

    def predict(self, X):
        return np.full(len(X), self.classes_[self.shift])


class Mine(ClassifierMixin, Untagged):
    pass


def test_a_predictor_that_does_not_say_what_it_is():
    words = {"n_iter": 2, "cv": FOLDS, "return_oof": True}
    space = {"shift": [0, 1]}

    with pytest.raises(ValueError, match=r"class Mine\(.*or ClassifierMixin\."):
        TPESearchCV(Untagged(), space, scoring="accuracy", **words).fit(X, Y)
    search = TPESearchCV(Mine(), space, **words).fit(X, Y)

    assert len(StackingWeights.from_search(search).fit(X, Y).predict(X)) == len(Y)


class Behind(Untagged, ClassifierMixin):
    pass


def test_a_mixin_behind_the_base_class_is_named():
    search = TPESearchCV(
        Behind(), {"shift": [0, 1]}, scoring="accuracy", cv=FOLDS, return_oof=True
    )

    with pytest.raises(ValueError, match=r"ClassifierMixin before .* of Behind"):
        search.fit(X, Y)


def test_a_yes_or_no():
    search = TPESearchCV(GaussianNB(), SPACE, n_iter=1, return_oof=7)

    with pytest.raises(ValueError, match="'return_oof' parameter"):
        search.fit(X, Y)


def halving(estimator=None, space=None, **words):
    model = GaussianNB() if estimator is None else estimator
    words = {"cv": FOLDS, "random_state": 0, "return_oof": True, **words}
    words = {"n_candidates": 6, "min_resources": "exhaust", "factor": 2, **words}
    return HalvingSearchCV(
        model, space or {"var_smoothing": Float(1e-9, 1, log=True)}, **words
    )


class TestHalving:
    @pytest.mark.parametrize(
        "words",
        [{}, {"brackets": "hyperband"}, {"n_full": 2}, {"asynchronous": True}],
        ids=str,
    )
    def test_the_last_rung_only(self, words):
        x, y = X[3:147], Y[3:147]  # so many that rungs can end with all of them
        search = halving(**words).fit(x, y)
        kept = search.oof_predictions_
        top = search.cv_results_["n_resources"] == 144

        assert top.any()

        assert [parts is not None for parts in kept.predictions] == top.tolist()

        for i in np.flatnonzero(top)[:2]:
            expected = cross_val_predict(
                candidate_estimator(search, i), x, y, cv=FOLDS, method="predict_proba"
            )
            found = np.concatenate([part.values for part in kept.predictions[i]])

            assert_allclose(found, expected[np.concatenate(kept.rows)], atol=1e-6)

    def test_a_part_of_the_rows(self):
        search = halving(min_resources=15, max_resources=30).fit(X, Y)
        kept = search.oof_predictions_

        assert search.n_resources_[-1] == 30

        for part, (_, test) in zip(kept.rows, FOLDS.split(X), strict=True):
            assert len(part) == 20  # as many as are fitted to
            assert set(part) < set(test)

        for parts in kept.predictions:
            assert parts is None or [len(p.values) for p in parts] == [20] * 3

    def test_a_parameter_as_the_resource(self):
        x, y = rows()
        words = {"resource": "max_iter", "min_resources": 2, "max_resources": 8}
        space = {"level": [0.1, 0.2, 0.3, 0.4]}
        search = halving(Rounds(), space, n_candidates=4, cv=3, **words).fit(x, y)
        kept = search.oof_predictions_.predictions
        found = [candidate_estimator(search, i) for i in range(len(kept)) if kept[i]]

        assert [model.max_iter for model in found] == [8]

    def test_nothing_is_sent_from_lower_rungs(self, tmp_path):
        path = tmp_path / "journal.jsonl"
        search = halving(storage=path).fit(X, Y)
        lines = path.read_text().splitlines()
        sent = sum('"predictions"' in line for line in lines)

        assert sent == 3 * search.n_candidates_[-1] < 3 * sum(search.n_candidates_)

        again = halving(storage=path).fit(X, Y)
        for one, other in zip(
            search.oof_predictions_.predictions,
            again.oof_predictions_.predictions,
            strict=True,
        ):
            assert (one is None) == (other is None)
            for a, b in zip(one or (), other or (), strict=True):
                assert_array_equal(a.values, b.values)

    def test_not_with_epochs(self):
        class Passing(Counting):
            def partial_fit(self, X, y):
                return self.fit(X, y)

        x, y = data()
        search = halving(
            Passing(), {"level": Float(0, 1)}, resource="epochs", max_resources=64
        )
        Counting.n_fits = 0

        with pytest.raises(ResourceError, match="Cannot use return_oof with resource"):
            search.fit(x, y)

        assert Counting.n_fits == 0


class TestCandidateEstimator:
    @pytest.mark.parametrize("face", [TPESearchCV, BayesSearchCV])
    def test_rounds_of_early_stopping(self, face):
        x, y = rows()
        space = {"best": [2, 3, 5]}
        Rounds.log.clear()
        search = face(Rounds(), space, n_iter=3, cv=4, early_stopping=5).fit(x, y)
        found = [candidate_estimator(search, i) for i in range(3)]
        n_inner = len(Rounds.log[0]["fitted"])

        assert [model.max_iter for model in found] == [
            -(-model.best * len(x) // n_inner) for model in found
        ]

        assert not any(model.early_stopping for model in found)

        assert str(found[search.best_index_]) == str(search.best_estimator_)

    def test_rounds_of_each_rung(self):
        x, y = rows()
        search = halving(
            Rounds(),
            {"level": [0.1, 0.2, 0.3]},
            n_candidates=3,
            min_resources=16,
            cv=4,
            early_stopping=5,
        ).fit(x, y)
        found = [
            candidate_estimator(search, i).max_iter
            for i in range(len(search.cv_results_["params"]))
        ]

        # Found with fewer rows, the same rounds stand for more of them on all.
        assert found[0] > found[-1] == search.best_estimator_.max_iter

    def test_who_was_not_stopped(self):
        x, y = rows()
        choice = Choice([Rounds(), GaussianNB()])
        search = TPESearchCV(choice, n_iter=2, cv=4, early_stopping=5).fit(x, y)
        found = [candidate_estimator(search, i) for i in range(2)]
        kinds = {type(model) for model in found}

        assert kinds == {Rounds, GaussianNB}

    def test_as_it_was_set(self):
        search = TPESearchCV(
            make_pipeline(SVC()), {"svc__C": [1, 2, 3]}, n_iter=3, random_state=0
        ).fit(X, Y)
        found = candidate_estimator(search, search.best_index_)

        assert str(found) == str(search.best_estimator_)

        assert not hasattr(found[-1], "classes_")

    def test_of_a_choice(self):
        search = TPESearchCV(Choice([SVC(), GaussianNB()]), n_iter=2).fit(X, Y)
        found = {type(candidate_estimator(search, i)) for i in range(2)}

        assert found == {SVC, GaussianNB}

    def test_before_the_search(self):
        with pytest.raises(NotFittedError):
            candidate_estimator(TPESearchCV(SVC(), {}), 0)


class Mute(Counting):
    """Is scored by what it knows, and cannot predict at some levels."""

    def predict(self, X):
        if self.level > 0.5:
            msg = "no words"
            raise RuntimeError(msg)
        return super().predict(X)


@pytest.mark.parametrize("face", [TPESearchCV, BayesSearchCV])
def test_what_cannot_be_kept_changes_no_score(face, tmp_path):
    x, y = data()
    words = {"n_iter": 2, "cv": 3, "random_state": 0, "refit": False}
    words["scoring"] = lambda estimator, X, y: estimator.level
    space = {"level": [0.2, 0.9]}
    plain, kept, again = (
        face(Mute(), space, **words, **more).fit(x, y)
        for more in (
            {},
            {"return_oof": True, "storage": tmp_path / "journal"},
            {"return_oof": True, "storage": tmp_path / "journal"},
        )
    )
    last = int(np.argmax(kept.cv_results_["mean_test_score"]))

    assert_array_equal(
        plain.cv_results_["mean_test_score"], kept.cv_results_["mean_test_score"]
    )

    for search in (kept, again):
        assert search.oof_predictions_.predictions[last] is None

        with pytest.warns(UserWarning, match=f"Candidate {last} of .*no words"):
            ensemble = StackingWeights.from_search(search)

        assert [member.level for _, member in ensemble.estimators] == [0.2]


@pytest.mark.parametrize("index", [3, -4, "best", 1.0])
def test_a_row_that_there_is_not(index):
    search = TPESearchCV(GaussianNB(), SPACE, n_iter=3, cv=FOLDS).fit(X, Y)

    with pytest.raises(IndexError, match=f"from 0 to 2, got {index!r}"):
        search.candidate_estimator(index)
