"""Tests of estimator types without a chance."""

import numpy as np
from diagnosis_tables import fold_scores, kinds, outcome_of

from sksearch.reports.diagnosis._types_tried import no_chance


def outcome(counts, means=None, **words):
    names = [kind for kind, n in counts.items() for _ in range(n)]
    params = [{"clf": k, "clf__a": 1.0, "clf__b": 2.0, "scale": "x"} for k in names]
    means = np.linspace(0.8, 0.9, len(names)) if means is None else means
    return outcome_of(fold_scores(means), params, kind_name="clf", kinds=names, **words)


def test_fewer_trials_than_hyperparameters():
    [finding] = no_chance(outcome({"svm": 20, "tree": 2, "knn": 1}))

    assert finding.numbers == {
        "types": ["tree", "knn"],
        "n_trials": [2, 1],
        "n_candidates": 23,
    }

    assert finding.text.startswith(
        "Of 3 estimator types, tree was tried twice and knn was tried once:"
    )

    assert kinds(no_chance(outcome({"svm": 20, "tree": 3}))) == []


def test_never_tried():
    found = outcome({"svm": 20}, background={"types": ("svm", "tree")})
    [finding] = no_chance(found)

    assert "tree was never tried" in finding.text


def test_all_failed():
    found = outcome({"svm": 20, "tree": 4}, n_failed=[0] * 20 + [5] * 4)
    [finding] = no_chance(found)

    assert finding.text == "All 4 candidates of tree failed, so it has no score at all."


def test_a_type_that_lost_clearly_had_its_chance():
    params = [{"clf": k, **dict.fromkeys(f"clf__{c}" for c in "abcd")} for k in "st"]
    rows = [params[0]] * 20 + [params[1]] * 3
    means = [0.9] * 20 + [0.5] * 3
    words = {"kind_name": "clf", "kinds": ["s"] * 20 + ["t"] * 3}

    assert kinds(no_chance(outcome_of(fold_scores(means), rows, **words))) == []

    near = [0.9] * 20 + [0.5, 0.5, 0.9]
    assert kinds(no_chance(outcome_of(fold_scores(near), rows, **words))) == [
        "no_chance"
    ]


def test_one_type():
    assert kinds(no_chance(outcome({"svm": 1}))) == []


def test_a_type_is_compared_to_the_winner_on_its_own_rung():
    """On the first rung the winner was no better."""
    kinds_of_rows = ["s"] * 6 + ["t"] * 3 + ["s"]
    params = [
        {"clf": kind, **dict.fromkeys(f"clf__{c}" for c in "abcd")}
        for kind in kinds_of_rows
    ]
    outcome = outcome_of(
        fold_scores([0.6] * 9 + [0.9]),
        params,
        kind_name="clf",
        kinds=kinds_of_rows,
        trials=[*range(9), 0],
        columns={"iter": np.array([0] * 9 + [1])},
        background={"winner": 9},
    )

    assert kinds(no_chance(outcome)) == ["no_chance"]
