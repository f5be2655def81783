"""The rules of the house that ruff and import-linter cannot say."""

from __future__ import annotations

import ast
import importlib
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAX_LINES = 400
MAX_ENTRIES = 15
MAX_ARROWS = 2  # per entry of a folder

# Private files at the top that every layer above may import.
SHARED = {"sksearch._sklearn", "sksearch._rng"}

# Names that each folder may have.
COMMON_NAMES = {"__init__.py", "_base.py"}
# The package itself.
LARGE_FOLDERS = {"sksearch"}
# Folders whose entries import more of their neighbours.
TANGLED_FOLDERS = {
    "sksearch",
    "sksearch.plots",
    "sksearch.reports.diagnosis",
    "sksearch.samplers",
    "sksearch.schedulers",
    "sksearch.space",
}


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    module_name(path): path for path in sorted((ROOT / "sksearch").rglob("*.py"))
}
WINDOWS = {name for name, path in MODULES.items() if path.name == "__init__.py"}


@cache
def tree_of(name):
    path = MODULES[name]
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def package_of(path):
    """Return the package that a file belongs to; a window belongs to itself."""
    name = module_name(path)
    return name if name in WINDOWS else name.rpartition(".")[0]


def imported_names(path):
    """Yield (line, module, name) for every name that a script takes from sksearch."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "sksearch"
        ):
            yield from ((node.lineno, node.module, n.name) for n in node.names)


def imported_modules(tree):
    """Yield (line, module) for every import of a module of sksearch."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # `from sksearch.space import _numeric` imports a module, not a name.
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            targets = [n if n in MODULES else node.module for n in names]
        else:
            continue
        for target in targets:
            if target is not None and target.split(".")[0] == "sksearch":
                yield node.lineno, target


def foreign_private_imports(path, tree):
    """Return the imports of a `_file` from outside of its own package."""
    package = package_of(path)
    found = []
    for line, target in imported_modules(tree):
        parts = target.split(".")
        for i, part in enumerate(parts):
            owner = ".".join(parts[:i])
            private = part.startswith("_") and target not in SHARED
            if private and package != owner and not package.startswith(f"{owner}."):
                found.append(f"line {line}: {target}")
    return found


def own_window_imports(path, tree):
    """Return the imports of the window, or of one around it, by a file within."""
    me = module_name(path)
    return [
        f"line {line}: {target}"
        for line, target in imported_modules(tree)
        if target in WINDOWS and target != me and me.startswith(f"{target}.")
    ]


def is_window_statement(node):
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return True
    targets = node.targets if isinstance(node, ast.Assign) else []
    return bool(targets) and all(
        isinstance(target, ast.Name) and target.id in {"__all__", "__version__"}
        for target in targets
    )


def opens_with_docstring(tree):
    """Tell if it does; a text after `from __future__` is no docstring."""
    return ast.get_docstring(tree) is not None


def faults(rule):
    """Return what a rule finds, by module."""
    found = {name: rule(path, tree_of(name)) for name, path in MODULES.items()}
    return {name: lines for name, lines in found.items() if lines}


def repeated_names(paths):
    """Return the names that files of several folders have."""
    names = Counter(path.name for path in paths)
    return {name for name, n in names.items() if n > 1} - COMMON_NAMES


def n_entries(folder):
    """Return the number of files and folders, the window not counted."""
    return sum(
        path.suffix == ".py" or (path / "__init__.py").exists()
        for path in folder.iterdir()
        if path.name != "__init__.py"
    )


def arrows_in(folder, imports):
    """Return the pairs of entries of a folder of which one imports the other."""

    def entry(name):
        inside = name.startswith(f"{folder}.")
        return name.removeprefix(f"{folder}.").split(".")[0] if inside else None

    pairs = {(entry(name), entry(target)) for name, target in imports}
    return {(a, b) for a, b in pairs if a and b and a != b}


def test_there_is_something_to_check():
    assert "sksearch" in WINDOWS


def test_files_are_short():
    lengths = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for name, path in MODULES.items()
    }

    assert {name: n for name, n in lengths.items() if n > MAX_LINES} == {}


def test_files_open_with_a_docstring():
    found = [name for name in MODULES if not opens_with_docstring(tree_of(name))]

    assert found == []


def test_private_files_are_imported_inside_their_package_only():
    assert faults(foreign_private_imports) == {}


def test_files_do_not_import_their_own_window():
    assert faults(own_window_imports) == {}


