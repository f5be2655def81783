"""Tests of what a journal may be used for: only what means the same today."""

import functools
import json
import os
import threading
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
import sklearn
from joblib import parallel_config
from scipy.stats import loguniform, randint
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, make_scorer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, MinMaxScaler, StandardScaler
from sklearn.svm import SVC
from stand_ins import Counting, Knob, data

from sksearch import (
    BayesSearchCV,
    Choice,
    Float,
    HalvingSearchCV,
    Option,
    TPESearchCV,
    load_history,
)
from sksearch.exceptions import JournalError, RetryWarning

X, Y = data()
WORDS = {"cv": 3, "random_state": 0}


class Sum(Counting):
    """Its score tells both parameters; it may need something that is not there."""

    def __init__(self, level=0.5, other=0.5, kind="x", n_jobs=None, verbose=0):
        super().__init__(level)
        self.other = other
        self.kind = kind
        self.n_jobs = n_jobs
        self.verbose = verbose

    def fit(self, X, y=None):
        missing = os.environ.get("SKSEARCH_MISSING", "")
        if missing == "all" or (missing == "some" and self.level > 0.5):
            msg = "No module named 'it'"
            raise ImportError(msg)
        return super().fit(X, y)

    def score(self, X, y=None):
        return self.level + 10 * self.other


LEVEL, OTHER = Float(0.0, 1.0), Float(0.0, 1.0)
SPACE = {"level": LEVEL, "other": OTHER}


def function(trial):
    return {name: trial.suggest_float(name, 0, 1) for name in ("level", "other")}


def n_fits(search, X=X, y=Y):
    """Return how many fits a search needs, beside the refit; all scores are true."""
    Sum.n_fits = 0
    search.fit(X, y)
    results = search.cv_results_
    own = isinstance(search.estimator, Sum) and search.scoring is None
    if own and not search.failures_["fold"]:
        for params, score in zip(
            results["params"], results["mean_test_score"], strict=True
        ):
            expected = params.get("level", 0.5) + 10 * params.get("other", 0.5)
            assert score == pytest.approx(expected)
    return Sum.n_fits - bool(search.refit)


def tpe(path, space=SPACE, **words):
    words = {"estimator": Sum(), "n_iter": 6, "storage": path, **WORDS, **words}
    return TPESearchCV(words.pop("estimator"), space, **words)


def halving(path, space=SPACE, **words):
    own = {"n_candidates": 9, "min_resources": 1, "max_resources": 9}
    words = {**own, "resource": "verbose", "storage": path, **WORDS, **words}
    return HalvingSearchCV(Sum(), space, **words)


def held(value, estimator, X, y):
    return 1.0


def scorer_of(value):
    return lambda estimator, X, y: value


def space_of(high):
    return lambda trial: {"level": trial.suggest_float("level", 0, high)}


