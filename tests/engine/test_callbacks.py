import dataclasses
import warnings

import pytest
from stand_ins import Knob, data

from sksearch import Choice, Float, HalvingSearchCV, Option, TPESearchCV
from sksearch.engine import CandidateRecord
from sksearch.exceptions import SpaceExhaustedWarning


def test_record_cannot_be_changed():
    record = CandidateRecord(0, {"a": 1}, 0.5, {"score": [0.5]}, 0, {"a": 1}, 0.5, 1, 2)

    with pytest.raises(dataclasses.FrozenInstanceError):
        record.score = 1.0


class TestWhatARecordTells:
    def records(self, space, face=TPESearchCV, **words):
        X, y = data()
        seen = []
        words = {"cv": 2, "random_state": 0, "callbacks": seen.append, **words}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SpaceExhaustedWarning)
            face(Knob(), space, **words).fit(X, y)
        return seen

    def test_how_many_there_will_be(self):
        level = {"level": Float(0.0, 1.0)}

        assert [r.n_total for r in self.records(level, n_iter=3)] == [3, 3, 3]

        few = self.records({"level": [0.1, 0.2]}, n_iter=9)
        assert [r.n_total for r in few] == [2, 2]

    def test_which_of_them_improve(self):
        points = [{"level": level} for level in (0.2, 0.5, 0.3, 0.6)]
        seen = self.records({"level": Float(0.0, 1.0)}, n_iter=4, initial_points=points)

        assert [r.improved for r in seen] == [True, True, False, True]

    def test_seconds_to_go_are_known_and_end_with_the_last(self):
        seen = self.records({"level": Float(0.0, 1.0)}, n_iter=4)

        assert all(r.eta > 0 for r in seen[:-1])

        assert seen[-1].eta == 0.0

    def test_seconds_to_go_end_with_the_timeout(self):
        seen = self.records({"level": Float(0.0, 1.0)}, n_iter=10_000, timeout=0.2)

        assert all(0 <= r.eta <= 0.2 for r in seen)

    def test_on_rungs(self):
        seen = self.records(
            {"level": Float(0.0, 1.0)},
            face=HalvingSearchCV,
            n_candidates=9,
            min_resources=10,
        )

        assert all(r.eta > 0 for r in seen[:-1])

        assert seen[-1].eta == 0.0

        assert {r.n_total for r in seen} == {len(seen)}

    def test_estimators_that_are_not_the_users(self):
        own, seen = Knob(0.1), []

        def meddle(record):
            seen.append(record.params["estimator"].level)
            for params in (record.params, record.best_params):
                params["estimator"].set_params(level=0.9)

        TPESearchCV(Choice([own, Knob(0.2)]), {}, n_iter=2, cv=2, callbacks=meddle).fit(
            *data()
        )

        assert (own.level, sorted(seen)) == (0.1, [0.1, 0.2])

    def test_the_label_of_the_estimator_type(self):
        points = [{"estimator": "low"}, {"estimator": "high"}]
        choice = Choice({"low": Knob(0.1), "high": Option(Knob(), level=[0.9, 0.8])})
        seen = []
        TPESearchCV(
            choice, {}, n_iter=2, cv=2, initial_points=points, callbacks=seen.append
        ).fit(*data())

        assert [r.label for r in seen] == ["low", "high"]

        one = self.records({"level": Float(0.0, 1.0)}, n_iter=1)
        assert one[0].label == "Knob"
