"""Stand-ins for estimators, scorers, samplers and faces.

They are quick, their scores are known beforehand, and worker processes can import them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import signal
import threading
import time
import warnings
from pathlib import Path
from typing import ClassVar

import numpy as np
import sklearn

with contextlib.suppress(ImportError):  # not on Windows
    import resource

from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin, clone
from threadpoolctl import threadpool_info

from sksearch import TPESearchCV
from sksearch.samplers import RandomSampler

N_SAMPLES = 40
#: How often what happens at random moments is tried. Twice shows that it works at all;
#: SKSEARCH_STRESS=20 is for changes to what it is about.
N_TIMES = int(os.environ.get("SKSEARCH_STRESS", "2"))


def data(n_features=3, random_state=0):
    """Return a small two-class problem that can be learned, but not perfectly."""
    rng = np.random.default_rng(random_state)
    y = np.arange(N_SAMPLES) % 2
    X = rng.normal(size=(N_SAMPLES, n_features)) + y[:, None]
    return X, y


def quietly(search):
    """Fit a search to `data` without its warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return search.fit(*data())


def rows():
    """Return data whose first column is the number of the row, and a target."""
    X, y = data()
    X[:, 0] = np.arange(N_SAMPLES)
    return X, y


class Knob(ClassifierMixin, BaseEstimator):
    """Its score is its parameter `level`."""

    def __init__(self, level=0.5):
        self.level = level

    def fit(self, X, y=None):
        self.classes_ = np.array([0, 1])
        self.n_features_in_ = 1 if not hasattr(X, "shape") else X.shape[1]
        return self

    def predict(self, X):
        return np.zeros(len(X), dtype=int)

    def score(self, X, y=None):
        return float(self.level)


class Counting(Knob):
    """Counts the fits in this process."""

    n_fits = 0

    def fit(self, X, y=None):
        type(self).n_fits += 1
        return super().fit(X, y)


class Logging(Knob):
    """Writes a file per fit into a folder: also tells of fits in other processes."""

    def __init__(self, level=0.5, folder=None, seconds=0.0):
        super().__init__(level)
        self.folder = folder
        self.seconds = seconds

    def fit(self, X, y=None):
        name = f"{self.level}-{time.monotonic_ns()}-{os.getpid()}"
        Path(self.folder, name).touch()
        time.sleep(self.seconds)
        return super().fit(X, y)


class Slow(Knob):
    """Takes its time to be fitted."""

    def __init__(self, level=0.5, seconds=0.0):
        super().__init__(level)
        self.seconds = seconds

    def fit(self, X, y=None):
        time.sleep(self.seconds)
        return super().fit(X, y)


class Erratic(Knob):
    """Takes another time for each fit, whatever the seed."""

    def fit(self, X, y=None):
        time.sleep(random.SystemRandom().choice([0, 0, 0.002, 0.005, 0.02]))
        return super().fit(X, y)


class Sturdy(Knob):
    """Fails, or scores badly, in the way that `mood` says.

    With the data of :func:`rows`, the moods "inf, -inf" and "nan once" are one thing in
    a test fold from the first half of the rows, another in one from the second half.
    """

    def __init__(self, level=0.5, mood="good"):
        super().__init__(level)
        self.mood = mood

    def fit(self, X, y=None):
        if self.mood == "fit fails":
            msg = "no fit in this mood"
            raise RuntimeError(msg)
        return super().fit(X, y)

    def score(self, X, y=None):
        if self.mood == "score fails":
            msg = "no score in this mood"
            raise RuntimeError(msg)
        late = np.asarray(X)[0, 0] >= N_SAMPLES / 2
        return {
            "nan": np.nan,
            "inf": np.inf,
            "-inf": -np.inf,
            "inf, -inf": -np.inf if late else np.inf,
            "nan once": np.nan if late else 1.0,
            "huge": 1.7e308,
            "text": "a good one",
            "none": None,
            "array": np.ones(2),
        }.get(self.mood, self.level)


class Uneven(Erratic):
    """Its score differs from fold to fold, with the data of :func:`rows`."""

    def score(self, X, y=None):
        first = float(np.asarray(X)[0, 0])
        shared, own = np.sin(7 * first), np.sin(first + 50 * self.level)
        return float(self.level + 0.1 * shared + 0.03 * own)


class NeedsWeights(Knob):
    """Cannot be fitted without one weight per row."""

    def fit(self, X, y=None, sample_weight=None):
        if sample_weight is None or len(sample_weight) != len(X):
            msg = "there must be a weight for each row"
            raise ValueError(msg)
        # Rows carry their number, and so do weights.
        if not np.array_equal(np.asarray(sample_weight), np.asarray(X)[:, 0]):
            msg = "the weights are those of other rows"
            raise ValueError(msg)
        return super().fit(X, y)


