from __future__ import annotations

from contextlib import nullcontext

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    PredefinedSplit,
    RepeatedKFold,
    StratifiedKFold,
    TimeSeriesSplit,
)

from sksearch import Float, HalvingSearchCV, Int
from sksearch.exceptions import (
    ResourceError,
    SksearchWarning,
    SpaceExhaustedWarning,
)
from sksearch.search.halving._useful import useful_sample
from sksearch.search.plan._fit_data import FitData

RNG = np.random.default_rng(0)


def classes(n, *shares):
    """Return labels of which each class has its share; the first has the rest."""
    y = np.zeros(n, dtype=int)
    begin = 0
    for label, share in enumerate(shares, start=1):
        y[begin : begin + round(share * n)] = label
        begin += round(share * n)
    return np.random.default_rng(1).permutation(y)


@pytest.mark.parametrize(
    ("n", "y", "factor", "rows"),
    [
        (20, None, 3, 20),
        (101, None, 3, 30),
        (900, None, 3, 100),
        (900, None, 20, 45),
        (100_000, None, 3, 1000),
        (900, classes(900, 0.5), 3, 100),
        (90, classes(90, 0.3, 0.3), 3, 30),
        (900, classes(900, *[0.04] * 24), 3, 250),
        (900, classes(900, 0.04), 3, 250),
        (200, classes(200, 0.04), 3, 200),
        (200, np.zeros(200, dtype=int), 3, 30),
        (200, np.zeros((200, 2), dtype=int), 3, 30),
    ],
)
def test_the_rows_on_which_a_score_tells(n, y, factor, rows):
    X = np.empty((n, 0))

    data = FitData(X, y, KFold(2), "regressor" if y is None else "classifier")

    assert useful_sample(data, factor) == rows


def rungs(n, *, estimator=None, y=None, space=None, **words):
    """Return the resources and sizes of the rungs of a search, and its least."""
    X = np.zeros((n, 1))
    y = np.arange(n, dtype=float) if y is None else y
    search = HalvingSearchCV(
        estimator or DummyRegressor(strategy="quantile"),
        space or {"quantile": Float(0, 1)},
        cv=2,
        refit=False,
        return_train_score=False,
        scoring=lambda estimator, X, y: float(estimator.quantile),
        random_state=0,
        **words,
    ).fit(X, y)
    return search.n_resources_, search.n_candidates_, search.min_resources_


@pytest.mark.parametrize(
    ("n", "words", "resources", "sizes"),
    [
        (40, {}, [40], [27]),
        (101, {}, [30, 101], [27, 9]),
        (450, {}, [50, 150, 450], [27, 9, 3]),
        (450, {"factor": 2}, [50, 104, 216, 450], [27, 14, 7, 4]),
        (450, {"max_resources": 90}, [90], [27]),
        (450, {"max_resources": 200}, [50, 200], [27, 9]),
        (450, {"max_resources": 20}, [20], [27]),
        (450, {"n_candidates": 27}, [50, 150, 450], [27, 9, 3]),
        (450, {"n_candidates": 6}, [150, 450], [6, 2]),
        (450, {"n_candidates": 1}, [450], [1]),
        (101, {"n_candidates": 27}, [30, 101], [27, 9]),
        (
            101,
            {"n_candidates": 27, "aggressive_elimination": True},
            [30, 30, 30, 101],
            [27, 9, 3, 1],
        ),
    ],
)
def test_the_default(n, words, resources, sizes):
    found = rungs(n, **words)

    assert found == (resources, sizes, resources[0])


@pytest.mark.parametrize(
    ("words", "resources", "sizes", "least"),
    [
        ({"min_resources": "smallest"}, [4, 20, 101], [25, 9, 3], 4),
        ({"min_resources": "smallest", "n_candidates": 6}, [4, 12], [6, 2], 4),
        ({"min_resources": 10, "n_candidates": 27}, [10, 30, 90], [27, 9, 3], 10),
        ({"min_resources": "exhaust", "n_candidates": 6}, [33, 99], [6, 2], 33),
    ],
)
def test_words_that_are_given_mean_what_they_mean_to_scikit_learn(
    words, resources, sizes, least
):
    short = resources[-1] * 3 <= 101
    expected = (
        pytest.warns(SksearchWarning, match=r"last rung has 12 .* n_candidates=9 or m")
        if short
        else nullcontext()
    )
    with expected:
        found = rungs(101, **words)

    assert found == (resources, sizes, least)


