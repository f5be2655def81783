"""Tests of configurations in plain values."""

import json

import numpy as np
from scipy.stats import uniform
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

from sksearch import Choice, Float, Option, as_space
from sksearch.space import labelled, labels_of_objects


def plain(space, configuration):
    space = as_space(space)
    row = space.encode(configuration)
    out = labelled(space, row, space.decode(row))
    assert json.loads(json.dumps(out, allow_nan=False)) == out
    return out


def test_plain_values_stay():
    space = {"a": Float(0, 1), "b": [1, 2], "c": ["x", None], "d": [True, False]}
    point = {"a": 0.5, "b": 2, "c": None, "d": False}
    assert plain(space, point) == point


def test_options_by_their_labels():
    space = {"clf": Choice({"svm": Option(SVC(), C=uniform(0, 1)), "off": None})}
    assert plain(space, {"clf": "svm", "clf__C": 0.5}) == {"clf": "svm", "clf__C": 0.5}
    assert plain(space, {"clf": "off"}) == {"clf": None}


def test_listed_objects_by_the_names_of_their_classes():
    scalers = [StandardScaler(), StandardScaler(with_mean=False), MinMaxScaler()]
    names = [plain({"s": scalers}, {"s": scaler})["s"] for scaler in scalers]
    assert names == ["StandardScaler", "StandardScaler-2", "MinMaxScaler"]


def test_long_lists_are_compared_once(monkeypatch):
    n_read = 0

    def read(self, deep=True):
        nonlocal n_read
        n_read += 1
        return {"C": self.C}

    models = [SVC(C=c) for c in range(1, 41)]
    space = as_space({"model": models, "x": [(i, i) for i in range(2000)]})
    row = space.encode({"model": models[3], "x": (7, 7)})
    monkeypatch.setattr(SVC, "get_params", read)

    for _ in range(3):
        assert labelled(space, row, space.decode(row)) == {
            "model": "SVC-4",
            "x": [7, 7],
        }
        assert labels_of_objects(space, [row]) == [{"model": "SVC-4"}]

    assert n_read <= len(models)


def test_lists_and_what_json_does_not_have():
    values = [(1, (2.5, np.int64(3))), float("inf")]
    assert plain({"a": values}, {"a": values[0]}) == {"a": [1, [2.5, 3]]}
    assert plain({"a": values}, {"a": values[1]}) == {"a": "inf"}


def test_define_by_run():
    def layers(trial):
        n = trial.suggest_int("n", 1, 2)
        return {"units": tuple(trial.suggest_int(f"u{i}", 1, 9) for i in range(n))}

    space = as_space(layers)
    row = space.encode({"n": 2, "u0": 3, "u1": 4})
    assert labelled(space, row, space.decode(row)) == {"units": [3, 4]}


def test_labels_of_objects_alone():
    space = as_space(
        {
            "scale": [StandardScaler(), MinMaxScaler(), "passthrough"],
            "clf": Choice({"soft": Option(SVC(), C=Float(0, 1)), "hard": SVC()}),
            "loss": ["a", None, 3],
        }
    )
    rows = [
        space.encode(
            {"scale": scale, "clf": clf, "loss": "a", **({"clf__C": 0.5} if c else {})}
        )
        for scale, clf, c in [("passthrough", "soft", True), ("passthrough", "hard", 0)]
    ]
    rows.append(rows[0].copy())
    rows[2][0] = 0.1

    assert labels_of_objects(space, rows) == [
        {"clf": "soft"},
        {"clf": "hard"},
        {"clf": "soft", "scale": "StandardScaler"},
    ]


def test_labels_of_objects_without_rows():
    assert labels_of_objects(as_space({"scale": [StandardScaler()]}), []) == []


def test_labels_of_objects_in_an_empty_space():
    assert labels_of_objects(as_space({}), [np.empty(0)]) == [{}]
