"""Networks, scikit-learn's and skorch's."""

from __future__ import annotations

import sys
import types

import numpy as np
import pytest
from sklearn.base import BaseEstimator
from sklearn.neural_network import MLPClassifier, MLPRegressor

from sksearch import Float, Int, suggest_space


class SGD:
    """Stands for torch.optim.SGD."""


class Adam:
    """Stands for torch.optim.Adam."""


class Module:
    def __init__(self, num_units=10, dropout=0.5, nonlin=None):
        pass


class NeuralNetClassifier(BaseEstimator):
    """Stands for skorch's, which takes more names than it lists."""

    def __init__(self, module, lr=0.01, optimizer=SGD, batch_size=128, max_epochs=10):
        self.module = module
        self.lr = lr
        self.optimizer = optimizer
        self.batch_size = batch_size
        self.max_epochs = max_epochs

    def fit(self, X, y):
        return self


@pytest.fixture(autouse=True)
def in_skorch(monkeypatch):
    name = "skorch.classifier"
    module = types.ModuleType(name)
    module.NeuralNetClassifier = NeuralNetClassifier
    monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(NeuralNetClassifier, "__module__", name)


class NeuralNetBinaryClassifier(NeuralNetClassifier):
    __module__ = "skorch.classifier"


def test_nets_of_skorch_for_two_classes_have_the_same_ranges(monkeypatch):
    module = sys.modules["skorch.classifier"]
    kind = NeuralNetBinaryClassifier
    monkeypatch.setattr(module, kind.__name__, kind, raising=False)

    # As in skorch, where it is no subclass of NeuralNetClassifier.
    monkeypatch.setattr(NeuralNetClassifier, "__module__", __name__)

    space = suggest_space(kind(Module), np.ones((200, 3)))

    assert space["lr"] == Float(1e-3, 0.1, log=True)


def test_skorch():
    space = suggest_space(NeuralNetClassifier(Module), np.ones((200, 3)))

    assert space == {
        "lr": Float(1e-3, 0.1, log=True),
        "batch_size": Int(16, 128, log=True),
        "max_epochs": Int(10, 40, log=True),
        "optimizer__weight_decay": Float(1e-6, 1e-2, log=True),
        "module__num_units": Int(16, 256, log=True),
        "module__dropout": Float(0.0, 0.5),
    }


def test_another_optimizer_makes_other_steps():
    space = suggest_space(NeuralNetClassifier(Module, optimizer=Adam))

    assert space["lr"].high == 0.01


def test_a_module_that_is_made_already():
    space = suggest_space(NeuralNetClassifier(Module()))

    assert not any(name.startswith("module__") for name in space)


def test_steps_depend_on_the_solver():
    assert suggest_space(MLPClassifier())["learning_rate_init"].high == 0.01

    slow = suggest_space(MLPRegressor(solver="sgd"))["learning_rate_init"]
    assert slow == Float(1e-4, 1e-3, log=True)

    assert "learning_rate_init" not in suggest_space(MLPRegressor(solver="lbfgs"))


def test_layers_that_were_chosen_stay():
    assert "hidden_layer_sizes" not in suggest_space(MLPClassifier((7, 7)))
