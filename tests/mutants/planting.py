"""Copy the package, plant a fault in the copy, run tests there."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from mutants.faults import Fault

ROOT = Path(__file__).parents[2]
WARNING = "ignore::pytest.PytestAssertRewriteWarning"


def status_of(tests: tuple[str, ...], fault: Fault | None) -> int:
    """Return pytest's exit status in a copy of the package with a fault, or without."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        for name in ("sksearch", "tests"):
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        shutil.copy(ROOT / "pyproject.toml", folder)
        if fault is not None:
            plant(fault, folder)
        os.chdir(folder)
        sys.path.insert(0, str(folder))
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        # hypothesis, a plugin, was imported before pytest could rewrite its asserts.
        options = ["-x", "-q", "-p", "no:cacheprovider", "-W", WARNING]
        status = pytest.main([*options, *tests])
        os.chdir(ROOT)
        where = str(sys.modules["sksearch"].__file__)
        if not where.startswith(str(folder)):
            msg = f"The tests import another package than the copy: {where}"
            raise ImportError(msg)
    return int(status)


def plant(fault: Fault, folder: Path) -> None:
    """Plant a fault in a copy."""
    path = folder / fault.file
    text = path.read_text(encoding="utf-8")
    if text.count(fault.old) != 1:
        msg = f"{fault.name}: {fault.old!r} is not there once, in {fault.file}."
        raise LookupError(msg)
    path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
