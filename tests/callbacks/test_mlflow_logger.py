"""The calls by which a search is logged to MLflow."""

import math
import pickle
import sys
from types import SimpleNamespace

import pytest
from sklearn.base import clone
from sklearn.svm import SVC
from stand_ins import Knob, data

from sksearch import CandidateRecord, Float, TPESearchCV
from sksearch.callbacks import MLflowLogger

X, Y = data()


class Fake:
    """Stands for the module and for its client; keeps all calls but the times."""

    def __init__(self):
        self.calls = []
        self.n_runs = 0
        self.known = {}
        self.entities = SimpleNamespace(
            Metric=lambda key, value, now, step: (key, value, step),
            Param=lambda key, value: (key, value),
        )

    def MlflowClient(self):
        return self

    def _run(self, experiment_id):
        self.n_runs += 1
        info = SimpleNamespace(run_id=f"r{self.n_runs}", experiment_id=experiment_id)
        return SimpleNamespace(info=info)

    def get_experiment_by_name(self, name):
        found = self.known.get(name)
        return found and SimpleNamespace(experiment_id=found)

    def create_experiment(self, name):
        self.known[name] = f"new {name}"
        return self.known[name]

    def start_run(self, *, experiment_id, run_name, nested, tags):
        self.calls.append(("start_run", experiment_id, run_name, nested, tags))
        run = self._run(experiment_id or "active")

        class Active:
            def __enter__(_):
                return run

            def __exit__(_, *error):
                self.calls.append(("end_run",))

        return Active()

    def create_run(self, experiment_id, *, start_time, tags, run_name):
        self.calls.append(("create_run", experiment_id, tags, run_name))
        self.began = start_time
        return self._run(experiment_id)

    def log_batch(self, run_id, *, metrics, params):
        self.calls.append(("log_batch", run_id, metrics, params))

    def update_run(self, run_id, *, status):
        self.calls.append(("update_run", run_id, status))

    def set_terminated(self, run_id, *, status, end_time=None):
        self.calls.append(("set_terminated", run_id, status))
        self.took = None if end_time is None else end_time - self.began

    def set_tag(self, run_id, name, text):
        self.calls.append(("set_tag", run_id, name, text))


@pytest.fixture
def mlflow(monkeypatch):
    fake = Fake()
    monkeypatch.setitem(sys.modules, "mlflow", fake)
    return fake


def record(n_finished=1, score=0.5, best=0.5, **words):
    words = {"params": {"clf": SVC(), "clf__C": 2}, "scores": {}, **words}
    return CandidateRecord(
        number=n_finished - 1,
        score=score,
        best_number=None,
        best_params=None,
        best_score=best,
        n_finished=n_finished,
        elapsed=1.0,
        **words,
    )


def test_the_first_candidate_makes_the_run_of_the_search(mlflow):
    logger = MLflowLogger(run_name="mine", tags={"who": "me"})

    assert logger(record(fit_time=0.25)) is False

    tags = {"mlflow.parentRunId": "r1", "candidate": "0", "estimator": "SVC"}
    params = [("clf", "SVC"), ("clf__C", "2")]

    assert mlflow.calls == [
        ("start_run", None, "mine", True, {"who": "me"}),
        ("end_run",),
        ("update_run", "r1", "RUNNING"),
        ("create_run", "active", tags, "candidate 0"),
        ("log_batch", "r2", [("score", 0.5, 0), ("fit_time", 0.25, 0)], params),
        ("set_terminated", "r2", "FINISHED"),
        ("log_batch", "r1", [("score", 0.5, 1), ("best_score", 0.5, 1)], []),
    ]

    assert mlflow.took == pytest.approx(250, abs=1)


def test_the_others_lie_below_it(mlflow):
    logger = MLflowLogger()
    logger(record())
    mlflow.calls.clear()
    logger(record(2, best=0.7, rung=1, params={}))

    tags = {"mlflow.parentRunId": "r1", "candidate": "1", "rung": "1"}

    assert mlflow.calls[0] == ("create_run", "active", tags, "candidate 1")

    assert mlflow.calls[-1][2] == [("score", 0.5, 2), ("best_score", 0.7, 2)]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"score": math.nan, "best": math.nan}, "FAILED"),
        ({"pruned": True}, "KILLED"),
    ],
)
def test_status(mlflow, words, status):
    MLflowLogger()(record(**words))

    assert ("set_terminated", "r2", status) in mlflow.calls


def test_experiments_are_made_once(mlflow):
    for _ in range(2):
        MLflowLogger("wine")(record())

    starts = [call[1] for call in mlflow.calls if call[0] == "start_run"]

    assert starts == ["new wine", "new wine"]

    assert mlflow.known == {"wine": "new wine"}


def test_many_parameters_with_odd_names(mlflow):
    MLflowLogger()(record(params={f"a[{i}]": i for i in range(150)}))

    batches = [call for call in mlflow.calls if call[:2] == ("log_batch", "r2")]

    assert [len(params) for *_, params in batches] == [100, 50]

    assert batches[1][2] == []  # the numbers are written once

    assert batches[1][3][0] == ("a_100_", "100")


def test_the_end(mlflow):
    logger = MLflowLogger()
    search = TPESearchCV(
        Knob(), {"level": Float(0, 1)}, n_iter=3, cv=2, random_state=0, callbacks=logger
    ).fit(X, Y)

    assert mlflow.calls[-4:] == [
        (
            "log_batch",
            "r1",
            [("best_score", search.best_score_, 0)],
            [("level", str(search.best_params_["level"]))],
        ),
        ("set_tag", "r1", "best_index", str(search.best_index_)),
        ("set_tag", "r1", "end_reason", "n_iter"),
        ("set_terminated", "r1", "FINISHED"),
    ]

    names = [call[3] for call in mlflow.calls if call[0] == "create_run"]

    assert names == ["candidate 0", "candidate 1", "candidate 2"]


def test_an_error_at_the_end(mlflow):
    logger = MLflowLogger()
    logger(record())
    logger.on_search_end(object(), ValueError("no"))
    n_calls = len(mlflow.calls)
    logger.on_search_end(object(), None)  # there is no run any more

    assert mlflow.calls[-1] == ("set_terminated", "r1", "FAILED")

    assert len(mlflow.calls) == n_calls


def test_copies(mlflow):
    logger = MLflowLogger("wine")
    logger(record())
    search = TPESearchCV(Knob(), {}, callbacks=logger)

    assert pickle.loads(pickle.dumps(clone(search))).callbacks == logger


def test_mlflow_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "mlflow", None)

    with pytest.raises(ImportError, match=r"pip install 'sksearch\[mlflow\]'"):
        MLflowLogger()(record())
