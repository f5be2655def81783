import threading

import pytest
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from stand_ins import Knob, Locked, data

from sksearch.space.values._unfitted import unfitted


class Own(Knob):
    """Knows itself how it is copied."""

    def __sklearn_clone__(self):
        return Own(0.75)


def fitted(level=0.25):
    return Locked(level).fit(*data())


def test_an_estimator():
    model = fitted()
    copied = unfitted(model)

    assert (type(copied), copied.level) == (Locked, 0.25)

    assert hasattr(model, "lock_")

    assert not hasattr(copied, "lock_")


def test_a_pipeline_and_a_list_of_steps():
    steps = [("scale", StandardScaler().fit(*data())), ("last", fitted())]
    for copied in (unfitted(Pipeline(steps)).steps, unfitted(steps)):
        assert [name for name, _ in copied] == ["scale", "last"]

        assert not hasattr(copied[0][1], "mean_")

        assert not hasattr(copied[1][1], "lock_")

    assert hasattr(steps[1][1], "lock_")


def test_who_knows_it_better():
    assert unfitted(Own()).level == 0.75


@pytest.mark.parametrize(
    "value",
    [3, "a", None, Knob, threading.Lock()],
    ids=["number", "text", "None", "class", "lock"],
)
def test_other_values_are_as_they_are(value):
    assert unfitted(value) is value