def test_scripts_import_names_that_exist():
    missing = []
    for folder in ("benchmarks", "docs", "examples", ".ci"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for line, module, name in imported_names(path):
                window = importlib.import_module(module)
                if not hasattr(window, name) and not find_spec(f"{module}.{name}"):
                    missing.append(f"{path.relative_to(ROOT)}:{line} {module}.{name}")

    assert missing == []


def test_windows_only_import():
    found = {
        name: [
            node.lineno
            for node in tree_of(name).body[1:]  # without the docstring
            if not is_window_statement(node)
        ]
        for name in WINDOWS - {"sksearch"}  # its own imports names when they are used
    }

    assert {name: lines for name, lines in found.items() if lines} == {}


def test_names_of_files_are_unique():
    """Quick-open in an editor finds the file that is meant."""
    assert repeated_names(MODULES.values()) == set()


def test_folders_have_few_entries():
    sizes = {
        folder.relative_to(ROOT).as_posix(): n_entries(folder)
        for folder in {path.parent for path in MODULES.values()}
    }
    large = {folder for folder, n in sizes.items() if n > MAX_ENTRIES}

    assert {folder: sizes[folder] for folder in large - LARGE_FOLDERS} == {}

    # A folder that has become small leaves the list.
    assert LARGE_FOLDERS - large == set()


def test_entries_of_a_folder_import_few_of_their_neighbours():
    imports = {
        (name, target)
        for name in MODULES
        for _, target in imported_modules(tree_of(name))
        if name not in WINDOWS
    }
    arrows = {name: len(arrows_in(name, imports)) for name in WINDOWS}
    tangled = {
        name
        for name, n in arrows.items()
        if n > MAX_ARROWS * n_entries(MODULES[name].parent)
    }

    assert {name: arrows[name] for name in tangled - TANGLED_FOLDERS} == {}

    # A folder that has become clear leaves the list.
    assert TANGLED_FOLDERS - tangled == set()


class TestTheRulesThemselves:
    """Each rule catches what it is there for."""

    @pytest.mark.parametrize(
        "code",
        [
            "from sksearch.space._a import A",
            "from sksearch.space import _a",
            "import sksearch.space._a",
            "def f():\n    from sksearch.space._a import A",
        ],
    )
    def test_foreign_private_import(self, code, monkeypatch):
        monkeypatch.setitem(MODULES, "sksearch.space._a", None)
        tree = ast.parse(code)

        assert foreign_private_imports(ROOT / "sksearch/engine/_b.py", tree) != []

        assert foreign_private_imports(ROOT / "sksearch/space/_b.py", tree) == []

        assert foreign_private_imports(ROOT / "sksearch/space/sub/_b.py", tree) == []

    def test_shared_private_import(self):
        tree = ast.parse("from sksearch._rng import as_generator")

        assert foreign_private_imports(ROOT / "sksearch/engine/_b.py", tree) == []

    @pytest.mark.parametrize("code", ["from sksearch import Int", "import sksearch"])
    def test_own_window_import(self, code):
        path = ROOT / "sksearch/space/_b.py"

        assert own_window_imports(path, ast.parse(code)) != []

    @pytest.mark.parametrize("code", ["x = 1", "def f(): ...", "if True:\n    x = 1"])
    def test_window_statement(self, code):
        assert not is_window_statement(ast.parse(code).body[0])

    def test_docstring_after_future_import(self):
        tree = ast.parse("from __future__ import annotations\n'''Text.'''")

        assert not opens_with_docstring(tree)

    def test_repeated_names(self):
        paths = [Path(name) for name in ("a/_x.py", "b/_x.py", "a/_y.py", "b/_z.py")]
        common = [Path(name) for name in ("a/_base.py", "b/_base.py")]

        assert repeated_names(paths + common) == {"_x.py"}

    def test_entries_of_a_folder(self, tmp_path):
        for name in ("__init__.py", "_a.py", "notes.md"):
            (tmp_path / name).touch()
        for folder in ("room", "__pycache__"):
            (tmp_path / folder).mkdir()
        (tmp_path / "room" / "__init__.py").touch()

        assert n_entries(tmp_path) == 2

    def test_arrows_of_a_folder(self):
        imports = {
            ("a.x._one", "a._y"),
            ("a.x._two", "a._y"),
            ("a.x._two", "a.x._one"),
            ("a._y", "b.z"),
            ("b.z", "a._y"),
        }

        assert arrows_in("a", imports) == {("x", "_y")}

        assert arrows_in("a.x", imports) == {("_two", "_one")}
