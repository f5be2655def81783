"""Run the code blocks of README.md with the package that is installed.

    cd SOMEWHERE_ELSE && VENV/bin/python CHECKOUT/.ci/readme.py

Needs nothing but the package, and fails if the one of the checkout is imported.
"""

import re
import sys
from pathlib import Path

import sksearch

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```python\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)

installed = Path(sksearch.__file__).resolve()
if not installed.is_relative_to(Path(sys.prefix).resolve()):
    sys.exit(f"sksearch is imported from {installed}, not from {sys.prefix}.")
if not installed.with_name("py.typed").exists():
    sys.exit("py.typed is not installed: type checkers will see no types.")

blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
if not blocks:
    sys.exit("README.md has no code.")
namespace = {"__name__": "__main__"}
for block in blocks:
    exec(compile(block, "README.md", "exec"), namespace)
