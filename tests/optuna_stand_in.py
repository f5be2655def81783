"""A stand-in for Optuna that keeps what it was told, with the real one's rules."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from types import SimpleNamespace


class State(Enum):
    COMPLETE = 1
    PRUNED = 2
    FAIL = 3


@dataclass(frozen=True)
class FloatDistribution:
    low: float
    high: float
    log: bool = False
    step: float | None = None

    def __post_init__(self):
        assert type(self.low) is type(self.high) is float
        assert not (self.log and self.step)


@dataclass(frozen=True)
class IntDistribution:
    low: int
    high: int
    log: bool = False
    step: int = 1

    def __post_init__(self):
        assert type(self.low) is type(self.high) is type(self.step) is int


@dataclass(frozen=True)
class CategoricalDistribution:
    choices: tuple

    def __post_init__(self):
        assert len(set(self.choices)) == len(self.choices)


@dataclass
class Trial:
    state: State
    value: float | None
    params: dict
    distributions: dict
    user_attrs: dict
    intermediate_values: dict = field(default_factory=dict)
    datetime_start: datetime | None = None
    datetime_complete: datetime | None = None

    def __post_init__(self):
        assert (self.value is None) == (self.state is State.FAIL)
        assert self.params.keys() == self.distributions.keys()
        for name, value in self.params.items():
            scale = self.distributions[name]
            if isinstance(scale, CategoricalDistribution):
                assert value in scale.choices
            else:
                assert scale.low <= value <= scale.high


@dataclass
class Study:
    words: dict = field(default_factory=dict)
    user_attrs: dict = field(default_factory=dict)
    trials: list = field(default_factory=list)

    def set_user_attr(self, name, value):
        self.user_attrs[name] = value

    directions: tuple = (SimpleNamespace(name="MAXIMIZE"),)
    sampler: object = None

    def get_trials(self, deepcopy=True):
        return self.trials

    def stop(self):
        raise RuntimeError("outside of optimize")

    def add_trial(self, trial):
        for other in self.trials:  # one distribution for each name
            for name, scale in trial.distributions.items():
                assert other.distributions.get(name, scale) == scale
        self.trials.append(trial)


MODULE = SimpleNamespace(
    create_study=lambda **words: Study(words),
    trial=SimpleNamespace(create_trial=Trial, TrialState=State),
    distributions=SimpleNamespace(
        FloatDistribution=FloatDistribution,
        IntDistribution=IntDistribution,
        CategoricalDistribution=CategoricalDistribution,
    ),
)


def put_in_place(monkeypatch):
    """Let `import optuna` find the stand-in."""
    monkeypatch.setitem(sys.modules, "optuna", MODULE)
