"""Metrics that are known give what scikit-learn's scorers do."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.metrics import fbeta_score, get_scorer, log_loss, make_scorer

from sksearch.ensemble.predictions._known_metrics import CHUNK, known_metric
from sksearch.ensemble.predictions._outputs import Target
from sksearch.ensemble.predictions._scoring import Precomputed


def averages(m, rng, n_averages=7):
    return np.vstack([np.eye(m), rng.dirichlet(np.ones(m), n_averages)])


def classifiers(k, n=400, m=4, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(k, size=n)
    scores = rng.normal(size=(m, n, k))
    scores[:, np.arange(n), y] += 1
    block = np.exp(scores)
    return block / block.sum(axis=2, keepdims=True), y, averages(m, rng)


def compare(name, target, block, y, weights, params):
    scorer = get_scorer(name)
    metric = known_metric(scorer, target, block, target.encode(y), params)
    expected = [
        scorer(Precomputed(target, np.tensordot(row, block, 1)), y, y, **params)
        for row in weights
    ]
    return metric(weights), expected


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("k", [2, 3, 6])
@pytest.mark.parametrize(
    "name", ["accuracy", "balanced_accuracy", "neg_log_loss", "roc_auc"]
)
def test_classifiers(name, k, weighted):
    if name == "roc_auc" and k > 2:
        pytest.skip("of two classes")
    block, y, weights = classifiers(k)
    params = {}
    if weighted:
        params = {"sample_weight": np.random.default_rng(1).uniform(size=len(y))}
    target = Target.of(y, classifier=True)
    found, expected = compare(name, target, block, y, weights, params)

    if name == "accuracy" and not weighted:
        assert_array_equal(found, expected)
    assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        "neg_mean_squared_error",
        "neg_root_mean_squared_error",
        "neg_mean_absolute_error",
        "r2",
    ],
)
def test_regressors(name, weighted):
    rng = np.random.default_rng(0)
    y = 1000 + rng.normal(size=300)
    block = y[None, :, None] + rng.normal(size=(4, 300, 1))
    params = {"sample_weight": rng.uniform(size=300)} if weighted else {}
    target = Target.of(y, classifier=False)
    found, expected = compare(name, target, block, y, averages(4, rng), params)

    assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize("name", ["accuracy", "balanced_accuracy", "roc_auc"])
def test_ties(name):
    """Of classes that are equally likely the first one is predicted."""
    rng = np.random.default_rng(0)
    first = rng.integers(5, size=(3, 200)) / 4
    block = np.stack([first, 1 - first], axis=2)
    y = rng.integers(2, size=200)
    weights = np.vstack([np.eye(3), [0.5, 0.25, 0.25], [0.5, 0.5, 0]])
    target = Target.of(y, classifier=True)
    found, expected = compare(name, target, block, y, weights, {})

    assert_allclose(found, expected, rtol=1e-12)


def test_rows_on_which_all_agree_count_too():
    block, y, weights = classifiers(3, n=50)
    block[:, :20] = np.eye(3)[y[:20]]  # always right
    block[:, 20:30] = np.eye(3)[(y[20:30] + 1) % 3]  # never right
    target = Target.of(y, classifier=True)
    found, expected = compare("accuracy", target, block, y, weights, {})

    assert_array_equal(found, expected)


@pytest.mark.parametrize("name", ["accuracy", "balanced_accuracy"])
def test_small_steps(name):
    """Rows that weights nearby decide are passed over, and nothing changes."""
    block, y, _ = classifiers(3, m=5)
    rng = np.random.default_rng(0)
    target, scorer = Target.of(y, classifier=True), get_scorer(name)
    metric = known_metric(scorer, target, block, target.encode(y), {})
    weights = np.full(5, 0.2)
    for _ in range(25):
        weights = np.abs(weights + rng.normal(size=5) * 0.02)
        weights /= weights.sum()
        several = np.vstack([weights, 0.99 * weights + 0.01 * np.eye(5)])
        expected = [
            scorer(Precomputed(target, np.tensordot(row, block, 1)), y, y)
            for row in several
        ]

        assert_allclose(metric(several), expected, rtol=1e-12)

        assert_allclose(metric(weights[None]), expected[:1], rtol=1e-12)


def test_many_rows_come_in_pieces():
    block, y, weights = classifiers(2, n=CHUNK // 4, m=2)
    target = Target.of(y, classifier=True)
    found, expected = compare("accuracy", target, block, y, weights, {})

    assert_array_equal(found, expected)


@pytest.mark.parametrize(
    ("scorer", "k", "params"),
    [
        (lambda estimator, X, y: 1.0, 2, {}),
        (get_scorer("f1"), 2, {}),
        (get_scorer("roc_auc"), 3, {}),
        (make_scorer(fbeta_score, beta=2), 2, {}),
        (make_scorer(log_loss), 2, {}),
        (get_scorer("accuracy"), 2, {"colour": "red"}),
    ],
    ids=["own", "f1", "roc_auc of three", "fbeta", "log_loss of labels", "parameter"],
)
def test_others_are_left_to_their_scorer(scorer, k, params):
    block, y, _ = classifiers(k)
    target = Target.of(y, classifier=True)

    assert known_metric(scorer, target, block, target.encode(y), params) is None
