"""Ranges of neural networks: scikit-learn's, and skorch's with a torch module."""

from __future__ import annotations

import inspect
from typing import Any

from sksearch.knowledge.ranges._setting import Found, Rule, Setting
from sksearch.space import Float, Int

#: Usual argument names of modules for the width of hidden layers and for dropout.
WIDTHS = {
    *("hidden", "hidden_dim", "hidden_features", "hidden_size", "hidden_units"),
    *("n_hidden", "num_hidden", "num_units", "width"),
}
DROPPED = {"dropout", "dropout_p", "dropout_rate", "p_dropout"}

#: Optimizers of torch that adapt their steps.
ADAPTIVE = {"Adam", "AdamW", "Adamax", "NAdam", "RAdam"}


def network(s: Setting) -> Found:
    """Return the space of MLPClassifier and MLPRegressor.

    The learning rate matters most (van Rijn and Hutter 2018). Layers stay small enough
    for a few thousand rows; steps above 0.01 are too long for Adam.
    """
    found = s.options(
        "hidden_layer_sizes", [(100,), (50,), (200,), (50, 50), (100, 100)]
    )
    found |= s.number("alpha", 1e-6, 1, log=True)
    found |= s.options("activation", ["relu", "tanh"])
    if s.own("solver") == "adam":
        found |= s.number("learning_rate_init", 3e-4, 1e-2, log=True)
    elif s.own("solver") == "sgd":
        # Longer steps than the setting may diverge.
        own = s.own("learning_rate_init")
        found |= s.number("learning_rate_init", own / 10, own, log=True)
    return found


def skorch(s: Setting) -> Found:
    """Return the space of skorch's NeuralNetClassifier and its kin.

    Steps lie around the defaults of torch: 0.001 for Adam, 0.01 for plain descent.
    """
    optimizer = getattr(s.own("optimizer"), "__name__", "")
    low, high = (1e-4, 1e-2) if optimizer in ADAPTIVE else (1e-3, 1e-1)
    most = max(16, min(256, s.data.rows))
    return {
        **s.number("lr", low, high, log=True),
        **s.whole("batch_size", min(16, most - 1), most, log=True),
        **s.whole("max_epochs", 10, 40, log=True),
        "optimizer__weight_decay": Float(1e-6, 1e-2, log=True),
        **_module(s.own("module")),
    }


def _module(module: Any) -> dict[str, Any]:
    """Return ranges for the arguments of a module class with usual names."""
    if not isinstance(module, type):
        return {}
    found: dict[str, Any] = {}
    for name, parameter in inspect.signature(module).parameters.items():
        default = parameter.default
        if name in WIDTHS and type(default) in (int, type):
            found[f"module__{name}"] = Int(16, 256, log=True)
        elif name in DROPPED:
            found[f"module__{name}"] = Float(0.0, 0.5)
    return found


RULES: dict[str, Rule] = {"MLPClassifier MLPRegressor": network}
SKORCH: dict[str, Rule] = {
    "NeuralNetBinaryClassifier NeuralNetClassifier NeuralNetRegressor": skorch
}
