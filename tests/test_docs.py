"""The code in README.md and docs/ runs.

Every block that opens with exactly ```python is run, those of one page one after the
other in one namespace, in an empty folder. A block that cannot be run (it needs another
library, or shows the code before a change) opens with ```{code-block} python.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def page_id(page):
    return page.relative_to(ROOT).as_posix()


def code_blocks(text):
    """Return the blocks of a page, with their lines where they are in the page."""
    return [
        "\n" * text.count("\n", 0, match.start("code")) + match["code"]
        for match in BLOCK.finditer(text)
    ]


PAGES_WITH_CODE = [p for p in PAGES if code_blocks(p.read_text(encoding="utf-8"))]


# Searches on real data: only those that a new user sees first are run in a hurry.
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            page, id=page_id(page), marks=() if page == README else pytest.mark.slow
        )
        for page in PAGES_WITH_CODE
    ],
)
def test_code_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    namespace = {"__name__": "__main__"}

    for block in code_blocks(page.read_text(encoding="utf-8")):
        exec(compile(block, str(page), "exec"), namespace)


def test_readme_has_code():
    assert README in PAGES_WITH_CODE


def test_blocks_keep_their_lines():
    text = "Text.\n\n```python\nx = 1\n```\n\n```{code-block} python\ny = 2\n```\n"

    assert code_blocks(text) == ["\n\n\nx = 1\n"]
