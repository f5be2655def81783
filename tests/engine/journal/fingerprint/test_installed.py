"""What counts as installed, and what as the code of the user."""

from __future__ import annotations

import pytest

from sksearch.engine.journal.fingerprint._installed import is_installed, is_library


@pytest.mark.parametrize(
    ("module", "installed"),
    [
        ("sklearn.svm", True),
        ("json", True),
        ("math", True),
        ("builtins", True),
        ("sksearch.engine", True),
        ("__main__", False),
        (__name__, False),
        (None, False),
        ("not_there", False),
    ],
)
def test_what_is_installed(module, installed):
    assert is_installed(module) is installed


def written(path, text=""):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return str(path)


def test_packages_outside_of_this_environment_are_installed_too(tmp_path):
    shared = tmp_path / "apps" / "lib" / "site-packages"

    assert is_library(written(shared / "torch" / "nn" / "modules.py"))

    target = tmp_path / "layer"
    deep = written(target / "torch" / "nn" / "linear.py")
    written(target / "torch" / "__init__.py")
    written(target / "torch" / "nn" / "__init__.py")
    alone = written(target / "six.py")
    own = written(target / "handler.py")
    record = "torch/__init__.py,sha256=x,0\ntorch/nn/linear.py,,\nsix.py,,\n"
    written(target / "torch-2.0.dist-info" / "RECORD", record)

    assert is_library(deep)

    assert is_library(alone)

    assert not is_library(own)

    (tmp_path / "linked.py").symlink_to(alone)

    assert is_library(str(tmp_path / "linked.py"))


def test_a_link_among_the_packages_to_the_users_code_is_the_users(tmp_path):
    folder = tmp_path / "site-packages"
    folder.mkdir()
    (folder / "mine.py").symlink_to(written(tmp_path / "src" / "mine.py"))

    assert not is_library(str(folder / "mine.py"))
