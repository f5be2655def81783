"""The code in README.md and docs/ runs.

The blocks of README.md open with ```python, and are run here, one after the other in
one namespace, in an empty folder; what they print stands below them, in blocks that
open with ```text. Those of docs/ are cells, ```{code-cell} python: they
are run when the pages are built, and what they print stands below them. A block that
cannot be run (it needs another library, or shows the code before a change) opens with
```{code-block} python.
"""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = sorted((ROOT / "docs").rglob("*.md"))
SCRIPT = runpy.run_path(str(ROOT / ".ci" / "readme.py"))
blocks, alike, wrong_outputs = (
    SCRIPT[name] for name in ("blocks", "alike", "wrong_outputs")
)
CELL, HEAD = "```{code-cell} python\n", "---\nfile_format: mystnb\n"


def test_the_code_of_the_readme_prints_what_is_shown(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = README.read_text(encoding="utf-8")

    assert any(shown for _, shown in blocks(text))

    assert wrong_outputs(text) == []


def test_another_output_is_noticed():
    page = "```python\nprint('C', 1.5)\n```\n\n```text\n{}\n```\n"

    assert wrong_outputs(page.format("C 1.501")) == []

    for shown in ("C 1.6", "D 1.5", "C 1.5 2", ""):
        (wrong,) = wrong_outputs(page.format(shown))
        assert wrong.endswith("but its code prints\nC 1.5\n")


@pytest.mark.parametrize(
    ("printed", "shown", "same"),
    [
        ("svm 0.986\n", "svm  0.99", True),
        ("1e-3", "0.001", True),
        ("l1 3", "l2 3", False),
        ("-1", "1", False),
        ("1 2", "1", False),
    ],
)
def test_outputs_may_differ_in_digits_alone(printed, shown, same):
    assert alike(printed, shown) is same


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_code_of_pages_is_run_when_they_are_built(page):
    text = page.read_text(encoding="utf-8")

    assert blocks(text) == []

    assert (CELL in text) == text.startswith(HEAD)


def test_blocks_keep_their_lines():
    text = "Text.\n\n```python\nx = 1\n```\n\n```{code-block} python\ny = 2\n```\n"

    assert blocks(text) == [("\n\n\nx = 1\n", None)]
