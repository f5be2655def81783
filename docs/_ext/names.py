"""Which names have a page of their own, here and elsewhere."""

import importlib
import inspect
import re
from pathlib import Path

DOCS = Path(__file__).parents[1]
TABLE = re.compile(r"^\.\. names::\n\n((?:   \S+\n)+)", re.MULTILINE)

# What scikit-learn's estimators do, and ours do as theirs.
FROM_SKLEARN = {
    "decision_function", "fit_transform", "get_params", "inverse_transform", "predict",
    "predict_log_proba", "predict_proba", "score_samples", "transform",
}  # fmt: skip
# Called by scikit-learn or by other packages of sksearch, not by users.
HIDDEN = {
    "column", "get_metadata_routing", "param_distributions", "set_score_request",
    "top_rows",
}  # fmt: skip
# Classes with many members that other packages need, and users do not.
SOME = {
    "sksearch.Int": ["rvs"],
    "sksearch.Float": ["rvs"],
    "sksearch.Categorical": ["rvs"],
    "sksearch.Choice": ["rvs"],
    "sksearch.space.Space": [],
    "sksearch.space.Hyperparameter": [],
    "sksearch.trials.History": [
        "told", "pending", "incumbent", "told_arrays", "told_seconds",
    ],
}  # fmt: skip


def listed():
    """Return the names in the tables of `reference/`, in their order."""
    pages = sorted((DOCS / "reference").glob("*.md"))
    tables = [t for page in pages for t in TABLE.findall(page.read_text("utf-8"))]
    return [name for table in tables for name in table.split()]


def found(name):
    """Return the object of a name."""
    module, _, word = name.rpartition(".")
    return getattr(importlib.import_module(module), word)


def summary_of(thing):
    """Return the first sentence of a docstring, without footnotes."""
    first = inspect.getdoc(thing).split("\n\n")[0]
    return " ".join(re.sub(r" \[\d\]_", "", first).split())


def members_of(name):
    """Return the methods and properties that the page of a class describes."""
    cls = found(name)
    if not inspect.isclass(cls):
        return []
    return SOME[name] if name in SOME else [w for w in dir(cls) if shows(cls, w)]


def shows(cls, word):
    """Return whether the page of a class describes a member."""
    if word.startswith("_") or word in HIDDEN:
        return False
    owner = next(c for c in cls.__mro__ if word in vars(c))
    member = inspect.getattr_static(cls, word)
    is_ours = owner.__module__.startswith("sksearch") and not inspect.isclass(member)
    is_method = isinstance(member, property) or callable(getattr(cls, word))
    has_text = is_method and bool(inspect.getdoc(member))
    return has_text and (is_ours or word in FROM_SKLEARN)


NAMES = listed()
MEMBERS = {name: members_of(name) for name in NAMES}
FULL = {name.rpartition(".")[2]: name for name in NAMES}

# Things may be exported in several places; their pages have the shortest name.
PAGE = {id(found(name)): name for name in NAMES}

# Projects whose pages are linked: `_inventories/` has their names.
ELSEWHERE = ("joblib", "matplotlib", "numpy", "optuna", "pandas", "scipy", "sklearn")

# Words of the types in docstrings that are links.
TYPES = {
    "array-like": ":term:`array-like <numpy:array_like>`",
    "ndarray": "numpy.ndarray",
    "Generator": "numpy.random.Generator",
    "RandomState": "numpy.random.RandomState",
    "estimator": ":term:`sklearn:estimator`",
    "splitter": ":term:`splitter <sklearn:CV splitter>`",
    "search": ":doc:`search </reference/search>`",
    "Bunch": "sklearn.utils.Bunch",
    "NotFittedError": "sklearn.exceptions.NotFittedError",
    "pandas.DataFrame": ":class:`pandas.DataFrame`",
    "polars.DataFrame": ":class:`polars.DataFrame`",
    "Axes": "matplotlib.axes.Axes",
    "Figure": "matplotlib.figure.Figure",
    "optuna.Study": ":class:`optuna.Study <optuna.study.Study>`",
}
TYPES |= {
    word: f":exc:`{word}`"
    for word in ("ImportError", "OSError", "TypeError", "UserWarning", "ValueError")
}
# Words that numpydoc would link, and that need no link.
TYPES |= {
    word: word
    for word in (
        "None", "True", "False", "bool", "boolean", "int", "float", "str", "string",
        "list", "tuple", "dict", "callable", "iterable", "sequence", "generator",
        "array", "scalar", "numpy", "namedtuple", "contextmanager",
    )
}  # fmt: skip


def full_name(text, inside=None):
    """Return the full name behind a text in backticks; None: it is only code."""
    first, _, rest = text.partition(".")
    if not all(part.isidentifier() for part in text.split(".")):
        return None
    if text in MEMBERS.get(FULL.get(inside), ()):
        return f"{FULL[inside]}.{text}"
    if first in FULL and (not rest or rest in MEMBERS[FULL[first]]):
        return f"{FULL[first]}.{rest}" if rest else FULL[first]
    return text if rest and first in ("sksearch", *ELSEWHERE) else None


def page_name(name):
    """Return the name that the page of a thing has; None if there is no page."""
    if not name.startswith("sksearch."):
        return None
    try:
        return PAGE.get(id(found(name)))
    except (AttributeError, ImportError):
        return None
