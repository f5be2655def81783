import threading

import pytest
from sklearn.pipeline import Pipeline
from stand_ins import Knob, Locked

from sksearch.evaluation import Evaluator
from sksearch.exceptions import SpaceTypeError
from sksearch.workers import SharedValue
from sksearch.workers._packer import Packer

LOCK = threading.Lock()


class Holder(Knob):
    def __init__(self, level=0.5, hook=None):
        super().__init__(level)
        self.hook = hook


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"level": 1, "hook": LOCK}, "hook"),
        ({"hooks": [1, LOCK]}, "hooks"),
        ({"model": Holder(hook=LOCK)}, "model__hook"),
        ({"clf": Pipeline([("a", Holder(hook=LOCK))])}, "clf__steps"),
        ({"frames": (i for i in range(3))}, "frames"),
    ],
)
def test_names_the_parameter(params, name):
    with pytest.raises(SpaceTypeError, match=f"The value of '{name}' cannot be sent"):
        Packer().params(params)


def test_what_can_be_pickled_passes_and_is_pickled_once():
    pickled = []

    class Counting:
        def __reduce__(self):
            pickled.append(1)
            return int, ()

    value, packer = Counting(), Packer()
    for _ in range(3):
        packer.params({"a": value, "b": 1.0, "c": lambda x: x})

    assert len(pickled) == 1


def test_what_all_fits_share():
    packer = Packer()
    good = SharedValue(Evaluator(Knob(), None, (), lambda *args: 0.0))
    for _ in range(2):
        packer.check_shared(good)

    bad = SharedValue(Evaluator(Holder(hook=LOCK), None, (), None))
    with pytest.raises(SpaceTypeError, match="'estimator__hook' cannot be sent"):
        packer.check_shared(bad)


def test_what_has_no_parts_is_not_named():
    with pytest.raises(TypeError, match="cannot pickle"):
        Packer().check_shared(SharedValue(LOCK))


def test_estimators_are_sent_unfitted_and_cloned_once():
    knob = Locked().fit([[0.0]])
    packer = Packer()
    first, again = (
        packer.arguments(([[1.0]], {"clf": knob, "steps": [("a", knob)], "C": 1}))
        for _ in range(2)
    )

    assert first[0] == [[1.0]]

    assert first[1]["C"] == 1

    assert not hasattr(first[1]["clf"], "lock_")

    assert not hasattr(first[1]["steps"][0][1], "lock_")

    assert again[1]["clf"] is first[1]["clf"]

    assert hasattr(knob, "lock_")