class TestCode:
    @pytest.mark.parametrize(
        ("one", "other", "named"),
        [
            ({"scoring": scorer_of(1.0)}, {"scoring": scorer_of(2.0)}, "scoring"),
            (
                {"scoring": {"a": scorer_of(1.0)}, "refit": "a"},
                {"scoring": {"a": scorer_of(2.0)}, "refit": "a"},
                "scoring",
            ),
            (
                {"scoring": make_scorer(lambda a, b: 1.0)},
                {"scoring": make_scorer(lambda a, b: 2.0)},
                "scoring",
            ),
            (
                {"scoring": functools.partial(lambda k, e, X, y: k, 1)},
                {"scoring": functools.partial(lambda k, e, X, y: k, 2)},
                "scoring",
            ),
            ({"space": space_of(0.5)}, {"space": space_of(1.0)}, "param_distr"),
            (
                {"estimator": make_pipeline(FunctionTransformer(lambda X: X), Knob())},
                {"estimator": make_pipeline(FunctionTransformer(lambda X: 1), Knob())},
                "estimator",
            ),
            (
                {"space": {"kind": [scorer_of(1), scorer_of(2)]}},
                {"space": {"kind": [scorer_of(1), scorer_of(3)]}},
                "param_distr",
            ),
            ({"space": {"level": [1]}}, {"space": {"level": [1.0]}}, "param_distr"),
            ({"space": {"level": [1]}}, {"space": {"level": [True]}}, "param_distr"),
            ({"estimator": Sum(other=1)}, {"estimator": Sum(other=1.0)}, "estimator"),
            ({"estimator": Sum(other=1)}, {"estimator": Sum(other=True)}, "estimator"),
            (
                {"estimator": Sum(kind={0: 1})},
                {"estimator": Sum(kind={"0": 1})},
                "estimator",
            ),
        ],
    )
    def test_what_was_edited_is_named(self, path, one, other, named):
        words = {"n_iter": 1, "refit": False}
        words["space"] = {"functiontransformer__validate": [False]}
        if "FunctionT" not in str(one):
            words["space"] = SPACE
        tpe(path, **{**words, **one}).fit(X, Y)
        assert n_fits(tpe(path, **{**words, **one})) == 0
        with pytest.raises(JournalError, match=f"differs in {named}.*was.*is"):
            tpe(path, **{**words, **other}).fit(X, Y)

    def test_the_message_says_whose_code_changed(self, path):
        tpe(path, scoring=scorer_of(1.0)).fit(X, Y)
        expected = r"scoring at the code of .*scorer_of.<locals>.<lambda> \(was '"
        with pytest.raises(JournalError, match=expected):
            tpe(path, scoring=scorer_of(2.0)).fit(X, Y)

    def test_an_edited_search_class(self, path):
        def edited(k):
            class Mine(TPESearchCV):
                def _objective(self, candidate, evaluator):
                    return k * super()._objective(candidate, evaluator)

            return Mine(Sum(), SPACE, n_iter=3, storage=path, **WORDS)

        edited(1).fit(X, Y)
        assert n_fits(edited(1)) == 0
        with pytest.raises(JournalError, match="code of the search"):
            edited(-1).fit(X, Y)

    def test_what_changes_no_score(self, path):
        tpe(path, estimator=make_pipeline(Sum()), space={"sum__level": LEVEL}).fit(X, Y)
        other = Pipeline([("sum", Sum(n_jobs=2, verbose=3))], memory=None, verbose=True)
        search = tpe(path, estimator=other, space={"sum__level": LEVEL}, window=3)
        assert n_fits(search) == 0

    @pytest.mark.parametrize(
        "value", [threading.Lock(), (i for i in range(3))], ids=["lock", "generator"]
    )
    def test_what_nobody_can_compare_is_refused_by_name(self, path, value):
        Sum.n_fits = 0
        with pytest.raises(JournalError, match=r"scoring cannot be compared .*stora"):
            tpe(path, scoring=functools.partial(held, value), refit=False).fit(X, Y)
        assert Sum.n_fits == 0
        assert not path.exists()

    def test_values_that_hold_functions_or_sets(self, path):
        kinds = [
            frozenset("abc"),
            (1, frozenset("de")),
            scorer_of(3),
            functools.partial(scorer_of, 3),
            object,
        ]
        assert n_fits(tpe(path, space={"kind": kinds}, n_iter=5)) == 15
        assert n_fits(tpe(path, space={"kind": kinds}, n_iter=5)) == 0
        shown = [params["kind"] for params in load_history(path)["params"]]
        assert "{'a', 'b', 'c'}" in shown
        assert [1, "{'d', 'e'}"] in shown


