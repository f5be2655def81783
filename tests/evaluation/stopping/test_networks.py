"""Networks of skorch and scikeras, with stand-ins that have their interface.

The stand-ins learn nothing: the loss on the rows that are held back falls up to the
epoch `best`, and then rises.
"""

import inspect
import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from stand_ins import data

from sksearch import TPESearchCV
from sksearch.evaluation.stopping._networks import (
    NETWORK_RULES,
    is_stop,
    stacked,
    without_stop,
)
from sksearch.exceptions import ResourceError

X, Y = data()


def in_library(name):
    """Return a decorator that puts a class into the module of a library."""

    def move(cls):
        cls.__module__ = name
        return cls

    return move


def curve(best, n, *, rises=False):
    """Return the values of a metric in each epoch, the best one at `best`."""
    distance = np.abs(np.arange(1, n + 1) - best) / 100 + 0.5
    return 1 - distance if rises else distance


class Net(ClassifierMixin, BaseEstimator):
    def score(self, X, y):
        return 1 / self.kept_  # of the epoch whose weights it has

    def predict(self, X):
        return np.zeros(len(X))


# ---------------------------------------------------------------------------- skorch


@in_library("skorch.callbacks.training")
class SkorchStop:
    """As skorch's ``EarlyStopping``."""

    def __init__(
        self,
        monitor="valid_loss",
        patience=5,
        threshold=1e-4,
        threshold_mode="rel",
        lower_is_better=True,
        sink=print,
        load_best=False,
    ):
        vars(self).update({k: v for k, v in locals().items() if k != "self"})
        self.best_epoch_ = 0


SkorchStop.__name__ = "EarlyStopping"


@in_library("skorch.net")
class NeuralNet(Net):
    """As skorch's, with a history of all epochs."""

    def __init__(self, best=6, max_epochs=10, train_split="own", callbacks=None):
        self.best = best
        self.max_epochs = max_epochs
        self.train_split = train_split
        self.callbacks = callbacks

    def get_dataset(self, X, y=None):
        return SimpleNamespace(X=X, y=y)

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        named = [c if isinstance(c, tuple) else ("", c) for c in self.callbacks or ()]
        self.callbacks_ = named
        self.n_fitted_ = len(X)
        self.kept_ = self.n_epochs_ = self.max_epochs
        for _, stop in named:
            if is_stop(stop):
                assert self.train_split, stop.monitor
                self.n_held_ = len(self.train_split[1].X)
                values = curve(
                    self.best, self.max_epochs, rises=not stop.lower_is_better
                )
                better = np.argmin if stop.lower_is_better else np.argmax
                stop.best_epoch_ = int(better(values)) + 1
                last = min(stop.best_epoch_ + stop.patience, self.max_epochs)
                self.n_epochs_ = last
                self.kept_ = stop.best_epoch_ if stop.load_best else last
        return self


# -------------------------------------------------------------------------- scikeras


@in_library("keras.src.callbacks.early_stopping")
class KerasStop:
    """As Keras's ``EarlyStopping``."""

    def __init__(
        self,
        monitor="val_loss",
        min_delta=0,
        patience=0,
        mode="auto",
        restore_best_weights=False,
    ):
        self.monitor = monitor
        self.patience = patience
        self.mode = mode
        self.restore_best_weights = restore_best_weights
        self.min_delta = min_delta if mode == "max" else -min_delta
        self.best_epoch = 0


KerasStop.__name__ = "EarlyStopping"


