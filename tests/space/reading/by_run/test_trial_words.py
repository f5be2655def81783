"""What to write for methods of other libraries in a space function."""

import numpy as np
import pytest

from sksearch import as_space
from sksearch.space.reading.by_run._trial_words import instead_of, instead_of_item


@pytest.mark.parametrize(
    ("method", "line"),
    [
        ("should_prune", "write prune_folds=True, or HalvingSearchCV(...)."),
        ("Int", "trial.suggest_int(name, low, high), with log=True for"),
        ("Boolean", "trial.suggest_categorical(name, [False, True])."),
        ("nonsense", "the search fits and scores them."),
    ],
)
def test_line_to_write(method, line):
    found = instead_of(method)

    assert found.startswith("It has suggest_float, suggest_int and suggest_cat")

    assert line in found


def test_old_names_of_optuna():
    old = as_space(
        lambda trial: {
            "a": trial.suggest_uniform("a", 0, 1),
            "b": trial.suggest_loguniform("b", 1e-3, 10.0),
            "c": trial.suggest_discrete_uniform("c", 0.5, 1.0, 0.25),
            "d": trial.suggest_int("d", 10, 30, 10),
        }
    )
    new = as_space(
        lambda trial: {
            "a": trial.suggest_float("a", 0, 1),
            "b": trial.suggest_float("b", 1e-3, 10.0, log=True),
            "c": trial.suggest_float("c", 0.5, 1.0, step=0.25),
            "d": trial.suggest_int("d", 10, 30, step=10),
        }
    )
    rows = old.draw(9, np.random.default_rng(0))

    assert [*map(old.decode, rows)] == [*map(new.decode, rows)]


def test_methods_of_the_trial():
    with pytest.raises(AttributeError, match=r"has no 'Float'.*Write trial\.suggest_f"):
        as_space(lambda hp: {"C": hp.Float("C", 0.1, 10)})


def test_items_of_the_trial():
    with pytest.raises(TypeError, match=r"Write trial\.suggest_float\('C', low, high"):
        as_space(lambda config: {"C": config["C"]})

    assert "got trial[3]" in instead_of_item(3)
