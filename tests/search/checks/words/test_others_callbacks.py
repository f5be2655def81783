"""Callbacks written for Optuna and for scikit-optimize."""

import sys
from types import SimpleNamespace

import optuna_stand_in as stand_in
import pytest
from sklearn.base import clone
from stand_ins import Knob, data

from sksearch import (
    BayesSearchCV,
    Choice,
    Float,
    HalvingSearchCV,
    Option,
    TPESearchCV,
)
from sksearch.exceptions import SksearchWarning
from sksearch.search.checks import IntoStudy
from sksearch.search.checks.words import takes_two
from sksearch.search.checks.words._others_callbacks import is_study

X, Y = data()
SPACE = {"level": Float(0.1, 1.0, log=True)}
WORDS = {"cv": 2, "random_state": 0}


class TPESampler:
    """Has the name of one of Optuna's."""


class MySampler(TPESampler):
    """A user's own."""


class MySearch(TPESearchCV):
    """A user's own."""


def new_study(**words):
    return stand_in.Study(**{"sampler": TPESampler(), **words})


@pytest.mark.parametrize(
    ("callback", "two"),
    [
        (lambda study, trial: None, True),
        (lambda record: None, False),
        (lambda record, more=1: None, False),
        (lambda *args: None, False),
        (lambda a, b, c: None, False),
        (max, False),
    ],
    ids=["two", "one", "default", "any", "three", "compiled"],
)
def test_takes_two(callback, two):
    assert takes_two(callback) is two


class TestOfOptuna:
    def test_study_and_trial(self, optuna):
        seen = []

        def tell(study, trial):
            seen.append((trial.params, trial.value))
            assert study.trials[-1] is trial

        words = {"n_iter": 3, "callbacks": [tell], **WORDS}
        search = TPESearchCV(Knob(), SPACE, **words).fit(X, Y)
        table = search.cv_results_

        assert seen == list(zip(table["params"], table["mean_test_score"], strict=True))

    def test_stop_ends_the_search(self, optuna):
        class Stop:
            def __call__(self, study, trial):
                if len(study.trials) == 2:
                    study.stop()

        search = TPESearchCV(Knob(), SPACE, n_iter=9, callbacks=Stop(), **WORDS)
        search.fit(X, Y)

        assert search.n_trials_ == 2

        assert search.end_reason_.endswith("Stop")

    def test_one_study_beside_own_callbacks(self, optuna):
        studies, records = [], []
        callbacks = [
            lambda study, trial: studies.append(study),
            lambda record: records.append(record.score),
            lambda study, trial: studies.append(study),
        ]
        TPESearchCV(Knob(), SPACE, n_iter=2, callbacks=callbacks, **WORDS).fit(X, Y)

        assert len(records) == len(studies[0].trials) == 2

        assert len(set(map(id, studies))) == 1

    def test_without_optuna(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "optuna", None)
        search = TPESearchCV(Knob(), SPACE, callbacks=lambda study, trial: None)

        with pytest.raises(
            ImportError, match=r"not installed. Write def callback\(rec"
        ):
            search.fit(X, Y)

        assert not hasattr(search, "cv_results_")

    @pytest.mark.parametrize(
        ("words", "fit"),
        [
            ({"callbacks": lambda study, trial: None}, {}),
            ({"study": new_study()}, {}),
            ({}, {"callback": print}),
        ],
        ids=["callback", "study", "of fit"],
    )
    def test_on_rungs(self, words, fit, optuna):
        search = HalvingSearchCV(Knob(), SPACE, n_candidates=3, factor=3, **words)
        if "study" in words:
            words["study"].sampler = type("TPESampler", (), {})()

        with pytest.raises((TypeError, ValueError), match=r"rungs|Write TPESearchCV"):
            search.fit(X, Y, **fit)


