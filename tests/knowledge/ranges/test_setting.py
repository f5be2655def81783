"""Ranges around what an estimator is set to."""

from __future__ import annotations

import numpy as np
import pytest

from sksearch import Choice, Float, Int
from sksearch.knowledge._data import Data
from sksearch.knowledge.ranges._setting import Setting


def setting(**params):
    return Setting(params, Data())


class TestNumber:
    def test_holds_the_setting(self):
        assert setting(C=1.0).number("C", 0.1, 10) == {"C": Float(0.1, 10.0)}

    def test_is_widened_up_to_the_setting(self):
        found = setting(C=50).number("C", 0.1, 10, log=True)

        assert found == {"C": Float(0.1, 50.0, log=True)}

    def test_is_not_widened_by_decades(self):
        found = setting(C=1e9).number("C", 0.1, 10, log=True)

        assert found == {"C": Float(0.1, 10.0, log=True)}

    def test_is_not_widened_beyond_what_can_be_fitted(self):
        assert setting(nu=0.9).number("nu", 0.1, 0.5, most=0.6) == {
            "nu": Float(0.1, 0.6)
        }

    @pytest.mark.parametrize("own", [None, "scale"])
    def test_stands_beside_what_is_no_number(self, own):
        found = setting(gamma=own).number("gamma", 0.1, 1)

        assert found == {"gamma": Choice([own, Float(0.1, 1.0)])}

    def test_stands_beside_a_zero_on_a_log_scale(self):
        found = setting(l2=0.0).number("l2", 0.1, 1, log=True)

        assert found == {"l2": Choice([0.0, Float(0.1, 1.0, log=True)])}

    @pytest.mark.parametrize("own", [np.ones(3), len])
    def test_leaves_alone_what_it_does_not_know(self, own):
        assert setting(alpha=own).number("alpha", 0.1, 1) == {}

    def test_is_not_there_without_the_parameter(self):
        assert setting().number("C", 0.1, 10) == {}

    def test_is_there_for_estimators_that_do_not_list_all(self):
        s = Setting({}, Data(), lists_all=False)

        assert s.number("depth", 1, 2) == {"depth": Float(1.0, 2.0)}

    def test_needs_room(self):
        assert setting(C=1.0).number("C", 0.1, 10, most=0.1) == {}

    def test_is_short_to_read(self):
        found = setting(C=1.0).number("C", 0.123456, 9.87654)

        assert found == {"C": Float(0.123, 9.88)}


class TestFraction:
    def test_stands_beside_a_count(self):
        found = setting(max_features=5).fraction("max_features", 0.1, 1)

        assert found == {"max_features": Choice([5, Float(0.1, 1.0)])}

    def test_is_widened_up_to_a_share(self):
        found = setting(max_features=0.05).fraction("max_features", 0.1, 1)

        assert found == {"max_features": Float(0.05, 1.0)}


class TestWhole:
    def test_is_bounded(self):
        assert setting(k=5).whole("k", 1, 40, most=3) == {"k": Int(1, 3)}

    def test_stands_beside_a_share(self):
        assert setting(leaf=0.1).whole("leaf", 1, 9) == {
            "leaf": Choice([0.1, Int(1, 9)])
        }


class TestOptions:
    def test_begins_with_the_setting(self):
        assert setting(p=1).options("p", [2, 1]) == {"p": [1, 2]}

    def test_leaves_alone_what_is_none_of_them(self):
        assert setting(p=3).options("p", [2, 1]) == {}
