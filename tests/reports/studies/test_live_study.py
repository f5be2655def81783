"""A study of Optuna that grows with a search."""

import optuna_stand_in as stand_in
import pytest
from sklearn.svm import SVC

from sksearch import Choice, Float, Int, Option, as_space
from sksearch.reports import LiveStudy

NAN = float("nan")
SPACE = as_space(
    {"clf": Choice({"svm": Option(SVC(), C=Float(0.1, 10, log=True))}), "n": Int(1, 9)}
)


pytestmark = pytest.mark.usefixtures("optuna")


def params(**own):
    return {"clf": SPACE.hyperparameters[0].domain.values[0], "n": 3, **own}


def test_a_trial_is_added_once():
    live = LiveStudy(SPACE)
    scores = {"score": [0.4, 0.6]}
    trial = live.add(0, params(clf__C=1.0), 0.5, scores, seconds=2.0)

    assert live.add(0, params(clf__C=1.0), 0.5, scores, seconds=2.0) is trial

    assert live.study.trials == [trial]

    assert trial.params == {"clf": "svm", "n": 3, "clf__C": 1.0}

    assert trial.distributions["clf__C"] == stand_in.FloatDistribution(0.1, 10.0, True)

    assert (trial.state.name, trial.value) == ("COMPLETE", 0.5)

    assert (trial.datetime_complete - trial.datetime_start).total_seconds() == 2

    assert trial.user_attrs == {
        "candidates": [0],
        "split0_test_score": 0.4,
        "split1_test_score": 0.6,
        "mean_test_score": 0.5,
        "std_test_score": pytest.approx(0.1),
    }


def test_failures_and_pruned_trials():
    live = LiveStudy(SPACE)
    scores = {"score": [0.4, NAN]}
    failed = live.add(0, params(clf__C=1.0), NAN, scores, seconds=1)
    pruned = live.add(1, params(clf__C=2.0), 0.3, scores, seconds=1, pruned=True)

    assert (failed.state.name, failed.value) == ("FAIL", None)

    assert failed.user_attrs["mean_test_score"] is None

    assert (pruned.state.name, pruned.value) == ("PRUNED", 0.3)


def test_a_given_study_and_its_end():
    study = stand_in.Study()
    live = LiveStudy(SPACE, study)

    assert live.study is study

    with live.stoppable():
        study.stop()

    assert live.stopped

    with pytest.raises(RuntimeError, match="outside"):
        study.stop()


def test_parameters_of_a_space_function_are_those_that_are_set():
    live = LiveStudy(as_space(lambda trial: {"C": 2 * trial.suggest_int("half", 1, 4)}))

    assert live.add(0, {"C": 4}, 0.5, {"score": [0.5]}, seconds=1).params == {"C": 4}
