import dataclasses
import re
import warnings

import pytest
from sklearn.model_selection import GridSearchCV
from stand_ins import Knob, data, two_metrics

from sksearch import Float, HalvingSearchCV, TPESearchCV
from sksearch.engine import CandidateRecord, announce
from sksearch.exceptions import SpaceExhaustedWarning


def without_times(text):
    """Return lines without runs of dots, commas, semicolons and the seconds."""
    return [
        re.sub(r"\.\.+|[,;]", "", re.sub(r"\d+\.\d+s", "", line))
        for line in text.splitlines()
    ]


def test_announce_says_how_many_fits(capsys):
    announce(1, 5, 20)

    assert capsys.readouterr().out == (
        "Fitting 5 folds for each of 20 candidates, totalling 100 fits\n"
    )


def test_announce_is_silent_by_default(capsys):
    announce(0, 5, 20)

    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("scoring", [None, two_metrics], ids=["one", "two metrics"])
@pytest.mark.parametrize("train", [False, True], ids=["test", "train and test"])
@pytest.mark.parametrize("verbose", [0, 1, 2, 3])
def test_verbose_prints_what_grid_search_prints(capsys, verbose, train, scoring):
    X, y = data()
    words = {
        "cv": 2,
        "verbose": verbose,
        "return_train_score": train,
        "scoring": scoring,
        "refit": False,
    }
    GridSearchCV(Knob(), {"level": [0.25]}, **words).fit(X, y)
    expected = without_times(capsys.readouterr().out)
    TPESearchCV(Knob(), {"level": [0.25]}, n_iter=1, **words).fit(X, y)

    assert without_times(capsys.readouterr().out) == expected


def test_much_verbose_names_the_candidate(capsys):
    X, y = data()
    TPESearchCV(Knob(), {"level": [0.25, 0.5]}, n_iter=2, cv=3, verbose=10).fit(X, y)
    out = capsys.readouterr().out

    assert "[CV 1/3; 1/2]" in out

    assert "[CV 3/3; 2/2]" in out


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

    def test_seconds_to_go_are_those_of_the_pace_so_far(self):
        seen = self.records({"level": Float(0.0, 1.0)}, n_iter=4)

        assert seen[-1].eta == 0.0

        for n, record in enumerate(seen, start=1):
            assert record.eta == pytest.approx(record.elapsed / n * (4 - n))

    def test_seconds_to_go_end_with_the_timeout(self):
        seen = self.records({"level": Float(0.0, 1.0)}, n_iter=10_000, timeout=0.2)

        assert all(0 <= r.eta <= 0.2 for r in seen)

    def test_on_rungs_nobody_knows(self):
        seen = self.records(
            {"level": Float(0.0, 1.0)},
            face=HalvingSearchCV,
            n_candidates=9,
            min_resources=10,
        )

        assert {r.eta for r in seen} == {None}

        assert {r.n_total for r in seen} == {len(seen)}
