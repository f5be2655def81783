"""What is imported is declared in pyproject.toml, or comes with what is declared."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

DECLARED = {"joblib": "joblib", "numpy": "numpy", "scipy": "scipy"}
DECLARED["sklearn"] = "scikit-learn"
# The very copy that these use is wanted; see pyproject.toml.
BROUGHT = {"threadpoolctl": "scikit-learn", "cloudpickle": "joblib"}
# Imported inside a function, where an object or a word of theirs has been met.
MET = {"catboost", "dask", "keras", "lightgbm", "ray", "skopt", "skorch"}
# Extras with a name of their own: what they install, which only one room imports.
ROOMS = {name: name for name in ("mlflow", "optuna", "tensorboard")}
ROOMS |= {"plots": "matplotlib", "progress": "rich"}


def names_in(requirements):
    """Return the names of packages, without versions; those of extras are left out."""
    return {
        re.match(r"[\w.-]+", line)[0].lower()
        for line in requirements
        if "extra ==" not in line
    }


def imported_packages(path):
    """Return which packages a file imports from elsewhere: at all, and at once."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    anywhere, at_once = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module]
        else:
            continue
        found = {name.split(".")[0] for name in names}
        found -= sys.stdlib_module_names | {"sksearch"}
        anywhere |= found
        at_once |= found if node in tree.body else set()
    return anywhere, at_once


@pytest.fixture(scope="module")
def imports():
    found = [imported_packages(path) for path in (ROOT / "sksearch").rglob("*.py")]
    return [set().union(*names) for names in zip(*found, strict=True)]


def test_the_core_needs_four_packages():
    assert names_in(PROJECT["dependencies"]) == set(DECLARED.values())


def test_all_that_is_imported_is_known(imports):
    anywhere, _ = imports

    assert anywhere == DECLARED.keys() | BROUGHT.keys() | MET | {*ROOMS.values()}


def test_what_is_imported_at_once_comes_with_the_core(imports):
    _, at_once = imports

    assert at_once == DECLARED.keys() | {"threadpoolctl"}


@pytest.mark.parametrize("name", BROUGHT)
def test_what_is_not_declared_is_brought(name):
    inside = importlib.util.find_spec(f"joblib.externals.{name}")

    assert inside or name in names_in(importlib.metadata.requires(BROUGHT[name]))


def test_each_extra_serves_code_or_tools():
    extras = PROJECT["optional-dependencies"]

    assert extras.keys() - {"test", "docs", "dev"} <= MET | ROOMS.keys()
    assert all(ROOMS[name] in names_in(extras[name]) for name in ROOMS)
    assert all(extra in names_in(extras[extra]) for extra in extras.keys() & MET)
