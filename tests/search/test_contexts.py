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
