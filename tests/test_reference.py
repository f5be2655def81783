"""The reference has a page for each public name; links leave for known places."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import re
import sys
import zlib
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from sksearch.reports import Diagnosis

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"

# All that these export is for users.
OPEN = [
    "sksearch",
    "sksearch.callbacks",
    "sksearch.ensemble",
    "sksearch.exceptions",
    "sksearch.plots",
    "sksearch.samplers",
    "sksearch.schedulers",
    "sksearch.search",
]
# No page: a text, and a name for types only.
WITHOUT = {"sksearch.__version__", "sksearch.schedulers.Decision"}

# The hosts that pages, docstrings and the package's own data may send readers to.
HOSTS = {
    "arxiv.org",
    "catboost.ai",
    "docs.dask.org",
    "docs.pola.rs",
    "docs.python.org",
    "docs.ray.io",
    "docs.scipy.org",
    "doi.org",
    "github.com",
    "hyperopt.github.io",
    "joblib.readthedocs.io",
    "keras.io",
    "lightgbm.readthedocs.io",
    "matplotlib.org",
    "mlflow.org",
    "numpy.org",
    "optuna.readthedocs.io",
    "pandas.pydata.org",
    "pypi.org",
    "raw.githubusercontent.com",
    "scikit-learn.org",
    "scikit-optimize.readthedocs.io",
    "skorch.readthedocs.io",
    "www.contributor-covenant.org",
    "www.openml.org",
    "xgboost.readthedocs.io",
}
TEXTS = [
    *(path for path in ROOT.glob("*.md")),
    *(path for path in ROOT.glob("*.toml")),
    *(path for path in ROOT.glob("*.cff")),
    *DOCS.rglob("*.md"),
    *DOCS.rglob("*.py"),
    *(DOCS / "_inventories").glob("*.txt"),
    *(ROOT / "sksearch").rglob("*.py"),
    *(ROOT / "benchmarks").glob("*.md"),
]
URL = re.compile(r"\bhttps?:[^\s<>\"'`)\]]*")
SECTION = re.compile(r"^(Parameters|Returns|Attributes)\n---", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def docs():
    """Give the modules of the folder `docs`, by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(DOCS / "_ext"), str(DOCS / "_inventories")])
        patch.setattr(sys, "path", [*sys.path, *ORIGINAL])
        yield importlib.import_module


ORIGINAL = sys.path.copy()


@pytest.fixture(scope="module")
def names(docs):
    return docs("names")


def test_each_public_thing_has_one_page(names):
    pages = {}
    for name in names.NAMES:
        pages.setdefault(id(names.found(name)), []).append(name)
    public = {f"{m}.{w}" for m in OPEN for w in importlib.import_module(m).__all__}

    assert [several for several in pages.values() if len(several) > 1] == []

    assert len(names.FULL) == len(names.NAMES), "short names are to be unambiguous"

    assert [n for n in public - WITHOUT if id(names.found(n)) not in pages] == []


def test_each_page_has_the_shortest_public_name(names):
    for name in names.NAMES:
        module, _, word = name.rpartition(".")

        assert word in importlib.import_module(module).__all__, name

        assert (
            module == "sksearch"
            or word not in importlib.import_module("sksearch").__all__
        )


def test_what_has_no_members_on_its_page_is_still_there(names):
    for name, members in names.SOME.items():
        assert name in names.NAMES

        assert [m for m in members if not hasattr(names.found(name), m)] == []


def test_pages_describe_own_methods_and_those_of_scikit_learn(names):
    members = names.MEMBERS["sksearch.TPESearchCV"]

    assert {"fit", "leaderboard", "estimate_score", "predict"} <= set(members)

    assert {"get_metadata_routing", "set_callbacks", "classes_"}.isdisjoint(members)

    assert names.MEMBERS["sksearch.exceptions.SpaceError"] == []

    assert names.MEMBERS["sksearch.as_space"] == []


def described(names):
    """Yield what the pages describe: (name, function or class, docstring)."""
    for name, members in names.MEMBERS.items():
        thing = names.found(name)
        yield name, thing, inspect.getdoc(thing)
        for member in members:
            method = getattr(thing, member)
            if getattr(method, "__module__", "").startswith("sksearch"):
                yield f"{name}.{member}", method, inspect.getdoc(method)


def parameters_of(text):
    """Yield the parameters of a docstring, each with its type and default."""
    section = re.search(r"(?s)^.*\nParameters\n-+\n(.*?)(\n\n\w|\Z)", text)
    entries = re.findall(r"(?m)^([\w, ]+) : (.*)$", section[1] if section else "")
    for words, kind in entries:
        for word in words.split(", "):
            yield word, kind.partition("default=")[::2]


def test_defaults_in_docstrings_are_those_of_the_signatures(names):
    plain = str.maketrans("", "", "_\"'")
    wrong = []
    for name, thing, text in described(names):
        for word, (_, said) in parameters_of(text):
            default = inspect.signature(thing).parameters[word].default
            if default is inspect.Parameter.empty:
                default = ""
            elif repr(default) == "<factory>":
                default = {}
            if said.translate(plain) != str(default).translate(plain):
                wrong.append((name, word, said, default))

    assert wrong == []


def places(thing):
    """Yield where the parts of a public function or class are, inherited ones too."""
    for owner in inspect.getmro(thing) if inspect.isclass(thing) else [thing]:
        parts = [n for n in vars(owner) if inspect.isclass(thing) and n[0] != "_"]
        for name in (owner.__qualname__, *(f"{owner.__qualname__}.{n}" for n in parts)):
            yield f"{owner.__module__}.{name}"


