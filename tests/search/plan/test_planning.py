"""What a search reads and checks before its first fit, whatever the face."""

import pickle

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.linear_model import Ridge
from sklearn.svm import SVC
from stand_ins import Counting, Knob, data

from sksearch import BayesSearchCV, Choice, Float, HalvingSearchCV, TPESearchCV
from sksearch.engine import FoldKeeper
from sksearch.exceptions import SpaceTypeError
from sksearch.samplers import RandomSampler
from sksearch.search._base import BaseSearch

X, Y = data()
FACES = [TPESearchCV, HalvingSearchCV]


class RandomSearchCV(TPESearchCV):
    """A face of a stranger's: one method."""

    def _plan(self, data, rng):
        return self._all_at_once(RandomSampler, data, rng)


def read(search, X=X, y=Y, **params):
    return search._read(X, y, params, FoldKeeper(search.cv))


def plan(search, seed=0):
    return search._plan(read(search), np.random.RandomState(seed))


class TestFaces:
    def test_one_method_makes_a_face(self):
        made = plan(RandomSearchCV(Knob(), {"level": [0.1, 0.2]}, n_iter=9))

        assert type(made.sampler) is RandomSampler

        assert made.sizes == {0: 2}

        assert made.scheduler.n_candidates == 9

        assert (made.asked, made.repeats, made.columns) == ("n_iter", False, ())

        assert made.attributes == {}

    def test_it_searches(self):
        space = {"level": Float(0, 1)}
        search = RandomSearchCV(Knob(), space, n_iter=5, cv=2, random_state=0)

        assert len(search.fit(X, Y).cv_results_["params"]) == 5

    def test_a_face_without_a_plan_is_none(self):
        assert BaseSearch.__abstractmethods__ == {"__init__", "_plan"}

    @pytest.mark.parametrize("face", FACES)
    def test_the_first_number_of_the_seed_is_the_samplers(self, face):
        """A journal goes on only if it stays so."""
        made = plan(face(Knob(), {"level": Float(0, 1)}, initial_points=()), seed=7)
        seed = np.random.RandomState(7).randint(np.iinfo(np.int32).max)
        twin = type(made.sampler)(made.tuned.space, random_state=seed)

        assert made.sampler.ask().configuration == twin.ask().configuration

    def test_settings_of_the_user_go_before_those_of_the_face(self):
        class Noted(RandomSampler):
            def __init__(self, space, *, a=0, b=0, c=0, **words):
                super().__init__(space, **words)
                self.settings = (a, b, c)

        search = TPESearchCV(Knob(), {"level": Float(0, 1)}, sampler_params={"b": 3})
        rng = np.random.RandomState(0)
        made = search._all_at_once(Noted, read(search), rng, a=1, b=2)

        assert made.sampler.settings == (1, 3, 0)


class Nearby(RandomSampler):
    """Proposes what is near the last trial: another course than that of the faces."""

    learns = True

    def __init__(self, space, *, width=0.1, **words):
        super().__init__(space, **words)
        self.width = width

    def propose(self):
        if not self.history.told:
            return super().propose()
        moved = self.history.told[-1].row + self.width * (self.rng.random() - 0.5)
        return np.clip(moved, 0, 1)[None]


def nearby(space, **words):
    return Nearby(space, **words)


@pytest.mark.parametrize("face", [TPESearchCV, BayesSearchCV, HalvingSearchCV])
def test_a_sampler_of_the_users_own(face, tmp_path):
    """It proposes, also after a pause and in a copy, and the journal knows it."""

    def search(**words):
        usual = {
            "sampler": Nearby,
            "sampler_params": {"width": 0.01},
            "n_candidates" if face is HalvingSearchCV else "n_iter": 7,
            "initial_points": None,
            "random_state": 0,
        }
        return face(Knob(), {"level": Float(0, 1)}, cv=2, **{**usual, **words})

    whole = search().fit(X, Y)

    assert (
        0 < np.ptp([params["level"] for params in whole.cv_results_["params"]]) < 0.04
    )

    path = tmp_path / "search.jsonl"
    search(storage=path, callbacks=lambda record: record.n_finished == 3).fit(X, Y)
    found = clone(pickle.loads(pickle.dumps(search(storage=path)))).fit(X, Y)

    assert found.end_counts_["known"] == 3

    assert found.cv_results_["params"] == whole.cv_results_["params"]

    for other in ({"sampler": nearby}, {"sampler_params": {"width": 0.02}}):
        with pytest.raises(ValueError, match="differs in sampler"):
            search(storage=path, **other).fit(X, Y)


