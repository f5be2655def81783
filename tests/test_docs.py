"""The code in README.md and docs/ runs.

The blocks of README.md open with ```python, and are run here, one after the other in
one namespace, in an empty folder; what they print stands below them, in blocks that
open with ```text. Those of docs/ are cells, ```{code-cell} python: they
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
import runpy
from pathlib import Path

import pytest

import sksearch

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = sorted((ROOT / "docs").rglob("*.md"))
SCRIPT = runpy.run_path(str(ROOT / ".ci" / "readme.py"))
blocks, alike, wrong_outputs = (
    SCRIPT[name] for name in ("blocks", "alike", "wrong_outputs")
)
CELL, HEAD = "```{code-cell} python\n", "---\nfile_format: mystnb\n"

MESSAGES = ROOT / "docs" / "how_to" / "messages.md"
QUOTE = re.compile(r"^\| `(?P<message>.+?)`(?: in `failures_`)? \| ", re.MULTILINE)
#: Such as .051: the pages of what was measured leave out the zero.
FIGURE = re.compile(r"(?<![\w.])\.\d\d+")
#: Those whose messages users meet most.
ROOMS = ("space", "search", "engine", "evaluation", "workers", "ensemble")
FACES = [getattr(sksearch, name) for name in sksearch.__all__ if name[-2:] == "CV"]


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


def test_the_code_of_pages_is_run_when_they_are_built():
    texts = {
        page.relative_to(ROOT / "docs").as_posix(): page.read_text(encoding="utf-8")
        for page in PAGES
    }

    assert [page for page, text in texts.items() if blocks(text)] == []

    assert [p for p, t in texts.items() if (CELL in t) != t.startswith(HEAD)] == []

    assert len(texts) > 50


def test_blocks_keep_their_lines():
    text = "Text.\n\n```python\nx = 1\n```\n\n```{code-block} python\ny = 2\n```\n"

    assert blocks(text) == [("\n\n\nx = 1\n", None)]


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


def test_measured_figures_are_those_of_the_report():
    folder = ROOT / "benchmarks"
    pages = [folder / "REPORT.md", *(folder / "results").glob("real_*.md")]
    known = "".join(page.read_text(encoding="utf-8") for page in pages)
    told = [README, ROOT / "docs" / "how_to" / "which_search.md"]
    figures = {f for p in told for f in FIGURE.findall(p.read_text(encoding="utf-8"))}

    assert len(figures) > 20

    assert [f for f in figures if not re.search(rf"\{f}(?!\d)", known)] == []


def test_rows_of_tables_have_as_many_cells_as_their_heads():
    wrong = []
    for page in [*ROOT.glob("*.md"), *PAGES, *(ROOT / "benchmarks").rglob("*.md")]:
        width = 0
        for line in page.read_text(encoding="utf-8").splitlines():
            row = line.startswith("|")
            cells = len(re.findall(r"(?<!\\)\|", line)) if row else 0
            if width and row and cells != width:
                wrong.append((page.name, line))
            width = (width or cells) if row else 0

    assert wrong == []


def test_links_of_the_readme_lead_to_files():
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README.read_text(encoding="utf-8"))

    assert links

    assert [link for link in links if not (ROOT / link).exists()] == []
