from __future__ import annotations

import numpy as np
from sklearn.svm import SVC, LinearSVC

from sksearch import Categorical, Choice, Float
from sksearch.plots.numbers._axis import read_axis


def test_inactive_values_are_nan():
    axis = read_axis("m__C", "C", {0: 1.0, 2: 10.0}, 3, [Float(0.1, 10.0, log=True)])

    np.testing.assert_array_equal(axis.values, [1.0, np.nan, 10.0])
    np.testing.assert_array_equal(axis.active, [True, False, True])
    np.testing.assert_allclose(axis.shares(), [0.5, np.nan, 1.0])
    assert axis.log


def test_listed_values_have_labels():
    choice = Choice({"line": LinearSVC(), "kernel": SVC()})
    line, kernel = choice.values

    axis = read_axis("m", "m", {0: kernel, 1: line, 2: kernel}, 3, [choice])

    assert axis.ticks == ("line", "kernel")
    assert axis.values.tolist() == [1.0, 0.0, 1.0]
    assert axis.text(1.0) == "kernel"


def test_values_that_are_alike_have_ticks_of_their_own():
    values = [SVC(C=1), SVC(C=2), None, True, 1, [1]]

    axis = read_axis("m", "m", dict(enumerate(values)), 6, [Categorical(values)])

    assert axis.ticks == ("SVC", "SVC-2", "None", "True", "1", "[1]")
    assert axis.values.tolist() == [0, 1, 2, 3, 4, 5]


def test_each_domain_is_a_regime():
    domains = [Float(0.0, 1.0), Float(5.0, 6.0)]

    axis = read_axis("x", "x", {0: 0.5, 1: 5.5, 3: 0.1}, 4, domains)

    assert axis.regimes.tolist() == [0, 1, -1, 0]
    assert (axis.low, axis.high) == (0.0, 6.0)


def test_a_constant_lies_in_the_middle():
    axis = read_axis("x", "x", {0: 2.0, 1: 2.0}, 2, [])

    assert axis.shares().tolist() == [0.5, 0.5]