class TestRows:
    def test_lines_of_the_space_change_places(self, path):
        first = tpe(path, n_iter=8).fit(X, Y)
        swapped = tpe(path, dict(reversed(SPACE.items())), n_iter=10)
        assert n_fits(swapped) == 6
        assert swapped.cv_results_["params"][:8] == first.cv_results_["params"]
        assert n_fits(tpe(path, n_iter=11)) == 3

    @pytest.mark.parametrize("named", [True, False])
    def test_options_change_places(self, path, named):
        options = {"x": Option("x", level=LEVEL), "y": Option("y", other=OTHER)}
        options["z"] = "z"

        def space(order, first):
            chosen = {k: options[k] for k in order}
            choice = Choice(chosen if named else list(chosen.values()))
            parts = {"kind": choice, "verbose": [0, 1]}
            return {first: parts[first], **parts}

        first = tpe(path, space("xyz", "kind"), n_iter=12).fit(X, Y)
        again = tpe(path, space("zxy", "verbose"), n_iter=14)
        assert n_fits(again) == 6
        assert again.cv_results_["params"][:12] == first.cv_results_["params"]
        assert n_fits(tpe(path, space("yzx", "kind"), n_iter=14)) == 0

    def test_metrics_change_places(self, path):
        one, other = scorer_of(1.0), scorer_of(2.0)
        tpe(path, scoring={"a": one, "b": other}, refit=False).fit(X, Y)
        with pytest.raises(JournalError, match=r"scoring \(was a and b, is b and a\)"):
            tpe(path, scoring={"b": other, "a": one}, refit=False).fit(X, Y)

    def test_a_row_that_means_something_else(self, path, monkeypatch):
        tpe(path).fit(X, Y)
        monkeypatch.setattr(Float, "from_unit", lambda self, unit: 1 - unit)
        with pytest.raises(
            JournalError, match=r"candidate \d with level=.*gives level="
        ):
            tpe(path).fit(X, Y)


