"""The code in README.md and docs/ runs.

The blocks of README.md open with ```python, and are run here, one after the other in
one namespace, in an empty folder. Those of docs/ are cells, ```{code-cell} python: they
are run when the pages are built, and what they print stands below them. A block that
cannot be run (it needs another library, or shows the code before a change) opens with
```{code-block} python.

The messages in docs/how_to/messages.md are those of the package, and each public
attribute of a search is on the page of results.
"""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

import sksearch

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = sorted((ROOT / "docs").rglob("*.md"))
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```$", flags=re.MULTILINE | re.DOTALL)
CELL, HEAD = "```{code-cell} python\n", "---\nfile_format: mystnb\n"

MESSAGES = ROOT / "docs" / "how_to" / "messages.md"
QUOTE = re.compile(r"^\| `(?P<message>.+?)`(?: in `failures_`)? \| ", re.MULTILINE)
#: Those whose messages users meet most.
ROOMS = ("space", "search", "engine", "evaluation", "workers", "ensemble")
FACES = [getattr(sksearch, name) for name in sksearch.__all__ if name[-2:] == "CV"]


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_code_of_pages_is_run_when_they_are_built(page):
    text = page.read_text(encoding="utf-8")

    assert code_blocks(text) == []

    assert (CELL in text) == text.startswith(HEAD)


def test_blocks_keep_their_lines():
    text = "Text.\n\n```python\nx = 1\n```\n\n```{code-block} python\ny = 2\n```\n"

    assert code_blocks(text) == ["\n\n\nx = 1\n"]


def texts_of(source):
    """Return the texts of a module; an ellipsis stands for what is put into one."""
    texts = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [
                v.value if isinstance(v, ast.Constant) else "…" for v in node.values
            ]
            texts.append(re.sub(r"\{name\}|…+", "…", "".join(parts)))
    return texts


def has_message(text, message):
    """Tell whether the parts of a message between ellipses are in a text, in order."""
    place = 0
    for part in message.split("…"):
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def test_messages_of_the_page_are_those_of_the_package():
    sources = [p for room in ROOMS for p in (ROOT / "sksearch" / room).rglob("*.py")]
    texts = [t for path in sources for t in texts_of(path.read_text(encoding="utf-8"))]
    quoted = QUOTE.findall(MESSAGES.read_text(encoding="utf-8"))

    found = {m: any(has_message(text, m) for text in texts) for m in quoted}

    assert [message for message in found if not found[message]] == []

    assert len(found) > 60


def test_a_message_that_nobody_writes():
    texts = texts_of("raise E(f'The {x!r} parameter is {y}, wanted ' 'an int.')")

    assert any(has_message(t, "The … parameter is …, wanted an int.") for t in texts)

    assert not any(has_message(text, "The … parameter was …") for text in texts)


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.__name__)
def test_attributes_of_a_search_are_on_the_page_of_results(face):
    page = (ROOT / "docs" / "how_to" / "read_the_results.md").read_text(
        encoding="utf-8"
    )
    described = re.search(
        r"Attributes\n-+\n(.*?)\n\n\w", inspect.getdoc(face), re.DOTALL
    )
    names = re.findall(r"^([\w, ]+) : ", described[1], flags=re.MULTILINE)

    listed = [name for names in names for name in names.split(", ")]

    assert len(listed) > 15

    assert [name for name in listed if f"`{name}`" not in page] == []