class TestStudy:
    def test_gets_the_trials(self, optuna):
        study = new_study()
        search = TPESearchCV(Knob(), SPACE, n_trials=3, study=study, **WORDS).fit(X, Y)

        assert [t.value for t in study.trials] == [
            *search.cv_results_["mean_test_score"]
        ]

        assert search.study_ is study

        assert search.best_trial_.params == search.best_params_

    def test_is_a_callback(self, optuna):
        study, seen = new_study(), []
        words = {"study": study, "callbacks": lambda study, _: seen.append(study)}
        search = TPESearchCV(Knob(), SPACE, n_iter=2, **words, **WORDS)
        into, _ = search.callbacks

        assert isinstance(into, IntoStudy)

        assert "study" not in search.get_params()

        assert clone(search).callbacks[0].study is not study

        search.fit(X, Y)

        assert all(one is study for one in seen)

        assert len(study.trials) == 2

    def test_set_later(self, optuna):
        words = {"callbacks": print, "study": new_study()}
        search = MySearch(Knob(), SPACE, n_iter=1, **words)
        search.set_params(study=new_study(sampler=MySampler()))
        into, other = search.callbacks

        assert (type(into.study.sampler), other) == (MySampler, print)

        assert len(search.set_params(callbacks=[into]).fit(X, Y).trials_) == 1

    @pytest.mark.parametrize(
        ("study", "message"),
        [
            (
                new_study(trials=[1, 2]),
                r"without trials, got 2.* Write initial_points=",
            ),
            (
                new_study(sampler=type("GPSampler", (), {})()),
                r"GPSampler, .* Write BayesSearchCV\(...\)",
            ),
            (
                new_study(directions=(SimpleNamespace(name="MINIMIZE"),)),
                "to maximise one score",
            ),
        ],
        ids=["trials", "other face", "direction"],
    )
    def test_that_asks_for_something_else(self, study, message, optuna):
        search = TPESearchCV(Knob(), SPACE, study=study)

        with pytest.raises(ValueError, match=message):
            search.fit(X, Y)

    def test_with_a_sampler_that_no_class_has(self, optuna):
        study = new_study(sampler=type("CmaEsSampler", (), {})())
        search = TPESearchCV(Knob(), SPACE, n_trials=2, study=study, **WORDS)

        with pytest.warns(SksearchWarning, match="has a CmaEsSampler, and the class"):
            search.fit(X, Y)

        assert len(study.trials) == 2

    def test_of_another_library(self):
        assert not is_study("x")

        with pytest.raises(TypeError, match=r"no parameter 'study'.* Write storage="):
            TPESearchCV(Knob(), SPACE, study="x")


class TestOfScikitOptimize:
    @pytest.mark.parametrize("many", [False, True])
    def test_results_so_far(self, many):
        seen = []

        def on_step(result):
            seen.append((list(result.x_iters), result.fun))
            return len(seen) == 3

        callback = [on_step] if many else on_step
        search = BayesSearchCV(Knob(), SPACE, n_iter=9, **WORDS)
        search.fit(X, Y, callback=callback)
        levels = [p["level"] for p in search.cv_results_["params"]]

        assert [points for points, _ in seen] == [
            [[v] for v in levels[: i + 1]] for i in range(3)
        ]

        assert seen[-1][1] == -search.best_score_

        assert search.end_reason_.startswith("callback TestOfScikitOptimize")

    def test_results_of_each_dict(self):
        seen = []
        spaces = [{"level": Float(0.1, 0.4)}, {"level": Float(0.5, 1.0)}]
        search = BayesSearchCV(Knob(), spaces, n_iter=6, **WORDS)
        search.fit(X, Y, callback=lambda result: seen.append(result.x_iters))

        for points in seen:
            assert len({level < 0.45 for (level,) in points}) == 1

        assert max(map(len, seen)) < 6

    def test_an_estimator_that_takes_it_gets_it(self):
        got = []

        class Taking(Knob):
            def fit(self, X, y, callback=None):
                got.append(callback)
                return super().fit(X, y)

        TPESearchCV(Taking(), SPACE, n_iter=1, **WORDS).fit(X, Y, callback="theirs")

        assert set(got) == {"theirs"}

    def test_trees_have_no_result(self):
        search = TPESearchCV(Choice({"a": Option(Knob(), **SPACE)}))

        with pytest.raises(TypeError, match=r"'callback' of fit gets .* conditional"):
            search.fit(X, Y, callback=print)