@pytest.mark.parametrize(
    ("make", "space"),
    [
        (tpe, SPACE),
        (tpe, function),
        (functools.partial(halving, brackets="hyperband", asynchronous=True), SPACE),
        (functools.partial(halving, window=5), SPACE),
        (functools.partial(tpe, window="unordered"), SPACE),
        *(
            pytest.param(
                functools.partial(halving, **words), space, marks=pytest.mark.slow
            )
            for words, space in (
                ({"brackets": "hyperband"}, SPACE),
                ({"asynchronous": True, "sampler": "tpe"}, function),
                ({"sampler": "gp", "n_full": 3}, SPACE),
            )
        ),
    ],
    ids=[
        "tpe",
        "function",
        "asynchronous",
        "window",
        "unordered",
        "hyperband",
        "tpe below",
        "gp",
    ],
)
def test_another_number_of_jobs(path, space, make):
    with parallel_config(backend="threading"):
        n_whole = n_fits(make(path, space, n_jobs=1))
        assert n_fits(make(path, space, n_jobs=4)) == 0
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[: len(lines) // 2]))
        n_kept = sum(b'"fold"' in line for line in lines[: len(lines) // 2])
        # Nothing that is known is fitted again.
        assert n_fits(make(path, space, n_jobs=4)) <= n_whole - n_kept + 9
        assert n_fits(make(path, space, n_jobs=2)) == 0
        assert n_fits(make(path, space, n_jobs=1)) == 0


class TestFailures:
    @pytest.mark.parametrize("space", [SPACE, function], ids=["dict", "function"])
    def test_a_broken_environment_that_was_mended(self, path, space, monkeypatch):
        monkeypatch.setenv("SKSEARCH_MISSING", "all")
        with pytest.raises(ValueError, match="fits failed"):
            tpe(path, space).fit(X, Y)
        lines = path.read_text().splitlines()
        n_tried = len({json.loads(line).get("candidate") for line in lines}) - 1
        monkeypatch.delenv("SKSEARCH_MISSING")
        search = tpe(path, space)
        with pytest.warns(RetryWarning, match=f"{n_tried} candidates failed. They are"):
            assert n_fits(search) == 18
        assert search.failures_["fold"] == []
        assert n_fits(tpe(path, space)) == 0

    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize("space", [SPACE, function], ids=["dict", "function"])
    def test_some_are_tried_again_on_request(self, path, space, monkeypatch):
        monkeypatch.setenv("SKSEARCH_MISSING", "some")
        n_failed = len(tpe(path, space, n_iter=9).fit(X, Y).failures_["fold"])
        monkeypatch.delenv("SKSEARCH_MISSING")
        assert n_fits(tpe(path, space, n_iter=9)) == 0
        assert n_fits(tpe(path, space, n_iter=9, resume="retry")) == n_failed > 0
        search = tpe(path, space, n_iter=10)
        assert n_fits(search) == 3
        assert search.failures_["fold"] == []

    def test_retry_begins_where_there_is_nothing(self, path):
        assert n_fits(tpe(path, resume="retry")) == 18

    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize(
        ("space", "more"),
        [
            (SPACE, {}),
            (function, {"sampler": "tpe", "brackets": "hyperband"}),
            (SPACE, {"asynchronous": True, "brackets": "hyperband"}),
            (SPACE, {"sampler": "gp", "n_full": 3}),
        ],
        ids=["plain", "hyperband", "asynchronous", "gp"],
    )
    def test_halving_takes_another_course(self, path, space, more, monkeypatch):
        monkeypatch.setenv("SKSEARCH_MISSING", "some")
        halving(path, space, **more).fit(X, Y)
        tried = {
            (tuple(sorted(params.items())), resource)
            for params, resource in known_of(path)
        }
        monkeypatch.delenv("SKSEARCH_MISSING")
        search = halving(path, space, **more, resume="retry", refit=False)
        n = n_fits(search)
        table = search.cv_results_
        sound = {
            (tuple(sorted(params.items())), int(resource))
            for params, resource in zip(
                table["params"], table["n_resources"], strict=True
            )
        }
        # Whatever was known and is wanted is not fitted again, unless it had failed.
        new = [
            key
            for key in sound
            if key not in tried or dict(key[0])["level"] > 0.5  # failed
        ]
        assert n == 3 * len(new)
        found = load_history(path)
        assert found["params"] == table["params"]
        np.testing.assert_array_equal(
            found["mean_test_score"], table["mean_test_score"]
        )
        again = halving(path, space, **more)
        assert n_fits(again) == 0
        assert again.cv_results_["params"] == table["params"]


def known_of(path):
    saved = load_history(path)
    return zip(saved["params"], map(int, saved["n_resources"]), strict=True)


class Mine(HalvingSearchCV):
    """Takes few parameters."""

    def __init__(self, estimator, *, storage=None):
        words = {"min_resources": 1, "max_resources": 9, "resource": "verbose"}
        super().__init__(
            estimator, SPACE, n_candidates=9, storage=storage, **words, **WORDS
        )


@pytest.mark.parametrize(
    "make",
    [
        tpe,
        functools.partial(tpe, return_train_score=True),
        halving,
        functools.partial(halving, n_full=2),
        functools.partial(halving, brackets=2, return_train_score=False),
        lambda path: Mine(Sum(), storage=path),
    ],
    ids=["tpe", "train", "halving", "n_full", "brackets", "subclass"],
)
def test_the_table_of_a_journal_has_the_columns_of_the_search(path, make):
    search = make(path).fit(X, Y)
    assert list(load_history(path)) == list(search.cv_results_)
    assert n_fits(make(path)) == 0


def sorted_rows(matrix):
    matrix.sort_indices()
    return matrix


def noted(frame):
    frame.attrs["source"] = "here"
    return frame


MATRIX = sp.csr_matrix(X * (X > 0))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MATRIX.copy(), sorted_rows(MATRIX.copy())),
        (pd.DataFrame(X), noted(pd.DataFrame(X))),
        (X, np.asfortranarray(X)),
    ],
    ids=["sparse", "attrs", "order"],
)
def test_the_same_data_in_another_form(path, one, other):
    words = {"estimator": SVC(), "space": {"C": loguniform(0.1, 10)}}
    tpe(path, **words).fit(one, Y)
    before = path.read_bytes()
    tpe(path, **words).fit(other, Y, sample_weight=None)  # which is none
    assert path.read_bytes() == before
    tpe(path, **words, n_iter=7).fit(one, Y)
    assert path.read_bytes() != before


# ------------------------------------------------------------- journals of before

JOURNALS = Path(__file__).parent / "journals"


