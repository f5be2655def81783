"""Reading the table, and what is shipped."""

from __future__ import annotations

import importlib
import inspect
import math

import numpy as np
import pytest

from sksearch.knowledge._table import RATIO, STEPS, UNIT, Table, level_of, read_table
from sksearch.knowledge._table import regrets_of as regrets

TEXT = """\
# comment
sets	one two
metrics	accuracy roc_auc
SVC	best	0u	-0
SVC	{"C":0.5,"kernel":"rbf","scaler":"standard"}	0u	-t
SVC	{"C":2.0,"scaler":"none"}	zz	uu
MLPClassifier	best	00	00
MLPClassifier	{"hidden_layer_sizes":[50,50]}	uu	uu
"""


def test_rows_of_a_learner():
    table = Table(TEXT)

    first, second = table.rows("SVC")

    assert table.sets == ["one", "two"]

    assert table.learners == ["SVC", "MLPClassifier"]

    assert first.params == {"C": 0.5, "kernel": "rbf"}

    assert first.steps == {"scaler": "standard"}

    assert second.steps == {"scaler": "none"}

    np.testing.assert_allclose(first.regrets["accuracy"], [0.0, 2.0])

    np.testing.assert_allclose(first.regrets["roc_auc"], [np.nan, 1 / RATIO])


def test_regrets_are_those_of_the_learner_at_its_best_and_behind_it():
    first, second = Table(TEXT).rows("SVC")

    np.testing.assert_allclose(
        second.regrets["accuracy"] - first.regrets["accuracy"],
        [RATIO ** (35 - UNIT), RATIO ** (35 - UNIT) - 1.0],
    )


def test_layers_are_a_tuple():
    [row] = Table(TEXT).rows("MLPClassifier")

    assert row.params == {"hidden_layer_sizes": (50, 50)}


def test_unknown_learner_has_no_rows():
    assert Table(TEXT).rows("Unheard") == []


@pytest.mark.parametrize("regret", [0.005, 0.03, 0.4, 1.0, 2.0])
def test_levels_are_as_fine_as_their_ratio(regret):
    [found] = regrets(level_of(regret))

    assert regret / RATIO**0.501 <= found <= regret * RATIO**0.501


def test_levels_of_what_is_best_or_beyond_all():
    assert regrets(level_of(0.0)) == [0.0]

    assert regrets(level_of(-0.1)) == [0.0]

    assert regrets(level_of(1e9)) == [RATIO ** (35 - UNIT)]

    assert math.isnan(regrets(level_of(math.nan))[0])


@pytest.mark.parametrize("task", ["classifiers", "regressors"])
class TestShipped:
    def test_all_rows_can_be_read(self, task):
        table = read_table(task)

        assert table.learners

        for name in table.learners:
            for row in table.rows(name):
                assert set(row.regrets) == set(table.metrics)
                for values in row.regrets.values():
                    assert values.shape == (len(table.sets),)
                    assert not (values < 0.0).any()
                assert not set(row.params) & set(STEPS)

    def test_learners_take_what_the_table_sets(self, task):
        modules = ("discriminant_analysis", "ensemble", "kernel_ridge", "linear_model")
        modules += ("naive_bayes", "neighbors", "neural_network", "svm", "tree")
        known = {}
        for module in modules:
            known.update(vars(importlib.import_module(f"sklearn.{module}")))
        table = read_table(task)
        ours = [name for name in table.learners if name in known]

        assert len(ours) >= 8

        for name in ours:
            for row in table.rows(name):
                assert set(row.params) <= set(known[name]().get_params())

    def test_boosters_of_other_libraries_take_what_the_table_sets(self, task):
        kind = {"classifiers": "Classifier", "regressors": "Regressor"}[task]

        for module, name in (("xgboost", "XGB"), ("lightgbm", "LGBM")):
            learner = getattr(pytest.importorskip(module), name + kind)
            for row in read_table(task).rows(name + kind):
                assert set(row.params) <= set(learner().get_params())

        catboost = getattr(pytest.importorskip("catboost"), f"CatBoost{kind}")
        taken = inspect.signature(catboost).parameters
        for row in read_table(task).rows(f"CatBoost{kind}"):
            assert set(row.params) <= set(taken)

    def test_each_learner_has_its_own_settings(self, task):
        table = read_table(task)

        assert all(any(not r.params for r in table.rows(n)) for n in table.learners)
