import pickle
import threading

import numpy as np
import pytest
import sklearn
from stand_ins import Knob, data

from sksearch import Float, HalvingSearchCV, TPESearchCV

pytestmark = pytest.mark.skipif(
    sklearn.__version__ < "1.9", reason="scikit-learn has no callbacks before 1.9"
)

LEVEL = {"level": Float(0, 1)}


@pytest.fixture
def recording():
    from sklearn.callback.tests._utils import RecordingCallback

    return RecordingCallback()


@pytest.mark.parametrize(
    ("search", "n_tasks"),
    [
        (TPESearchCV(Knob(), LEVEL, n_iter=4, cv=2), 1 + 1 + 8 + 1),
        (
            HalvingSearchCV(
                Knob(),
                LEVEL,
                n_candidates=4,
                factor=2,
                min_resources="smallest",
                cv=2,
            ),
            1 + 1 + 3 + (4 + 2 + 1) * 2 + 1,
        ),
        (
            HalvingSearchCV(
                Knob(),
                LEVEL,
                n_candidates=4,
                factor=2,
                min_resources="smallest",
                cv=2,
                brackets="hyperband",
            ),
            1 + 1 + 3 + (7 + 3 + 2 + 3) * 2 + 1,
        ),
    ],
    ids=["full", "halving", "hyperband"],
)
def test_every_task_begins_and_ends(search, n_tasks, recording):
    search.set_callbacks(recording).fit(*data())

    assert recording.count_hooks("on_fit_task_begin") == n_tasks

    assert recording.count_hooks("on_fit_task_end") == n_tasks


class Shares:
    """A callback that writes down which share of the fits it has seen the end of."""

    def __init__(self):
        self.ended = []

    def setup(self, estimator, context):
        self.n = None

    def teardown(self, estimator, context):
        pass

    def on_fit_task_begin(self, estimator, context):
        if context.task_name == "search":
            self.n = context.max_subtasks

    def on_fit_task_end(self, estimator, context):
        if context.task_name == "candidate-split-evaluation":
            self.ended.append(context.task_id)

    @property
    def share(self):
        return len(set(self.ended)) / self.n


class TestTheShareThatIsDone:
    """What scikit-learn's progress bar shows; it counts the ends of tasks."""

    def search(self, **words):
        return TPESearchCV(Knob(), LEVEL, random_state=0, refit=False, **words)

    def test_of_a_search_that_goes_on(self, tmp_path):
        words = {"cv": 2, "storage": tmp_path / "search.jsonl"}
        self.search(n_iter=4, **words).fit(*data())
        shares = Shares()
        self.search(n_iter=6, **words).set_callbacks(shares).fit(*data())

        assert shares.share == 1.0

    def test_of_pruned_candidates(self):
        rng = np.random.default_rng(0)
        X, y = rng.normal(size=(60, 3)), np.arange(60) % 2
        points = [{"level": level} for level in (0.9, 0.8, 0.1, 0.1)]
        shares = Shares()
        search = self.search(n_iter=4, cv=10, prune_folds=True, initial_points=points)
        search.set_callbacks(shares).fit(X, y)

        assert search.cv_results_["n_folds"].sum() < 40

        assert shares.share == 1.0


class Locked:
    """A callback that cannot be sent to workers."""

    def __init__(self):
        self.lock = threading.Lock()
        self.seen = []

    def __call__(self, record):
        with self.lock:
            self.seen.append(record.number)


def test_workers_get_a_search_without_its_callbacks():
    locked = Locked()
    search = TPESearchCV(Knob(), LEVEL, callbacks=locked)

    assert pickle.loads(pickle.dumps(search._caller(here=False))).callbacks is None

    assert search._caller(here=True) is search

    assert search.callbacks is locked


@pytest.mark.slow
def test_callbacks_that_cannot_be_sent_to_workers_stay_here(recording):
    locked = Locked()
    search = TPESearchCV(Knob(), LEVEL, n_iter=4, cv=2, n_jobs=2, callbacks=locked)
    search.set_callbacks(recording).fit(*data())

    assert locked.seen == [0, 1, 2, 3]

    assert search.callbacks is locked

    assert recording.count_hooks("on_fit_task_end") == 1 + 1 + 8 + 1
