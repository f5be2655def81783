import pytest
from sklearn.neighbors import KNeighborsClassifier
from stand_ins import Rounds

from sksearch import EarlyStopping
from sksearch.evaluation._stop import Stop


class Aliased(KNeighborsClassifier):
    """Its count has two names, one of which it is given."""

    def __init__(self, rounds=None, n_rounds=None):
        super().__init__()
        self.rounds = rounds
        self.n_rounds = n_rounds


def stop(**words):
    return Stop(lambda model: 1, ("n_rounds", "rounds"), 50, **words)


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
    kind = Stop(
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
