"""What a type checker tells users: the types of what they import, and mistakes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import sksearch

CACHE = Path(__file__).resolve().parents[1] / ".mypy_cache" / "users"

SCRIPT = """\
from typing import Any, assert_type

import numpy as np
from numpy.typing import NDArray

from sksearch import (
    BayesSearchCV,
    Choice,
    Float,
    HalvingSearchCV,
    Int,
    StackingWeights,
    TPESearchCV,
)

estimator: Any = None
X = np.zeros((4, 2))
space = Choice({"a": estimator})

assert_type(Float(0, 1).low, float)
assert_type(Int(0, 1).high, int)
assert_type(space.labels, tuple[str, ...])

search = TPESearchCV(estimator, space, n_iter=3).fit(X, [0, 1, 0, 1])
assert_type(search, TPESearchCV)
assert_type(search.best_score_, float)
assert_type(search.best_params_, dict[str, Any])
assert_type(search.cv_results_, dict[str, Any])
assert_type(BayesSearchCV(estimator, "auto").fit(X), BayesSearchCV)
assert_type(HalvingSearchCV(estimator, "auto").fit(X), HalvingSearchCV)

ensemble = StackingWeights.from_search(search).fit(X, X)
assert_type(ensemble, StackingWeights)
assert_type(ensemble.weights_, NDArray[np.float64])

TPESearchCV(estimator, space, n_itr=3)
Float(0, "1")
"""

MISTAKES = [
    'Unexpected keyword argument "n_itr" for "TPESearchCV"; did you mean "n_iter"?',
    'Argument 2 to "Float" has incompatible type "str"; expected "float"',
]


def test_types_are_announced():
    assert Path(sksearch.__file__).with_name("py.typed").exists()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_mypy_knows_the_types_of_a_script(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    mypy = [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={CACHE}"]

    run = subprocess.run(
        [*mypy, "--no-error-summary", script.name],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert re.findall(": error: (.*)  \\[", run.stdout) == MISTAKES
    assert run.stderr == ""