class Growing(Knob):
    """Has rounds, and a warm start that adds those that are missing.

    Its score is that of its level, but for what `drift` makes of the number of fits: it
    is not the same for a model that went on. `grown` has the rounds of each fit.
    """

    grown: ClassVar[list[int]] = []

    def __init__(self, level=0.5, n_estimators=1, warm_start=False, drift=0.0):
        super().__init__(level)
        self.n_estimators = n_estimators
        self.warm_start = warm_start
        self.drift = drift

    def fit(self, X, y=None):
        before = getattr(self, "rounds_", 0) if self.warm_start else 0
        self.n_fits_ = 1 + (getattr(self, "n_fits_", 0) if before else 0)
        self.rounds_ = self.n_estimators
        self.grown.append(self.rounds_ - before)
        return super().fit(X, y)

    def score(self, X, y=None):
        return float(self.level) + self.drift * self.n_fits_


class Locked(Growing):
    """Cannot be pickled once it is fitted."""

    def fit(self, X, y=None):
        self.lock_ = threading.Lock()
        return super().fit(X, y)


class Interrupting(Knob):
    """Presses Ctrl-C in its own process when it is fitted at a level >= `at`."""

    def __init__(self, level=0.5, at=0.9):
        super().__init__(level)
        self.at = at

    def fit(self, X, y=None):
        if self.level >= self.at:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.01)  # an instruction at which the signal is seen
        return super().fit(X, y)