def with_sections(tree, above):
    """Yield the names of functions and classes whose docstrings have sections."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            name = f"{above}.{node.name}"
            if SECTION.search(ast.get_docstring(node) or ""):
                yield name
            yield from with_sections(node, name)


def test_docstrings_for_nobody_but_us_are_short(names):
    public = {place for name in names.NAMES for place in places(names.found(name))}
    found = []
    for path in (ROOT / "sksearch").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found += with_sections(ast.parse(path.read_text(encoding="utf-8")), module)

    assert len(public.intersection(found)) > 100

    assert [name for name in found if name not in public] == []


def test_pages_have_examples(names):
    texts = {name: inspect.getdoc(names.found(name)) for name in names.NAMES}

    missing = {name for name, text in texts.items() if "\nExamples\n---" not in text}

    # Errors are met, not made; the axes of a space come from `as_space`.
    errors = {name for name in names.NAMES if name.startswith("sksearch.exceptions.")}

    assert missing == errors | {"sksearch.space.Hyperparameter"}


@pytest.mark.parametrize(
    ("text", "inside", "name"),
    [
        ("Choice", None, "sksearch.Choice"),
        ("Sampler", None, "sksearch.samplers.Sampler"),
        ("Ladder.between", None, "sksearch.schedulers.Ladder.between"),
        ("sksearch.Choice", None, "sksearch.Choice"),
        ("sklearn.base.clone", None, "sklearn.base.clone"),
        ("to_json", "TPESearchCV", "sksearch.TPESearchCV.to_json"),
        ("to_json", "Choice", "sksearch.to_json"),
        ("n_iter", "TPESearchCV", None),
        ("Ladder.nothing", None, None),
        ("Choice([1, 2])", None, None),
        ("numpy", None, None),
    ],
)
def test_names_in_backticks_are_known(names, text, inside, name):
    assert names.full_name(text, inside) == name


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ("sksearch.samplers.TPESampler", "sksearch.TPESampler"),
        ("sksearch.search.load_history", "sksearch.load_history"),
        ("sksearch.space.short", None),
        ("sksearch.nothing.at_all", None),
        ("sksearch.TPESearchCV.fit", None),
        ("sklearn.base.clone", None),
    ],
)
def test_other_names_lead_to_the_same_page(names, other, name):
    assert names.page_name(other) == name


@pytest.mark.slow
def test_inventories_have_the_names_that_are_used(docs):
    for library in ("matplotlib", "pandas", "polars"):
        pytest.importorskip(library)
    texts = docs("make").inventories()

    kept = {p.stem: p.read_text("utf-8") for p in (DOCS / "_inventories").glob("*.txt")}

    assert texts == kept, "run: python docs/_inventories/make.py"


def test_inventories_are_packed_as_sphinx_reads_them(docs, tmp_path):
    text = tmp_path / "numpy.txt"
    text.write_text("https://numpy.org/\nCV splitter std:term g.html\na py:class a#$\n")

    address, file = docs("inventories").pack(text, tmp_path)

    *head, packed = Path(file).read_bytes().split(b"\n", 4)
    assert address == "https://numpy.org/"

    assert head[0] == b"# Sphinx inventory version 2"

    lines = zlib.decompress(packed).decode().splitlines()
    assert lines == ["CV splitter std:term 1 g.html -", "a py:class 1 a#$ -"]


@pytest.mark.slow
def test_a_build_writes_the_pages_that_are_listed_and_no_others(docs, names, tmp_path):
    pytest.importorskip("numpydoc")
    reference = docs("reference")
    folder = tmp_path / "reference" / "api"
    folder.mkdir(parents=True)
    (folder / "sksearch.OfBefore.rst").write_text("")
    app = SimpleNamespace(srcdir=tmp_path)

    reference.write_pages(app)

    assert {path.stem for path in folder.iterdir()} == set(reference.NAMES)

    page = folder / "sksearch.reports.Diagnosis.rst"
    assert page.read_text() == (
        "Diagnosis\n=========\n\n.. currentmodule:: sksearch.reports\n\n"
        ".. autoclass:: Diagnosis\n   :members: kinds\n\n"
        "   .. rubric:: Methods and properties\n\n"
        "   .. list-table::\n      :class: names\n\n"
        "      * - :obj:`kinds <sksearch.reports.Diagnosis.kinds>`\n"
        f"        - {names.summary_of(Diagnosis.kinds)}\n"
    )

    os.utime(page, (1, 1))
    reference.write_pages(app)
    assert page.stat().st_mtime == 1


def test_a_name_whose_page_is_not_known_is_an_error(docs):
    with pytest.raises(ValueError, match=r"page of numpy\.nan is not known"):
        docs("make").entry("numpy.nan")


def test_urls_lead_to_known_hosts():
    urls = {url for path in TEXTS for url in URL.findall(path.read_text("utf-8"))}
    parts = [urlsplit(url) for url in urls]

    assert {part.netloc for part in parts} <= HOSTS, "a mistake, or one for the list"

    assert [part.geturl() for part in parts if part.scheme != "https"] == []


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")), ids=lambda page: page.stem)
def test_links_to_files_lead_somewhere(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    files = [link.partition("#")[0] for link in links if "://" not in link]

    assert [file for file in files if not (ROOT / file).exists()] == []
