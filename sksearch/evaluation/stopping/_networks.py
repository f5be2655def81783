"""Early stopping of networks of skorch and scikeras, by a callback of their library.

=========================== =================================== =======================
network                     rows held back                      epochs found
=========================== =================================== =======================
skorch's NeuralNet*         ``train_split=predefined_split()``  ``best_epoch_`` of the
                                                                callback
scikeras's Keras*           the last rows, by                   the best of ``history_``
                            ``validation_split``
=========================== =================================== =======================

The callback is the library's ``EarlyStopping``, which restores the weights of the best
epoch. It monitors the loss on the rows held back, or the metric of the network's own
``EarlyStopping``.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from typing import Any

import numpy as np
from scipy.sparse import issparse, vstack

from sksearch.evaluation._early_stopping import EarlyStopping
from sksearch.evaluation.fitting import classes_of
from sksearch.evaluation.stopping._stop_rule import HoldOut, StopRule

#: The callbacks that stop a fit, by library and class.
STOPS = {
    (library, "EarlyStopping")
    for library in ("skorch", "keras", "tensorflow", "tf_keras")
}
#: Keras's default: the name of the metric tells whether greater is better.
MODE = "auto"
#: Parts of the names of metrics that are better if less.
LOWER = ("loss", "error", "entropy", "divergence", "mse", "mae", "mape", "msle")


@dataclass(frozen=True, eq=False)
class NetworkRule(StopRule):
    """The rule for networks of one library, which stop by a callback."""

    rows: str = ""  # the parameter for the rows that a network sets aside by itself
    no_rows: Any = None  # the value of this parameter for no rows

    @property
    def sets(self) -> set[str]:
        return {self.rows}

    def switch_on(self, model: Any, stopping: EarlyStopping) -> None:
        """Do nothing: the callback needs the rows, which are not known here."""

    def fix(self, model: Any, n_rounds: int) -> None:
        [name] = self.counts
        own = model.get_params(deep=False)
        kept, _ = without_stop(own.get("callbacks"))
        n_epochs = min(n_rounds, int(own[name]))
        model.set_params(**{name: n_epochs, self.rows: self.no_rows, "callbacks": kept})

    def wants_rows(self, model: Any, callbacks: Any) -> str | None:
        own = model.get_params(deep=False)
        _, stop = without_stop(own.get("callbacks"))
        alone = own.get(self.rows) is self.no_rows
        return "callbacks" if alone and _asks_for_rows(stop) else None

    def lost_without_rows(self, model: Any) -> str | None:
        kept, _ = without_stop(model.get_params(deep=False).get("callbacks"))
        named = kept if isinstance(kept, list | tuple) else ()
        plain = [each[1] if isinstance(each, tuple) else each for each in named]
        lost = [_class_of(each).__name__ for each in plain if _asks_for_rows(each)]
        return lost[0] if lost else None


def _class_of(callback: Any) -> type:
    """Return the class of a callback; libraries also take the class itself for one."""
    return callback if isinstance(callback, type) else type(callback)


def _asks_for_rows(callback: Any) -> bool:
    """Tell whether a callback of skorch monitors a metric of rows held back."""
    monitor = getattr(callback, "monitor", "")
    if isinstance(callback, type) and "monitor" in signature(callback).parameters:
        monitor = signature(callback).parameters["monitor"].default
    return str(monitor).startswith("valid")


def is_stop(callback: Any) -> bool:
    """Tell whether a callback, or a class of one, is an ``EarlyStopping``."""
    return not STOPS.isdisjoint(classes_of(callback))


def without_stop(callbacks: Any) -> tuple[Any, Any]:
    """Return the callbacks without ``EarlyStopping``, and this one or None.

    They are None, a callback, a list of them, of pairs with names, or a dict.
    """
    if isinstance(callbacks, dict):
        stops = [name for name, each in callbacks.items() if is_stop(each)]
        named = {k: v for k, v in callbacks.items() if k not in stops}
        return named or None, callbacks[stops[0]] if stops else None
    if isinstance(callbacks, list | tuple):
        plain = [each[1] if isinstance(each, tuple) else each for each in callbacks]
        found = [each for each in plain if is_stop(each)]
        kept = [
            each
            for each, callback in zip(callbacks, plain, strict=True)
            if not is_stop(callback)
        ]
        return kept or None, found[0] if found else None
    return (None, callbacks) if is_stop(callbacks) else (callbacks, None)


def stacked(first: Any, last: Any) -> Any:
    """Return the rows of both, stacked."""
    if hasattr(first, "iloc"):
        return import_module("pandas").concat([first, last])
    if issparse(first):
        rows: Any = [first, last]
        return vstack(rows).tocsr()
    return np.concatenate([np.asarray(first), np.asarray(last)])


# ---------------------------------------------------------------------------- skorch


def _fit_skorch(net: Any, parts: HoldOut) -> None:
    from skorch.callbacks import EarlyStopping as Stop
    from skorch.helper import predefined_split

    kept, own = without_stop(net.get_params(deep=False).get("callbacks"))
    own = own() if isinstance(own, type) else own
    words = {
        name: getattr(own, name)
        for name in ("monitor", "lower_is_better", "threshold", "threshold_mode")
        if own is not None
    }
    stop = Stop(**words, patience=parts.patience, load_best=True)
    others = [] if kept in (None, "disable") else [*kept]
    net.set_params(
        callbacks=[*others, ("early_stopping", stop)],
        train_split=predefined_split(net.get_dataset(*parts.held)),
    )
    net.fit(*parts.fitted, **parts.params)


def _best_of_skorch(net: Any) -> int | None:
    stops = [stop for _, stop in getattr(net, "callbacks_", ()) if is_stop(stop)]
    found = [getattr(stop, "best_epoch_", 0) for stop in stops]
    return int(found[0]) if found and found[0] else None


# -------------------------------------------------------------------------- scikeras


def _fit_scikeras(net: Any, parts: HoldOut) -> None:
    from keras.callbacks import EarlyStopping as Stop

    own = net.get_params(deep=False)
    kept, stop = without_stop(own.get("callbacks"))
    words: dict[str, Any] = {"patience": parts.patience, "restore_best_weights": True}
    if isinstance(stop, type):  # its settings are parameters of the network
        # `set_params` would pass them on to the class.
        vars(net).update({f"callbacks__{name}": v for name, v in words.items()})
    else:
        for name in ("monitor", "mode", "min_delta") if stop is not None else ():
            words[name] = getattr(stop, name, MODE)
        # Keras gives the difference the sign of the direction.
        words["min_delta"] = abs(words.get("min_delta", 0))
        net.set_params(callbacks=_with(kept, Stop(**words)))
    n_held = len(parts.held[1])
    n_rows = n_held + len(parts.fitted[1])
    # Keras rounds n (1 - share) down to the number of rows that it fits to.
    net.set_params(validation_split=(n_held - 0.5) / n_rows)
    more = dict(parts.params)
    if parts.weight is not None:
        more["sample_weight"] = stacked(more["sample_weight"], parts.weight)
    data = (stacked(*two) for two in zip(parts.fitted, parts.held, strict=True))
    net.fit(*data, **more)


def _best_of_scikeras(net: Any) -> int | None:
    own = net.get_params(deep=False)
    _, stop = without_stop(own.get("callbacks"))
    if not isinstance(stop, type):
        best = getattr(stop, "best_epoch", None)
        return None if best is None else int(best) + 1
    monitor = own.get("callbacks__monitor", "val_loss")
    values = list(getattr(net, "history_", {}).get(monitor, ()))
    mode = own.get("callbacks__mode", MODE)
    if mode == MODE:
        mode = "min" if any(word in monitor for word in LOWER) else "max"
    return values.index((min if mode == "min" else max)(values)) + 1 if values else None


def _with(callbacks: Any, stop: Any) -> Any:
    """Return callbacks with one more, in the same form."""
    if callbacks is None:
        return [stop]
    if isinstance(callbacks, dict):
        return {**callbacks, "early_stopping": stop}
    listed = isinstance(callbacks, list | tuple)
    return [*(callbacks if listed else [callbacks]), stop]


#: The rules, by library and class.
NETWORK_RULES = {
    ("skorch", "NeuralNet"): NetworkRule(
        _best_of_skorch, ("max_epochs",), 10, fit=_fit_skorch, rows="train_split"
    ),
    ("scikeras", "BaseWrapper"): NetworkRule(
        _best_of_scikeras,
        ("epochs",),
        1,
        fit=_fit_scikeras,
        rows="validation_split",
        no_rows=0.0,
    ),
}