def spin(seconds):
    """Be busy in Python."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def die(how):
    """End this process without a word, or stay in C code that holds the GIL."""
    if how == "exit":
        os._exit(3)
    elif how == "hang":
        time.sleep(3600)
    elif how == "hang in C":
        ctypes.PyDLL(None).sleep(3600)
    elif how == "spin":
        spin(3600)
    else:
        os.kill(os.getpid(), getattr(signal, how))


class Deadly(Knob):
    """Is the end of its process in the way that `how` says, or breaks in another."""

    def __init__(self, level=0.5, how="not"):
        super().__init__(level)
        self.how = how

    def fit(self, X, y=None):
        if self.how == "raise":
            msg = "no fit in this mood"
            raise RuntimeError(msg)
        if self.how == "eat":
            limit = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (2**32, limit[1]))
            try:
                bytearray(2**33)
            finally:
                resource.setrlimit(resource.RLIMIT_AS, limit)
        if self.how not in ("not", "nan"):
            die(self.how)
        return super().fit(X, y)

    def score(self, X, y=None):
        return np.nan if self.how == "nan" else super().score(X, y)


class DiesOnce(Knob):
    """Kills its process, not the one to `spare`, in the first fit at a level >= `at`.

    In `folder` it remembers that it has done so.
    """

    def __init__(self, level=0.5, folder=None, at=0.5, spare=None):
        super().__init__(level)
        self.folder = folder
        self.at = at
        self.spare = spare

    def fit(self, X, y=None):
        if self.level >= self.at and os.getpid() != self.spare:
            try:
                Path(self.folder, "died").touch(exist_ok=False)
            except FileExistsError:
                pass
            else:
                die("SIGKILL")
        return super().fit(X, y)


class Probe(Knob):
    """Its score tells what it sees where it is fitted."""

    def __init__(self, level=0.5, what="memmap", seconds=0.0):
        super().__init__(level)
        self.what = what
        self.seconds = seconds

    def fit(self, X, y=None):
        time.sleep(self.seconds)
        self.seen_ = {
            "memmap": lambda: isinstance(X, np.memmap),
            "process": os.getpid,
            "openmp": lambda: n_threads("openmp"),
            "blas": lambda: n_threads("blas"),
            "config": lambda: sklearn.get_config()["working_memory"],
            "warning": raises_user_warning,
            "share": see_share,
        }[self.what]()
        return super().fit(X, y)

    def score(self, X, y=None):
        return float(self.seen_)


class NoPredict(BaseEstimator):
    """Has `fit` and `score`, and neither predicts nor transforms."""

    def __init__(self, level=0.5):
        self.level = level

    def fit(self, X, y=None):
        self.fitted_ = True
        return self

    def score(self, X, y=None):
        return float(self.level)


class Scale(TransformerMixin, BaseEstimator):
    """Multiplies the data."""

    def __init__(self, factor=1.0):
        self.factor = factor

    def fit(self, X, y=None):
        self.n_features_in_ = X.shape[1]
        return self

    def transform(self, X):
        return X * self.factor


class Costly(Scale):
    """Takes its time, and writes a file per fit into a folder."""

    def __init__(self, factor=1.0, folder=None, seconds=0.005):
        super().__init__(factor)
        self.folder = folder
        self.seconds = seconds

    def fit(self, X, y=None, sample_weight=None):
        Path(self.folder, f"{time.monotonic_ns()}-{os.getpid()}").touch()
        time.sleep(self.seconds)
        self.weight_ = 0.0 if sample_weight is None else float(sample_weight[0])
        return super().fit(X, y)

    def transform(self, X):
        return X * self.factor + self.weight_


def n_threads(user_api):
    """Return how many threads the libraries of a kind may use here."""
    found = [i["num_threads"] for i in threadpool_info() if i["user_api"] == user_api]
    return max(found, default=0)


def see_share():
    """Return a number of three digits: threads of OpenMP, of BLAS, and the device."""
    device = int(os.environ["CUDA_VISIBLE_DEVICES"])
    return 100 * n_threads("openmp") + 10 * n_threads("blas") + device


def raises_user_warning():
    """Tell whether a warning is an error here."""
    try:
        warnings.warn("a warning", UserWarning, stacklevel=2)
    except UserWarning:
        return True
    return False


def two_metrics(estimator, X, y):
    """Score by two metrics, the second of which wants the opposite of the first."""
    return {"up": estimator.level, "down": -estimator.level}


def fragile_metrics(estimator, X, y):
    """Score by two metrics, or fail."""
    if getattr(estimator, "mood", "good") != "good":
        msg = "no score in this mood"
        raise RuntimeError(msg)
    return two_metrics(estimator, X, y)


def double(number):
    return 2 * number


def sleep_and_return(seconds, value):
    time.sleep(seconds)
    return value


def fail(error):
    raise error


def kind_of(array):
    return type(array).__name__


class Stubborn(Exception):
    """An exception that pickles by its arguments."""

    def __init__(self, code, details):
        super().__init__(code, details)
        self.code = code
        self.details = details


class LearningSampler(RandomSampler):
    """What it proposes depends on all that it was told and on what is pending."""

    learns = True

    def propose(self):
        told = [t.number for t in self.history.told]
        scores = np.array([t.score for t in self.history.told]).view(np.uint64)
        pending = [t.number for t in self.history.pending]
        own = self.rng.integers(2**32)
        rng = np.random.default_rng([own, *told, *scores.tolist(), *pending])
        return self.space.draw(1, rng)


class RecordingSampler(RandomSampler):
    """Writes down what it was told before each proposal, and what is pending."""

    learns = True

    def __init__(self, space, **words):
        super().__init__(space, **words)
        self.told = []
        self.pending = []

    def ask(self, **asked):
        self.told.append([t.number for t in self.history.told])
        self.pending.append([t.number for t in self.history.pending])
        return super().ask(**asked)


class LearningSearchCV(TPESearchCV):
    """A face over the sampler that depends on every result."""

    def _plan(self, data, rng):
        return self._all_at_once(LearningSampler, data, rng)


class Rounds(Knob):
    """Can be stopped, after `best` rounds; logs the numbers of the :func:`rows`."""

    log: ClassVar[list] = []

    def __init__(
        self,
        level=0.5,
        best=7,
        max_iter=100,
        early_stopping="auto",
        n_iter_no_change=10,
    ):
        super().__init__(level)
        self.best = best
        self.max_iter = max_iter
        self.early_stopping = early_stopping
        self.n_iter_no_change = n_iter_no_change

    def fit(
        self,
        X,
        y,
        sample_weight=None,
        *,
        X_val=None,
        y_val=None,
        sample_weight_val=None,
    ):
        if self.best < 0:
            msg = "no rounds at all"
            raise RuntimeError(msg)
        stops = self.early_stopping is True
        assert stops == (X_val is not None)
        self.n_iter_ = min(self.best, self.max_iter) if stops else self.max_iter
        self.log.append(
            {
                "fitted": numbers_of(X),
                "held": None if X_val is None else numbers_of(X_val),
                "y": [y, y_val],
                "weight": [sample_weight, sample_weight_val],
            }
        )
        return super().fit(X, y)

    def score(self, X, y=None, sample_weight=None):
        self.log[-1].setdefault("scored", numbers_of(X))  # the test part comes first
        return super().score(X, y)


def numbers_of(X):
    """Return the numbers of rows of :func:`rows`."""
    return np.asarray(X)[:, 0].astype(int).tolist()


class Witness(TransformerMixin, BaseEstimator):
    """Changes nothing, and logs the rows that it is fitted to."""

    log: ClassVar[list] = []

    def fit(self, X, y=None, sample_weight=None):
        self.log.append(numbers_of(X))
        self.fitted_ = True
        return self

    def transform(self, X):
        return X


def instance(kind, part):
    """Return an instance of a class that may need an estimator, or several."""
    for words in (
        {},
        {"estimator": part},
        {"estimators": [("a", part), ("b", clone(part))]},
        {"base_estimator": part},
    ):
        try:
            return kind(**words)
        except TypeError:
            continue
    raise AssertionError(kind)
