"""What is written for TensorBoard."""

import copy
import math
import pickle
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import ClassVar

import pytest
from sklearn.svm import SVC
from stand_ins import Knob, data

from sksearch import CandidateRecord, Float, TPESearchCV
from sksearch.callbacks import TensorBoardLogger

X, Y = data()


class Writer:
    files: ClassVar[dict[str, list]] = {}  # what each file holds, by folder

    def __init__(self, folder):
        self.events = self.files.setdefault(folder, [])

    def add_event(self, event):
        self.events.append((event.step, event.summary))

    def flush(self):
        self.events.append("flush")

    def close(self):
        self.events.append("close")


def summary(value):
    return {v.tag: v.simple_value for v in value}


summary.Value = SimpleNamespace
PARTS = {
    "tensorboard.compat.proto.event_pb2": {"Event": SimpleNamespace},
    "tensorboard.compat.proto.summary_pb2": {"Summary": summary},
    "tensorboard.plugins.hparams.summary_v2": {
        "hparams_pb": lambda params, trial_id: (trial_id, params)
    },
    "tensorboard.plugins.text.summary_v2": {"text_pb": lambda tag, text: (tag, text)},
    "tensorboard.summary.writer.event_file_writer": {"EventFileWriter": Writer},
}


@pytest.fixture
def written(monkeypatch):
    monkeypatch.setattr(Writer, "files", {})
    for path, parts in PARTS.items():
        names = path.split(".")
        for i in range(1, len(names)):
            name = ".".join(names[:i])
            monkeypatch.setitem(sys.modules, name, ModuleType(name))
        module = ModuleType(path)
        vars(module).update(parts)
        monkeypatch.setitem(sys.modules, path, module)
    return Writer.files


def record(n_finished=1, score=0.5, best=0.5, params=None, **words):
    return CandidateRecord(
        number=n_finished - 1,
        params={"clf": SVC(), "clf__C": 2} if params is None else params,
        score=score,
        scores={},
        best_number=None,
        best_params=None,
        best_score=best,
        n_finished=n_finished,
        elapsed=1.0,
        **words,
    )


def test_curves_and_candidates(written, tmp_path):
    logger = TensorBoardLogger(tmp_path)

    assert logger(record(fit_time=0.25)) is False
    logger(record(2, score=0.25, params={"C": 1}))

    assert written == {
        str(tmp_path / "search-1"): [
            (0, {"score": 0.5, "fit_time": 0.25}),
            (1, {"best_score": 0.5}),
            "flush",
            (1, {"score": 0.25}),
            (2, {"best_score": 0.5}),
            "flush",
        ],
        str(tmp_path / "search-1" / "candidate-0000"): [
            (
                0,
                ("search-1/candidate-0000", {"clf": "SVC", "clf__C": 2}),
            ),
            (0, {"score": 0.5, "fit_time": 0.25}),
            "close",
        ],
        str(tmp_path / "search-1" / "candidate-0001"): [
            (0, ("search-1/candidate-0001", {"C": 1})),
            (1, {"score": 0.25}),
            "close",
        ],
    }


def test_the_estimator_type_where_no_parameter_tells(written, tmp_path):
    steps = [("clf", SVC())]
    TensorBoardLogger(tmp_path)(
        CandidateRecord(
            0, {"steps": steps}, 0.5, {}, None, None, math.nan, 1, 0.0, label="svm"
        )
    )
    _, params = written[str(tmp_path / "search-1" / "candidate-0000")][0][1]

    assert params["estimator type"] == "svm"


def test_failures_have_no_points(written, tmp_path):
    TensorBoardLogger(tmp_path)(record(score=math.nan, best=math.nan))

    assert written[str(tmp_path / "search-1")] == [(0, {}), "flush"]


def test_each_fit_has_a_folder_and_an_end(written, tmp_path):
    logger = TensorBoardLogger(tmp_path / "logs")
    search = TPESearchCV(
        Knob(), {"level": Float(0, 1)}, n_iter=2, cv=2, random_state=0, callbacks=logger
    )
    for n in (1, 2):
        search.fit(X, Y)
        events = written[str(tmp_path / "logs" / f"search-{n}")]
        text = (
            f"Candidate {search.best_index_}, score {search.best_score_:.6g}:\n\n"
            f"    level = {search.best_params_['level']}"
        )

        assert events[-2:] == [(0, ("best", text)), "close"]

    assert {path.name for path in (tmp_path / "logs").iterdir()} == {
        "search-1",
        "search-2",
    }


def test_a_copy_has_no_file(written, tmp_path):
    logger = TensorBoardLogger(tmp_path)
    logger(record())
    logger._writer.lock = (i for i in ())  # as a real one: it cannot be copied
    for other in (copy.deepcopy(logger), pickle.loads(pickle.dumps(logger))):
        assert other == logger
        other(record(2))

    assert [Path(name).parent.name for name in written].count("search-1") == 2


def test_nothing_was_logged(written, tmp_path):
    TensorBoardLogger(tmp_path).on_search_end(object(), None)

    assert written == {}


def test_tensorboard_is_missing(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "tensorboard", None)

    with pytest.raises(ImportError, match=r"pip install 'sksearch\[tensorboard\]'"):
        TensorBoardLogger(tmp_path)(record())