def of_before(name, path, monkeypatch):
    """Bring a journal that an earlier version has written, as if it were of ours."""
    data = (JOURNALS / name).read_bytes()
    path.write_bytes(data)
    header = json.loads(data.splitlines()[0])["fingerprint"]
    if header["scikit-learn"] != sklearn.__version__:
        pytest.skip("its estimators have other parameters")
    monkeypatch.setattr(
        "sksearch.search.plan._fingerprint.__version__", header["sksearch"]
    )


def old_data():
    rng = np.random.RandomState(0)
    X = np.asarray(rng.randint(0, 100, (60, 3)) / 10.0)
    return X, (X[:, 0] + X[:, 1] > 10).astype(int)


def old_tpe(path, swapped=False, **words):
    svm = Option(SVC(), C=loguniform(1e-2, 1e2), kernel=["linear", "rbf"])
    options = {"svm": svm, "log": Option(LogisticRegression(), C=[1, 10, 0.1])}
    scale = {"scale": [StandardScaler(), MinMaxScaler(), "passthrough"]}
    space = {**scale, "clf": Choice(options)}
    if swapped:
        space = dict(reversed(space.items()))
    return TPESearchCV(
        Pipeline([("scale", StandardScaler()), ("clf", SVC())]),
        space,
        n_iter=8,
        scoring=make_scorer(f1_score, average="macro"),
        storage=path,
        **WORDS,
        **words,
    )


def test_a_journal_of_before_goes_on(path, monkeypatch):
    of_before("tpe.jsonl", path, monkeypatch)
    before = path.read_bytes()
    search = old_tpe(path).fit(*old_data())
    assert path.read_bytes() == before
    assert len(search.cv_results_["params"]) == 8
    search.set_params(n_iter=10).fit(*old_data())
    assert path.read_bytes().startswith(before)
    assert len(load_history(path)["params"]) == 10


def test_a_journal_of_before_with_other_meaning_is_refused(path, monkeypatch):
    of_before("tpe.jsonl", path, monkeypatch)
    with pytest.raises(JournalError, match="candidate 0 with"):
        old_tpe(path, swapped=True).fit(*old_data())
    with pytest.raises(JournalError, match="differs in scoring"):
        old_tpe(path).set_params(scoring=make_scorer(accuracy_score)).fit(*old_data())


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_a_halving_journal_of_before_goes_on(path, monkeypatch, n_jobs):
    of_before("hyperband.jsonl", path, monkeypatch)
    before = path.read_bytes()
    X, y = old_data()
    search = HalvingSearchCV(
        SVC(),
        {
            "C": loguniform(1e-2, 1e2),
            "degree": randint(1, 5),
            "class_weight": [None, {0: 1, 1: 2}],
        },
        n_candidates=9,
        resource="max_iter",
        min_resources="exhaust",
        max_resources=90,
        brackets="hyperband",
        cv=2,
        random_state=0,
        storage=path,
        n_jobs=n_jobs,
    )
    with parallel_config(backend="threading"), pytest.warns(ConvergenceWarning):
        search.fit(np.asfortranarray(X), y)
    if n_jobs == 1:
        assert path.read_bytes() == before
        found = load_history(path)
        assert list(found) == list(search.cv_results_)
    assert path.read_bytes().startswith(before)


def test_a_journal_with_other_rows_on_its_rungs_is_refused(path, monkeypatch):
    search = HalvingSearchCV(
        Sum(), SPACE, n_candidates=3, min_resources=20, storage=path, **WORDS
    )
    monkeypatch.setattr(
        "sksearch.search.plan._fingerprint.RUNGS", "as many rows as there were"
    )
    search.fit(X, Y)
    monkeypatch.undo()
    with pytest.raises(JournalError, match=r"differs in rungs .was 'as many rows"):
        search.fit(X, Y)


def test_bayes_takes_up_a_function(path):
    words = {"storage": path, **WORDS}
    BayesSearchCV(Sum(), function, n_iter=7, **words).fit(X, Y)
    more = BayesSearchCV(Sum(), function, n_iter=9, **words)
    assert n_fits(more) == 6
    whole = BayesSearchCV(Sum(), function, n_iter=9, **WORDS).fit(X, Y)
    assert more.cv_results_["params"] == whole.cv_results_["params"]
