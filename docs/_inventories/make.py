"""Write the inventories of the names of other projects that our pages link to.

    python docs/_inventories/make.py

The names are those in docstrings (`sklearn.base.clone`, and See Also), in roles of the
pages (``{py:func}`sklearn.base.clone` ``) and in the types of `_ext/names.py`. The
addresses follow from the names, as each project has a page per name. A name that cannot
be imported, or whose page is not known, is an error.
"""

import importlib
import inspect
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE.parent / "_ext")]

from names import ELSEWHERE, NAMES, TYPES
from sklearn.experimental import enable_halving_search_cv  # noqa: F401

ADDRESSES = {
    "joblib": "https://joblib.readthedocs.io/en/stable/",
    "matplotlib": "https://matplotlib.org/stable/",
    "numpy": "https://numpy.org/doc/stable/",
    "optuna": "https://optuna.readthedocs.io/en/stable/",
    "pandas": "https://pandas.pydata.org/docs/",
    "polars": "https://docs.pola.rs/api/python/stable/",
    "python": "https://docs.python.org/3/",
    "scipy": "https://docs.scipy.org/doc/scipy/",
    "sklearn": "https://scikit-learn.org/stable/",
}
# Where a project has a page for each class and function.
PAGES = {
    "joblib": "generated/{}.html",
    "matplotlib": "api/_as_gen/{}.html",
    "numpy": "reference/generated/{}.html",
    "optuna": "reference/generated/{}.html",
    "pandas": "reference/api/{}.html",
    "scipy": "reference/generated/{}.html",
    "sklearn": "modules/generated/{}.html",
}
# The others.
SPECIAL = {
    "numpy.random.Generator": "reference/random/generator.html",
    "numpy.random.RandomState": "reference/random/legacy.html",
    "polars.DataFrame": "reference/dataframe/index.html",
    "scipy.stats": "reference/stats.html#module-$",
}
# Optuna need not be installed to build the pages.
ROLES = {"optuna.study.Study": "py:class"}
# The glossaries: by our types, and by what we inherit from scikit-learn.
TERMS = {"numpy": ["array_like"], "sklearn": ["CV splitter", "classes_", "estimator"]}

PROJECT = "(?:" + "|".join([*ELSEWHERE, "polars"]) + ")"
IN_CODE = re.compile(rf"(?<![`\w])`~?({PROJECT}(?:\.\w+)+)`(?!`)")
SEE_ALSO = re.compile(rf"^ +({PROJECT}(?:\.\w+)+) : ", re.MULTILINE)
IN_PAGES = re.compile(rf"\{{py:\w+\}}`(?:[^`<]+<)?~?({PROJECT}(?:\.\w+)+)>?`")
IN_TYPES = re.compile(rf"(?:^|`|<)({PROJECT}(?:\.\w+)+)(?:$|`|>)", re.MULTILINE)
EXCEPTION = re.compile(r":exc:`(\w+)`")


def used():
    """Return the names of other projects that we link to."""
    code = [path.read_text("utf-8") for path in (ROOT / "sksearch").rglob("*.py")]
    pages = [path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md")]
    names = {name for text in code for name in IN_CODE.findall(text)}
    names |= {name for text in code for name in SEE_ALSO.findall(text)}
    names |= {name for text in pages for name in IN_PAGES.findall(text)}
    types = "\n".join(TYPES.values())
    names |= set(IN_TYPES.findall(types)) | set(EXCEPTION.findall(types))
    errors = [found(name) for name in NAMES if name.startswith("sksearch.exceptions.")]
    bases = {base for error in errors for base in error.__bases__}
    return names | {b.__name__ for b in bases if b.__module__ == "builtins"}


def found(name):
    """Return what a name of another project stands for."""
    parts = name.split(".")
    if len(parts) == 1:
        return getattr(importlib.import_module("builtins"), name)
    for n in range(len(parts) - 1, 0, -1):
        try:
            thing = importlib.import_module(".".join(parts[:n]))
        except ModuleNotFoundError:
            continue
        for part in parts[n:]:
            thing = getattr(thing, part)
        return thing
    raise ModuleNotFoundError(name)


def role_of(thing):
    """Return the role that Sphinx gives a thing."""
    if inspect.ismodule(thing):
        return "py:module"
    if inspect.isclass(thing):
        return "py:exception" if issubclass(thing, BaseException) else "py:class"
    return "py:function" if callable(thing) else "py:data"


def entry(name):
    """Return the project of a name, and its line in the inventory."""
    project = name.partition(".")[0] if "." in name else "python"
    role = ROLES.get(name) or role_of(found(name))
    if name in SPECIAL:
        page = SPECIAL[name]
    elif project == "python" and role == "py:exception":
        page = "library/exceptions.html"
    elif project in PAGES and role != "py:data":
        page = PAGES[project].format(name)
    else:
        raise ValueError(f"the page of {name} is not known: see SPECIAL in {__file__}")
    return project, f"{name} {role} {page if '#' in page else page + '#$'}"


def inventories():
    """Return the text of each inventory, by its project."""
    lines = {project: [] for project in ADDRESSES}
    for name in sorted(used()):
        project, line = entry(name)
        lines[project].append(line)
    for project, terms in TERMS.items():
        page = "glossary.html#term-"
        lines[project] += [f"{t} std:term {page}{t.replace(' ', '-')}" for t in terms]
    return {
        project: "\n".join([ADDRESSES[project], *entries]) + "\n"
        for project, entries in lines.items()
        if entries
    }


if __name__ == "__main__":
    for old in HERE.glob("*.txt"):
        old.unlink()
    for project, text in inventories().items():
        (HERE / f"{project}.txt").write_text(text, encoding="utf-8")