@pytest.mark.parametrize("face", FACES)
def test_what_cannot_score_says_so_before_it_asks_for_a_target(face):
    class Mute(ClassifierMixin, BaseEstimator):
        score = property()

        def fit(self, X, y):
            return self

    with pytest.raises(TypeError, match="'score' method"):
        face(Mute(), {}).fit(X)


class TestData:
    def test_by_whom_it_is_for(self):
        groups = np.arange(len(X)) // 2
        found = read(TPESearchCV(SVC(), {}), groups=groups, sample_weight=Y + 1.0)

        assert set(found.params) == {"groups", "sample_weight"}

        assert set(found.fit_params) == {"sample_weight"}

        assert found.split_params["groups"] is groups

    @pytest.mark.parametrize(
        ("estimator", "kind"),
        [
            (SVC(), "classifier"),
            (Ridge(), "regressor"),
            (Choice([Ridge(), SVC()]), "regressor"),
        ],
    )
    def test_what_is_fitted(self, estimator, kind):
        assert read(TPESearchCV(estimator, {})).kind == kind

    def test_a_choice_between_what_cannot_be_fitted(self):
        with pytest.raises(SpaceTypeError, match="option 'a' has no fit"):
            read(TPESearchCV(Choice({"a": 1})))

    def test_nothing_is_split_until_folds_are_wanted(self):
        search = TPESearchCV(SVC(), {}, cv=[(np.arange(20), [-41])])
        found = read(search)

        with pytest.raises(IndexError, match="row -41"):
            _ = found.folds


ROWS = np.arange(len(X))
EARLY = ROWS < 20


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(
    ("folds", "kind", "pattern"),
    [
        ([(ROWS[:20], ROWS[20:]), (ROWS[20:], ROWS[:20] + 30)], IndexError, "fold 1"),
        ([(ROWS[:20], [-41])], IndexError, "test part of fold 0 has row -41"),
        ([(EARLY[:30], ~EARLY)], IndexError, "mask of 30 entries, X has 40 rows"),
        ([(EARLY * 1, ~EARLY * 1)], ValueError, r"write mask.astype\(bool\)"),
        ([(ROWS[:20] * 1.0, ROWS[20:])], ValueError, "got float64 values"),
        ([(ROWS, [])], ValueError, "test part of fold 0 is empty"),
        ([(EARLY & ~EARLY, EARLY)], ValueError, "training part of fold 0 is empty"),
        ([(np.where(EARLY), np.where(~EARLY))], ValueError, "np.flatnonzero"),
        ([(ROWS, 5)], ValueError, "one-dimensional"),
        ([(["a"], ["b"])], ValueError, "must hold positions"),
    ],
)
def test_folds_that_do_not_fit_the_data(face, folds, kind, pattern, refused):
    Counting.n_fits = 0
    refused(Counting(), {"level": Float(0, 1)}, pattern, kind, cv=folds, face=face)

    assert Counting.n_fits == 0


def test_positions_from_the_end_are_rows():
    folds = [(ROWS[:20], -np.arange(1, 21))]
    search = TPESearchCV(Knob(), {"level": [1, 2, 3]}, n_iter=3, cv=folds)
    kept = search.set_params(return_oof=True).fit(X, Y).oof_predictions_

    assert kept.rows[0].tolist() == list(range(39, 19, -1))
