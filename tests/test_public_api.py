"""What users import, and what importing it costs them."""

from __future__ import annotations

import importlib
import importlib.metadata
import inspect
import pkgutil
import re
import subprocess
import sys
from collections import Counter

import pytest

import sksearch

PACKAGES = ["sksearch"] + [
    module.name
    for module in pkgutil.walk_packages(sksearch.__path__, "sksearch.")
    if module.ispkg
]

FACES = [
    sksearch.TPESearchCV,
    sksearch.BayesSearchCV,
    sksearch.HalvingSearchCV,
    sksearch.GridSearchCV,
    sksearch.RandomizedSearchCV,
]
# Parameters of all faces that are described in other words, as they do other things.
OWN_WORDS = {
    "callbacks",
    "confirm",
    "n_iter",
    "param_distributions",
    "prune_folds",
    "random_state",
    "return_oof",
    "sampler",
    "sampler_params",
    "window",
}

OPTIONAL = {"dask", "distributed", "matplotlib", "optuna", "pandas", "ray", "rich"}
OPTIONAL |= {"mlflow", "tensorboard"}


def modules_after(*lines):
    """Return the top-level modules that a fresh interpreter has after each line."""
    show = "print(*{name.split('.')[0] for name in sys.modules})"
    run = subprocess.run(
        [sys.executable, "-c", "\n".join(f"import sys; {x}; {show}" for x in lines)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [set(line.split()) for line in run.stdout.splitlines()]


def test_all_resolves_and_has_no_doubles():
    modules = [importlib.import_module(name) for name in PACKAGES]
    words = [(module, word) for module in modules for word in module.__all__]

    missing = [(m.__name__, word) for m, word in words if not hasattr(m, word)]
    doubles = [(m.__name__, word) for (m, word), n in Counter(words).items() if n > 1]

    assert missing == []

    assert doubles == []


def test_version_is_that_of_the_installed_package():
    assert importlib.metadata.version("sksearch") == sksearch.__version__


@pytest.mark.slow
def test_import_brings_in_no_extra():
    # scikit-learn itself imports pandas where it is installed.
    by_sklearn, by_sksearch, by_plots = modules_after(
        "import sklearn.model_selection", "import sksearch", "import sksearch.plots"
    )

    assert (by_sksearch - by_sklearn) & OPTIONAL == set()

    assert by_plots & {"matplotlib"} == set()


def parameters_of(face):
    """Return the first sentence of each parameter of a face."""
    text = inspect.getdoc(face)
    text = text[text.index("Parameters\n") : text.index("Attributes\n")]
    entry = re.compile(r"^(\w+) : .*\n((?:    .*\n)+)", re.MULTILINE)
    return {
        name: re.split("[.:;] ", " ".join(lines.split()) + " ")[0]
        for name, lines in entry.findall(text)
    }


def test_faces_describe_all_their_parameters():
    for face in FACES:
        assert parameters_of(face).keys() == inspect.signature(face).parameters.keys()


def test_shared_parameters_have_the_same_words():
    described = [parameters_of(face) for face in FACES]
    names = set().union(*described)

    differing = {n for n in names if len({w[n] for w in described if n in w}) > 1}

    assert differing == OWN_WORDS
