"""is_installed: tells code that an installer has put in its place from the user's."""

from __future__ import annotations

import functools
import site
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path

#: Names of the folders that installers fill, also those of other environments.
FOLDERS = frozenset({"site-packages", "dist-packages"})


def is_installed(module: str | None) -> bool:
    """Tell whether a module comes with Python or with an installed package."""
    if module is None or module in ("__main__", "__mp_main__"):
        return False
    if module.partition(".")[0] in ("sksearch", *sys.builtin_module_names):
        return True
    found = sys.modules.get(module)
    spec = getattr(found, "__spec__", None)
    if getattr(spec, "origin", None) in ("built-in", "frozen"):
        return True
    path = getattr(found, "__file__", None)
    return path is not None and is_library(path)


@functools.lru_cache(maxsize=4096)
def is_library(path: str) -> bool:
    """Tell whether a file belongs to Python or to an installed package.

    A link counts as what it leads to.
    """
    file = Path(path).resolve()
    if FOLDERS & set(file.parts):
        return True
    if any(file.is_relative_to(folder) for folder in _standard()):
        return True
    part = file.name  # the module, or its outermost package
    for folder in file.parents:
        if not (folder / "__init__.py").exists():
            return part in _recorded(folder)
        part = folder.name
    return False


@functools.cache
def _standard() -> tuple[Path, ...]:
    """Return the folders of the standard library and of installed packages."""
    kinds = ("stdlib", "platstdlib", "purelib", "platlib")
    folders = [sysconfig.get_path(kind) for kind in kinds]
    folders += [*site.getsitepackages(), site.getusersitepackages()]
    return tuple({Path(folder).resolve() for folder in folders if folder})


@functools.lru_cache(maxsize=256)
def _recorded(folder: Path) -> frozenset[str]:
    """Return what installers have put into a folder, by their own records.

    ``pip install --target`` fills any folder, and the user's modules may lie beside.
    """
    names: set[str] = set()
    for record in folder.glob("*.dist-info/RECORD"):
        with suppress(OSError, UnicodeDecodeError):
            lines = record.read_text("utf-8").splitlines()
            names.update(line.partition(",")[0].partition("/")[0] for line in lines)
    return frozenset(names)
