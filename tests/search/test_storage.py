"""Tests of searches that keep a journal."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sklearn.model_selection import KFold
from sklearn.svm import SVC
from stand_ins import N_TIMES, Counting, Knob, Slow, Sturdy, data

from sksearch import (
    BayesSearchCV,
    Categorical,
    Choice,
    Float,
    HalvingSearchCV,
    Option,
    TPESearchCV,
)
from sksearch.exceptions import JournalError

X, Y = data()
SPACE = {"level": Float(0.0, 1.0)}


def lines_of(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def n_fits(search):
    """Return how many fits a search needs, beside the refit."""
    Counting.n_fits = 0
    search.fit(X, Y)
    return Counting.n_fits - bool(search.refit)


def tpe(path=None, estimator=None, space=SPACE, **words):
    words = {"n_iter": 6, "cv": 3, "random_state": 0, **words}
    return TPESearchCV(estimator or Counting(), space, storage=path, **words)


def same_results(one, other):
    a, b = one.cv_results_, other.cv_results_
    return a["params"] == b["params"] and np.array_equal(
        a["mean_test_score"], b["mean_test_score"], equal_nan=True
    )


class TestGoesOn:
    def test_nothing_is_fitted_twice(self, path):
        first = tpe(path)
        assert n_fits(first) == 18
        again = tpe(path)
        assert n_fits(again) == 0
        assert same_results(again, first)
        assert again.best_estimator_.level == first.best_estimator_.level

    def test_a_space_that_has_been_used_is_the_same(self, path):
        space = {"level": Categorical([0.0, 0.5, 1.0], ordered=True)}
        assert n_fits(tpe(path, space=space, n_iter=3)) == 9
        assert space["level"].numbers  # computed, and kept
        assert space["level"].value_labels
        assert n_fits(tpe(path, space=space, n_iter=3)) == 0

    def test_records_of_known_candidates_tell_when_they_were_finished(self, path):
        first, again = [], []
        tpe(path, callbacks=lambda r: first.append(r) or r.number == 3).fit(X, Y)
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:-2]))  # the end, and a fold of candidate 3
        taken = json.loads(lines[-3])["elapsed"]
        tpe(path, callbacks=again.append).fit(X, Y)

        for then, now in zip(first[:3], again, strict=False):
            assert 0 < now.elapsed <= then.elapsed
        assert taken < again[3].elapsed < again[4].elapsed

    def test_more_candidates_are_added(self, path):
        n_fits(tpe(path))
        more = tpe(path, n_iter=9)
        assert n_fits(more) == 9
        more.storage = None
        assert same_results(tpe(path, n_iter=9).fit(X, Y), more.fit(X, Y))

    def test_the_same_search_fitted_again_with_more(self, path):
        search = tpe(path).fit(X, Y)
        search.set_params(n_iter=8)
        assert n_fits(search) == 6

    def test_cut_at_any_of_its_last_bytes(self, path):
        whole_search = tpe(path).fit(X, Y)
        whole = path.read_bytes()
        for length in range(len(whole) - 600, len(whole), 23):
            path.write_bytes(whole[:length])
            assert same_results(tpe(path).fit(X, Y), whole_search)
            assert (
                Counter(
                    tuple(line["fold"]) for line in lines_of(path) if "fold" in line
                ).most_common(1)[0][1]
                == 1
            )

    @pytest.mark.parametrize("n_jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
    def test_conditional_space(self, path, n_jobs):
        space = {
            "C": Float(1e-2, 1e2, log=True),
            "kernel": Choice({"lin": "linear", "r": Option("rbf", gamma=[0.1, 1.0])}),
        }
        words = {"estimator": SVC(), "space": space, "n_iter": 12, "n_jobs": n_jobs}
        whole = tpe(**words).fit(X, Y)
        tpe(path, **{**words, "n_iter": 7}).fit(X, Y)
        assert same_results(tpe(path, **words).fit(X, Y), whole)

    def test_a_journal_of_before_there_were_known_points(self, path):
        words = {"estimator": SVC(), "space": {"C": Float(1e-2, 1e2, log=True)}}
        before = tpe(path, **words, n_iter=6, initial_points="default").fit(X, Y)

        after = tpe(path, **words, n_iter=8).fit(X, Y)

        assert after.cv_results_["params"][:6] == before.cv_results_["params"]

        assert len(after.cv_results_["params"]) == 8

    def test_define_by_run(self, path):
        def space(trial):
            found = {"level": trial.suggest_float("level", 0, 1)}
            if found["level"] > 0.6:
                found["seconds"] = trial.suggest_float("seconds", 0, 1e-6)
            return found

        words = {"estimator": Slow(), "space": space}
        words["sampler_params"] = {"n_startup": 2}
        whole = tpe(**words, n_iter=15).fit(X, Y)
        tpe(path, **words, n_iter=7).fit(X, Y)
        assert same_results(tpe(path, **words, n_iter=15).fit(X, Y), whole)

    def test_gaussian_process(self, path):
        words = {"n_iter": 12, "cv": 3, "random_state": 0}
        whole = BayesSearchCV(Knob(), SPACE, **words).fit(X, Y)
        words["storage"] = path
        BayesSearchCV(Knob(), SPACE, **{**words, "n_iter": 8}).fit(X, Y)
        assert same_results(BayesSearchCV(Knob(), SPACE, **words).fit(X, Y), whole)

    @pytest.mark.parametrize(
        "more",
        [
            {"sampler": "tpe"},
            {"sampler": "tpe", "brackets": "hyperband"},
            {"sampler": "gp", "n_full": 5},
            {"sampler": "random", "asynchronous": True},
        ],
        ids=["tpe", "hyperband", "gp", "asynchronous"],
    )
    def test_halving(self, path, more):
        words = {"n_candidates": 9, "cv": 2, "random_state": 0, **more}
        words["min_resources"] = "exhaust"
        whole = HalvingSearchCV(Knob(), SPACE, **words).fit(X, Y)
        HalvingSearchCV(Knob(), SPACE, **words, storage=path).fit(X, Y)
        data = path.read_bytes()
        path.write_bytes(data[: len(data) * 2 // 3])
        again = HalvingSearchCV(Knob(), SPACE, **words, storage=path).fit(X, Y)
        assert same_results(again, whole)
        assert again.n_candidates_ == whole.n_candidates_

    @pytest.mark.parametrize("random_state", [None, np.random.RandomState(0)])
    def test_without_a_seed_it_keeps_its_own(self, path, random_state):
        first = tpe(path, random_state=random_state, n_iter=4).fit(X, Y)
        more = tpe(path, random_state=random_state, n_iter=12)
        assert n_fits(more) == 24
        seed = lines_of(path)[0]["kept"]["seed"]
        whole = tpe(random_state=np.random.RandomState(seed), n_iter=12).fit(X, Y)
        assert same_results(more, whole)
        assert more.cv_results_["params"][:4] == first.cv_results_["params"]

    def test_failures_are_kept(self, path):
        space = {"mood": ["good", "fit fails", "nan", "inf"]}
        words = {"estimator": Sturdy(), "space": space, "n_iter": 4}
        with pytest.warns(Warning):  # noqa: PT030 - several, tested elsewhere
            whole = tpe(path, **words).fit(X, Y)
        with pytest.warns(Warning):  # noqa: PT030
            again = tpe(path, **words).fit(X, Y)
        assert same_results(again, whole)

    def test_train_scores_and_times_are_kept(self, path):
        words = {"return_train_score": True, "scoring": ["accuracy", "f1"]}
        words |= {"refit": "f1", "estimator": SVC(), "space": {"C": Float(0.1, 1)}}
        first, again = (tpe(path, **words).fit(X, Y) for _ in range(2))
        for key, values in first.cv_results_.items():
            np.testing.assert_array_equal(again.cv_results_[key], values)

    def test_predictions_out_of_fold_are_kept(self, path):
        words = {"estimator": SVC(), "space": {"C": Float(0.1, 1)}}
        words["return_oof"] = True
        first, again = (tpe(path, **words).fit(X, Y) for _ in range(2))
        pairs = zip(
            first.oof_predictions_.predictions,
            again.oof_predictions_.predictions,
            strict=True,
        )
        for one, other in pairs:
            for a, b in zip(one, other, strict=True):
                np.testing.assert_array_equal(a.values, b.values)

    def test_callbacks_hear_of_all(self, path):
        heard = []
        tpe(path).fit(X, Y)
        tpe(path, n_iter=7, callbacks=lambda r: heard.append(r.number)).fit(X, Y)
        assert heard == list(range(7))

    def test_timeout_counts_what_was_spent(self, path):
        tpe(path).fit(X, Y)
        search = tpe(path, n_iter=10**6, timeout=1e-9)
        assert n_fits(search) == 0
        assert len(search.cv_results_["params"]) == 6

    def test_other_settings_that_do_not_matter(self, path):
        tpe(path).fit(X, Y)
        search = tpe(path, n_jobs=2, verbose=1, refit=False, timeout=1e9)
        assert n_fits(search) == 0

    def test_begin_anew(self, path):
        tpe(path).fit(X, Y)
        before = path.read_bytes()
        assert n_fits(tpe(path, resume=False)) == 18
        assert path.with_name("search.jsonl.1").read_bytes() == before


class TestRefused:
    @pytest.mark.parametrize(
        ("words", "named"),
        [
            ({"space": {"level": Float(0.0, 2.0)}}, "param_distributions"),
            ({"estimator": Sturdy()}, "estimator"),
            ({"cv": 4}, "cv"),
            ({"cv": KFold(3, shuffle=True, random_state=0)}, "cv"),
            ({"scoring": "accuracy"}, "scoring"),
            ({"random_state": 1}, "random_state"),
            ({"return_train_score": True}, "return_train_score"),
            ({"return_oof": True}, "return_oof"),
            ({"sampler_params": {"n_startup": 3}}, "sampler_params"),
            ({"initial_points": None}, "initial_points"),
        ],
    )
    def test_another_search_is_named_before_any_fit(self, path, words, named):
        tpe(path).fit(X, Y)
        before = path.read_bytes()
        Counting.n_fits = 0
        with pytest.raises(JournalError, match=rf"differs in {named} "):
            tpe(path, **words).fit(X, Y)
        assert Counting.n_fits == 0
        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        ("X2", "y2", "named"),
        [(X + 1, Y, "X"), (X, 1 - Y, "y"), (X[:-1], Y[:-1], "X")],
    )
    def test_other_data(self, path, X2, y2, named):
        tpe(path).fit(X, Y)
        with pytest.raises(JournalError, match=rf"differs in .*{named} \(was"):
            tpe(path).fit(X2, y2)

    def test_another_face(self, path):
        tpe(path).fit(X, Y)
        with pytest.raises(JournalError, match=r"search \(was 'TPESearchCV', is 'Bay"):
            BayesSearchCV(Counting(), SPACE, storage=path).fit(X, Y)

    def test_other_weights(self, path):
        tpe(path, estimator=SVC(), space={"C": [1, 2]}, n_iter=2).fit(X, Y)
        with pytest.raises(JournalError, match="differs in sample_weight"):
            tpe(path, estimator=SVC(), space={"C": [1, 2]}, n_iter=2).fit(
                X, Y, sample_weight=np.ones(len(X))
            )

    def test_flipped_bytes_never_give_a_wrong_result(self, path):
        whole = tpe(path).fit(X, Y)
        before = path.read_bytes()
        rng = np.random.default_rng(0)
        for position in rng.integers(len(before), size=60):
            changed = bytearray(before)
            changed[position] ^= 1 << int(rng.integers(8))
            path.write_bytes(bytes(changed))
            try:
                again = tpe(path).fit(X, Y)
            except JournalError:
                assert path.read_bytes() == bytes(changed)
            else:
                assert same_results(again, whole)

    @pytest.mark.parametrize(
        ("storage", "resume", "error"),
        [(3, "auto", "storage"), ("x", "maybe", "resume"), ("x", 3, "resume")],
    )
    def test_bad_parameters(self, storage, resume, error):
        with pytest.raises(ValueError, match=f"'{error}' parameter"):
            tpe(storage, resume=resume).fit(X, Y)


PROGRAM = """
import sys
import numpy as np
from stand_ins import Erratic, data
from sksearch import *

