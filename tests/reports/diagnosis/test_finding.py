"""Tests of findings, and of how they print."""

import pickle
from types import SimpleNamespace

from sksearch.reports import Diagnosis, Finding

FINDING = Finding("edge", "C is at its end.", "It is short.", "Widen it.", {"low": 1})


def test_a_diagnosis_is_a_list():
    found = Diagnosis([FINDING], "3 candidates on 2 folds")

    assert found == [FINDING]

    assert found.kinds == ["edge"]

    assert repr(found) == "<Diagnosis: edge>"

    assert repr(Diagnosis()) == "<Diagnosis: nothing found>"


def test_prints_as_sentences():
    found = Diagnosis([FINDING, FINDING], "3 candidates on 2 folds", ["training: no."])

    assert str(found).split("\n\n") == [
        "2 findings in 3 candidates on 2 folds.",
        "edge: C is at its end.\n  Cause: It is short.\n  Try: Widen it.",
        "edge: C is at its end.\n  Cause: It is short.\n  Try: Widen it.",
        "Not checked:\n- training: no.",
    ]

    assert str(Diagnosis([], "3 candidates")) == "Nothing found in 3 candidates."

    assert str(Diagnosis([FINDING])).startswith("1 finding.\n")


def test_a_notebook_shows_the_sentences():
    shown = []
    printer = SimpleNamespace(text=shown.append)
    Diagnosis([FINDING], "x")._repr_pretty_(printer, cycle=False)

    assert shown == [str(Diagnosis([FINDING], "x"))]


def test_lines_are_short():
    long = Finding("edge", "word " * 40, "cause " * 40, "advice " * 40)

    assert max(map(len, str(Diagnosis([long])).splitlines())) <= 80


def test_survives_a_pickle():
    found = pickle.loads(pickle.dumps(Diagnosis([FINDING], "x", ["y"])))

    assert (found, found.checked, found.unchecked) == ([FINDING], "x", ("y",))
