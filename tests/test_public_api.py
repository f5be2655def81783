"""What users import, and what importing it costs them."""

from __future__ import annotations

import importlib
import importlib.metadata
import pkgutil
import subprocess
import sys

import pytest

import sksearch

PACKAGES = ["sksearch"] + [
    module.name
    for module in pkgutil.walk_packages(sksearch.__path__, "sksearch.")
    if module.ispkg
]

OPTIONAL = {"dask", "distributed", "matplotlib", "optuna", "pandas", "ray", "rich"}


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


@pytest.mark.parametrize("name", PACKAGES)
def test_all_resolves(name):
    module = importlib.import_module(name)

    missing = [word for word in module.__all__ if not hasattr(module, word)]

    assert missing == []


@pytest.mark.parametrize("name", PACKAGES)
def test_all_has_no_doubles(name):
    words = importlib.import_module(name).__all__

    assert len(words) == len(set(words))


def test_version_is_that_of_the_installed_package():
    assert importlib.metadata.version("sksearch") == sksearch.__version__


def test_import_brings_in_no_extra():
    # scikit-learn itself imports pandas where it is installed.
    by_sklearn, by_sksearch = modules_after(
        "import sklearn.model_selection", "import sksearch"
    )

    assert (by_sksearch - by_sklearn) & OPTIONAL == set()