kind, n_jobs, storage, out = sys.argv[1:]
space = {"level": Float(0, 1), "other": [1, 2, 3]}


class Both(Erratic):
    def __init__(self, level=0.5, other=1):
        super().__init__(level)
        self.other = other

    def score(self, X, y=None):
        return self.level * self.other


words = dict(cv=3, random_state=0, n_jobs=int(n_jobs), storage=storage or None)
search = {
    "tpe": lambda: TPESearchCV(Both(), space, n_iter=40, **words),
    "gp": lambda: BayesSearchCV(Both(), space, n_iter=20, **words),
    "halving": lambda: HalvingSearchCV(
        Both(), space, n_candidates=18, min_resources="exhaust", sampler="tpe", **words
    ),
}[kind]()
search.fit(*data())
table = search.cv_results_
scores = table["mean_test_score"]
np.save(out, [[*p.values(), s] for p, s in zip(table["params"], scores)])
"""


def start(kind, n_jobs, storage, out):
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, kind, str(n_jobs), str(storage), str(out)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize(("kind", "n_jobs"), [("tpe", 1), ("gp", 1), ("halving", 2)])
def test_killed_at_random_moments_nothing_is_lost(tmp_path, kind, n_jobs):
    began = time.monotonic()
    process = start(kind, n_jobs, "", tmp_path / "whole.npy")
    _, errors = process.communicate()
    assert process.returncode == 0, errors.decode()
    seconds = time.monotonic() - began
    rng = random.Random(0)
    path, out = tmp_path / "search.jsonl", tmp_path / "found.npy"
    folds: list[tuple[int, int]] = []
    for attempt in range(N_TIMES + 1):
        process = start(kind, n_jobs, path, out)
        try:
            # The last one is left alone.
            patience = rng.uniform(0.3, 1.0) * seconds if attempt < N_TIMES else 600
            _, errors = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            done = [line for line in complete_lines(path) if "fold" in line]
            now = [tuple(line["fold"]) for line in done]
            assert now[: len(folds)] == folds
            folds = now
            continue
        assert process.returncode == 0, errors.decode()
        break
    done = [tuple(line["fold"]) for line in complete_lines(path) if "fold" in line]
    assert done[: len(folds)] == folds
    assert len(set(done)) == len(done)
    np.testing.assert_array_equal(np.load(out), np.load(tmp_path / "whole.npy"))


def complete_lines(path: Path):
    if not path.exists():
        return []
    *lines, _ = path.read_bytes().split(b"\n")
    return [json.loads(line) for line in lines]
