import pytest
from sklearn.base import clone
from sklearn.neighbors import KNeighborsClassifier
from stand_ins import Rounds

from sksearch import EarlyStopping
from sksearch.evaluation.stopping._stop_rule import StopRule


class Aliased(KNeighborsClassifier):
    """Its count has two names, one of which it is given."""

    def __init__(self, rounds=None, n_rounds=None):
        super().__init__()
        self.rounds = rounds
        self.n_rounds = n_rounds


def stop(**words):
    return StopRule(lambda model: 1, ("n_rounds", "rounds"), 50, **words)


@pytest.mark.parametrize(
    ("model", "n", "expected"),
    [
        (Aliased(), 30, (30, None)),
        (Aliased(), 70, (50, None)),
        (Aliased(n_rounds=20), 30, (None, 20)),
        (Aliased(n_rounds=90), 30, (None, 30)),
        (Aliased(rounds=40), 30, (30, None)),
    ],
    ids=["none", "default", "capped", "alias", "last"],
)
def test_fix(model, n, expected):
    stop().fix(model, n)

    assert (model.rounds, model.n_rounds) == expected


def test_fix_switches_off_what_is_on():
    kind = StopRule(
        lambda model: 1,
        ("max_iter",),
        100,
        off={"early_stopping": False, "n_iter_no_change": 3, "other": 1},
    )
    model = Rounds(n_iter_no_change=None)
    kind.fix(model, 12)

    assert (model.early_stopping, model.n_iter_no_change) == (False, None)


def test_switch_on():
    model = Rounds()
    stop(patience="n_iter_no_change", fraction="level", on={"best": 3}).switch_on(
        model, EarlyStopping(5, 0.25)
    )

    assert (model.n_iter_no_change, model.level, model.best) == (5, 0.25, 3)


def test_without_a_fit_it_is_alone():
    assert stop().alone

    assert not stop(fit=print).alone


class Calling(Rounds):
    """Has callbacks."""

    def __init__(self, patience=None, callbacks=None, max_iter=100):
        super().__init__(max_iter=max_iter)
        self.patience = patience
        self.callbacks = callbacks


OWN = {"own": {"patience": 0}, "is_stop": lambda callback: callback == "stop"}


@pytest.mark.parametrize(
    ("model", "patience", "callbacks"),
    [
        (Calling(), None, None),
        (Calling(5), 0, None),
        (Calling(callbacks=["stop"]), None, None),
        (Calling(5, ["log", "stop", "save"]), 0, ["log", "save"]),
        (Calling(callbacks=["log"]), None, ["log"]),
    ],
    ids=["none", "parameter", "callback", "both", "another"],
)
@pytest.mark.parametrize("last", [False, True], ids=["fold", "last"])
def test_a_stopping_of_its_own_is_replaced(model, patience, callbacks, last):
    kind, model = StopRule(lambda model: 1, ("max_iter",), 50, **OWN), clone(model)
    if last:
        kind.fix(model, 5)
    else:
        kind.switch_on(model, EarlyStopping(5))

    assert (model.patience, model.callbacks) == (patience, callbacks)


@pytest.mark.parametrize(
    ("model", "callbacks", "expected"),
    [
        (Calling(), None, None),
        (Calling(), ["log"], None),
        (Calling(3), None, "patience"),
        (Calling(0), None, None),
        (Calling(callbacks=["stop"]), None, "callbacks"),
        (Calling(), ["stop"], "callbacks"),
    ],
)
def test_what_wants_rows(model, callbacks, expected):
    assert stop(**OWN).wants_rows(model, callbacks) == expected


def test_what_it_sets():
    kind = stop(patience="a", fraction="b", on={"c": 1}, own={"d": 0}, off={"e": 0})

    assert kind.sets == {"a", "b", "c", "d"}