@in_library("scikeras.wrappers")
class BaseWrapper(Net):
    """As that of scikeras, which takes more parameters than it lists."""

    def __init__(
        self, best=6, epochs=10, validation_split=0.0, callbacks=None, **words
    ):
        self.best = best
        self.epochs = epochs
        self.validation_split = validation_split
        self.callbacks = callbacks
        vars(self).update(words)

    @classmethod
    def _get_param_names(cls):
        return ["best", "callbacks", "epochs", "validation_split"]

    def get_params(self, deep=True):
        return {k: v for k, v in vars(self).items() if not k.endswith("_")}

    def fit(self, X, y, sample_weight=None):
        self.classes_ = np.unique(y)
        self.n_fitted_ = int(np.floor(len(X) * (1 - self.validation_split)))
        self.held_ = X[self.n_fitted_ :]
        self.weight_ = sample_weight
        stop = self._stop()
        self.kept_ = n_epochs = self.epochs
        monitor = "val_loss" if stop is None else stop.monitor
        rises = stop is not None and stop.mode == "max"
        values = curve(self.best, self.epochs, rises=rises)
        if stop is not None:
            assert len(self.held_)
            stop.best_epoch = int((np.argmax if rises else np.argmin)(values))
            n_epochs = min(stop.best_epoch + 1 + stop.patience, self.epochs)
            restored = stop.restore_best_weights
            self.kept_ = stop.best_epoch + 1 if restored else n_epochs
        self.history_ = {monitor: values[:n_epochs].tolist()}
        return self

    def _stop(self):
        given = self.callbacks
        given = given.values() if isinstance(given, dict) else given
        given = given if given is None or hasattr(given, "__iter__") else [given]
        words = {
            name.removeprefix("callbacks__"): value
            for name, value in vars(self).items()
            if name.startswith("callbacks__")
        }
        for each in given or ():
            if is_stop(each):
                return each(**words) if isinstance(each, type) else each
        return None


BaseWrapper.__init__.__signature__ = inspect.signature(BaseWrapper.__init__)


@pytest.fixture(autouse=True)
def libraries(monkeypatch):
    def add(name, **content):
        module = ModuleType(name)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)

    add("skorch")
    add("skorch.callbacks", EarlyStopping=SkorchStop)
    add("skorch.helper", predefined_split=lambda dataset: ("predefined", dataset))
    add("keras")
    add("keras.callbacks", EarlyStopping=KerasStop)


def searched(net, space=None, **words):
    words = {"cv": 2, "n_iter": 1, "early_stopping": 2, "random_state": 0, **words}
    words = {"error_score": "raise", "initial_points": None, **words}
    return TPESearchCV(net, space or {"best": [6]}, **words).fit(X, Y)


def n_rounds(search):
    return [search.cv_results_[f"split{i}_n_rounds"][0] for i in range(2)]


SKORCH_CALLBACKS = {
    "none": None,
    "another": [print],
    "pairs": [("print", print), ("stop", SkorchStop(patience=9))],
    "a score": [SkorchStop(monitor="valid_acc", lower_is_better=False)],
    "a class": [("stop", SkorchStop)],
}
KERAS_CALLBACKS = {
    "none": {},
    "another": {"callbacks": [print]},
    "one": {"callbacks": KerasStop(patience=9)},
    "named": {"callbacks": {"stop": KerasStop(), "print": print}},
    "a score": {"callbacks": [KerasStop(monitor="val_acc", mode="max"), print]},
    "a class": {"callbacks": KerasStop, "callbacks__patience": 9},
    "a class, a score": {
        "callbacks": KerasStop,
        "callbacks__monitor": "val_acc",
        "callbacks__mode": "max",
    },
}
NETS = {
    **{
        f"skorch, {name}": (NeuralNet, {"callbacks": given})
        for name, given in SKORCH_CALLBACKS.items()
    },
    **{
        f"scikeras, {name}": (BaseWrapper, given)
        for name, given in KERAS_CALLBACKS.items()
    },
}


