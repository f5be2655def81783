"""The path from one candidate to another, and what each change brings."""

import numpy as np
import pytest

from sksearch.plots.numbers import ablation_path, level_scores, read_table
from sksearch.plots.numbers._ablation import changes_between, fitted_forest
from sksearch.plots.numbers._axis import read_axis


def axes_of(params):
    names = dict.fromkeys(name for own in params for name in own)
    columns = {
        name: {i: own[name] for i, own in enumerate(params) if name in own}
        for name in names
    }
    return [
        read_axis(name, name, column, len(params), ())
        for name, column in columns.items()
    ]


def names(changes):
    return [tuple(axis.name for axis in axes) for axes in changes]


TREE = [
    {"clf": "svm", "scale": "no", "svm__C": 1.5, "svm__kernel": "rbf", "gamma": 0.1},
    {"clf": "svm", "scale": "no", "svm__C": 2.25, "svm__kernel": "linear"},
    {"clf": "tree", "scale": "yes", "depth": 3},
    {"clf": "tree", "scale": "no", "depth": 4},
    {"clf": "bayes", "scale": "yes"},
]


@pytest.mark.parametrize(
    ("start", "goal", "expected"),
    [
        (0, 1, [("svm__C",), ("svm__kernel", "gamma")]),
        (1, 0, [("svm__C",), ("svm__kernel", "gamma")]),
        (0, 2, [("clf", "svm__C", "svm__kernel", "gamma", "depth"), ("scale",)]),
        (2, 3, [("scale",), ("depth",)]),
        (4, 2, [("clf", "depth")]),
        (3, 3, []),
    ],
)
def test_what_a_choice_brings_along_changes_with_it(start, goal, expected):
    assert names(changes_between(axes_of(TREE), start, goal)) == expected


def test_a_count_may_decide():
    params = [{"n": 1, "u1": 0.5}, {"n": 2, "u1": 0.25, "u2": 7.5}]

    found = names(changes_between(axes_of(params), 0, 1))

    assert found == [("n", "u2"), ("u1",)]


def test_what_no_choice_explains_changes_by_itself():
    params = [{"a": 1.0}, {"a": 1.0, "b": 2.0}]

    assert names(changes_between(axes_of(params), 0, 1)) == [("b",)]


def additive(n=300, seed=0):
    """Return axes and scores: the gain of `a` is 1, of `b` .3, of `c` nothing."""
    rng = np.random.default_rng(seed)
    units = rng.random((n, 3))
    units[0], units[1] = 0.05, 0.95
    params = [dict(zip("abc", row, strict=True)) for row in units.tolist()]
    return axes_of(params), units @ [1.0, 0.3, 0.0]


def test_the_greatest_gain_comes_first():
    axes, scores = additive()
    path = ablation_path(axes, scores, 0, 1)

    assert names(change.axes for change in path) == [("a",), ("b",), ("c",)]

    gains = [change.gain for change in path]

    assert gains == pytest.approx([0.9, 0.27, 0.0], abs=0.1)


def test_a_loss_comes_last():
    axes, scores = additive()

    assert [c.axes[0].name for c in ablation_path(axes, -scores, 0, 1)] == [
        "c",
        "b",
        "a",
    ]


def test_failures_and_outliers_do_not_decide():
    axes, scores = additive()
    expected = [c.gain for c in ablation_path(axes, scores, 0, 1)]
    scores[7], scores[9] = np.nan, -1e9

    found = [c.gain for c in ablation_path(axes, scores, 0, 1)]

    assert found == pytest.approx(expected, abs=0.1)


def test_the_score_of_the_beginning_is_not_cut_off():
    table = np.repeat([[0.0], [1.0]], [4, 16], axis=0)
    scores = np.repeat([-9.0, 1.0], [4, 16]) + np.linspace(0, 0.1, 20)

    predict = fitted_forest(table, scores, least=-9.0)

    assert predict(np.array([[0.0]]))[0] == pytest.approx(-9.0, abs=0.1)


def test_means_of_pruned_candidates_are_moved_to_all_folds():
    results = {
        "params": [{"a": 1.0}, {"a": 2.0}],
        "mean_test_score": np.array([0.5, 0.3]),
        "split0_test_score": np.array([0.4, 0.3]),  # .1 harder than both
        "split1_test_score": np.array([0.6, np.nan]),
        "n_folds": np.array([2, 1]),
    }

    np.testing.assert_allclose(level_scores(read_table(results)), [0.5, 0.4])
