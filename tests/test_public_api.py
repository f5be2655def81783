"""What users import, and what importing it costs them."""

from __future__ import annotations

import ast
import importlib
import importlib.metadata
import inspect
import pickle
import pkgutil
import re
import subprocess
import sys
from collections import Counter

import pytest

import sksearch
from sksearch.evaluation import evaluate_folds

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
    """Return the modules that a fresh interpreter has after each line."""
    show = "print(*sys.modules)"
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


def test_names_are_imported_from_where_type_checkers_find_them():
    source = ast.parse(inspect.getsource(sksearch))
    found = {
        alias.name: node.module
        for node in ast.walk(source)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if node.module.startswith("sksearch.")
    }

    assert found.keys() == set(sksearch.__all__) <= set(dir(sksearch))

    for name in found.keys() - {"__version__"}:
        there = importlib.import_module(found[name])

        assert sksearch.__getattr__(name) is getattr(there, name)


def test_all_rooms_are_known():
    rooms = {module.name for module in pkgutil.iter_modules(sksearch.__path__)}

    assert {name for name in rooms if name[0] != "_"} == set(sksearch._ROOMS)

    assert sksearch.plots is importlib.import_module("sksearch.plots")

    assert not hasattr(sksearch, "TPESearch")


@pytest.mark.slow
def test_import_brings_in_no_extra():
    # scikit-learn itself imports pandas where it is installed.
    by_sklearn, by_task, by_search, by_all, by_plots = modules_after(
        "import sklearn.model_selection",
        f"import pickle; pickle.loads({pickle.dumps(evaluate_folds)})",
        "from sksearch import TPESearchCV",
        "from sksearch import *",
        "import sksearch.plots",
    )

    # What a worker process loads for its first task.
    assert "sksearch.evaluation" in by_task

    assert by_task & {"sksearch.engine", "sksearch.search", "sklearn.ensemble"} == set()

    assert by_search & {"sksearch.ensemble", "sklearn.ensemble"} == set()

    assert (by_all - by_sklearn) & OPTIONAL == set()

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
