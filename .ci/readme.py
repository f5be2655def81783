"""Run the code of README.md with the package that is installed, and check the output.

    cd SOMEWHERE_ELSE && VENV/bin/python CHECKOUT/.ci/readme.py

Needs nothing but the package, and fails if the one of the checkout is imported. What a
block ```python prints must be what the block ```text below it shows: the same words,
and numbers that differ by 1 % at most, since other releases of numpy round otherwise.
"""

import math
import re
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(
    r"^```python\n(?P<code>.*?)^```$(?:\n+```text\n(?P<shown>.*?)^```$)?",
    flags=re.MULTILINE | re.DOTALL,
)
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w])")
TOLERANCE = 0.01


def blocks(text: str) -> list[tuple[str, str | None]]:
    """Return code, at its lines, and shown output (or None) of each block."""
    return [
        (
            "\n" * text.count("\n", 0, match.start("code")) + match["code"],
            match["shown"],
        )
        for match in BLOCK.finditer(text)
    ]


def alike(printed: str, shown: str) -> bool:
    """Return whether two outputs have the same words, and nearly the same numbers."""
    words = [NUMBER.sub("0", text).split() for text in (printed, shown)]
    numbers = [map(float, NUMBER.findall(text)) for text in (printed, shown)]
    return words[0] == words[1] and all(
        math.isclose(one, other, rel_tol=TOLERANCE)
        for one, other in zip(*numbers, strict=True)
    )


def wrong_outputs(text: str) -> list[str]:
    """Run the blocks of a page, one after the other; return those that differ."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    wrong = []
    for code, shown in blocks(text):
        with redirect_stdout(StringIO()) as stream:
            exec(compile(code, str(README), "exec"), namespace)
        printed = stream.getvalue()
        if not alike(printed, shown or ""):
            wrong.append(f"README.md shows\n{shown}\nbut its code prints\n{printed}")
    return wrong


def main() -> None:
    """Check the package that is installed, and the page."""
    import sksearch

    installed = Path(sksearch.__file__).resolve()
    if not installed.is_relative_to(Path(sys.prefix).resolve()):
        sys.exit(f"sksearch is imported from {installed}, not from {sys.prefix}.")
    if not installed.with_name("py.typed").exists():
        sys.exit("py.typed is not installed: type checkers will see no types.")

    text = README.read_text(encoding="utf-8")
    if not any(shown for _, shown in blocks(text)):
        sys.exit("README.md has no code that shows what it prints.")
    wrong = wrong_outputs(text)
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
