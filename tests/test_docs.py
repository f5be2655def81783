"""The code in README.md and docs/ runs.

The blocks of README.md open with ```python, and are run here, one after the other in
one namespace, in an empty folder. Those of docs/ are cells, ```{code-cell} python: they
are run when the pages are built, and what they print stands below them. A block that
cannot be run (it needs another library, or shows the code before a change) opens with
```{code-block} python.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = sorted((ROOT / "docs").rglob("*.md"))
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```$", flags=re.MULTILINE | re.DOTALL)
CELL, HEAD = "```{code-cell} python\n", "---\nfile_format: mystnb\n"


def code_blocks(text):
    """Return the blocks of a page, with their lines where they are in the page."""
    return [
        "\n" * text.count("\n", 0, match.start("code")) + match["code"]
        for match in BLOCK.finditer(text)
    ]


def test_the_code_of_the_readme_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    namespace = {"__name__": "__main__"}
    blocks = code_blocks(README.read_text(encoding="utf-8"))

    for block in blocks:
        exec(compile(block, str(README), "exec"), namespace)

    assert blocks


@pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.relative_to(ROOT / "docs").as_posix()
)
def test_the_code_of_pages_is_run_when_they_are_built(page):
    text = page.read_text(encoding="utf-8")

    assert code_blocks(text) == []

    assert (CELL in text) == text.startswith(HEAD)


def test_blocks_keep_their_lines():
    text = "Text.\n\n```python\nx = 1\n```\n\n```{code-block} python\ny = 2\n```\n"

    assert code_blocks(text) == ["\n\n\nx = 1\n"]