@pytest.mark.parametrize("make", NETS.values(), ids=NETS)
class TestSearches:
    def test_the_best_epoch_is_found_and_scored(self, make):
        kind, words = make
        search = searched(kind(**words))

        assert n_rounds(search) == [6, 6]

        assert search.best_score_ == pytest.approx(1 / 6)

    def test_the_last_fit_makes_as_many_in_proportion_to_its_rows(self, make):
        kind, words = make
        net = kind(**words, **{NETWORK_COUNTS[kind]: 40})
        best = searched(net).best_estimator_
        n_rows = n_fitted(len(X) // 2)

        assert getattr(best, NETWORK_COUNTS[kind]) == -(-6 * len(X) // n_rows)

        assert best.kept_ == getattr(best, NETWORK_COUNTS[kind])

        assert best.n_fitted_ == len(X)

        assert without_stop(best.callbacks)[1] is None

    def test_no_more_than_was_allowed(self, make):
        kind, words = make
        best = searched(kind(**words)).best_estimator_

        assert getattr(best, NETWORK_COUNTS[kind]) == 10


NETWORK_COUNTS = {NeuralNet: "max_epochs", BaseWrapper: "epochs"}


def n_fitted(n):
    """Return how many of the training rows of a fold are fitted to."""
    return n - max(1, round(0.1 * n))


@pytest.mark.parametrize("kind", [NeuralNet, BaseWrapper])
def test_in_a_pipeline(kind):
    net = make_pipeline(StandardScaler(), kind())
    name = f"{kind.__name__.lower()}__best"

    assert n_rounds(searched(net, {name: [4]})) == [4, 4]


@pytest.mark.parametrize("kind", [NeuralNet, BaseWrapper])
def test_a_fit_that_is_not_stopped_keeps_its_best_epoch(kind):
    assert n_rounds(searched(kind(), {"best": [9]})) == [9, 9]


@pytest.mark.parametrize(
    ("net", "name"), [(NeuralNet(), "train_split"), (BaseWrapper(), "validation_split")]
)
def test_the_space_must_not_have_the_rows(net, name):
    with pytest.raises(ValueError, match=f"'{name}', which early_stopping sets"):
        searched(net, {"best": [6], name: [None, 0.1]})


@pytest.mark.parametrize(
    ("net", "name"), [(NeuralNet(), "max_epochs"), (BaseWrapper(), "epochs")]
)
def test_epochs_are_no_resource_besides(net, name):
    from sksearch import HalvingSearchCV

    search = HalvingSearchCV(
        net, {"best": [6, 7]}, resource=name, max_resources=2, early_stopping=2
    )
    with pytest.raises(ResourceError, match="already sets the number of rounds"):
        search.fit(X, Y)


class Schedule:
    """As skorch's ``LRScheduler``, which may monitor a metric."""

    def __init__(self, monitor="valid_loss"):
        self.monitor = monitor


@pytest.mark.parametrize("callback", [Schedule(), Schedule, ("rate", Schedule())])
def test_what_the_last_fit_cannot_monitor_is_an_error_before_the_first(callback):
    with pytest.raises(
        ValueError, match=r"Schedule of NeuralNet .* Write monitor='train_loss'"
    ):
        searched(NeuralNet(callbacks=[callback]))

    assert searched(NeuralNet(callbacks=[callback]), refit=False).n_splits_ == 2

    assert searched(NeuralNet(callbacks=[Schedule("train_loss")])).best_score_ > 0


def test_a_network_without_rows_to_stop_by_is_an_error_before_any_fit(monkeypatch):
    monkeypatch.setattr(NeuralNet.fit, "__module__", "skorch.net")
    alone = NeuralNet(train_split=None, callbacks=[SkorchStop])
    with pytest.raises(ValueError, match=r"NeuralNet has early stopping .*callbacks"):
        searched(alone, early_stopping=None)

    assert searched(alone).best_score_ > 0

    trained = NeuralNet(train_split=None, callbacks=[SkorchStop("train_loss")])
    assert NETWORK_RULES["skorch", "NeuralNet"].wants_rows(trained, None) is None


def test_scikeras_gets_the_rows_held_back_last_and_their_weights():
    rule = NETWORK_RULES["scikeras", "BaseWrapper"]
    net = BaseWrapper()
    parts = SimpleNamespace(
        fitted=(np.zeros((13, 2)), np.zeros(13)),
        held=(np.ones((3, 2)), np.ones(3)),
        params={"sample_weight": np.full(13, 2.0)},
        weight=np.full(3, 4.0),
        patience=2,
    )
    rule.fit(net, parts)

    assert net.n_fitted_ == 13

    assert net.held_.tolist() == np.ones((3, 2)).tolist()

    assert net.weight_.tolist() == [2.0] * 13 + [4.0] * 3


@pytest.mark.parametrize(
    "kind", [np.asarray, list, pd.DataFrame, csr_array], ids=lambda k: k.__name__
)
def test_rows_one_below_the_other(kind):
    found = stacked(kind([[1.0], [2.0]]), kind([[3.0]]))
    found = found.toarray() if hasattr(found, "toarray") else np.asarray(found)

    assert found.tolist() == [[1.0], [2.0], [3.0]]
