"""The rules of the house that ruff and import-linter cannot say."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAX_LINES = 400

# Private files at the top that every layer above may import.
SHARED = {"sksearch._sklearn", "sksearch._rng"}

FILES = sorted((ROOT / "sksearch").rglob("*.py"))


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path) for path in FILES}
WINDOWS = {module_name(path) for path in FILES if path.name == "__init__.py"}


def package_of(path):
    """Return the package that a file belongs to; a window belongs to itself."""
    name = module_name(path)
    return name if name in WINDOWS else name.rpartition(".")[0]


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


def parse(path):
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def test_there_is_something_to_check():
    assert "sksearch" in WINDOWS


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_file_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_file_opens_with_docstring(path):
    assert opens_with_docstring(parse(path))


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_private_file_is_imported_inside_its_package_only(path):
    assert foreign_private_imports(path, parse(path)) == []


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_file_does_not_import_its_own_window(path):
    assert own_window_imports(path, parse(path)) == []


@pytest.mark.parametrize(
    "path", [p for p in FILES if p.name == "__init__.py"], ids=module_name
)
def test_window_only_imports(path):
    body = parse(path).body[1:]  # without the docstring

    assert [node.lineno for node in body if not is_window_statement(node)] == []


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
        monkeypatch.setattr(f"{__name__}.MODULES", {"sksearch.space._a"})
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
