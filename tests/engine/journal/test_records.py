"""Tests of records: plain data, and back what it was."""

import base64
import io
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sksearch.engine.journal._records import (
    Entry,
    Proposal,
    array_of_plain,
    check_format,
    fold_of_plain,
    header_of,
    is_old,
    plain_array,
    plain_fold,
    plain_prediction,
    prediction_of_plain,
)
from sksearch.evaluation import Prediction
from sksearch.exceptions import JournalError
from sksearch.trials import FoldScore


def through_json(record):
    return json.loads(json.dumps(record, allow_nan=False))


class TestHeader:
    def test_the_keys_of_the_format(self):
        header = header_of({"cv": 5}, {"seed": 1})

        assert header == {"sksearch": 1, "fingerprint": {"cv": 5}, "kept": {"seed": 1}}

        check_format(header, Path("x"))

    def test_another_format_is_refused(self):
        header = {**header_of({}, {}), "sksearch": 2}
        with pytest.raises(JournalError, match=r"'x\.jsonl' has format 2, .* reads 1"):
            check_format(header, Path("x.jsonl"))

    def test_a_journal_of_the_first_kind_keeps_no_axes(self):
        assert is_old(header_of({}, {"seed": 1}))

        assert not is_old(header_of({}, {"axes": []}))


PLACE = {"number": 4, "trial": 1, "rung": 2, "resource": 9, "bracket": 3}


class TestEntry:
    def test_the_keys_of_the_format(self):
        proposal = Proposal(np.array([0.25, np.nan]), {"rng": {"state": 2**100}})
        entry = Entry(**PLACE, params={"a": 1}, proposal=proposal, window=2)

        assert entry.to_plain() == {
            "candidate": 4,
            "trial": 1,
            "rung": 2,
            "resource": 9,
            "bracket": 3,
            "params": {"a": 1},
            "row": [0.25, None],
            "sampler": {"rng": {"state": 2**100}},
            "window": 2,
        }

    @pytest.mark.parametrize("window", [None, 3])
    @pytest.mark.parametrize(
        "proposal",
        [
            None,
            Proposal(np.array([0.25, np.nan]), {"rng": {"state": 2**100}}),
            Proposal(np.array([1 / 3, 0.0]), {}, ["x", "y"]),
        ],
        ids=["promoted", "sampled", "axes"],
    )
    def test_comes_back_as_it_was(self, proposal, window):
        entry = Entry(**PLACE, params={"a": None}, proposal=proposal, window=window)

        assert repr(Entry.of_plain(through_json(entry.to_plain()))) == repr(entry)


class TestFold:
    def test_the_keys_of_the_format(self):
        score = FoldScore(4, 2, {"score": 0.5}, None, 1.0, 0.25)

        assert plain_fold(score, 7.5) == {
            "fold": [4, 2],  # of which candidate, and which one
            "test": {"score": 0.5},
            "train": None,
            "fit_time": 1.0,
            "score_time": 0.25,
            "error": None,
            "score_error": None,
            "exception": None,
            "elapsed": 7.5,
        }

    def test_start_and_worker_are_keys_that_other_versions_do_without(self):
        score = FoldScore(4, 2, {"score": 0.5}, None, 1.0, 0.25)
        noted = replace(score, start=1732959242.5, worker="host/1/2")
        record = plain_fold(noted, 7.5)

        assert record == {
            **plain_fold(score, 7.5),
            "start": 1732959242.5,
            "worker": "host/1/2",
        }

        assert fold_of_plain(through_json(record)) == noted

    @pytest.mark.parametrize(
        "score",
        [
            FoldScore(4, 2, {"a": 1 / 3, "b": 2}, {"a": 1, "b": 0.1}, 1.5, 0.5),
            FoldScore(4, 2, {"a": math.inf, "b": -math.inf, "c": math.nan}, None, 0, 0),
            FoldScore(4, 2, None, None, 0.1, 0.0, "Traceback \u00e4", None, "OSError"),
            FoldScore(4, 2, None, None, 0.1, 0.0, None, "Traceback", "ValueError"),
            FoldScore(4, 2, {"a": 1.0}, None, 0.1, 0.0, n_rounds=17.0),
            FoldScore(4, 2, {"a": 1.0, "b": math.nan}, None, 0, 0, failed=("b",)),
        ],
        ids=["train", "not finite", "fit failed", "score failed", "rounds", "metric"],
    )
    def test_comes_back_as_it_was(self, score):
        assert repr(fold_of_plain(through_json(plain_fold(score, 1.0)))) == repr(score)

    def test_integers_stay_integers(self):
        score = FoldScore(0, 0, {"a": 3}, None, 0, 0)
        found = fold_of_plain(through_json(plain_fold(score, 0)))

        assert type(found.test["a"]) is int


class TestArrays:
    @pytest.mark.parametrize("compressed", [False, True])
    @pytest.mark.parametrize(
        "value",
        [
            np.array([[0.25, np.nan], [np.inf, -0.0]], dtype=np.float32),
            np.arange(6).reshape(2, 3)[:, ::-1],
            np.array(["a", "\u00e4"]),
            np.array(["x", "y"], dtype=object),
            np.zeros((0, 3)),
            np.array(True),
        ],
        ids=["floats", "reversed", "text", "objects", "empty", "scalar"],
    )
    def test_come_back_as_they_were(self, value, compressed):
        plain = through_json(plain_array(value, compressed=compressed))
        found = array_of_plain(plain)

        assert (found.dtype, found.shape) == (value.dtype, value.shape)

        np.testing.assert_array_equal(found, value)

    def test_one_for_each_output(self):
        found = array_of_plain(through_json(plain_array([np.zeros(2), np.ones(3)])))

        assert [part.tolist() for part in found] == [[0.0] * 2, [1.0] * 3]

    def test_none(self):
        assert array_of_plain(plain_array(None)) is None

    def test_no_pickle_is_read(self):
        buffer = io.BytesIO()
        np.save(buffer, np.array([{}], dtype=object), allow_pickle=True)
        pickled = {"npy": base64.b64encode(buffer.getvalue()).decode()}
        with pytest.raises(ValueError, match="allow_pickle=False"):
            array_of_plain(pickled)

    def test_a_prediction(self):
        told = Prediction("predict_proba", np.eye(2), np.array(["a", "b"]))
        found = prediction_of_plain(through_json(plain_prediction(told)))

        assert repr(found) == repr(told)

        assert prediction_of_plain(plain_prediction(None)) is None
