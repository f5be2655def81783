"""Steps that may be left out."""

from __future__ import annotations

import pickle

import pytest
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from sksearch import Choice, Int, Option, as_space, optional


def test_a_choice_between_the_step_and_its_absence():
    step = StandardScaler()
    choice = optional(step)

    assert choice == Choice([step, "passthrough"])

    assert choice.values[0] is step


@pytest.mark.parametrize("without", ["drop", None, 3])
def test_what_stands_for_the_absence(without):
    choice = optional(StandardScaler(), without=without)

    assert choice.values[1] == without

    assert choice.at("passthrough").values[1] == without


def test_what_the_place_wants():
    assert optional(StandardScaler()).at("drop").values[1] == "drop"


def test_a_step_with_a_space():
    space = as_space({"pca": optional(Option(PCA(), n_components=Int(2, 3)))})

    assert [h.name for h in space] == ["pca", "pca__n_components"]

    assert space.size == 3


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        (optional(PCA()), "optional(PCA())"),
        (optional(PCA(), without=None), "optional(PCA(), without=None)"),
        (
            optional(Option(PCA(), n_components=[2])),
            "optional(Option(PCA(), n_components=[2]))",
        ),
    ],
)
def test_repr(choice, shown):
    assert repr(choice) == shown


def test_pickle_keeps_what_the_place_decides():
    again = pickle.loads(pickle.dumps(optional("step")))

    assert again.at("drop").values == ("step", "drop")