def test_a_space_that_is_smaller_begins_higher_up():
    space = {"quantile": [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]}

    assert rungs(450, space=space) == ([150, 450], [6, 2], 150)

    with pytest.warns(SpaceExhaustedWarning, match="only 6"):
        found = rungs(450, space=space, n_candidates=9)

    assert found == ([150, 450], [6, 2], 150)


def test_more_than_there_is():
    with pytest.raises(ResourceError, match=r"max_resources=500 .* samples, 450"):
        rungs(450, max_resources=500)


def test_no_rows():
    with pytest.raises(ResourceError, match=r"min_resources_=0: .* empty dataset"):
        HalvingSearchCV(DummyRegressor(), {"quantile": [0.5]}, cv=2).fit(
            np.empty((0, 3)), []
        )


def test_what_was_chosen_is_said(capsys):
    rungs(450, verbose=1)

    assert "Candidates by n_samples: 27 with 50, 9 with 150, 3 with 450" in (
        capsys.readouterr().out
    )


N = 102
NUMBERS = RNG.normal(size=N)
BLOCKS = np.arange(N) // 9 % 2
RARE = (np.arange(N) % 17 == 5).astype(int)
MANY = np.arange(N) % 3
GROUPS = np.array([f"group {i}" for i in np.arange(N) // 3])
FEW_TESTED = [(np.arange(80), np.arange(80, 83)), (np.arange(20, N), np.arange(4))]


@pytest.mark.filterwarnings("ignore:No candidate gets max_resources")
@pytest.mark.parametrize(
    "words",
    [
        {"n_candidates": 4, "min_resources": "smallest", "factor": 2},
        *(
            pytest.param(words, marks=pytest.mark.slow)
            for words in (
                {"n_candidates": 4},
                {"n_candidates": 4, "min_resources": 3},
                {"n_candidates": 4, "min_resources": 5, "max_resources": 60},
                {"n_candidates": 4, "min_resources": 6, "brackets": "hyperband"},
                {"n_candidates": 4, "min_resources": 4, "asynchronous": True},
                {
                    "n_candidates": 4,
                    "min_resources": 9,
                    "aggressive_elimination": True,
                },
                {"n_candidates": 4, "min_resources": 2, "factor": 7, "n_full": 2},
            )
        ),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("y", "cv", "scoring"),
    [
        (NUMBERS, KFold(5), "r2"),
        pytest.param(NUMBERS, KFold(4), "explained_variance", marks=pytest.mark.slow),
        (NUMBERS, PredefinedSplit(np.r_[np.full(96, -1), [0, 0, 0, 1, 1, 1]]), "r2"),
        (NUMBERS, FEW_TESTED, "r2"),
        pytest.param(
            np.where(RARE == 0, 0.0, 3.0),
            KFold(4),
            "d2_absolute_error_score",
            marks=pytest.mark.slow,
        ),
        pytest.param(np.c_[NUMBERS, RARE], KFold(3), "r2", marks=pytest.mark.slow),
        (BLOCKS, TimeSeriesSplit(4), "roc_auc"),
        pytest.param(
            BLOCKS, GroupKFold(3), "average_precision", marks=pytest.mark.slow
        ),
        (RARE, StratifiedKFold(3), "roc_auc"),
        pytest.param(
            MANY,
            RepeatedKFold(n_splits=3, n_repeats=2, random_state=0),
            "roc_auc_ovr",
            marks=pytest.mark.slow,
        ),
        pytest.param(MANY, KFold(5), "neg_log_loss", marks=pytest.mark.slow),
        (MANY, GroupKFold(3), "top_k_accuracy"),
        (np.arange(N) // 2 % 17, StratifiedKFold(2), "neg_log_loss"),
        pytest.param(
            np.c_[BLOCKS, RARE],
            KFold(3, shuffle=True, random_state=0),
            "accuracy",
            marks=pytest.mark.slow,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_no_score_of_any_rung_is_nan(y, cv, scoring, words):
    classify = y.dtype.kind == "i"
    estimator = DummyClassifier() if classify else DummyRegressor(strategy="quantile")
    space = {"random_state": Int(0, 99)} if classify else {"quantile": Float(0, 1)}
    search = HalvingSearchCV(
        estimator, space, cv=cv, scoring=scoring, refit=False, random_state=0, **words
    )
    search.fit(np.zeros((N, 1)), y, groups=GROUPS if "Group" in str(cv) else None)

    assert np.isfinite(search.cv_results_["mean_test_score"]).all()

    assert np.isfinite(search.cv_results_["mean_train_score"]).all()
