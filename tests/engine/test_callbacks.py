import dataclasses
import re

import pytest
from sklearn.model_selection import GridSearchCV
from stand_ins import Knob, data, two_metrics

from sksearch import TPESearchCV
from sksearch.engine import CandidateRecord, announce


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
