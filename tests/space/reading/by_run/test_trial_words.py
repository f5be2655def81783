"""What to write for methods of other libraries in a space function."""

import pytest

from sksearch import as_space
from sksearch.space.reading.by_run._trial_words import instead_of, instead_of_item


@pytest.mark.parametrize(
    ("method", "line"),
    [
        ("suggest_loguniform", "trial.suggest_float(name, low, high, log=True)."),
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


def test_methods_of_the_trial():
    with pytest.raises(AttributeError, match=r"has no 'Float'.*Write trial\.suggest_f"):
        as_space(lambda hp: {"C": hp.Float("C", 0.1, 10)})


def test_items_of_the_trial():
    with pytest.raises(TypeError, match=r"Write trial\.suggest_float\('C', low, high"):
        as_space(lambda config: {"C": config["C"]})

    assert "got trial[3]" in instead_of_item(3)
